import type { Waiting } from '../coroutine/wait.ts'
import { settled } from '../tasks/follow-promise.ts'

/** Waits for a promise of the platform's; `undo` is called if whoever waits is cancelled or killed before it has settled. */
export function* fetching<T>(promise: PromiseLike<T>, what: string, undo: () => void): Waiting<T> {
  let isSettled = false
  const watched = promise.then(
    value => {
      isSettled = true
      return value
    },
    error => {
      isSettled = true
      throw error
    },
  )
  try {
    return yield* settled(watched, what)
  } finally {
    if (!isSettled) undo()
  }
}
