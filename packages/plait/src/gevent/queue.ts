import type { Waiting } from '../coroutine/wait.ts'
import { misuse } from '../errors/misuse-gevent.ts'
import { showAsText } from '../errors/show.ts'
import { atOnce, plainMethods } from '../greenlet/plain-method.ts'
import type { Callback } from './callback.ts'
import type { GetOptions } from './greenlet-options.ts'
import { getHub, type Hub } from './hub.ts'
import { Empty, Full, ShutDown } from './queue-errors.ts'
import { Fifo, type ItemStore } from './queue-store.ts'
import { StopIteration } from './stop-iteration.ts'
import { isInHub } from './throw-into.ts'
import { Timeout } from './timeout.ts'
import { remove, Waiter } from './waiter.ts'

/** What a queue is made with. */
export interface QueueOptions<T> {
  /** What is in it from the start. */
  items?: Iterable<T> | undefined
}

/** Who waits to put an item in. */
class Putter<T> extends Waiter<void> {
  readonly item: T

  constructor(item: T) {
    super()
    this.item = item
  }
}

/**
 * A queue for greenlets: first in, first out.
 *
 * Fairness: those who wait, to get or to put, are served in the order they came, in the hub's next turn; whoever comes
 * before that may be quicker. Going through it with `for…of` gets its items, until one is `StopIteration`.
 *
 * @example
 * ```ts
 * const jobs = new Queue<string>(10)
 * spawn(() => { for (const job of jobs) work(job) })
 * jobs.put('wash')
 * jobs.put(StopIteration)
 * ```
 * @see gevent.queue.Queue
 */
export class Queue<T> implements IterableIterator<T> {
  /** How many items it has room for; undefined for any number. */
  readonly maxsize: number | undefined
  readonly #items: ItemStore<T | typeof StopIteration>
  readonly #getters: Waiter<void>[] = []
  readonly #putters: Putter<T | typeof StopIteration>[] = []
  #hub: Hub | undefined
  #unlock: Callback | undefined
  #isShutDown = false

  /**
   * @param maxsize how many items it has room for; 0 or none for any number
   * @param store of the kinds of queue that give their items in another order
   */
  constructor(maxsize?: number, options: QueueOptions<T> = {}, store: ItemStore<T> = new Fifo<T>()) {
    if (maxsize !== undefined && !Number.isInteger(maxsize)) throw misuse('badQueueSize', maxsize)
    this.maxsize = maxsize !== undefined && maxsize > 0 ? maxsize : undefined
    this.#items = store as ItemStore<T | typeof StopIteration>
    for (const item of options.items ?? []) this._add(item)
  }

  /** How many items are in it. */
  qsize(): number {
    return this.#items.size
  }

  empty(): boolean {
    return this.#items.size === 0
  }

  /** Whether it has no room. */
  full(): boolean {
    return this.maxsize !== undefined && this.#items.size >= this.maxsize
  }

  /** How many greenlets wait to put, less those that wait to get. */
  get balance(): number {
    return this.#putters.length - this.#getters.length
  }

  /** Another one with the same items. */
  copy(): this {
    return this._copied({})
  }

