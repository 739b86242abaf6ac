import { bare, type Resume, type Selectable, suspendOn, type Wait } from '../coroutine/wait.ts'
import { type CancelledError, cancelledError } from '../errors/cancelled-error.ts'
import { checkCallback } from '../errors/check-callback.ts'
import { InvalidStateError } from '../errors/invalid-state-error.ts'
import { misuse } from '../errors/misuse.ts'
import { show } from '../errors/show.ts'
import type { Scheduler } from '../loop/scheduler.ts'
import { takeSurroundings } from '../loop/surround.ts'
import { currentLoop, watcherLoop } from './current.ts'
import { DoneCallback } from './done-callback.ts'
import { isTimeToPause } from './pause.ts'
import { settleFuture } from './settle-future.ts'
import { forgetFailure, noteFailure } from './unretrieved.ts'

/*
 * The state of a future, in the low bits of `_flags` (a task keeps more above them):
 *
 *   PENDING ──setResult──▶ FINISHED
 *      ├────setException──▶ FAILED      UNTAKEN until somebody takes the error
 *      └────cancel────────▶ CANCELLED   HANDED: `_value` is the very error, for the first who asks
 */
export const PENDING = 0
export const FINISHED = 1
export const FAILED = 2
export const CANCELLED = 3
export const STATE = 3
export const UNTAKEN = 4
export const HANDED = 8

/** Whoever is to be queued when a future is done: a task, a callback, an async wait. */
export interface Waiter<F = unknown> {
  _notify(future: F): void
}

/** The future whose iterator was just asked for: native `yield*` calls its `next` right after. */
let asked: Future<unknown> | undefined

/** Iterates every future: told which one by `asked` at the start, by the driver at the end. */
const iterator: Iterator<Wait, unknown, Resume> = {
  next(resumedWith?: unknown): IteratorResult<Wait, unknown> {
    const future = (resumedWith ?? asked) as Future<unknown> | undefined
    asked = undefined
    if (future === undefined) throw misuse('waitResumedByHand', 'a coroutine')
    if ((future._flags & STATE) === PENDING) {
      if (resumedWith !== undefined) throw misuse('waitResumedByHand', 'a coroutine')
      return suspendOn(future) as IteratorYieldResult<Wait>
    }
    if (resumedWith === undefined && isTimeToPause()) {
      return suspendOn(future) as IteratorYieldResult<Wait>
    }
    return { done: true, value: future._take() }
  },
  throw(error: unknown): never {
    throw error
  },
}

bare.future = iterator

/**
 * A result that will be there later. Waiting observes it, any number of times; cancelling whoever waits cancels it.
 *
 * @example
 * ```ts
 * const answer = new Future<number>()
 * getEventLoop().callLater(100, () => answer.setResult(42))
 * yield* answer // 42
 * ```
 * @see asyncio.Future
 */
export class Future<T> implements Selectable<T> {
  // Declared here and set in the constructor, with no private methods: the engine does not compile `super()` well where
  // the base has fields or a brand of its own (a third of the time of a queue's put or get).
  declare readonly _selectable: true
  /** @internal */ declare _flags: number
  /** @internal The result, the error, or what a cancel was given. */
  declare _value: unknown
  /** @internal One waiter, or a list of them in the order they came. */
  declare _waiters: Waiter | Waiter[] | undefined
  /** @internal */ declare readonly _loop: Scheduler

  constructor(options?: { loop?: Scheduler | undefined }) {
    this._flags = PENDING
    this._value = undefined
    this._waiters = undefined
    this._loop = options?.loop ?? currentLoop()
  }

  /** Whether it has a result, an error, or was cancelled. */
  done(): boolean {
    return (this._flags & STATE) !== PENDING
  }

  cancelled(): boolean {
    return (this._flags & STATE) === CANCELLED
  }

  /**
   * The result.
   * @throws InvalidStateError if it is not done; its error if it failed; CancelledError if it was cancelled
   */
  result(): T {
    if (!this.done()) throw new InvalidStateError(`${this} is not done yet: wait for it with yield* or await`)
    return this._take() as T
  }

  /**
   * The error it failed with; undefined if it did not.
   * @throws InvalidStateError if it is not done; CancelledError if it was cancelled
   */
  exception(): unknown {
    const state = this._flags & STATE
    if (state === PENDING)
      throw new InvalidStateError(`${this} is not done yet: wait for it with yield* or await`)
    if (state === CANCELLED) throw this._cancelError()
    if (state === FINISHED) return undefined
    this._taken()
    return this._value
  }

  /**
   * Ends it with a result; whoever waits is queued.
   * @throws InvalidStateError if it is done already
   */
  setResult(value: T): void {
    checkPending(this, 'setResult', value)
    this._finish(FINISHED, value)
  }

  /**
   * Ends it with an error; whoever waits is queued. An error nobody takes is reported.
   * @throws InvalidStateError if it is done already
   */
  setException(error: unknown): void {
    checkPending(this, 'setException', error)
    this._fail(error)
  }

