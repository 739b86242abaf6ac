import type { Awaitable, Waiting } from '../coroutine/wait.ts'
import { Call } from '../tasks/call.ts'
import { checkOptions } from '../tasks/check-options.ts'
import type { ShutdownOptions } from '../tasks/executor.ts'
import { isCancelledHere } from './is-cancelled-here.ts'
import { Submitter } from './submitter.ts'

/** What every executor has that is somebody's own: it can be ended. */
export abstract class ExecutorBase extends Submitter implements AsyncDisposable {
  /** @internal */
  constructor() {
    super(undefined, {})
  }

  /** Cancels every job, begun or not, and gives how many there were: `shutdown` waits for their ends. */
  abstract cancel(reason?: unknown): number

  /** @internal */
  protected abstract _shutdown(options: ShutdownOptions): Waiting<void>

  /**
   * Takes no more jobs, waits until all it has have ended, and ends the workers.
   *
   * Suspends: until nothing is left of it; not at all with `wait: false`, which lets that happen by itself. Cancellation:
   * it goes on ending.
   *
   * @example
   * ```ts
   * yield* pool.shutdown({ cancelFutures: true }) // what has not begun is dropped
   * ```
   * @see concurrent.futures.Executor.shutdown
   */
  shutdown(options: ShutdownOptions = {}): Awaitable<void> {
    checkOptions('executor.shutdown(…)', options)
    return new Call('executor.shutdown()', () => this._shutdown(options))
  }

  /**
   * As `shutdown()`, for `await using`. A block that is left because it was cancelled cancels its jobs: nobody could
   * take what they give.
   */
  async [Symbol.asyncDispose](): Promise<void> {
    if (isCancelledHere()) this.cancel('the block of its executor was cancelled')
    await this.shutdown()
  }
}
