import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads'
import type { Message } from './messages.ts'
import type { Transport } from './transport.ts'

/** So many messages are taken in one go; then the loop has its turn. */
const MOST_AT_ONCE = 256

/** A port between two threads. */
export class PortTransport implements Transport {
  readonly port: MessagePort
  #onMessage: (message: Message) => void = () => {}
  #onUnread: () => void = () => {}
  #isKept = true

  constructor(port: MessagePort) {
    this.port = port
  }

  post(message: Message, transfer?: readonly Transferable[]): void {
    if (transfer === undefined) this.port.postMessage(message)
    else this.port.postMessage(message, transfer as never)
  }

  listen(onMessage: (message: Message) => void, onUnread: () => void): void {
    this.#onMessage = onMessage
    this.#onUnread = onUnread
    this.port.on('messageerror', onUnread)
    // One event for many messages: an event costs more than a message.
    this.port.on('message', (message: Message) => {
      onMessage(message)
      this.#takeIn(MOST_AT_ONCE)
    })
  }

  poll(): void {
    this.#takeIn(Number.POSITIVE_INFINITY)
  }

  keepAlive(isKept: boolean): void {
    if (isKept === this.#isKept) return
    this.#isKept = isKept
    if (isKept) this.port.ref()
    else this.port.unref()
  }

  #takeIn(most: number): void {
    for (let left = most; left > 0 && this.#takeOne(); left -= 1);
  }

  /** Takes in one message that is there. */
  #takeOne(): boolean {
    const next = this.#next()
    if (next === undefined) return false
    if (next.message === undefined) this.#onUnread()
    else this.#onMessage(next.message)
    return true
  }

  #next(): { message?: Message } | undefined {
    try {
      return receiveMessageOnPort(this.port) as { message: Message } | undefined
    } catch {
      return {}
    }
  }
}
