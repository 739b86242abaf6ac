import type { Waiting } from '../coroutine/wait.ts'
import { isCancelled } from '../errors/cancelled-error.ts'
import type { Channel } from '../queues/channel.ts'
import { createTask } from '../tasks/create-task.ts'
import type { Task } from '../tasks/task.ts'
import { decodeError, type EncodedError, encodeError } from './error-codec.ts'
import type { Link } from './link.ts'
import {
  CHANNEL_CLOSE,
  CHANNEL_CLOSED,
  CHANNEL_GIVE_BACK,
  CHANNEL_ITEM,
  CHANNEL_SEND,
  CHANNEL_SENT,
  CHANNEL_TOOK,
  CHANNEL_UNSEND,
  CHANNEL_WANT,
  type Message,
} from './messages.ts'
import { type Handles, pack, type Standin, unpack, unsendable } from './parcel.ts'
import { declaredClasses } from './remote.ts'

/** How sending ended, for the far end: its item was taken, it was taken back, or it was refused. */
export const TAKEN = 0
export const TAKEN_BACK = 1
export const REFUSED = 2

interface Ports extends Handles {
  readonly link: Link
}

/**
 * A channel of this thread, for one other end: sends for its senders, receives for its receivers. An item that the far
 * end was sent is kept here until a receiver there has it, so that it is not lost with a receiver that gave up, or with
 * the whole worker.
 */
export class ChannelHome {
  readonly channel: Channel<unknown>
  timesTold = 0
  readonly #id: number
  readonly #ports: Ports
  /** Senders of the far end that wait here. */
  readonly #sending = new Map<number, Task<void>>()
  /** How many receivers of the far end have no item yet. */
  #wanted = 0
  #receiving: Task<void> | undefined
  readonly #onTheWay = new Map<number, unknown>()
  #lastItem = 0

  constructor(id: number, channel: Channel<unknown>, ports: Ports) {
    this.#id = id
    this.channel = channel
    this.#ports = ports
  }

  receive(message: Message): void {
    const [kind, , number, detail, extra] = message as unknown as [number, number, number, unknown, unknown]
    switch (kind) {
      case CHANNEL_SEND: {
        const [item] = unpack([detail], extra as Standin[] | undefined, this.#ports)
        this.#sending.set(number, createTask(this.#send(number, item), { name: 'a far sender' }))
        return
      }
      case CHANNEL_UNSEND:
        this.#sending.get(number)?.cancel()
        return
      case CHANNEL_WANT:
        this.#want(number)
        return
      case CHANNEL_TOOK:
        this.#onTheWay.delete(number)
        return
      case CHANNEL_GIVE_BACK:
        this.#giveBack(number)
        return
      case CHANNEL_CLOSE: {
        const error = number as unknown as EncodedError | undefined
        const why = error === undefined ? undefined : decodeError(error, 'whoever closed it', declaredClasses)
        // Two ends may close it at once: the first has said it.
        if (!this.channel.closed) this.channel.close(why)
      }
    }
  }

  /** The far end has no more to do with it. */
  end(): void {
    this.#wanted = 0
    this.#receiving?.cancel()
    for (const task of this.#sending.values()) task.cancel()
    for (const number of [...this.#onTheWay.keys()].reverse()) this.#giveBack(number)
  }

  #giveBack(number: number): void {
    if (!this.#onTheWay.has(number)) return
    const item = this.#onTheWay.get(number)
    this.#onTheWay.delete(number)
    this.channel._giveBack(item)
  }

  *#send(number: number, item: unknown): Waiting<void> {
    const answer = (how: number, error?: unknown): void => {
      this.#sending.delete(number)
      const why = error === undefined ? undefined : encodeError(error, declaredClasses)
      this.#ports.link.postSoon([CHANNEL_SENT, this.#id, number, how, why])
    }
    try {
      yield* this.channel.send(item)
    } catch (error) {
      if (!isCancelled(error)) answer(REFUSED, error)
      else {
        answer(TAKEN_BACK)
        throw error
      }
      return
    }
    answer(TAKEN)
  }

  #want(more: number): void {
    this.#wanted = Math.max(0, this.#wanted + more)
    if (this.#wanted === 0) this.#receiving?.cancel()
    else if (this.#receiving === undefined) {
      const task = createTask(this.#receive(), { name: 'a far receiver' })
      this.#receiving = task
      task._watch({
        _notify: () => {
          this.#receiving = undefined
          // Cancelled before its first step, or while it had just been wanted again.
          if (task.cancelled() && this.#wanted > 0) this.#want(0)
        },
      })
    }
  }

  *#receive(): Waiting<void> {
    while (this.#wanted > 0) {
      let received: Awaited<ReturnType<Channel<unknown>['receive']>>
      try {
        received = yield* this.channel.receive()
      } catch (error) {
        if (isCancelled(error)) throw error
        this.#closed(error)
        return
      }
      if (received.kind === 'closed') {
        this.#closed(undefined)
        return
      }
      if (this.#wanted > 0) this.#hand(received.item)
      else this.channel._giveBack(received.item)
    }
  }

  #hand(item: unknown): void {
    this.#wanted -= 1
    this.#lastItem += 1
    const number = this.#lastItem
    this.#onTheWay.set(number, item)
    const { values, standins } = pack([item], this.#ports)
    this.#ports.link.postSoon([CHANNEL_ITEM, this.#id, number, values[0], standins], error => {
      // It can be received here, and by nobody there: whoever wanted it is told why.
      this.#onTheWay.delete(number)
      const why = encodeError(unsendable(error, item, 'item', 'thread or process'), declaredClasses)
      this.#ports.link.postSoon([CHANNEL_ITEM, this.#id, 0, why])
    })
  }

  #closed(error: unknown): void {
    this.#wanted = 0
    const why = error === undefined ? undefined : encodeError(error, declaredClasses)
    this.#ports.link.postSoon([CHANNEL_CLOSED, this.#id, why])
  }
}
