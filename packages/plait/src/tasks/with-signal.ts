import type { Awaitable, Operation, Waiting } from '../coroutine/wait.ts'
import { Call } from './call.ts'
import { Interrupt } from './interrupt.ts'
import { strandOf } from './run-body.ts'
import { checkRunnable, checkSignal } from './runnable.ts'

/** A wait by that name, which a signal ends. */
export function signalled<T>(name: string, signal: AbortSignal, wait: Operation<T>): Awaitable<T> {
  checkSignal(signal)
  return new Call(name, () => interruptible(signal, wait))
}

/**
 * Any wait, ended by a signal: throws the signal's reason when it is aborted, at once if it is already.
 *
 * Suspends: as the wait does. Cancellation: the wait is cancelled as by a `timeout`, and its cleanup is waited for.
 *
 * @throws the signal's reason; what the wait throws
 * @example
 * ```ts
 * const pages = yield* withSignal(request.signal, gather(fetchPage(a), fetchPage(b)))
 * ```
 */
export function withSignal<T>(signal: AbortSignal, wait: Operation<T>): Awaitable<T> {
  checkRunnable(wait)
  return signalled('withSignal(…)', signal, wait)
}

function* interruptible<T>(signal: AbortSignal, wait: Operation<T>): Waiting<T> {
  if (signal.aborted) throw signal.reason
  const interrupt = new Interrupt(strandOf('a wait with a signal'))
  const onAbort = (): void => interrupt.fire()
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    const result = yield* wait
    interrupt.leave()
    return result
  } catch (error) {
    throw interrupt.leave(error) ? signal.reason : error
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
