import type { Waiting } from '../coroutine/wait.ts'
import { runBody } from '../tasks/run-body.ts'
import { type Body, isOperation, isPromiseLike, type Runnable } from '../tasks/runnable.ts'
import { until } from '../tasks/until.ts'

/** Runs a function of any color, plain ones too, in the task that asks for it; what it gives is waited for as well. */
export function* runFound(found: Runnable<unknown>, args: readonly string[]): Waiting<unknown> {
  const result = yield* runBody(found as Body<readonly string[], unknown>, 'plait run', ...args)
  if (isOperation(result)) return yield* result as Waiting<unknown>
  return isPromiseLike(result) ? yield* until(result) : result
}
