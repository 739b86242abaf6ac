import type { Waiting } from '../coroutine/wait.ts'
import { showAsText } from '../errors/show.ts'
import { atOnce, plainMethods } from '../greenlet/plain-method.ts'
import type { Callback } from './callback.ts'
import type { GetOptions } from './greenlet-options.ts'
import { getHub, type Hub } from './hub.ts'
import { Empty, Full } from './queue-errors.ts'
import { StopIteration } from './stop-iteration.ts'
import { isInHub } from './throw-into.ts'
import { Timeout } from './timeout.ts'
import { remove, Waiter } from './waiter.ts'

/** Who waits to hand an item over. */
interface Offer<T> {
  readonly item: T
  readonly waiter: Waiter<void>
}

/**
 * A rendezvous: it keeps nothing, so whoever puts waits for whoever gets, and is gone on from there.
 *
 * Fairness: those who wait meet in the order they came, in the hub's next turn.
 *
 * @example
 * ```ts
 * const door = new Channel<string>()
 * spawn(() => console.log(door.get()))
 * door.put('hello') // comes back when it was taken
 * ```
 * @see gevent.queue.Channel
 */
export class Channel<T> implements IterableIterator<T> {
  readonly #getters: Waiter<T | typeof StopIteration>[] = []
  readonly #putters: Offer<T | typeof StopIteration>[] = []
  #hub: Hub | undefined
  #unlock: Callback | undefined

  /** How many greenlets wait to put, less those that wait to get. */
  get balance(): number {
    return this.#putters.length - this.#getters.length
  }

  qsize(): number {
    return 0
  }

  empty(): boolean {
    return true
  }

  full(): boolean {
    return true
  }

  /**
   * Hands an item over.
   *
   * Suspends: until somebody takes it. Cancellation: it is not handed over.
   *
   * @throws Full if nobody takes it in time; if it is not to `block`, in the hub's next turn
   */
  put(item: T | typeof StopIteration, options?: GetOptions): void {
    return atOnce('Channel.put', this._put(item, options), this.put)
  }

  /** @internal */
  *_put(item: T | typeof StopIteration, { block = true, timeout }: GetOptions = {}): Waiting<void> {
    if (isInHub(this.#home.loop)) {
      const getter = this.#getters.shift()
      if (getter === undefined) throw new Full()
      getter.switch(item)
      return
    }
    const offer: Offer<T | typeof StopIteration> = { item, waiter: new Waiter<void>() }
    this.#putters.push(offer)
    const timer = Timeout._startNewOrDummy(block ? timeout : 0, Full)
    try {
      if (this.#getters.length > 0) this.#unlockSoon()
      yield* offer.waiter._get()
    } catch (error) {
      remove(this.#putters, offer)
      throw error
    } finally {
      timer.cancel()
    }
  }

  /**
   * Hands an item over to whoever waits for one.
   * @throws Full if nobody does
   */
  putNowait(item: T | typeof StopIteration): void {
    return atOnce('Channel.putNowait', this._putNowait(item), this.putNowait)
  }

  /** @internal */
  _putNowait(item: T | typeof StopIteration): Waiting<void> {
    return this._put(item, { block: false })
  }

  /**
   * Takes an item.
   *
   * Suspends: until somebody hands one over. Cancellation: no item is lost.
   *
   * @throws Empty if nobody does in time; if it is not to `block`, in the hub's next turn
   */
  get(options?: GetOptions): T {
    return atOnce('Channel.get', this._get(options), this.get)
  }

  /** @internal */
  *_get({ block = true, timeout }: GetOptions = {}): Waiting<T> {
    const offer = isInHub(this.#home.loop) ? this.#putters.shift() : undefined
    if (offer !== undefined) {
      this.#home.runCallback(() => offer.waiter.switch())
      return offer.item as T
    }
    const getter = new Waiter<T | typeof StopIteration>()
    const timer = Timeout._startNewOrDummy(block ? timeout : 0, Empty)
    try {
      this.#getters.push(getter)
      if (this.#putters.length > 0) this.#unlockSoon()
      return (yield* getter._get()) as T
    } catch (error) {
      remove(this.#getters, getter)
      throw error
    } finally {
      timer.cancel()
    }
  }

  /**
   * Takes an item of whoever waits to hand one over.
   * @throws Empty if nobody does
   */
  getNowait(): T {
    return atOnce('Channel.getNowait', this._getNowait(), this.getNowait)
  }

  /** @internal */
  _getNowait(): Waiting<T> {
    return this._get({ block: false })
  }

  /** The next step of a `for…of`: takes an item. */
  next(): IteratorResult<T, undefined> {
    return atOnce('Channel.next', this._next(), this.next)
  }

  /** @internal */
  *_next(): Waiting<IteratorResult<T, undefined>> {
    const value: unknown = yield* this._get()
    return value === StopIteration ? { done: true, value: undefined } : { done: false, value: value as T }
  }

  [Symbol.iterator](): this {
    return this
  }

  toString(): string {
    return `<Channel ${this.#getters.length} getting, ${this.#putters.length} putting>`
  }

  get #home(): Hub {
    if (this.#hub?.loop.isRunning() !== true) this.#hub = getHub()
    return this.#hub as Hub
  }

  #unlockSoon(): void {
    if (this.#unlock === undefined) this.#unlock = this.#home.runCallback(() => this.#serve())
  }

  #serve(): void {
    while (this.#putters.length > 0 && this.#getters.length > 0) {
      const getter = this.#getters.shift()
      const { item, waiter } = this.#putters.shift() as Offer<T | typeof StopIteration>
      getter?.switch(item)
      waiter.switch()
    }
    this.#unlock = undefined
  }
}

plainMethods(Channel.prototype, ['put', 'putNowait', 'get', 'getNowait', 'next'])
showAsText(Channel.prototype)
