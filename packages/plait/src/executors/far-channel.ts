import type { Selectable, Waiting, WaitOptions } from '../coroutine/wait.ts'
import { isCancelled } from '../errors/cancelled-error.ts'
import { misuse } from '../errors/misuse-executors.ts'
import { misuse as misuseTogether } from '../errors/misuse-together.ts'
import type { Scheduler } from '../loop/scheduler.ts'
import {
  type Borrowed,
  Channel,
  type ChannelOptions,
  type ChannelStatistics,
  type Received,
} from '../queues/channel.ts'
import { Dispenser, PROMISED } from '../queues/dispenser.ts'
import { textOf, titleOf } from '../sync/title.ts'
import { Call } from '../tasks/call.ts'
import { currentLoop, currentStrand } from '../tasks/current.ts'
import { LineGate } from '../tasks/line-gate.ts'
import { LATER, Place } from '../tasks/place.ts'
import { END } from '../tasks/source.ts'
import type { Task } from '../tasks/task.ts'
import type { WaitingLine } from '../tasks/waiting-line.ts'
import { withOptions } from '../tasks/with-signal.ts'
import { REFUSED, TAKEN_BACK } from './channel-home.ts'
import { decodeError, type EncodedError, encodeError } from './error-codec.ts'
import { FarSend } from './far-send.ts'
import type { Inquiry } from './inquiry.ts'
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

interface Ports extends Handles {
  readonly link: Link
  readonly inquiry: Inquiry | undefined
}

/** An item that has come: under its number, the home keeps it until it is taken. Or what kept one from coming. */
interface Arrived<T> {
  readonly number: number
  readonly item: T
  readonly failure?: { readonly error: unknown } | undefined
}

/** Those who wait here for an item of a channel that is elsewhere. */
class FarReceiving<T, R> extends LineGate<R> {
  readonly #channel: FarChannel<T>
  readonly #wrap: (arrived: Arrived<T>) => R
  readonly #closed: R

  constructor(
    name: string,
    channel: FarChannel<T>,
    line: WaitingLine,
    wrap: (arrived: Arrived<T>) => R,
    closed: R,
  ) {
    super(name, line)
    this.#channel = channel
    this.#wrap = wrap
    this.#closed = closed
  }

  /** Only its home knows what is in it: though it was closed, something may have come back. */
  override _attempt(): typeof LATER {
    this.#channel._throwIfLost()
    return LATER
  }

  override _join(place: Place<R>): void {
    super._join(place)
    const loop = currentLoop()
    loop._outsideBegins()
    this.#channel._ports.inquiry?.waitBegins()
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
    // Neither: it had let the host in before it was to wait, or nothing will come.
    const isPromised = wasWoken && place._load === PROMISED
    if (this.#channel._endWaiting(place as Place<unknown>) || isPromised) this.#channel._want(-1)
    if (isPromised) this.#channel._passOn()
    return true
  }

  override _describe(): string {
    return `a sender on ${this.#channel._describe()}`
  }
}

/**
 * A channel that another thread or process has, as it looks from here. It behaves as the channel itself does: a send waits
 * until its item was received there, or there is room; an item that was on its way to a receiver who gave up goes back.
 */
export class FarChannel<T> extends Channel<T> {
  /** @internal */ readonly _ports: Ports
  /** @internal */ readonly _id: number
  readonly #arrived = new Dispenser<Arrived<T>>(place => void this._endWaiting(place))
  readonly #receiving: FarReceiving<T, Received<T>>
  readonly #iterating: FarReceiving<T, IteratorResult<T, undefined>>
  readonly #borrowing: FarReceiving<T, Borrowed<T>>
  readonly #sends = new Map<number, FarSend>()
  #lastSend = 0
  /** It was closed from here. */
  #hasClosed = false
  /** Its home has told receivers that no more will come. */
  #closed: { readonly error: unknown } | undefined
  /** Whoever has the channel is gone. */
  #lost: { readonly error: unknown } | undefined

