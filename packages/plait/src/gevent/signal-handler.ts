import { nodeModule } from '../coroutine/node-module.ts'
import { misuse } from '../errors/misuse-gevent.ts'
import { onLoop } from '../tasks/event-loop.ts'
import { checkRun } from './call-text.ts'
import { Greenlet } from './greenlet.ts'
import { getHub } from './hub.ts'

/** Nobody is asked before these. */
const UNHANDLED: readonly unknown[] = ['SIGKILL', 'SIGSTOP']

/**
 * Has a function called, in a greenlet of its own, whenever the process receives a signal: it may wait. That the process
 * would have ended by this signal is off for as long; when the loop ends, so does this. It does not keep the program alive.
 *
 * @returns what takes it back: `cancel()`
 * @throws MisuseError for what is no signal of this system, or one that cannot be handled
 * @example
 * ```ts
 * const handler = signalHandler('SIGTERM', () => { saveAll(); killall(workers) })
 * handler.cancel()
 * ```
 * @see gevent.signal_handler
 */
export function signalHandler<A extends readonly unknown[]>(
  signal: NodeJS.Signals,
  handler: (...args: A) => unknown,
  ...args: A
): SignalHandler {
  checkRun('signalHandler(…)', handler)
  checkSignal(signal)
  const hub = getHub()
  const onSignal = (): void => onLoop(hub.loop, () => void Greenlet.spawn(handler, ...args))
  process.on(signal, onSignal)
  const forget = hub._onClose(() => process.off(signal, onSignal))
  return {
    cancel: () => {
      process.off(signal, onSignal)
      forget()
    },
  }
}

/** What a signal is handled by, as `signalHandler` gives it. */
export interface SignalHandler {
  /** It is called no more. Cancelled twice it does nothing. */
  cancel(): void
}

function checkSignal(signal: unknown): void {
  const signals = nodeModule<typeof import('node:os')>('node:os')?.constants.signals
  const threads = nodeModule<typeof import('node:worker_threads')>('node:worker_threads')
  if (signals === undefined) throw misuse('noSignals', 'outside of Node.js')
  if (threads?.isMainThread === false) throw misuse('noSignals', 'in a worker thread')
  if (typeof signal !== 'string' || !Object.hasOwn(signals, signal)) throw misuse('badSignal', signal)
  if (UNHANDLED.includes(signal)) throw misuse('signalNotHandled', signal)
}
