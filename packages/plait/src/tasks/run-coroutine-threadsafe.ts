import { misuse } from '../errors/misuse.ts'
import { createTaskOn } from './create-task.ts'
import { EventLoop, onLoop } from './event-loop.ts'
import type { Future } from './future.ts'
import type { Runnable } from './runnable.ts'

/**
 * Has something run as a task of another loop of this thread, from whatever runs here: gives the future of its result.
 * From a worker, `parentExecutor()` of `plait/executors` reaches the loop that submitted the job.
 *
 * @throws MisuseError for what is no loop, or a loop that is closed
 * @example
 * ```ts
 * const page = await runCoroutineThreadsafe(load(url), runner.getLoop())
 * ```
 * @see asyncio.run_coroutine_threadsafe
 */
export function runCoroutineThreadsafe<T>(what: Runnable<T>, loop: EventLoop): Future<T> {
  if (!(loop instanceof EventLoop)) throw misuse('notALoop', loop)
  return onLoop(loop, () => createTaskOn(loop, what))
}