  /** @internal */
  _copied(options: object): this {
    const Kind = this.constructor as new (maxsize: number | undefined, options: object) => this
    return new Kind(this.maxsize, { ...options, items: this.#items.toArray() })
  }

  /**
   * Puts an item in.
   *
   * Suspends: while it is full. Cancellation: the item was not put.
   *
   * @throws Full if it has no room in time, or at once if it is not to `block`; ShutDown if it was shut down
   */
  put(item: T | typeof StopIteration, options?: GetOptions): void {
    return atOnce('Queue.put', this._put(item, options), this.put)
  }

  /** @internal */
  *_put(item: T | typeof StopIteration, { block = true, timeout }: GetOptions = {}): Waiting<void> {
    if (this.#isShutDown) throw new ShutDown()
    if (!this.full()) {
      this._add(item)
      if (this.#getters.length > 0) this.#unlockSoon()
      return
    }
    if (isInHub(this.#home.loop)) return this.#putInHub(item)
    if (!block) throw new Full()
    const putter = new Putter<T | typeof StopIteration>(item)
    this.#putters.push(putter)
    const timer = Timeout._startNewOrDummy(timeout, Full)
    try {
      if (this.#getters.length > 0) this.#unlockSoon()
      yield* putter._get()
    } finally {
      timer.cancel()
      remove(this.#putters, putter)
    }
  }

  /** Nobody can wait there: those who wait to get make room. */
  #putInHub(item: T | typeof StopIteration): void {
    while (this.#getters.length > 0 && this.full()) this.#getters.shift()?.switch()
    if (this.full()) throw new Full()
    this._add(item)
  }

  /**
   * Puts an item in, at once.
   * @throws Full, ShutDown
   */
  putNowait(item: T | typeof StopIteration): void {
    this.put(item, { block: false })
  }

  /**
   * Takes the next item out.
   *
   * Suspends: while it is empty. Cancellation: no item is lost.
   *
   * @throws Empty if there is none in time, or at once if it is not to `block`; ShutDown if it was shut down and is empty
   */
  get(options?: GetOptions): T {
    return atOnce('Queue.get', this._get(options), this.get)
  }

  /** @internal */
  *_get(options?: GetOptions): Waiting<T> {
    if (this.#items.size === 0) yield* this.#waitForItem(options)
    else if (this.#putters.length > 0) this.#unlockSoon()
    return this.#items.shift() as T
  }

  /**
   * Takes the next item out, at once.
   * @throws Empty, ShutDown
   */
  getNowait(): T {
    return this.get({ block: false })
  }

  /**
   * The next item, which stays in it.
   *
   * Suspends: while it is empty. Cancellation: nobody waits any more.
   *
   * @throws as `get`
   */
  peek(options?: GetOptions): T {
    return atOnce('Queue.peek', this._peek(options), this.peek)
  }

  /** @internal */
  *_peek(options?: GetOptions): Waiting<T> {
    if (this.#items.size === 0) yield* this.#waitForItem(options)
    return this.#items.peek() as T
  }

  /**
   * The next item, which stays in it, at once.
   * @throws Empty, ShutDown
   */
  peekNowait(): T {
    return this.peek({ block: false })
  }

  *#waitForItem({ block = true, timeout }: GetOptions = {}): Waiting<void> {
    if (this.#isShutDown) throw new ShutDown()
    if (isInHub(this.#home.loop)) return this.#takeInHub()
    if (!block) throw new Empty()
    const getter = new Waiter<void>()
    const timer = Timeout._startNewOrDummy(timeout, Empty)
    try {
      this.#getters.push(getter)
      if (this.#putters.length > 0) this.#unlockSoon()
      yield* getter._get()
    } finally {
      timer.cancel()
      remove(this.#getters, getter)
    }
  }

  /** Nobody can wait there: those who wait to put do so. */
  #takeInHub(): void {
    for (let putter = this.#putters.shift(); putter !== undefined; putter = this.#putters.shift()) {
      this._add(putter.item)
      putter.switch()
      if (this.#items.size > 0) return
    }
    throw new Empty()
  }

  /**
   * Ends it: nothing can be put any more; what is in it can still be got, unless `immediate` drops it. Whoever waits is
   * thrown ShutDown.
   */
  shutdown(immediate = false): void {
    this.#isShutDown = true
    if (immediate) {
      this._dropped(this.#items.size)
      this.#items.clear()
    }
    const waiting: Waiter<void>[] = [...this.#putters.splice(0)]
    if (this.empty()) waiting.push(...this.#getters.splice(0))
    for (const waiter of waiting) this.#home.runCallback(() => waiter.throw(new ShutDown()))
  }

  /** The next step of a `for…of`: gets an item. */
  next(): IteratorResult<T, undefined> {
    return atOnce('Queue.next', this._next(), this.next)
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
    const parts = [`${this.qsize()}${this.maxsize === undefined ? '' : ` of ${this.maxsize}`} items`]
    if (this.#getters.length > 0) parts.push(`${this.#getters.length} getting`)
    if (this.#putters.length > 0) parts.push(`${this.#putters.length} putting`)
    return `<${this.constructor.name} ${parts.join(', ')}>`
  }

  /** @internal An item goes in. */
  _add(item: T | typeof StopIteration): void {
    this.#items.push(item)
  }

  /** @internal So many items were dropped. */
  _dropped(_count: number): void {}

  get #home(): Hub {
    if (this.#hub?.loop.isRunning() !== true) this.#hub = getHub()
    return this.#hub as Hub
  }

  #unlockSoon(): void {
    if (this.#unlock === undefined) this.#unlock = this.#home.runCallback(() => this.#serve())
  }

  /** Serves those who wait, by turns, as long as somebody can be. */
  #serve(): void {
    for (;;) {
      let served = false
      if (this.#putters.length > 0 && !this.full()) {
        served = true
        this.#servePutter(this.#putters.shift() as Putter<T | typeof StopIteration>)
      }
      if (this.#getters.length > 0 && this.#items.size > 0) {
        served = true
        this.#getters.shift()?.switch()
      }
      if (served) continue
      this.#unlock = undefined
      return
    }
  }

  #servePutter(putter: Putter<T | typeof StopIteration>): void {
    try {
      this._add(putter.item)
    } catch (error) {
      putter.throw(error)
      return
    }
    putter.switch()
  }
}

plainMethods(Queue.prototype, ['put', 'get', 'peek', 'next'])
showAsText(Queue.prototype)
