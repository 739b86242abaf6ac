import { misuse } from '../errors/misuse-executors.ts'
import { LONGEST_TIMER } from '../loop/longest-timer.ts'
import { decodeError, type EncodedError, encodeError } from './error-codec.ts'
import { numberOf } from './function-reference.ts'
import type { Job } from './job.ts'
import type { Link } from './link.ts'
import type { ChunkResult } from './map-jobs.ts'
import {
  ASK,
  CANCEL,
  CANCELLED,
  DEAF,
  DEFINE,
  GONE,
  HEARD,
  JOB,
  type Message,
  PROGRESS,
  RETURNED,
  THREW,
} from './messages.ts'
import { type Handles, pack, type Standin, unpack, unsendable, untold } from './parcel.ts'

/** Flags of a job on its way. */
export const IS_CHUNK = 1
export const IS_BESIDE = 2

const DEFAULT_GRACE_MS = 1000

/** What whoever has a caller wants to know. */
export interface CallerOwner {
  /** A job is out of the caller's hands; `tookMs` of those that were run. */
  ended(job: Job<unknown>, tookMs: number | undefined): void
  /** A job that is to be cancelled has given no sign for its time of grace. */
  unheard(job: Job<unknown>): void
  /** It waits for what no cancel can interrupt. */
  deaf(job: Job<unknown>): void
}

/** The functions, by their numbers, that have returned somewhere: their modules can be loaded. */
const returned: boolean[] = []

let lastJob = 0

/** The number of one more job, never 0. */
function nextJob(): number {
  lastJob = lastJob >= 2 ** 30 ? 1 : lastJob + 1
  return lastJob
}

/** The calling side of a link: the jobs that were sent over it and have not ended. */
export class Caller {
  readonly jobs: Map<number, Job<unknown>> = new Map()
  readonly #link: Link
  readonly #handles: Handles
  readonly #owner: CallerOwner
  /** What the other end is called in stacks. */
  readonly #where: string
  /** `thread` or `process`. */
  readonly #way: string
  readonly #defined = new Set<number>()

