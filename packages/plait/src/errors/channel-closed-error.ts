/**
 * Something was to be sent on a channel that is closed: nobody would ever receive it.
 *
 * @example
 * ```ts
 * try { yield* lines.send(line) } catch (error) { if (error instanceof ChannelClosedError) return }
 * ```
 * @see Go's panic: send on closed channel
 */
export class ChannelClosedError extends Error {}
ChannelClosedError.prototype.name = 'ChannelClosedError'
