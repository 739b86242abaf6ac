import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { ChannelPorts } from '../../src/executors/channel-ports.ts'
import { Link } from '../../src/executors/link.ts'
import { PortTransport } from '../../src/executors/port-transport.ts'
import type { Channel } from '../../src/index.ts'

/** The two ends of a link, both in this thread: all that is between two threads, without another thread. */
export class LinkedPorts implements Disposable {
  readonly here: ChannelPorts
  readonly there: ChannelPorts
  readonly #ports: readonly [MessagePort, MessagePort]

  constructor() {
    const { port1, port2 } = new MessageChannel()
    this.#ports = [port1, port2]
    const links = [new Link(new PortTransport(port1)), new Link(new PortTransport(port2))] as const
    this.here = new ChannelPorts(links[0])
    this.there = new ChannelPorts(links[1])
    for (const link of links) link.open()
  }

  /** A channel as it arrives at the other end. */
  handOver<T>(channel: Channel<T>): Channel<T> {
    return this.there.takeIn(this.here.handOut(channel)) as Channel<T>
  }

  /** The other end is gone, as if it had been killed. */
  kill(): void {
    for (const port of this.#ports) port.close()
    this.here.end(new Error('gone'))
    this.there.end(new Error('gone'))
  }

  [Symbol.dispose](): void {
    for (const port of this.#ports) port.close()
  }
}
