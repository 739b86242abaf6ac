import type { Scheduler } from '../loop/scheduler.ts'
import { IS_BESIDE, IS_CHUNK } from './caller.ts'
import { type CarriedContext, unpackContext } from './carry-context.ts'
import type { Claims } from './claims.ts'
import { decodeError, type EncodedError, encodeError } from './error-codec.ts'
import { isDeaf, JobRunner, type Order, type Outcome } from './job-runner.ts'
import type { Link } from './link.ts'
import { FunctionTable } from './load-function.ts'
import { type ChunkResult, callEach } from './map-jobs.ts'
import {
  ASK,
  CANCEL,
  CANCELLED,
  DEAF,
  DEFINE,
  GONE,
  HEARD,
  JOB,
  MEMORY,
  type Message,
  PROGRESS,
  RETURNED,
  THREW,
} from './messages.ts'
import { transferOf, transferOfAll } from './move.ts'
import { type Handles, pack, type Standin, unpack, unsendable, untold } from './parcel.ts'
import type { AnyFunction, Reference } from './reference.ts'

/** What a server of jobs needs to know of the place it is in. */
export interface ServerPlace {
  /** The loop that the jobs run on. */
  loop(): Scheduler
  readonly concurrency: number
  /** `thread` or `process`. */
  readonly way: string
  readonly claims?: Claims | undefined
  /** How many jobs there are has changed. */
  changed?(): void
}

/** A job that has come over a link. */
class RemoteOrder implements Order {
  readonly number: number
  readonly name: string
  readonly args: readonly unknown[]
  readonly isBeside: boolean
  readonly #server: JobServer
  readonly #slot: number
  readonly #function: number
  readonly isChunk: boolean
  readonly #carried: CarriedContext | undefined
  /** Why it is cancelled, if that is nobody's wish. */
  failure: unknown
  #loaded: AnyFunction | Promise<AnyFunction> | undefined
  #began = 0

  constructor(server: JobServer, message: Message, args: readonly unknown[], name: string) {
    const [, number, slot, fn, , flags = 0, carried] = message as unknown as number[]
    this.#server = server
    this.number = number as number
    this.#slot = slot as number
    this.#function = fn as number
    this.args = args
    this.name = name
    this.isChunk = (flags & IS_CHUNK) !== 0
    this.isBeside = (flags & IS_BESIDE) !== 0
    this.#carried = carried as unknown as CarriedContext | undefined
  }

