import type { Selectable, Waiting, WaitOptions } from '../coroutine/wait.ts'
import { misuse } from '../errors/misuse-executors.ts'
import { misuse as misuseTogether } from '../errors/misuse-together.ts'
import type { Scheduler } from '../loop/scheduler.ts'
import { Channel, type ChannelOptions, type ChannelStatistics, type Received } from '../queues/channel.ts'
import { Dispenser, PROMISED } from '../queues/dispenser.ts'
import { textOf, titleOf } from '../sync/title.ts'
import { Call } from '../tasks/call.ts'
import { currentLoop, currentStrand } from '../tasks/current.ts'
import { CANCELLED, FAILED, FINISHED, PENDING, STATE } from '../tasks/future.ts'
import { LineGate } from '../tasks/line-gate.ts'
import { OutsideWait } from '../tasks/outside-wait.ts'
import { LATER, Place } from '../tasks/place.ts'
import { END } from '../tasks/source.ts'
import type { Task } from '../tasks/task.ts'
import type { WaitingLine } from '../tasks/waiting-line.ts'
import { withOptions } from '../tasks/with-signal.ts'
import { REFUSED, TAKEN_BACK } from './channel-home.ts'
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

interface Ports extends Handles {
  readonly link: Link
}

/** An item that has come: under its number, the home keeps it until it is taken. Or what kept one from coming. */
interface Arrived<T> {
  readonly number: number
  readonly item: T
  readonly failure?: { readonly error: unknown } | undefined
}

/** A sender that waits for the home to say what became of its item. */
class PendingSend extends OutsideWait<void> {
  /** What it was cancelled with, though it is not known yet whether that was in time. */
  cancelled_: { readonly reason: unknown } | undefined
  readonly #takeBack: () => void

  constructor(what: string, takeBack: () => void) {
    super(what)
    this.#takeBack = takeBack
  }

  override cancel(reason?: unknown): boolean {
    if ((this._flags & STATE) !== PENDING) return false
    if (this.cancelled_ === undefined) this.#takeBack()
    this.cancelled_ = { reason }
    return true
  }

  takenBack(): void {
    if ((this._flags & STATE) === PENDING) this._finish(CANCELLED, this.cancelled_?.reason)
  }
}

/** Those who wait here for an item of a channel that is elsewhere. */
class FarReceiving<T, R> extends LineGate<R> {
  readonly #channel: FarChannel<T>
  readonly #wrap: (item: T) => R
  readonly #closed: R

  constructor(name: string, channel: FarChannel<T>, line: WaitingLine, wrap: (item: T) => R, closed: R) {
    super(name, line)
    this.#channel = channel
    this.#wrap = wrap
    this.#closed = closed
  }

  override _attempt(): R | typeof LATER {
    if (!this.#channel.closed) return LATER
    this.#channel._throwIfFailed()
    return this.#closed
  }

  override _join(place: Place<R>): void {
    super._join(place)
    const loop = currentLoop()
    loop._outsideBegins()
    place._load = loop
    this.#channel._want(1)
  }

  override _pass(place: Place<R>): R {
    if (place._load === PROMISED) return this.#wrap(this.#channel._takeArrived())
    this.#channel._throwIfFailed()
    return this.#closed
  }

  override _leave(place: Place<R>, wasWoken: boolean): boolean {
    this._line.remove(place)
    if (!wasWoken) {
      endWaiting(place as Place<unknown>)
      this.#channel._want(-1)
    } else if (place._load === PROMISED) this.#channel._passOn()
    return true
  }

  override _describe(): string {
    return `a sender on ${this.#channel._describe()}`
  }
}

function endWaiting({ _load }: Place<unknown>): void {
  if (typeof _load === 'object') (_load as Scheduler)._outsideEnds()
}

/**
 * A channel that another thread or process has, as it looks from here. It behaves as the channel itself does: a send waits
 * until its item was received there, or there is room; an item that was on its way to a receiver who gave up goes back.
 */
export class FarChannel<T> extends Channel<T> {
  /** @internal */ readonly _ports: Ports
  /** @internal */ readonly _id: number
  readonly #arrived = new Dispenser<Arrived<T>>(endWaiting)
  readonly #receiving: FarReceiving<T, Received<T>>
  readonly #iterating: FarReceiving<T, IteratorResult<T, undefined>>
  readonly #sends = new Map<number, PendingSend>()
  #lastSend = 0
  #closed: { readonly error: unknown } | undefined

