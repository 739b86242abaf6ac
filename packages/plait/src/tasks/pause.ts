import { nesting, running } from '../coroutine/surroundings.ts'
import { active } from '../loop/scheduler.ts'

/**
 * A satisfied wait takes no turn, but a long run of them must not keep the host waiting: then the whole loop pauses,
 * with this task first in line. Not inside another's step, which would go on before it. Counts one such wait, and says
 * whether it is to pause.
 */
export function isTimeToPause(): boolean {
  return active.loop?._spend() === true && running.strand !== undefined && nesting() === 0
}