  /** Ends it cancelled; whoever waits gets CancelledError. False if it was done already. */
  cancel(reason?: unknown): boolean {
    if ((this._flags & STATE) !== PENDING) return false
    this._finish(CANCELLED, reason)
    return true
  }

  /** Calls `fn` with this future when it is done: in the next turn, in the order added, in the context it was added in. */
  addDoneCallback(fn: (future: this) => unknown): void {
    checkCallback('addDoneCallback', fn)
    const loop = watcherLoop(this)
    this._watch(new DoneCallback(loop, fn as (future: unknown) => unknown, takeSurroundings(loop)))
  }

  /** Takes every registration of `fn` away and gives how many there were. Those queued already are called. */
  removeDoneCallback(fn: (future: this) => unknown): number {
    return this._unwatch(waiter => waiter instanceof DoneCallback && waiter.fn === fn)
  }

  getLoop(): Scheduler {
    return this._loop
  }

  /** @internal What a plain function that was parked on this gets. */
  get _result(): T {
    if ((this._flags & STATE) === PENDING) throw misuse('waitResumedByHand', 'a coroutine')
    return this._take() as T
  }

  [Symbol.iterator](): Iterator<Wait, T, Resume> {
    asked = this
    return iterator as Iterator<Wait, T, Resume>
  }

  // biome-ignore lint/suspicious/noThenProperty: a future is awaitable by design
  then<R1 = T, R2 = never>(
    onFulfilled?: ((value: T) => R1 | PromiseLike<R1>) | null,
    onRejected?: ((error: unknown) => R2 | PromiseLike<R2>) | null,
  ): Promise<R1 | R2> {
    return settleFuture<T>(this).then(onFulfilled, onRejected)
  }

  toString(): string {
    return `<Future ${this._stateText()}>`
  }

  /** @internal What a waiter of this waits for, in a report. */
  _describe(): string {
    return 'a future that nobody has set'
  }

  /** @internal Who could end it, for a report: none that the runtime knows of. */
  _blockers(): Iterable<Future<unknown>> {
    return []
  }

  /** @internal What this is called in a report. */
  _title(): string {
    return 'a future'
  }

  /** @internal */
  _stateText(): string {
    switch (this._flags & STATE) {
      case FINISHED:
        return `finished result=${show(this._value)}`
      case FAILED:
        return `failed exception=${show(this._value)}`
      case CANCELLED:
        return 'cancelled'
      default:
        return 'pending'
    }
  }

  /** @internal The result of one that is done, or the error it ended with, thrown. */
  _take(): unknown {
    const state = this._flags & STATE
    if (state === FINISHED) return this._value
    if (state === CANCELLED) throw this._cancelError()
    this._taken()
    throw this._value
  }

  /** @internal The error of one that did not end with a result. */
  _takeError(): unknown {
    if ((this._flags & STATE) === CANCELLED) return this._cancelError()
    this._taken()
    return this._value
  }

  /** @internal The first who asks gets the very error that ended it; later ones a fresh one. */
  _cancelError(): CancelledError {
    if ((this._flags & HANDED) === 0) return cancelledError(this._value)
    const error = this._value as CancelledError
    this._flags &= ~HANDED
    this._value = undefined
    return error
  }

  /** @internal Somebody knows of the error now. */
  _taken(): void {
    if ((this._flags & UNTAKEN) === 0) return
    this._flags &= ~UNTAKEN
    forgetFailure(this)
  }

  /** @internal */
  _fail(error: unknown): void {
    this._flags |= UNTAKEN
    noteFailure(this, error)
    this._finish(FAILED, error)
  }

  /** @internal */
  _finish(state: number, value: unknown): void {
    this._flags |= state
    this._value = value
    const waiters = this._waiters
    if (waiters === undefined) return
    this._waiters = undefined
    if (!Array.isArray(waiters)) waiters._notify(this)
    else for (const waiter of waiters) waiter._notify(this)
  }

  /** @internal Puts a waiter in line; one who comes late is queued at once. */
  _watch(waiter: Waiter): void {
    if ((this._flags & STATE) !== PENDING) {
      waiter._notify(this)
      return
    }
    const waiters = this._waiters
    if (waiters === undefined) this._waiters = waiter
    else if (Array.isArray(waiters)) waiters.push(waiter)
    else this._waiters = [waiters, waiter]
  }

  /** @internal Takes those waiters out of line; how many there were. */
  _unwatch(matches: (waiter: Waiter) => boolean): number {
    const waiters = this._waiters
    if (waiters === undefined) return 0
    const list = Array.isArray(waiters) ? waiters : [waiters]
    const kept = list.filter(waiter => !matches(waiter))
    this._waiters = kept.length === 0 ? undefined : kept
    return list.length - kept.length
  }
}

function checkPending(future: Future<unknown>, method: string, value: unknown): void {
  if ((future._flags & STATE) === PENDING) return
  throw new InvalidStateError(
    `${method}(${show(value)}) came too late: ${future} is done; check done() first`,
  )
}