  constructor(ports: Ports, id: number, options: ChannelOptions) {
    super(options)
    this._ports = ports
    this._id = id
    const { line } = this.#arrived
    const closed = { kind: 'closed' } as const
    this.#receiving = new FarReceiving<T, Received<T>>(
      'channel.receive()',
      this,
      line,
      arrived => ({ kind: 'item', item: this.#kept(arrived) }),
      closed,
    )
    this.#iterating = new FarReceiving<T, IteratorResult<T, undefined>>(
      'channel.next()',
      this,
      line,
      arrived => ({ done: false, value: this.#kept(arrived) }),
      END,
    )
    this.#borrowing = new FarReceiving<T, Borrowed<T>>(
      'channel.receive()',
      this,
      line,
      ({ number, item }) => ({ kind: 'item', item, loan: number }),
      closed,
    )
  }

  /** Whether it is known here that it was closed. */
  override get closed(): boolean {
    return this.#hasClosed || this.#closed !== undefined || this.#lost !== undefined
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
    if (this.closed) throw misuseTogether('channelClosedTwice', titleOf('channel', this.name))
    const why = error === undefined ? undefined : encodeError(error)
    this.#hasClosed = true
    // What is in it can still be received, so the end of receiving is for the home to tell.
    this._ports.link.postSoon([CHANNEL_CLOSE, this._id, why])
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
    this._throwIfLost()
    if (this.#closed?.error !== undefined) throw this.#closed.error
  }

  /** @internal */
  _throwIfLost(): void {
    if (this.#lost !== undefined) throw this.#lost.error
  }

  /** @internal */
  override _borrow(): Selectable<Borrowed<T>> {
    return new Place(this.#borrowing)
  }

  /** @internal */
  override _keep(loan: number): void {
    this._ports.link.postSoon([CHANNEL_TOOK, this._id, loan])
  }

  /** @internal */
  override _giveBack({ loan }: { readonly item: T; readonly loan: number }): void {
    this._want(-1)
    this._ports.link.post([CHANNEL_GIVE_BACK, this._id, loan])
  }

  /** @internal Whether it was waiting. */
  _endWaiting(place: Place<unknown>): boolean {
    if (typeof place._load !== 'object') return false
    ;(place._load as Scheduler)._outsideEnds()
    place._load = undefined
    this._ports.inquiry?.waitEnds()
    return true
  }

  /** @internal So many more receivers want an item, or fewer. At once: what comes next may take long. */
  _want(more: number): void {
    this._ports.link.post([CHANNEL_WANT, this._id, more])
  }

  /** @internal What has come for one who was woken. */
  _takeArrived(): Arrived<T> {
    this.#arrived.settle()
    const arrived = this.#arrived.take()
    if (arrived.failure !== undefined) throw arrived.failure.error
    return arrived
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
    } else if (kind === CHANNEL_CLOSED) {
      this.#closed = { error: number === undefined ? undefined : this.#decode(number) }
      const told = this.#wakeAll()
      if (told > 0) this._want(-told)
    }
  }

  /** @internal Whoever has the channel is gone. */
  _lose(error: unknown): void {
    this.#lost = { error }
    for (const send of this.#sends.values()) send.refused(error)
    this.#sends.clear()
    this.#wakeAll()
  }

  #kept({ number, item }: Arrived<T>): T {
    this._keep(number)
    return item
  }

  /** To the next who waits; what nobody waits for goes back, for the others. */
  #handOn(): void {
    this.#arrived.serve()
    while (this.#arrived.free > 0) {
      this._ports.link.post([CHANNEL_GIVE_BACK, this._id, this.#arrived.take().number])
    }
  }

  /** No item will come for those who wait: how many there are. */
  #wakeAll(): number {
    const { line } = this.#arrived
    let woken = 0
    for (let place = line.takeFirst(); place !== undefined; place = line.takeFirst()) {
      this._endWaiting(place)
      place._wake()
      woken += 1
    }
    return woken
  }

  *#send(item: T): Waiting<void> {
    this._throwIfLost()
    this.#lastSend += 1
    const number = this.#lastSend
    const send = new FarSend(`a receiver on ${this._describe()}`, this._ports.inquiry, () =>
      this._ports.link.post([CHANNEL_UNSEND, this._id, number]),
    )
    this.#sends.set(number, send)
    const { values, standins } = pack([item], this._ports)
    this._ports.link.postSoon([CHANNEL_SEND, this._id, number, values[0], standins], error => {
      this.#sends.delete(number)
      untold(standins, this._ports)
      send.refused(unsendable(error, values[0], 'item', 'thread or process'))
    })
    let late: { readonly reason?: unknown } | undefined
    try {
      yield* send
      late = send.cancelledWith
    } catch (error) {
      if (!isCancelled(error) || !send.wasSent) throw error
      late = error
    }
    // It was too late to take the item back: the cancel is for the next wait.
    if (late !== undefined) (currentStrand() as Task<unknown> | undefined)?._postpone(late.reason)
  }

  #sent(number: number, how: number, why: EncodedError | undefined): void {
    const send = this.#sends.get(number)
    this.#sends.delete(number)
    if (how === TAKEN_BACK) send?.takenBack()
    else if (how === REFUSED) send?.refused(this.#decode(why))
    else send?.sent()
  }

  #decode(encoded: unknown): unknown {
    return decodeError(encoded as EncodedError, 'whoever has the channel')
  }
}
