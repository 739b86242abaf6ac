/**
 * Thrown where a `timeout`, a `waitFor` or an `asCompleted` ran out of time. Its cause is the cancel that ended the
 * body, where there was one.
 *
 * @example
 * ```ts
 * try { yield* timeout(500, load()) } catch (error) { if (error instanceof TimeoutError) return cached }
 * ```
 * @see asyncio.TimeoutError
 */
export class TimeoutError extends Error {
  constructor(message = 'the time limit was reached', options?: ErrorOptions) {
    super(message, options)
  }
}
TimeoutError.prototype.name = 'TimeoutError'
