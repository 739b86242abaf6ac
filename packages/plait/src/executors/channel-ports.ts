import { Channel } from '../queues/channel.ts'
import { threadLoop } from '../tasks/current.ts'
import { ChannelHome } from './channel-home.ts'
import { FarChannel } from './far-channel.ts'
import type { Inquiry } from './inquiry.ts'
import type { Link } from './link.ts'
import {
  CHANNEL_CLOSE,
  CHANNEL_CLOSED,
  CHANNEL_DROP,
  CHANNEL_GIVE_BACK,
  CHANNEL_ITEM,
  CHANNEL_SEND,
  CHANNEL_SENT,
  CHANNEL_TOOK,
  CHANNEL_UNSEND,
  CHANNEL_WANT,
  type Message,
} from './messages.ts'
import { type Handles, type Standin, unpack } from './parcel.ts'
import { here } from './worker/place.ts'

/** What one end tells the other of a channel, one of its own or one that the other end has; or of a Buffer, its bytes. */
type Told =
  | readonly [kind: 'mine', id: number, capacity: number, name: string | undefined]
  | readonly [kind: 'yours', id: number]
  | readonly [kind: 'bytes', bytes: Uint8Array]

/** The channels that the two ends of a link share: those that are here, and those that the other end has. */
export class ChannelPorts implements Handles {
  readonly link: Link
  /** Where the other end is a worker: what is told of those who wait here for its channels. */
  readonly inquiry: Inquiry | undefined
  readonly #homes = new Map<number, ChannelHome>()
  readonly #ids = new Map<Channel<unknown>, number>()
  readonly #far = new Map<number, WeakRef<FarChannel<unknown>>>()
  /** How often each was told of, so that word of one that nobody has any more is not taken for word of its successor. */
  readonly #told = new Map<number, number>()
  readonly #collected = new FinalizationRegistry<number>(id => this.#drop(id))
  #lastId = 0

  constructor(link: Link, inquiry?: Inquiry) {
    this.link = link
    this.inquiry = inquiry
    const toHome = [
      CHANNEL_SEND,
      CHANNEL_UNSEND,
      CHANNEL_WANT,
      CHANNEL_TOOK,
      CHANNEL_GIVE_BACK,
      CHANNEL_CLOSE,
    ]
    link.on(toHome, message => this.#homes.get(message[1] as number)?.receive(message))
    link.on([CHANNEL_SENT, CHANNEL_ITEM, CHANNEL_CLOSED], message => this.#receiveFar(message))
    link.on([CHANNEL_DROP], ([, id, times]) => this.#dropped(id as number, times as number))
  }

  handOut(value: unknown): Told | undefined {
    if (Buffer.isBuffer(value)) return ['bytes', bytesOf(value)]
    if (!(value instanceof Channel)) return undefined
    if (value instanceof FarChannel && value._ports === this) return ['yours', value._id]
    const channel = value as Channel<unknown>
    let id = this.#ids.get(channel)
    if (id === undefined) {
      this.#lastId += 1
      id = this.#lastId
      this.#ids.set(channel, id)
      this.#homes.set(id, new ChannelHome(id, channel, this))
      // Whoever has it above may send or receive at any time, and nothing down here knows whether they will.
      if (this.link === here.link) threadLoop()._outsideBegins()
    }
    ;(this.#homes.get(id) as ChannelHome).timesTold += 1
    return ['mine', id, channel.capacity, channel.name]
  }

  notTold(what: unknown): void {
    const told = what as Told
    if (told[0] === 'mine') this.#dropped(told[1], 1)
  }

  takeIn(what: unknown): unknown {
    const told = what as Told
    if (told[0] === 'bytes') return Buffer.from(told[1].buffer, told[1].byteOffset, told[1].byteLength)
    if (told[0] === 'yours') return (this.#homes.get(told[1]) as ChannelHome).channel
    const [, id, capacity, name] = told
    this.#told.set(id, (this.#told.get(id) ?? 0) + 1)
    const known = this.#far.get(id)?.deref()
    if (known !== undefined) return known
    const made = new FarChannel<unknown>(this, id, { capacity, name })
    this.#far.set(id, new WeakRef(made))
    this.#collected.register(made, id)
    return made
  }

  /** The other end is gone: what it had taken and not used is for the others, and what it had is out of reach. */
  end(error: unknown): void {
    for (const home of this.#homes.values()) home.end()
    this.#homes.clear()
    this.#ids.clear()
    for (const far of this.#far.values()) far.deref()?._lose(error)
    this.#far.clear()
  }

  #receiveFar(message: Message): void {
    const id = message[1] as number
    const far = this.#far.get(id)?.deref()
    if (far !== undefined) far._receive(message)
    else if (message[0] === CHANNEL_ITEM) {
      // Nobody is there any more for whom this was; what is in it was told of all the same.
      unpack([message[3]], message[4] as Standin[] | undefined, this)
      this.link.postSoon([CHANNEL_GIVE_BACK, id, message[2]])
    }
  }

  #drop(id: number): void {
    if (this.#far.get(id)?.deref() !== undefined) return
    this.#far.delete(id)
    this.link.postSoon([CHANNEL_DROP, id, this.#told.get(id)])
    this.#told.delete(id)
  }

  #dropped(id: number, times: number): void {
    const home = this.#homes.get(id)
    if (home === undefined) return
    home.timesTold -= times
    if (home.timesTold > 0) return
    home.end()
    this.#homes.delete(id)
    this.#ids.delete(home.channel)
    if (this.link === here.link) threadLoop()._outsideEnds()
  }
}

/**
 * The bytes of a buffer. Small ones share the memory of one large one, which a clone would take with it: those are copied
 * here. The others may be handed over, and are not.
 */
function bytesOf(buffer: Buffer): Uint8Array {
  if (buffer.byteLength < buffer.buffer.byteLength) return Uint8Array.prototype.slice.call(buffer)
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
}
