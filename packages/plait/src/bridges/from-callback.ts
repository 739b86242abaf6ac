import type { Awaitable, WaitOptions } from '../coroutine/wait.ts'
import { checkCallback } from '../errors/check-callback.ts'
import { Call } from '../tasks/call.ts'
import { type Begin, waitOutside } from '../tasks/outside-wait.ts'
import { withOptions } from '../tasks/with-signal.ts'

/**
 * Waits for a callback. The function begins what is to call back, when this is waited for, and may return what undoes it.
 * The first call of `resolve` or `reject` counts, be it at once; later ones are ignored.
 *
 * Suspends: until it is called back. Cancellation: undoes what was begun, with the cancel's reason.
 *
 * @throws what `reject` is called with; what the function throws; the signal's reason if it is aborted
 * @example
 * ```ts
 * const position = yield* fromCallback<Position>((resolve, reject) => {
 *   const id = navigator.geolocation.watchPosition(resolve, reject)
 *   return () => navigator.geolocation.clearWatch(id)
 * })
 * ```
 * @see Promise.withResolvers
 */
export function fromCallback<T>(begin: Begin<T>, options?: WaitOptions): Awaitable<T> {
  checkCallback('fromCallback', begin)
  return withOptions(new Call('fromCallback(…)', () => waitOutside('a callback', begin)), options)
}
