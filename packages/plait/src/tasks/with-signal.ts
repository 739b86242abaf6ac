import type { Awaitable, Operation, Selectable, Waiting, WaitOptions } from '../coroutine/wait.ts'
import { Call } from './call.ts'
import { checkOptions } from './check-options.ts'
import { Interrupt } from './interrupt.ts'
import { strandOf } from './run-body.ts'
import { checkRunnable, checkSignal } from './runnable.ts'

/** A wait, and the signal that ends it. It may be a case of a select if the wait may. */
export class Signalled<T> extends Call<T> implements Selectable<T> {
  declare readonly _selectable: true
  readonly signal: AbortSignal
  readonly wait: Operation<T>

  constructor(name: string, signal: AbortSignal, wait: Operation<T>) {
    super(name, () => interruptible(signal, wait))
    this.signal = signal
    this.wait = wait
  }
}

/** A wait by that name, which a signal ends. */
export function signalled<T>(name: string, signal: AbortSignal, wait: Operation<T>): Selectable<T> {
  checkSignal(signal)
  return new Signalled(name, signal, wait)
}

/** A wait that is given the options every wait takes. */
export function withOptions<W extends Operation<unknown> & { readonly name: string }>(
  wait: W,
  options: WaitOptions | undefined,
): W {
  if (options !== undefined) checkOptions(wait.name, options)
  return options?.signal === undefined ? wait : (signalled(wait.name, options.signal, wait) as unknown as W)
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

/** The wait, given up with the signal's reason. */
export function* interruptible<T>(signal: AbortSignal, wait: Operation<T>): Waiting<T> {
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
