import type { Waiting } from '../coroutine/wait.ts'
import { showAsText } from '../errors/show.ts'
import { atOnce, plainMethods } from '../greenlet/plain-method.ts'
import type { Callback } from './callback.ts'
import type { BlockOptions } from './greenlet-options.ts'
import { type Hub, hubStill } from './hub.ts'
import { Empty, Full } from './queue-errors.ts'
import { Line } from './queue-line.ts'
import { StopIteration } from './stop-iteration.ts'
import { isInHub } from './throw-into.ts'

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
  readonly #getters: Line<undefined, T | typeof StopIteration> = new Line(() => `an item of ${this}`)
  readonly #putters: Line<T | typeof StopIteration, void> = new Line(() => `somebody who gets from ${this}`)
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
  put(item: T | typeof StopIteration, options?: BlockOptions): void {
    return atOnce('Channel.put', this._put(item, options), this.put)
  }

  /** @internal */
  *_put(item: T | typeof StopIteration, { block = true, timeout }: BlockOptions = {}): Waiting<void> {
    if (isInHub(this.#home.loop)) {
      const getter = this.#getters.shift()
      if (getter === undefined) throw this.#untaken(undefined)
      getter.switch(item)
      return
    }
    if (this.#getters.length > 0) this.#unlockSoon()
    const limit = block ? timeout : 0
    yield* this.#putters.stand(item, limit, () => this.#untaken(limit))
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
  get(options?: BlockOptions): T {
    return atOnce('Channel.get', this._get(options), this.get)
  }

  /** @internal */
  *_get({ block = true, timeout }: BlockOptions = {}): Waiting<T> {
    const putter = isInHub(this.#home.loop) ? this.#putters.shift() : undefined
    if (putter !== undefined) {
      this.#home.runCallback(() => putter.switch())
      return putter.item as T
    }
    if (this.#putters.length > 0) this.#unlockSoon()
    const limit = block ? timeout : 0
    const late = (): Error => new Empty(`nobody has put into ${this}${within(limit)}`)
    return (yield* this.#getters.stand(undefined, limit, late)) as T
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
    return `<${this.constructor.name} ${this.#getters.length} getting, ${this.#putters.length} putting>`
  }

  get #home(): Hub {
    this.#hub = hubStill(this.#hub)
    return this.#hub
  }

  #untaken(limit: number | undefined): Full {
    return new Full(`nobody has got from ${this}${within(limit)}`)
  }

  #unlockSoon(): void {
    if (this.#unlock === undefined) this.#unlock = this.#home.runCallback(() => this.#serve())
  }

  #serve(): void {
    for (;;) {
      const putter = this.#putters.first()
      const getter = putter && this.#getters.shift()
      if (putter === undefined || getter === undefined) break
      this.#putters.shift()
      getter.switch(putter.item)
      putter.switch()
    }
    this.#unlock = undefined
  }
}

plainMethods(Channel.prototype, ['put', 'putNowait', 'get', 'getNowait', 'next'])
showAsText(Channel.prototype)

function within(limit: number | undefined): string {
  if (limit === undefined) return ''
  return limit > 0 ? ` in ${limit} ms` : ': in a greenlet, without a limit, one waits'
}
