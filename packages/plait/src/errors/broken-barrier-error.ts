/**
 * A barrier was reset or aborted while tasks waited at it, or is broken already.
 *
 * @example
 * ```ts
 * try { yield* barrier.wait() } catch (error) { if (error instanceof BrokenBarrierError) yield* barrier.reset() }
 * ```
 * @see asyncio.BrokenBarrierError
 */
export class BrokenBarrierError extends Error {}
BrokenBarrierError.prototype.name = 'BrokenBarrierError'
