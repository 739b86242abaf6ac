/**
 * `getNowait()` on a queue with nothing in it.
 *
 * @example
 * ```ts
 * try { return jobs.getNowait() } catch (error) { if (error instanceof QueueEmptyError) return undefined }
 * ```
 * @see asyncio.QueueEmpty
 */
export class QueueEmptyError extends Error {}
QueueEmptyError.prototype.name = 'QueueEmptyError'

/**
 * `putNowait()` into a queue that has no room.
 *
 * @example
 * ```ts
 * try { jobs.putNowait(job) } catch (error) { if (error instanceof QueueFullError) refuse(job) }
 * ```
 * @see asyncio.QueueFull
 */
export class QueueFullError extends Error {}
QueueFullError.prototype.name = 'QueueFullError'

/**
 * The queue was shut down: nothing can be put any more, and nothing is left to get.
 *
 * @example
 * ```ts
 * try { for (;;) yield* work(yield* jobs.get()) } catch (error) { if (!(error instanceof QueueShutDownError)) throw error }
 * ```
 * @see asyncio.QueueShutDown
 */
export class QueueShutDownError extends Error {}
QueueShutDownError.prototype.name = 'QueueShutDownError'
