import { NOWHERE } from '../coroutine/surroundings.ts'
import { watcherLoop } from './current.ts'
import { DoneCallback } from './done-callback.ts'
import { dropWaiter } from './drop-waiter.ts'
import type { Future } from './future.ts'

/** Has `fn` called in its turn when the future is done, as a callback of the runtime's own; gives what undoes it. */
export function watchFuture<T>(future: Future<T>, fn: (future: Future<T>) => void): () => void {
  const callback = new DoneCallback(watcherLoop(future), fn as (future: unknown) => void, NOWHERE)
  future._watch(callback)
  return () => dropWaiter(future, callback)
}
