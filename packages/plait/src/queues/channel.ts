import type { Selectable, WaitOptions } from '../coroutine/wait.ts'
import { ChannelClosedError } from '../errors/channel-closed-error.ts'
import { misuse } from '../errors/misuse-together.ts'
import { showAsText } from '../errors/show.ts'
import { checkCount } from '../sync/check-count.ts'
import { textOf, titleOf } from '../sync/title.ts'
import { checkOptions } from '../tasks/check-options.ts'
import { LineGate } from '../tasks/line-gate.ts'
import { LATER, Place } from '../tasks/place.ts'
import { END, ItemSource } from '../tasks/source.ts'
import type { Task } from '../tasks/task.ts'
import type { WaitingLine } from '../tasks/waiting-line.ts'
import { withOptions } from '../tasks/with-signal.ts'
import { Dispenser, PROMISED } from './dispenser.ts'

export interface ChannelOptions {
  /** How many items it keeps for receivers to come; 0, or nothing, for a rendezvous. */
  capacity?: number | undefined
  /** What reports call it. */
  name?: string | undefined
}

/** What `receive` gives: an item, or word that no more will come. */
export type Received<T> = { readonly kind: 'item'; readonly item: T } | { readonly kind: 'closed' }

/** @internal As `Received`, of an item that may yet come back: under the number by which its channel knows it. */
export type Borrowed<T> =
  | { readonly kind: 'item'; readonly item: T; readonly loan: number }
  | { readonly kind: 'closed' }

/** How full a channel is, and who waits at either end. */
export interface ChannelStatistics {
  readonly size: number
  readonly capacity: number
  readonly isClosed: boolean
  /** First come first, as the others. */
  readonly senders: readonly Task<unknown>[]
  readonly receivers: readonly Task<unknown>[]
}

/** What a place is told when it is woken: a sender, that its item was taken; either, that the channel was closed. */
const TAKEN = Symbol('taken')
const CLOSED = Symbol('closed')
const closedAnswer: { readonly kind: 'closed' } = Object.freeze({ kind: 'closed' })

/** Those who wait with an item. */
class Sending<T> extends LineGate<undefined> {
  readonly #channel: Channel<T>

  constructor(channel: Channel<T>) {
    super('channel.send(…)')
    this.#channel = channel
  }

  override _attempt(place: Place<undefined>): undefined | typeof LATER {
    return this.#channel._offer(place._load as T) ? undefined : LATER
  }

  override _pass(place: Place<undefined>): undefined {
    if (place._load === CLOSED) throw this.#channel._closedError()
    return undefined
  }

  /** What was taken was sent, whatever becomes of the sender. */
  override _leave(place: Place<undefined>): boolean {
    this._line.remove(place)
    return place._load !== TAKEN
  }

  override _describe(): string {
    return `a receiver on ${this.#channel._describe()}`
  }
}

/** Those who wait for an item, and want it in one form or another. */
class Receiving<T, R> extends LineGate<R> {
  readonly #channel: Channel<T>
  readonly #wrap: (item: T) => R
  readonly #closed: R

  constructor(name: string, channel: Channel<T>, line: WaitingLine, wrap: (item: T) => R, closed: R) {
    super(name, line)
    this.#channel = channel
    this.#wrap = wrap
    this.#closed = closed
  }