  constructor(ports: Ports, id: number, options: ChannelOptions) {
    super(options)
    this._ports = ports
    this._id = id
    const { line } = this.#arrived
    const closed: Received<T> = { kind: 'closed' }
    this.#receiving = new FarReceiving<T, Received<T>>(
      'channel.receive()',
      this,
      line,
      item => ({ kind: 'item', item }),
      closed,
    )
    this.#iterating = new FarReceiving<T, IteratorResult<T, undefined>>(
      'channel.next()',
      this,
      line,
      value => ({ done: false, value }),
      END,
    )
  }

  override get closed(): boolean {
    return this.#closed !== undefined
  }

  override get size(): number {
    throw misuse('channelFarAway', 'size')
  }

  override send(item: T, options?: WaitOptions): Selectable<void> {
    return withOptions(
      new Call('channel.send(…)', () => this.#send(item)),
      options,
    ) as unknown as Selectable<void>
  }

  override receive(options?: WaitOptions): Selectable<Received<T>> {
    return withOptions(new Place(this.#receiving), options)
  }

  override next(options?: WaitOptions): Selectable<IteratorResult<T, undefined>> {
    return withOptions(new Place(this.#iterating), options)
  }

  override trySend(_item: T): boolean {
    throw misuse('channelFarAway', 'trySend')
  }

  override tryReceive(): Received<T> | undefined {
    throw misuse('channelFarAway', 'tryReceive')
  }

  override statistics(): ChannelStatistics {
    throw misuse('channelFarAway', 'statistics')
  }

  override close(error?: unknown): void {
    if (this.#closed !== undefined) throw misuseTogether('channelClosedTwice', titleOf('channel', this.name))
    const why = error === undefined ? undefined : encodeError(error, declaredClasses)
    this._ports.link.postSoon([CHANNEL_CLOSE, this._id, why])
    // What is in it can still be received, so the end of receiving is for the home to tell.
  }

  override toString(): string {
    return textOf('Channel', this.name, this.closed ? 'elsewhere, closed' : 'elsewhere', 0)
  }

  /** @internal */
  override _describe(): string {
    return `${titleOf('channel', this.name)}, which is in another thread or process`
  }

  /** @internal */
  override _throwIfFailed(): void {
    if (this.#closed?.error !== undefined) throw this.#closed.error
  }

  /** @internal One receiver more, or fewer, waits for an item. At once: what comes next may take long. */
  _want(more: number): void {
    this._ports.link.post([CHANNEL_WANT, this._id, more])
  }

  /** @internal The item of one who was woken. */
  _takeArrived(): T {
    this.#arrived.settle()
    const { number, item, failure } = this.#arrived.take()
    if (failure !== undefined) throw failure.error
    this._ports.link.postSoon([CHANNEL_TOOK, this._id, number])
    return item
  }

  /** @internal One who was woken goes without. */
  _passOn(): void {
    this.#arrived.settle()
    this.#handOn()
  }

  /** @internal */
  _receive(message: Message): void {
    const [kind, , number, detail, extra] = message as unknown as [number, number, number, unknown, unknown]
    if (kind === CHANNEL_SENT) this.#sent(number, detail as number, extra as EncodedError | undefined)
    else if (kind === CHANNEL_ITEM) {
      if (number === 0)
        this.#arrived.stock({ number, item: undefined as T, failure: { error: this.#decode(detail) } })
      else {
        const [item] = unpack([detail], extra as Standin[] | undefined, this._ports)
        this.#arrived.stock({ number, item: item as T })
      }
      this.#handOn()
    } else if (kind === CHANNEL_CLOSED) this.#end(number === undefined ? undefined : this.#decode(number))
  }

  /** @internal Whoever has the channel is gone. */
  _lost(error: unknown): void {
    for (const send of this.#sends.values()) send.settle(FAILED, error)
    this.#sends.clear()
    this.#end(error)
  }

  /** To the next who waits; what nobody waits for goes back, for the others. */
  #handOn(): void {
    this.#arrived.serve()
    while (this.#arrived.free > 0) {
      const { number, failure } = this.#arrived.take()
      if (failure === undefined) this._ports.link.post([CHANNEL_GIVE_BACK, this._id, number])
    }
  }

  #end(error: unknown): void {
    this.#closed ??= { error }
    const { line } = this.#arrived
    for (let place = line.takeFirst(); place !== undefined; place = line.takeFirst()) {
      endWaiting(place)
      place._load = undefined
      place._wake()
    }
  }

  *#send(item: T): Waiting<void> {
    this.#lastSend += 1
    const number = this.#lastSend
    const send = new PendingSend(`a receiver on ${this._describe()}`, () =>
      this._ports.link.post([CHANNEL_UNSEND, this._id, number]),
    )
    this.#sends.set(number, send)
    const { values, standins } = pack([item], this._ports)
    this._ports.link.postSoon([CHANNEL_SEND, this._id, number, values[0], standins], error => {
      this.#sends.delete(number)
      send.settle(FAILED, unsendable(error, item, 'item', 'thread or process'))
    })
    yield* send
    // It was too late to take the item back: the cancel is for the next wait.
    if (send.cancelled_ !== undefined)
      (currentStrand() as Task<unknown> | undefined)?._postpone(send.cancelled_.reason)
  }

  #sent(number: number, how: number, why: EncodedError | undefined): void {
    const send = this.#sends.get(number)
    this.#sends.delete(number)
    if (how === TAKEN_BACK) send?.takenBack()
    else if (how === REFUSED) send?.settle(FAILED, this.#decode(why))
    else send?.settle(FINISHED, undefined)
  }

  #decode(encoded: unknown): unknown {
    return decodeError(encoded as EncodedError, 'whoever has the channel', declaredClasses)
  }
}
