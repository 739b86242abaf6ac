import type { Awaitable, Operation, Waiting } from '../coroutine/wait.ts'
import { Call } from './call.ts'
import { Interrupt } from './interrupt.ts'
import { strandOf } from './run-body.ts'
import { checkSignal } from './runnable.ts'

/** The wait, ended by the signal's reason if it is aborted, at once if it is so already. */
export function withSignal<T>(
  name: string,
  signal: AbortSignal | undefined,
  wait: Operation<T>,
): Awaitable<T> {
  checkSignal(signal)
  return new Call(name, () => (signal === undefined ? wait : interruptible(signal, wait)))
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