  override _attempt(): R | typeof LATER {
    if (this.#channel._hasItem()) return this.#wrap(this.#channel._take())
    if (!this.#channel._isOver) return LATER
    this.#channel._throwIfFailed()
    return this.#closed
  }

  override _pass(place: Place<R>): R {
    if (place._load === PROMISED) return this.#wrap(this.#channel._takePromised())
    this.#channel._throwIfFailed()
    return this.#closed
  }

  override _leave(place: Place<R>, wasWoken: boolean): boolean {
    this._line.remove(place)
    if (wasWoken && place._load === PROMISED) this.#channel._passPromiseOn()
    return true
  }

  override _describe(): string {
    return `a sender on ${this.#channel._describe()}`
  }
}

/**
 * Items from those who send to those who receive, as in Go: without capacity a send waits until its item is received;
 * with some, until there is room. Closing it says that no more will come.
 *
 * Fairness: first come, first served at both ends; an item goes to the receiver that has waited longest.
 *
 * @example
 * ```ts
 * const lines = new Channel<string>({ capacity: 16 })
 * createTask(function* () { for (const line of text) yield* lines.send(line); lines.close() })
 * yield* lines.forEach(function* (line) { console.log(line) }) // until it is closed and empty
 * ```
 * @see Go's channels
 */
export class Channel<T> extends ItemSource<T> {
  readonly name: string | undefined
  readonly capacity: number
  /** @internal A function, so that no clone of a channel passes for one: it is handed over, or it is not. */
  readonly _isNoData = (): true => true
  readonly #items = new Dispenser<T>()
  readonly #sending: Sending<T> = new Sending(this)
  readonly #receiving: Receiving<T, Received<T>>
  readonly #iterating: Receiving<T, IteratorResult<T, undefined>>
  #borrowing: Receiving<T, Borrowed<T>> | undefined
  /** How many items are with those who may give them back. */
  #lent = 0
  #closed: { readonly error: unknown } | undefined

  constructor(options: ChannelOptions = {}) {
    super()
    checkOptions('new Channel(…)', options)
    checkCount('capacity', options.capacity ?? 0, 0)
    this.name = options.name
    this.capacity = options.capacity ?? 0
    this.#receiving = new Receiving<T, Received<T>>(
      'channel.receive()',
      this,
      this.#items.line,
      item => ({ kind: 'item', item }),
      closedAnswer,
    )
    this.#iterating = new Receiving<T, IteratorResult<T, undefined>>(
      'channel.next()',
      this,
      this.#items.line,
      value => ({ done: false, value }),
      END,
    )
  }

  /** How many items are in it that nobody has received. */
  get size(): number {
    return this.#items.size
  }

  get closed(): boolean {
    return this.#closed !== undefined
  }