  prepare(): void {
    if (this.#slot >= 0) this.#server.place.claims?.begin(this.#slot)
    if (this.#carried !== undefined) unpackContext(this.#carried)
  }

  load(): AnyFunction | Promise<AnyFunction> {
    // A module that was being loaded may be there by now.
    if (typeof this.#loaded !== 'function') this.#loaded = this.#load()
    return this.#loaded
  }

  #load(): AnyFunction | Promise<AnyFunction> {
    const found = this.#server.functions.get(this.#function)
    if (!this.isChunk) return found
    if (typeof found === 'function') return eachOf(found)
    const each = found.then(eachOf)
    each.catch(() => {}) // One that is cancelled in time does not wait for it.
    return each
  }

  begins(): void {
    this.#server.place.changed?.()
  }

  claim(): boolean {
    if (!this.isBeside) this.#began = performance.now()
    if (this.#slot < 0 || this.#server.place.claims?.claim(this.#slot, this.number) !== false) return true
    this.#server.forget(this)
    return false
  }

  ended(outcome: Outcome): void {
    if (this.failure !== undefined && outcome.kind === 'cancelled')
      outcome = { kind: 'threw', error: this.failure }
    this.#server.answer(this, outcome, this.#began === 0 ? undefined : performance.now() - this.#began)
  }

  progressed(value: unknown): void {
    this.#server.progressed(this, value)
  }
}

/** The number of a job that came over a link; 0 for any other. */
export function numberOfOrder(order: Order | undefined): number {
  return order instanceof RemoteOrder ? order.number : 0
}

function eachOf(fn: AnyFunction): AnyFunction {
  return (items: readonly unknown[]) => callEach(fn, items)
}

/** The running side of a link: runs what is sent over it, and says how it ended. */
export class JobServer {
  readonly functions: FunctionTable = new FunctionTable()
  readonly place: ServerPlace
  readonly #link: Link
  readonly #handles: Handles
  readonly #runner: JobRunner
  readonly #orders = new Map<number, RemoteOrder>()

  constructor(link: Link, handles: Handles, place: ServerPlace) {
    this.#link = link
    this.#handles = handles
    this.place = place
    this.#runner = new JobRunner(() => place.loop(), place.concurrency)
    link.on([DEFINE], ([, id, reference]) => this.functions.define(id as number, reference as Reference))
    link.on([JOB], message => this.#accept(message))
    link.on([MEMORY], ([, memory]) => void place.claims?.add(memory as SharedArrayBuffer))
    link.on([CANCEL], ([, number, reason, graceMs]) =>
      this.#cancel(number as number, reason as EncodedError, graceMs as number),
    )
    link.on([ASK], ([, number]) => {
      link.post([this.#orders.has(number as number) ? HEARD : GONE, number])
    })
  }

  /** How many jobs it has. */
  get size(): number {
    return this.#orders.size
  }

  /** The number of the job that it has, where that is the only one; else 0. */
  get onlyJob(): number {
    if (this.#orders.size !== 1) return 0
    const [number = 0] = this.#orders.keys()
    return number
  }

  /** How many of them have begun. */
  get begun(): number {
    return this.#runner.begun
  }

  /** Nothing can wake any of its jobs: each is cancelled, and fails with this; those that do not end even so are given up. */
  failAll(error: unknown): void {
    for (const order of [...this.#orders.values()]) {
      if (order.failure !== undefined) this.answer(order, { kind: 'threw', error }, undefined)
      order.failure = error
      this.#runner.cancel(order, undefined)
    }
  }

  /** Whoever wanted them is gone. */
  cancelAll(reason: unknown): void {
    for (const order of [...this.#orders.values()]) this.#runner.cancel(order, reason)
  }

  /** @internal */
  forget(order: RemoteOrder): void {
    this.#orders.delete(order.number)
    this.place.changed?.()
  }

  /** @internal A job that computes must not hold back what another one gave: so that is sent now, unless jobs share the loop. */
  answer(order: RemoteOrder, outcome: Outcome, tookMs: number | undefined): void {
    if (this.#orders.get(order.number) !== order) return
    this.forget(order)
    const { number } = order
    if (outcome.kind === 'returned') this.#returned(order, outcome.value, tookMs)
    else if (outcome.kind === 'threw') this.#link.post([THREW, number, encodeError(outcome.error), tookMs])
    else this.#link.post([CANCELLED, number, encodeError(outcome.reason), tookMs])
  }

  /** @internal */
  progressed({ number }: RemoteOrder, value: unknown): void {
    const { values, standins } = pack([value], this.#handles)
    try {
      this.#link.post([PROGRESS, number, values[0], standins])
    } catch (error) {
      untold(standins, this.#handles)
      throw unsendable(error, values[0], 'progress', this.place.way)
    }
  }

  #returned(order: RemoteOrder, value: unknown, tookMs: number | undefined): void {
    const { number } = order
    const { values, standins } = pack(
      [order.isChunk ? encodeFailure(value as ChunkResult) : value],
      this.#handles,
    )
    const message: Message = [
      RETURNED,
      number,
      values[0],
      tookMs,
      ...(standins === undefined ? [] : [standins]),
    ]
    const notSent = (error: unknown): void => {
      untold(standins, this.#handles)
      const root = order.isChunk ? 'results' : 'result'
      const failure = unsendable(
        error,
        order.isChunk ? (values[0] as ChunkResult).values : values[0],
        root,
        this.place.way,
      )
      this.#link.post([THREW, number, encodeError(failure), tookMs])
    }
    const transfer = order.isChunk ? transferOfAll((value as ChunkResult).values) : transferOf(value)
    if (order.isBeside && transfer === undefined) {
      this.#link.postSoon(message, notSent)
      return
    }
    try {
      this.#link.post(message, transfer)
    } catch (error) {
      notSent(error)
    }
  }

  #accept(message: Message): void {
    const [, number, , fn, values, , , standins, name] = message as unknown as [
      ...[number, number, number, number, unknown[], number, unknown],
      Standin[] | undefined,
      string | undefined,
    ]
    const args = unpack(values, standins, this.#handles)
    const order = new RemoteOrder(this, message, args, name ?? this.functions.nameOf(fn))
    this.#orders.set(number, order)
    this.place.changed?.()
    // One that runs beside others has its turn at once.
    if (!order.isBeside || order.claim()) this.#runner.add(order)
  }

  #cancel(number: number, encoded: EncodedError, graceMs: number): void {
    const order = this.#orders.get(number)
    if (order === undefined) return
    const task = this.#runner.cancel(order, decodeError(encoded, 'whoever cancelled it'))
    if (task === undefined) return
    this.#link.post([HEARD, number])
    const timer = setTimeout(() => {
      if (isDeaf(task)) this.#link.post([DEAF, number])
    }, graceMs)
    timer.unref()
    task._watch({ _notify: () => clearTimeout(timer) })
  }
}

function encodeFailure(result: ChunkResult): ChunkResult {
  const { values, failure } = result
  return failure === undefined ? result : { values, failure: { error: encodeError(failure.error) } }
}
