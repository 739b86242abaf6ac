/** How a worker ended, as far as that is known. */
export interface BrokenWorkerOptions extends ErrorOptions {
  readonly exitCode?: number | undefined
  readonly signal?: string | undefined
}

/**
 * The worker that a job ran in died before the job had ended: it exited, crashed, was killed or ran out of memory. The
 * job may have been done in part; the pool goes on with another worker.
 *
 * @example
 * ```ts
 * try { yield* pool.submit(render, page) } catch (error) {
 *   if (error instanceof BrokenWorkerError) console.log(error.worker, error.exitCode, error.signal)
 * }
 * ```
 * @see concurrent.futures.process.BrokenProcessPool
 */
export class BrokenWorkerError extends Error {
  /** Which one, as the pool names it. */
  readonly worker: string
  /** What it exited with, if it exited. */
  declare readonly exitCode?: number
  /** What killed it, if a signal did. */
  declare readonly signal?: string

  constructor(worker: string, message: string, options: BrokenWorkerOptions = {}) {
    super(message, options)
    this.worker = worker
    // Only what is known becomes a field: whoever prints the error would print the others as well.
    if (options.exitCode !== undefined) this.exitCode = options.exitCode
    if (options.signal !== undefined) this.signal = options.signal
  }
}
BrokenWorkerError.prototype.name = 'BrokenWorkerError'

/**
 * No job can run in this pool any more: its workers cannot be started, or it was shut down by force while the job
 * waited or ran.
 *
 * @example
 * ```ts
 * try { yield* pool.submit(render, page) } catch (error) { if (error instanceof BrokenExecutorError) return renderHere(page) }
 * ```
 * @see concurrent.futures.BrokenExecutor
 */
export class BrokenExecutorError extends Error {}
BrokenExecutorError.prototype.name = 'BrokenExecutorError'
