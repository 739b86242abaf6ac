import { BATCH, type Message, UNREAD } from './messages.ts'
import type { Transport } from './transport.ts'

/** Called with the error of a message that could not be sent. */
export type NotSent = (error: unknown) => void

interface Pending {
  readonly message: Message
  readonly notSent: NotSent | undefined
}

/**
 * One end of what connects two threads or processes. What is not urgent is put together until the running code gives the
 * thread back: a message costs microseconds, however little is in it.
 */
export class Link {
  readonly #transport: Transport
  readonly #handlers = new Map<number, (message: Message) => void>()
  /** Told of every message, after it was heard. */
  heard: () => void = () => {}
  /** Told when a message was lost, on its way here or from here: it nested too deep to be read. */
  lost: () => void = () => {}
  /** How often something was sent. */
  posted = 0
  #pending: Pending[] = []

  constructor(transport: Transport) {
    this.#transport = transport
  }

  /** Begins to listen, once everybody is there to hear. */
  open(): void {
    this.on([UNREAD], () => this.lost())
    const onUnread = (): void => {
      this.post([UNREAD])
      this.lost()
    }
    this.#transport.listen(message => this.#receive(message), onUnread)
  }

  /** Who is told of messages of a kind. */
  on(kinds: readonly number[], handler: (message: Message) => void): void {
    for (const kind of kinds) this.#handlers.set(kind, handler)
  }

  /** Sends now, after whatever was to be sent before. Throws DataCloneError for what cannot be cloned. */
  post(message: Message, transfer?: readonly Transferable[]): void {
    this.flush()
    this.posted += 1
    this.#transport.post(message, transfer)
  }

  /** Sends when the running code has given the thread back, with whatever else there is to send by then. */
  postSoon(message: Message, notSent?: NotSent): void {
    if (this.#pending.length === 0) queueMicrotask(() => this.flush())
    this.#pending.push({ message, notSent })
  }

  /** Sends what was to be sent soon. */
  flush(): void {
    const pending = this.#pending
    if (pending.length === 0) return
    this.#pending = []
    if (pending.length === 1) this.#postAlone(pending[0] as Pending)
    else this.#postTogether(pending)
  }

  /** Whether what may come keeps this thread alive. */
  keepAlive(isKept: boolean): void {
    this.#transport.keepAlive?.(isKept)
  }

  poll(): void {
    this.#transport.poll?.()
  }

  #postTogether(pending: readonly Pending[]): void {
    this.posted += 1
    try {
      this.#transport.post([BATCH, ...pending.map(({ message }) => message)])
    } catch {
      // One of them cannot be cloned, and the others are not to suffer for it.
      for (const one of pending) this.#postAlone(one)
    }
  }

  #postAlone({ message, notSent }: Pending): void {
    this.posted += 1
    try {
      this.#transport.post(message)
    } catch (error) {
      if (notSent === undefined) throw error
      notSent(error)
    }
  }

  #receive(message: Message): void {
    if (message[0] !== BATCH) this.#handlers.get(message[0])?.(message)
    else for (const one of message.slice(1) as unknown as Message[]) this.#handlers.get(one[0])?.(one)
    this.heard()
  }
}
