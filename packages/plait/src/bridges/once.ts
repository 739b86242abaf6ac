import type { WaitOptions } from '../coroutine/wait.ts'
import { FAILED, FINISHED, type Future } from '../tasks/future.ts'
import { OutsideWait } from '../tasks/outside-wait.ts'
import { checkSignal } from '../tasks/runnable.ts'
import {
  checkEvents,
  describeEvent,
  type EmitterLike,
  type EventName,
  earsFor,
  listen,
  type TargetLike,
} from './listen.ts'

/**
 * The next event: of an EventEmitter the list of its arguments, of an EventTarget the Event. It listens from the call on,
 * so that one that comes before anybody waits is not missed; an 'error' of the emitter ends it too.
 *
 * Suspends: until the event comes. Cancellation: of whoever waits, or of the future itself, removes every listener.
 *
 * @throws what an emitter's 'error' event brings; the signal's reason if it is aborted
 * @example
 * ```ts
 * const listening = once(server, 'listening')
 * server.listen(0)
 * yield* listening
 * ```
 * @see events.once of Node
 */
export function once<A extends readonly unknown[] = unknown[]>(
  target: EmitterLike,
  name: EventName,
  options?: WaitOptions,
): Future<A>
export function once<E extends object = globalThis.Event>(
  target: TargetLike,
  name: string,
  options?: WaitOptions,
): Future<E>
export function once(
  target: EmitterLike | TargetLike,
  name: EventName,
  options: WaitOptions = {},
): Future<unknown> {
  const { signal } = options
  checkEvents('once(…)', target, [name])
  checkSignal(signal)
  const next = new OutsideWait<unknown>(describeEvent(target, name))
  if (signal?.aborted === true) {
    next.settle(FAILED, signal.reason)
    return next
  }
  const ears = earsFor(target, error => {
    unlisten()
    next._fail(error)
  })
  ears.set(name, brought => {
    unlisten()
    next.settle(FINISHED, brought)
  })
  const unlisten = listen(target, ears, signal, () => {
    unlisten()
    next.settle(FAILED, signal?.reason)
  })
  next.undo = unlisten
  return next
}
