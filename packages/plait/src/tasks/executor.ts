import type { Awaitable, Operation } from '../coroutine/wait.ts'
import type { Future } from './future.ts'

/**
 * What a job gives: what its function returns, once that was run and waited for.
 *
 * @example
 * ```ts
 * type Page = JobResult<ReturnType<typeof fetchPage>>
 * ```
 */
export type JobResult<R> =
  R extends PromiseLike<infer T>
    ? T
    : R extends readonly unknown[] | string
      ? R
      : R extends Operation<infer T>
        ? T
        : R

/** How to end an executor. */
export interface ShutdownOptions {
  /** Waits until every job has ended and every worker is gone, which is the default; else returns at once. */
  wait?: boolean | undefined
  /** Cancels the jobs that have not begun. */
  cancelFutures?: boolean | undefined
}

/**
 * Runs functions elsewhere: on threads, in processes, or right here. `plait/executors` has them; whatever fits this can
 * be a loop's default executor.
 *
 * @example
 * ```ts
 * const executor: Executor = new ThreadPoolExecutor({ workers: 4 })
 * const digest = await executor.submit(hash, data)
 * ```
 * @see concurrent.futures.Executor
 */
export interface Executor {
  /** Has a function called elsewhere: gives the future of what it returns. */
  submit<A extends readonly unknown[], R>(fn: (...args: A) => R, ...args: NoInfer<A>): Future<JobResult<R>>
  /** Takes no more jobs, and waits for those it has. */
  shutdown(options?: ShutdownOptions): Awaitable<void>
}
