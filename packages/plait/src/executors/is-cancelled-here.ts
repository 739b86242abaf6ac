import { currentStrand } from '../tasks/current.ts'
import type { Task } from '../tasks/task.ts'

/** Whether the running code is on its way out because it was cancelled, by its task or by a scope that it stands in. */
export function isCancelledHere(): boolean {
  for (let part = currentStrand() as Task<unknown> | undefined; part !== undefined; part = part._owner)
    if (part.cancelling() > 0) return true
  return false
}