  constructor(link: Link, handles: Handles, owner: CallerOwner, where: string, way: string) {
    this.#link = link
    this.#handles = handles
    this.#owner = owner
    this.#where = where
    this.#way = way
    link.on([RETURNED, THREW, CANCELLED, HEARD, DEAF, PROGRESS, GONE], message => this.#receive(message))
    // Whatever was lost, it was of a job that the other end has no more, or never had.
    link.lost = () => {
      for (const number of this.jobs.keys()) link.post([ASK, number])
    }
  }

  /** Gives a job its number, by which both ends speak of it. */
  number(job: Job<unknown>): void {
    if (job._number === 0) job._number = nextJob()
  }

  /** Sends a job: now, or with others that are sent in one go. What cannot be sent ends the job. */
  send(job: Job<unknown>, isUrgent: boolean): void {
    const context = job._carried
    const { args, reference, isChunk, isBeside } = job._work
    const number = numberOf(reference)
    job._function = number
    this.number(job)
    const { values, standins } = pack(args, this.#handles)
    const flags = (isChunk ? IS_CHUNK : 0) | (isBeside ? IS_BESIDE : 0)
    const name = job._options.name
    const message: Message = [
      ...[JOB, job._number, job._slot, number, values],
      ...(context !== undefined || standins !== undefined || name !== undefined || flags !== 0
        ? [flags, context, standins, name]
        : []),
    ] as unknown as Message
    this.jobs.set(job._number, job)
    const notSent = (error: unknown): void => {
      untold(standins, this.#handles)
      this.#forget(job)
      job._endThrew(
        unsendable(error, isChunk ? values[0] : values, isChunk ? 'item' : 'arguments', this.#way),
      )
      this.#owner.ended(job, undefined)
    }
    try {
      if (!this.#defined.has(number)) {
        this.#defined.add(number)
        this.#link.postSoon([DEFINE, number, reference])
      }
      const { transfer } = job._options
      if (transfer !== undefined && transfer.length > 0) job._wasSent = true
      if (isUrgent || transfer !== undefined) this.#link.post(message, transfer)
      else this.#link.postSoon(message, notSent)
    } catch (error) {
      notSent(error)
    }
  }

  /** Tells the other end, which answers when it has heard; if it does not in time, the owner is told. */
  cancel(job: Job<unknown>, reason: unknown): void {
    clearTimeout(job._cancelling?.timer)
    job._cancelling = { reason }
    const graceMs = graceOf(job)
    this.waitOn(job, graceMs)
    try {
      this.#link.post([CANCEL, job._number, encodeError(reason), graceMs])
    } catch {
      // The other end is gone, and its end ends the job.
    }
  }

  /** Tells the owner if there is no sign of the job for so long. */
  waitOn(job: Job<unknown>, ms: number): void {
    if (job._cancelling !== undefined) job._cancelling.timer = setTimeout(() => this.#owner.unheard(job), ms)
  }

  /** It goes on for now, and may yet come to compute for ever: so it is asked again and again. */
  #heard(job: Job<unknown>): void {
    if (job._cancelling === undefined) return
    clearTimeout(job._cancelling.timer)
    job._cancelling.timer = setTimeout(() => {
      this.waitOn(job, graceOf(job))
      this.#link.post([ASK, job._number])
    }, graceOf(job))
  }

  /** Whether the function of a job has ever returned, for whatever job. */
  hasReturned(job: Job<unknown>): boolean {
    return returned[job._function] === true
  }

  /** Takes every job back, first sent first: the other end is gone, or they are to go elsewhere. */
  takeAll(): Job<unknown>[] {
    const all = [...this.jobs.values()]
    this.jobs.clear()
    return all
  }

  #forget(job: Job<unknown>): void {
    this.jobs.delete(job._number)
  }

  #receive(message: Message): void {
    const [kind, number, detail, extra] = message as unknown as [number, number, unknown, unknown, unknown]
    const job = this.jobs.get(number)
    if (job === undefined) {
      // Nobody wants it any more; what is in it was handed over all the same, to be let go.
      if (kind === RETURNED) unpack([detail], message[4] as Standin[] | undefined, this.#handles)
      else if (kind === PROGRESS) unpack([detail], extra as Standin[] | undefined, this.#handles)
      return
    }
    switch (kind) {
      case PROGRESS:
        job._progressed(unpack([detail], extra as Standin[] | undefined, this.#handles)[0])
        return
      case HEARD:
        this.#heard(job)
        return
      case DEAF:
        this.#owner.deaf(job)
        return
    }
    this.#forget(job)
    if (kind === RETURNED) {
      returned[job._function] = true
      job._endReturned(this.#result(job, detail, message[4] as Standin[] | undefined))
    } else if (kind === GONE) job._endThrew(misuse('unreadable', job.name))
    else if (kind === CANCELLED) job._endCancelled(job._cancelling?.reason ?? this.#decode(detail))
    else job._endThrew(this.#withOrigin(job, this.#decode(detail)))
    this.#owner.ended(job, typeof extra === 'number' ? extra : undefined)
  }

  #result(job: Job<unknown>, value: unknown, standins: readonly Standin[] | undefined): unknown {
    const [result] = unpack([value], standins, this.#handles)
    if (!job._work.isChunk) return result
    const { values, failure } = result as ChunkResult
    return failure === undefined ? result : { values, failure: { error: this.#decode(failure.error) } }
  }

  /** The stack over there, under the one here. */
  #withOrigin(job: Job<unknown>, error: unknown): unknown {
    const { origin } = job._work
    if (origin === undefined || !(error instanceof Error) || error.stack === undefined) return error
    const seam = `\n    at ${this.#where}`
    error.stack = error.stack.replace(seam, () => `\n${origin}${seam}`)
    return error
  }

  #decode(encoded: unknown): unknown {
    return decodeError(encoded as EncodedError, this.#where)
  }
}

function graceOf(job: Job<unknown>): number {
  return Math.min(job._options.graceMs ?? DEFAULT_GRACE_MS, LONGEST_TIMER)
}
