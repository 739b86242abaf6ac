import type { Waiting } from '../coroutine/wait.ts'
import { follow } from '../tasks/follow-promise.ts'

/** Waits for a promise of the platform's; `undo` is called if whoever waits is cancelled or killed before it has settled. */
export function* fetching<T>(promise: PromiseLike<T>, what: string, undo: () => void): Waiting<T> {
  return yield* follow(promise, what, undo)
}
