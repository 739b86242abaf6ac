import { quietly } from './quiet.ts'
import { show } from './show.ts'

/**
 * Thrown at the wait of a task that was cancelled. Let it pass: whoever catches it and goes on keeps the task alive
 * against its canceller's will, which debug mode reports.
 *
 * @example
 * ```ts
 * try { yield* sleep(1000) } catch (error) { if (isCancelled(error)) throw error; recover(error) }
 * ```
 * @see asyncio.CancelledError
 */
export class CancelledError extends Error {
  /** What `cancel(reason)` was given, if anything. */
  readonly reason: unknown

  constructor(reason?: unknown) {
    super(reason === undefined ? '' : typeof reason === 'string' ? reason : show(reason))
    this.reason = reason
  }
}
CancelledError.prototype.name = 'CancelledError'

/**
 * The one error of every cancel that gave no reason: a cancelled task costs no error of its own. Frozen, since
 * thousands of tasks may be holding it.
 */
const withoutReason: CancelledError = Object.freeze(quietly(() => new CancelledError()))

/** The error that a cancel with this reason throws. */
export function cancelledError(reason: unknown): CancelledError {
  return reason === undefined ? withoutReason : quietly(() => new CancelledError(reason))
}

/**
 * Whether this error is a cancel passing through: the line to draw in every `catch` that stands around a wait.
 *
 * @example
 * ```ts
 * catch (error) { if (isCancelled(error)) throw error; return fallback }
 * ```
 */
export function isCancelled(error: unknown): error is CancelledError {
  return error instanceof CancelledError
}
