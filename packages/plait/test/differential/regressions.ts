import type { Program } from './program.ts'
import { barriers } from './regressions/barriers.ts'
import { callbacks } from './regressions/callbacks.ts'
import { cancellation } from './regressions/cancellation.ts'
import { conditions } from './regressions/conditions.ts'
import { groups } from './regressions/groups.ts'
import { limits } from './regressions/limits.ts'
import { locks } from './regressions/locks.ts'
import { queues } from './regressions/queues.ts'
import { several } from './regressions/several.ts'

/** Programs that were worth writing by hand: each holds one rule of asyncio that is easily broken. */
export const regressions: Readonly<Record<string, Program>> = {
  ...cancellation,
  ...limits,
  ...groups,
  ...several,
  ...callbacks,
  ...locks,
  ...conditions,
  ...barriers,
  ...queues,
}
