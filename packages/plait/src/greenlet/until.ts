import type { Operation, Resume, Wait } from '../coroutine/wait.ts'
import { isOperation } from '../tasks/runnable.ts'
import { until as untilSettled } from '../tasks/until.ts'
import { plainWait } from './plain-wait.ts'

/** What can be waited for: an operation, a promise, or what begins one. */
type Waited<T> = PromiseLike<T> | Operation<T> | ((signal: AbortSignal) => PromiseLike<T>)

/**
 * Waits, in a greenlet, for anything that can be waited for, and gives what that gives: a promise, a task, a coroutine,
 * any wait of plait. Given a function, calls it with a signal that is aborted if the wait is cancelled.
 *
 * Suspends: as what is waited for does; for a promise, always. Cancellation: takes effect at once; a promise that heeds no
 * signal goes on outside, unheard.
 *
 * @throws CannotSuspendError where nothing can be suspended, before anything begins; what it is rejected with, or throws
 * @example
 * ```ts
 * const response = until(signal => fetch(url, { signal }))
 * const item = until(queue.get())
 * ```
 */
export const until: <T>(what: Waited<T>) => T = plainWait('until', stepsOf) as <T>(what: Waited<T>) => T

function stepsOf<T>(what: Waited<T>): Iterator<Wait, T, Resume> {
  return isOperation(what)
    ? ((what as Operation<T>)[Symbol.iterator]() as Iterator<Wait, T, Resume>)
    : untilSettled<T>(what as PromiseLike<T>)[Symbol.iterator]()
}
