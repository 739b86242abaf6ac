import type { Awaitable } from '../coroutine/wait.ts'
import { Call } from '../tasks/call.ts'
import { currentLoop } from '../tasks/current.ts'
import type { EventLoop } from '../tasks/event-loop.ts'
import type { JobResult } from '../tasks/executor.ts'
import './thread-pool-executor.ts'

/**
 * Has a function called on a thread of the loop's default executor, with the context variables of the running code, and
 * waits for what it gives.
 *
 * Suspends: always. Cancellation: cancels the job, and waits for its end.
 *
 * @throws what the function throws; MisuseError for a function that cannot be sent
 * @example
 * ```ts
 * const digest = yield* toThread(hash, data)
 * ```
 * @see asyncio.to_thread
 */
export function toThread<A extends readonly unknown[], R>(
  fn: (...args: A) => R,
  ...args: NoInfer<A>
): Awaitable<JobResult<R>> {
  return new Call('toThread(…)', () => (currentLoop() as EventLoop).runInExecutor(undefined, fn, ...args))
}