  /**
   * Sends an item.
   *
   * Suspends: until it is received, or there is room for it. Cancellation: the item was not sent; a cancel that comes
   * when it was received already is thrown at the next wait. Fairness: FIFO.
   *
   * @throws ChannelClosedError if it is closed, now or while waiting; the signal's reason if it is aborted
   */
  send(item: T, options?: WaitOptions): Selectable<void> {
    return withOptions(new Place(this.#sending, item), options)
  }

  /**
   * Receives an item, or word that the channel is closed and empty.
   *
   * Suspends: until there is one. Cancellation: takes nothing; what it was woken for goes to the next. Fairness: FIFO.
   *
   * @throws what it was closed with; the signal's reason if it is aborted
   */
  receive(options?: WaitOptions): Selectable<Received<T>> {
    return withOptions(new Place(this.#receiving), options)
  }

  /**
   * Sends an item if it can be received, or kept, at once; whether it was.
   * @throws ChannelClosedError if it is closed
   */
  trySend(item: T): boolean {
    return this._offer(item)
  }

  /**
   * Receives an item, or word that the channel is closed and empty; undefined if there is neither yet.
   * @throws what it was closed with
   */
  tryReceive(): Received<T> | undefined {
    const received = this.#receiving._attempt()
    return received === LATER ? undefined : received
  }

  /** As `receive`, in the form of iterators. */
  override next(options?: WaitOptions): Selectable<IteratorResult<T, undefined>> {
    return withOptions(new Place(this.#iterating), options)
  }

  /**
   * Says that nothing more will be sent. What is in it can still be received; senders that wait get ChannelClosedError.
   *
   * @param error why: receivers get it, thrown, when the channel is empty
   * @throws MisuseError if it is closed already
   */
  close(error?: unknown): void {
    if (this.#closed !== undefined) throw misuse('channelClosedTwice', this.#title())
    this.#closed = { error }
    this.#tellIfOver()
    tellClosed(this.#sending._line)
  }

  statistics(): ChannelStatistics {
    return {
      size: this.size,
      capacity: this.capacity,
      isClosed: this.closed,
      senders: this.#sending._line.tasks(),
      receivers: this.#items.line.tasks(),
    }
  }

  override toString(): string {
    const state = `${this.size} of ${this.capacity} items${this.closed ? ', closed' : ''}`
    return textOf('Channel', this.name, state, 0)
  }

  /** @internal */
  override get _what(): string {
    return 'channel'
  }

  /** @internal Hands an item to whoever waits for it, or keeps it where there is room. */
  _offer(item: T): boolean {
    if (this.#closed !== undefined) throw this._closedError()
    if (this.#items.free >= this.capacity && this.#items.line.first() === undefined) return false
    this.#items.put(item)
    return true
  }

  /** @internal Whether one who comes now gets an item, and leaves one for each that was promised one. */
  _hasItem(): boolean {
    return this.#items.free > 0 || this.#sending._line.first() !== undefined
  }

  /** @internal The oldest item, for one who comes now. */
  _take(): T {
    if (this.#items.free === 0) this.#admitSender()
    const item = this.#items.take()
    if (this.#items.free < this.capacity) this.#admitSender()
    this.#items.serve()
    return item
  }

  /** @internal The oldest item, for one who was woken. */
  _takePromised(): T {
    this.#items.settle()
    const item = this.#items.take()
    if (this.#closed !== undefined) this.#tellIfOver()
    return item
  }

  /** @internal As `receive`, for one who carries items on: each is kept in the end, or given back. */
  _borrow(): Selectable<Borrowed<T>> {
    this.#borrowing ??= new Receiving<T, Borrowed<T>>(
      'channel.receive()',
      this,
      this.#items.line,
      item => {
        this.#lent += 1
        return { kind: 'item', item, loan: 0 }
      },
      closedAnswer,
    )
    return new Place(this.#borrowing)
  }

  /** @internal What was borrowed has arrived. */
  _keep(_loan: number): void {
    this.#lent -= 1
    if (this.#closed !== undefined) this.#tellIfOver()
  }

  /** @internal What was borrowed has not arrived: it is for the next. */
  _giveBack({ item }: { readonly item: T; readonly loan: number }): void {
    this.#lent -= 1
    this.#items.putBack(item)
  }

  /** @internal No more will come, and nothing can come back: not from the borrowers, nor from one who was woken for it. */
  get _isOver(): boolean {
    return this.#closed !== undefined && this.#items.size === 0 && this.#lent === 0
  }

  /** @internal A receiver that was woken goes without: what it was promised is for the next. */
  _passPromiseOn(): void {
    this.#items.settle()
    this.#items.serve()
  }

  /** @internal */
  _throwIfFailed(): void {
    if (this.#closed?.error !== undefined) throw this.#closed.error
  }

  /** @internal */
  _closedError(): ChannelClosedError {
    return new ChannelClosedError(`${this.#title()} is closed: nobody would receive what is sent`)
  }

  /** @internal */
  _describe(): string {
    const items = this.capacity === 0 && this.size === 0 ? '' : ` (${this.size} of ${this.capacity} items)`
    return `${this.#title()}${items}`
  }

  /** The first sender in line goes on, and leaves its item here: in this order, since it may be a receiver too. */
  #admitSender(): void {
    const sender = this.#sending._line.takeFirst()
    if (sender === undefined) return
    const item = sender._load as T
    wakeWith(sender, TAKEN)
    this.#items.stock(item)
  }

  #tellIfOver(): void {
    if (this._isOver) tellClosed(this.#items.line)
  }

  #title(): string {
    return titleOf('channel', this.name)
  }
}

function tellClosed(line: WaitingLine): void {
  for (let place = line.takeFirst(); place !== undefined; place = line.takeFirst()) wakeWith(place, CLOSED)
}

function wakeWith(place: Place<unknown>, load: unknown): void {
  place._load = load
  place._wake()
}

showAsText(Channel.prototype)
