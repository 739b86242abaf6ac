import { TimeoutError } from '../errors/timeout-error.ts'
import type { TimerHandle } from '../loop/handle.ts'
import { CANCELLED, FINISHED, Future } from '../tasks/future.ts'
import type { Flow } from '../tasks/source.ts'
import type { CarriedContext } from './carry-context.ts'
import type { JobOptions } from './job-options.ts'
import { Progress } from './progress.ts'
import type { AnyFunction, Reference } from './reference.ts'

/** Whoever has a job that has not ended. */
export interface Carrier {
  readonly name: string
  /** Ends it if it has not begun; else sees to it that it is cancelled where it runs. */
  _cancelJob(job: Job<unknown>, reason: unknown): void
}

/** What a job is to do. */
export interface Work {
  readonly fn: AnyFunction
  readonly reference: Reference
  readonly args: readonly unknown[]
  /** The function is called for each element of the one argument. */
  readonly isChunk: boolean
  /** Runs beside the others, however many there are, in place of taking turns with them. */
  readonly isBeside: boolean
  /** Where it was submitted, if that is to be told. */
  readonly origin: string | undefined
}

/** So often a function whose module may be at fault is tried again. */
const MOST_SPARED = 2

let made = 0

/**
 * A call of a function that an executor has called elsewhere, as a future of what it returns: wait for it, any number of
 * times; an error nobody takes is reported.
 *
 * Cancelling it, or whoever waits for it, reaches in: one that has not begun is dropped; a coroutine is cancelled at its
 * wait, and the job has ended when its cleanup has; one that computes on is stopped after `graceMs`.
 *
 * @example
 * ```ts
 * const job = pool.submit(render, film)
 * createTask(job.progress<number>().forEach(function* (percent) { console.log(percent) }))
 * const picture = yield* job
 * ```
 * @see concurrent.futures.Future
 */
export class Job<T> extends Future<T> {
  readonly name: string
  /** @internal */ readonly _work: Work
  /** @internal */ readonly _options: JobOptions
  /** @internal */ _carrier: Carrier | undefined = undefined
  /** @internal By this number the two ends of a link speak of it. */
  _number = 0
  /** @internal Its function's, once it was sent. */
  _function = 0
  /** @internal What was submitted first goes first, again too. */
  readonly _order: number
  /** @internal Where it lies in the memory that a pool shares with a thread; -1 for nowhere. */
  _slot = -1
  /** @internal How often it may be begun anew. */
  _retriesLeft: number
  /** How often it was spared the death of a worker that had its turn come and did not call it. */
  #spared = 0
  /** @internal It is being cancelled where it runs. */
  _cancelling: { reason: unknown; timer?: ReturnType<typeof setTimeout> | undefined } | undefined = undefined
  /** @internal It was sent once, and what was transferred for it is gone. */
  _wasSent = false
  /** @internal The context variables it was submitted with. */
  _carried: CarriedContext | undefined = undefined
  readonly #isOutside: boolean
  #progress: Progress<unknown> | undefined
  #deadline: TimerHandle | undefined
  #hasTimedOut = false
  #unlisten: (() => void) | undefined

  /** @internal */
  constructor(work: Work, options: JobOptions, isOutside: boolean) {
    super()
    made += 1
    this._order = made
    this._work = work
    this._options = options
    this._retriesLeft = options.retries ?? 0
    this.name = options.name ?? (work.reference.name || 'an inline function')
    this.#isOutside = isOutside
    if (isOutside) this._loop._outsideBegins()
  }

  /**
   * What the job reports with `reportProgress`, from now on. Of values that nobody takes the last 1,000 are kept. It ends
   * when the job does.
   */
  progress<P = unknown>(): Flow<P> {
    if (this.#progress === undefined) {
      this.#progress = new Progress(`the progress of ${this.name}`, this.#isOutside)
      if (this.done()) this.#progress._ended()
    }
    return this.#progress as unknown as Flow<P>
  }

  override cancel(reason?: unknown): boolean {
    if (this.done()) return false
    if (this._carrier === undefined) this._endCancelled(reason)
    else this._carrier._cancelJob(this as Job<unknown>, reason)
    return true
  }

  /** @internal From here on it can be cancelled by its options; it may have ended by them already. */
  _submitted(carrier: Carrier): void {
    const { signal, deadlineMs } = this._options
    if (signal?.aborted === true) {
      this._endCancelled(signal.reason)
      return
    }
    this._carrier = carrier
    if (signal !== undefined) this.#listen(signal)
    if (deadlineMs !== undefined)
      this.#deadline = this._loop.callLater(deadlineMs, () => this.#expire(deadlineMs))
  }

  /**
   * @internal A worker has died when the job's turn had come, and did not call it: whether it is to be tried again. Where it
   * has never been seen to return, it may be the loading of its module that ends workers.
   */
  _spare(hasReturned: boolean): boolean {
    this.#spared += 1
    return hasReturned || this.#spared <= MOST_SPARED
  }

  /** @internal */
  _progressed(value: unknown): void {
    this.#progress?._report(value)
  }

  /** @internal */
  _endReturned(value: unknown): void {
    if (!this.done()) this._finish(FINISHED, value)
  }

  /** @internal */
  _endThrew(error: unknown): void {
    if (!this.done()) this._fail(error)
  }

  /** @internal */
  _endCancelled(reason: unknown): void {
    if (this.done()) return
    if (!this.#hasTimedOut) this._finish(CANCELLED, reason)
    else this._fail(new TimeoutError(`${this.name} had not ended after ${this._options.deadlineMs} ms`))
  }

  /** @internal */
  override _finish(state: number, value: unknown): void {
    clearTimeout(this._cancelling?.timer)
    this._cancelling = undefined
    this._carrier = undefined
    this.#deadline?.cancel()
    this.#unlisten?.()
    if (this.#isOutside) this._loop._outsideEnds()
    super._finish(state, value)
    this.#progress?._ended()
  }

  /** @internal */
  override _describe(): string {
    return `${this.name}, a job of ${this._carrier?.name ?? 'an executor'}`
  }

  /** @internal */
  override _title(): string {
    return `the job ${this.name}`
  }

  override toString(): string {
    return `<Job ${this.name} ${this._stateText()}>`
  }

  #expire(deadlineMs: number): void {
    this.#hasTimedOut = true
    this.cancel(`its deadline, ${deadlineMs} ms, is over`)
  }

  #listen(signal: AbortSignal): void {
    const onAbort = (): void => void this.cancel(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
    this.#unlisten = () => signal.removeEventListener('abort', onAbort)
  }
}
