import type { Operation, Waiting } from '../coroutine/wait.ts'
import { misuse } from '../errors/misuse-bridges.ts'
import { Channel } from '../queues/channel.ts'
import { NodeSink, type WritableLike } from './node-sink.ts'
import type { Sink } from './sink.ts'
import { WebSink, type WebWritableLike } from './web-sink.ts'

/** The end of a channel that takes: one that takes more than T is as good. */
type ChannelEnd<T> = Pick<Channel<T>, 'send' | 'trySend' | 'close' | 'closed'>

/** Whatever takes items. */
export type SinkLike<T> = ChannelEnd<T> | WebWritableLike<T> | WritableLike<T>

/** What opens a sink of any kind. */
export function sinkOf<T>(sink: SinkLike<T>): () => Sink<T> {
  if (sink instanceof Channel) return () => new ChannelSink(sink)
  const { getWriter, write, end, on, destroy } = (sink ?? {}) as Partial<WebWritableLike<T> & WritableLike<T>>
  if (typeof getWriter === 'function') return () => new WebSink(sink as WebWritableLike<T>)
  for (const method of [write, end, on, destroy])
    if (typeof method !== 'function') throw misuse('notASink', sink)
  const opened = new NodeSink(sink as WritableLike<T>)
  return () => opened
}

/** A channel tells nobody that it was closed but those who send: the next item finds out. */
class ChannelSink<T> implements Sink<T> {
  readonly broken = undefined
  readonly #channel: Channel<T>

  constructor(channel: Channel<T>) {
    this.#channel = channel
  }

  *room(): Waiting<void> {}

  write(item: T): Operation<void> {
    return this.#channel.send(item)
  }

  *close(): Waiting<void> {
    if (!this.#channel.closed) this.#channel.close()
  }

  *flush(): Waiting<void> {}

  *abort(error: unknown): Waiting<void> {
    if (!this.#channel.closed) this.#channel.close(error)
  }

  release(): void {}
}
