/**
 * A Future was asked for what its state cannot give: a result before it is done, or a second result.
 *
 * @example
 * ```ts
 * const answer = new Future<number>()
 * answer.result() // InvalidStateError: the future is not done yet; wait for it with yield* or await
 * ```
 * @see asyncio.InvalidStateError
 */
export class InvalidStateError extends Error {}
InvalidStateError.prototype.name = 'InvalidStateError'
