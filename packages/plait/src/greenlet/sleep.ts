import { sleep as sleepOperation } from '../tasks/sleep.ts'
import { plainWait } from './plain-wait.ts'

/**
 * Waits for `ms` milliseconds of the loop's time, in a greenlet: a plain function of transformed code, or one that such
 * functions call.
 *
 * Suspends: always; 0 or less gives way for one turn. Cancellation: the timer is taken back. Fairness: sleepers due at
 * the same time wake in the order they went to sleep.
 *
 * @throws CannotSuspendError where nothing can be suspended, before anything begins; MisuseError if `ms` is no number
 * @example
 * ```ts
 * createTask(() => { sleep(10); console.log('later') })
 * ```
 * @see gevent.sleep
 */
export const sleep: (ms: number) => void = plainWait('sleep', (ms: number) =>
  sleepOperation(ms)[Symbol.iterator](),
)
