import type { Waiting } from '../coroutine/wait.ts'
import { misuse } from '../errors/misuse-gevent.ts'
import { showAsText } from '../errors/show.ts'
import { atOnce, plainMethods } from '../greenlet/plain-method.ts'
import type { Callback } from './callback.ts'
import type { BlockOptions } from './greenlet-options.ts'
import { type Hub, hubStill } from './hub.ts'
import { Empty, Full, ShutDown } from './queue-errors.ts'
import { Line, type Standing } from './queue-line.ts'
import { Fifo, type ItemStore } from './queue-store.ts'
import { StopIteration } from './stop-iteration.ts'
import { isInHub } from './throw-into.ts'

/** What a queue is made with. */
export interface QueueOptions<T> {
  /** What is in it from the start. */
  items?: Iterable<T> | undefined
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
  readonly #items: ItemStore<T | typeof StopIteration>
  readonly #getters: Line<undefined, void> = new Line(() => `an item of ${this}`)
  readonly #putters: Line<T | typeof StopIteration, void> = new Line(() => `room in ${this}`)
  #room: number
  #hub: Hub | undefined
  #unlock: Callback | undefined
  #isShutDown = false

  /**
   * @param maxsize how many items it has room for; 0 or none for any number
   * @param store of the kinds of queue that give their items in another order
   */
  constructor(maxsize?: number, options: QueueOptions<T> = {}, store: ItemStore<T> = new Fifo<T>()) {
    this.#room = roomFor(maxsize)
    this.#items = store as ItemStore<T | typeof StopIteration>
    for (const item of options.items ?? []) this._add(item)
  }

  /** How many items it has room for; undefined for any number. Given more, it lets in those who wait when something is got. */
  get maxsize(): number | undefined {
    return this.#room === Number.POSITIVE_INFINITY ? undefined : this.#room
  }

  set maxsize(maxsize: number | undefined) {
    this.#room = roomFor(maxsize)
  }

  /** How many items are in it. */
  qsize(): number {
    return this.#items.size
  }

  /** How many items are in it, as `qsize` gives it. */
  get length(): number {
    return this.#items.size
  }

  empty(): boolean {
    return this.#items.size === 0
  }

  /** Whether it has no room. */
  full(): boolean {
    return this.#items.size >= this.#room
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
  put(item: T | typeof StopIteration, options?: BlockOptions): void {
    return atOnce('Queue.put', this._put(item, options), this.put)
  }

  /** @internal */
  *_put(item: T | typeof StopIteration, { block = true, timeout }: BlockOptions = {}): Waiting<void> {
    if (this.#isShutDown) throw new ShutDown()
    if (!this.full()) {
      this._add(item)
      if (this.#getters.length > 0) this.#unlockSoon()
      return
    }
    if (isInHub(this.#home.loop)) return this.#putInHub(item)
    if (!block) throw this.#fullNow()
    if (this.#getters.length > 0) this.#unlockSoon()
    yield* this.#putters.stand(item, timeout, () => new Full(`${this} had no room for ${timeout} ms`))
  }

  /** Nobody can wait there: those who wait to get make room. */
  #putInHub(item: T | typeof StopIteration): void {
    while (this.full()) {
      const getter = this.#getters.shift()
      if (getter === undefined) throw this.#fullNow()
      getter.switch()
    }
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
  get(options?: BlockOptions): T {
    return atOnce('Queue.get', this._get(options), this.get)
  }

  /** @internal */
  *_get(options?: BlockOptions): Waiting<T> {
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
  peek(options?: BlockOptions): T {
    return atOnce('Queue.peek', this._peek(options), this.peek)
  }

  /** @internal */
  *_peek(options?: BlockOptions): Waiting<T> {
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

  *#waitForItem({ block = true, timeout }: BlockOptions = {}): Waiting<void> {
    if (this.#isShutDown) throw new ShutDown()
    if (isInHub(this.#home.loop)) return this.#takeInHub()
    if (!block) throw this.#emptyNow()
    if (this.#putters.length > 0) this.#unlockSoon()
    yield* this.#getters.stand(
      undefined,
      timeout,
      () => new Empty(`nothing came into ${this} in ${timeout} ms`),
    )
  }

  /** Nobody can wait there: those who wait to put do so. */
  #takeInHub(): void {
    for (let putter = this.#putters.shift(); putter !== undefined; putter = this.#putters.shift()) {
      this._add(putter.item)
      putter.switch()
      if (this.#items.size > 0) return
    }
    throw this.#emptyNow()
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
    for (const putter of this.#putters.clear()) this.#home.runCallback(() => putter.throw(new ShutDown()))
    if (this.#getters.length > 0) this.#unlockSoon()
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
    return `<${this.constructor.name} ${this._state().join(', ')}>`
  }

  /** @internal What its text tells. */
  _state(): string[] {
    const state = [`${this.qsize()}${this.maxsize === undefined ? '' : ` of ${this.maxsize}`} items`]
    if (this.#getters.length > 0) state.push(`${this.#getters.length} getting`)
    if (this.#putters.length > 0) state.push(`${this.#putters.length} putting`)
    return state
  }

  /** @internal An item goes in. */
  _add(item: T | typeof StopIteration): void {
    this.#items.push(item)
  }

  /** @internal So many items were dropped. */
  _dropped(_count: number): void {}

  get #home(): Hub {
    this.#hub = hubStill(this.#hub)
    return this.#hub
  }

  #fullNow(): Full {
    return new Full(`${this} has no room: in a greenlet, put(item) waits for some`)
  }

  #emptyNow(): Empty {
    return new Empty(`nothing is in ${this}: in a greenlet, get() waits for an item`)
  }

  #unlockSoon(): void {
    if (this.#unlock === undefined) this.#unlock = this.#home.runCallback(() => this.#serve())
  }

  /** Serves those who wait, by turns, as long as somebody can be. */
  #serve(): void {
    for (;;) {
      const putter = this.full() ? undefined : this.#putters.shift()
      if (putter !== undefined) this.#servePutter(putter)
      const getter = this.#items.size > 0 ? this.#getters.shift() : undefined
      getter?.switch()
      if (putter === undefined && getter === undefined) break
    }
    this.#unlock = undefined
    if (!this.#isShutDown) return
    // Nothing will ever come for those who are left.
    for (const getter of this.#getters.clear()) getter.throw(new ShutDown())
  }

  #servePutter(putter: Standing<T | typeof StopIteration, void>): void {
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

function roomFor(maxsize: number | undefined): number {
  if (maxsize === undefined) return Number.POSITIVE_INFINITY
  if (!Number.isInteger(maxsize)) throw misuse('badQueueSize', maxsize)
  return maxsize > 0 ? maxsize : Number.POSITIVE_INFINITY
}
