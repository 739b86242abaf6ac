import type { Waiting } from '../coroutine/wait.ts'
import { isCancelled } from '../errors/cancelled-error.ts'
import type { Borrowed, Channel } from '../queues/channel.ts'
import { makeTask } from '../tasks/create-task.ts'
import { threadLoop } from '../tasks/current.ts'
import { onLoop } from '../tasks/event-loop.ts'
import { FAILED, STATE } from '../tasks/future.ts'
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
import { type Handles, pack, type Standin, unpack, unsendable, untold } from './parcel.ts'

/** How sending ended, for the far end: its item was taken, it was taken back, or it was refused. */
export const TAKEN = 0
export const TAKEN_BACK = 1
export const REFUSED = 2

interface Ports extends Handles {
  readonly link: Link
}

type Lent = Extract<Borrowed<unknown>, { kind: 'item' }>

/**
 * A channel of this thread, for one other end: sends for its senders, receives for its receivers. An item that the far
 * end was sent is kept here until a receiver there has it, so that it is not lost with a receiver that gave up, or with
 * the whole worker.
 *
 * What it does, it does on the thread's own loop: the program that had the worker started may end before the worker does.
 */
export class ChannelHome {
  readonly channel: Channel<unknown>
  timesTold = 0
  readonly #id: number
  readonly #ports: Ports
  /** Senders of the far end that wait here. */
  readonly #sending = new Map<number, Task<void>>()
  /**
   * How many more items the far end has receivers for than are on their way. Below nothing where one on its way is for a
   * receiver who has given up: it serves the next one there, or comes back, and what it was for with it.
   */
  #wanted = 0
  #receiving: Task<void> | undefined
  readonly #onTheWay = new Map<number, Lent>()
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
        this.#send(number, item)
        return
      }
      case CHANNEL_UNSEND:
        this.#sending.get(number)?.cancel()
        return
      case CHANNEL_WANT:
        this.#want(number)
        return
      case CHANNEL_TOOK:
        this.#took(number)
        return
      case CHANNEL_GIVE_BACK:
        this.#giveBack(number)
        this.#want(1)
        return
      case CHANNEL_CLOSE: {
        const error = number as unknown as EncodedError | undefined
        const why = error === undefined ? undefined : decodeError(error, 'whoever closed it')
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

  #took(number: number): void {
    const lent = this.#onTheWay.get(number)
    if (this.#onTheWay.delete(number)) this.channel._keep((lent as Lent).loan)
  }

  #giveBack(number: number): void {
    const lent = this.#onTheWay.get(number)
    if (this.#onTheWay.delete(number)) this.channel._giveBack(lent as Lent)
  }

  #send(number: number, item: unknown): void {
    const task = begin(this.#sendAndTell(number, item), 'a far sender')
    this.#sending.set(number, task)
    // One that was cancelled before its first step has done nothing, and told nobody.
    task._watch({
      _notify: () => {
        if (!this.#sending.has(number)) return
        if ((task._flags & STATE) === FAILED) this.#tell(number, REFUSED, task._takeError())
        else this.#tell(number, TAKEN_BACK)
      },
    })
  }

  *#sendAndTell(number: number, item: unknown): Waiting<void> {
    yield* this.channel.send(item)
    // At once: a cancel that came too late for the item still ends this task cancelled.
    this.#tell(number, TAKEN)
  }

  #tell(number: number, how: number, error?: unknown): void {
    this.#sending.delete(number)
    const why = error === undefined ? undefined : encodeError(error)
    this.#ports.link.postSoon([CHANNEL_SENT, this.#id, number, how, why])
  }

  #want(more: number): void {
    this.#wanted += more
    if (this.#wanted <= 0) this.#receiving?.cancel()
    else if (this.#receiving === undefined) {
      const task = begin(this.#receive(), 'a far receiver')
      this.#receiving = task
      task._watch({
        _notify: () => {
          this.#receiving = undefined
          // It was cancelled, and before it had ended somebody wanted an item again.
          if (task.cancelled() && this.#wanted > 0) this.#want(0)
        },
      })
    }
  }

  *#receive(): Waiting<void> {
    while (this.#wanted > 0) {
      let borrowed: Borrowed<unknown>
      try {
        borrowed = yield* this.channel._borrow()
      } catch (error) {
        if (isCancelled(error)) throw error
        this.#closed(error)
        return
      }
      if (borrowed.kind === 'closed') {
        this.#closed(undefined)
        return
      }
      if (this.#wanted > 0) this.#hand(borrowed)
      else this.channel._giveBack(borrowed)
    }
  }

  #hand(lent: Lent): void {
    this.#wanted -= 1
    this.#lastItem += 1
    const number = this.#lastItem
    this.#onTheWay.set(number, lent)
    const { values, standins } = pack([lent.item], this.#ports)
    this.#ports.link.postSoon([CHANNEL_ITEM, this.#id, number, values[0], standins], error => {
      // Nobody there can receive it: whoever wanted it is told why.
      this.#took(number)
      untold(standins, this.#ports)
      const why = encodeError(unsendable(error, values[0], 'item', 'thread or process'))
      this.#ports.link.postSoon([CHANNEL_ITEM, this.#id, 0, why])
    })
  }

  /** Those who want one will be told so, and then want none. */
  #closed(error: unknown): void {
    const why = error === undefined ? undefined : encodeError(error)
    this.#ports.link.postSoon([CHANNEL_CLOSED, this.#id, why])
  }
}

function begin(body: Waiting<void>, name: string): Task<void> {
  const loop = threadLoop()
  return onLoop(loop, () => makeTask(loop, body, { name }))
}
