import { type Resume, suspendOn, type Wait } from '../coroutine/wait.ts'
import { born, forgotten } from '../coroutine/watch.ts'
import { isCancelled } from '../errors/cancelled-error.ts'
import { misuse } from '../errors/misuse.ts'
import { currentStrand } from './current.ts'
import { CANCELLED, FINISHED, Future, PENDING, STATE, type Waiter } from './future.ts'
import { isTimeToPause } from './pause.ts'
import { settleOperation } from './settle-operation.ts'
import type { Task } from './task.ts'

/** What a gate answers where what is wanted cannot be had yet. */
export const LATER: unique symbol = Symbol('later')

/**
 * What a primitive decides; the waiting itself is the same for all of them, and is done by the place in line.
 *
 *   attempt ──had──▶ over
 *      │ LATER
 *      ▼
 *    join ──▶ in line ──woken──▶ claim ──had──▶ over
 *      ▲         │                 │ LATER (somebody was quicker)
 *      └─────────┼─────────────────┘
 *                └──cancelled, woken or not──▶ leave ──▶ over
 */
export interface Gate<T> {
  /** What the wait is called in messages: `lock.acquire()`. */
  readonly _name: string
  /** What is wanted, if it can be had at once. Throws if it never can be. */
  _attempt(place: Place<T>): T | typeof LATER
  _join(place: Place<T>): void
  /** What one who was woken gets. */
  _claim(place: Place<T>): T | typeof LATER
  /**
   * Goes without. One who was woken passes the turn on. False if it is too late for that: what was waited for has
   * happened, and is claimed as if nothing had been.
   */
  _leave(place: Place<T>, wasWoken: boolean): boolean
  /** What is waited for, in a report. */
  _describe(): string
  /** Who could end the wait, for a report. */
  _holders(): readonly Task<unknown>[]
}

/** Begun: a place is waited for once. */
const BEGUN = 16
/** Stood in once: whoever steps it again by hand is told. */
const PARKED = 64
/** In line. */
export const IN_LINE = 32
/** A place is told of its end by its gate, so no loop's turn is needed for it; to ask for the current one costs 4 ns. */
const ON_NO_LOOP = { loop: Object.freeze({}) as never }

/** Done from the start: to park on it is to pause. */
const pause = { _flags: FINISHED, _value: undefined }

/** Whoever waits at several gates at once, and takes from one alone. */
export interface Choice {
  readonly _flags: number
  readonly _waiters: Waiter | Waiter[] | undefined
  _settle(place: Place<unknown>): void
}

/**
 * A place in a waiting line: at once the call that waits, what its task is parked on, its iterator, and its link in the
 * line. One object for each wait in place of five (a contended lock at 190 ns in place of 420).
 */
export class Place<T> extends Future<T> implements Iterator<Wait, T, Resume> {
  /** @internal */ readonly _gate: Gate<T>
  /** @internal What is brought (an item to put), and what is given. */
  _load: unknown
  /** @internal */ _before: Place<unknown> | undefined = undefined
  /** @internal */ _after: Place<unknown> | undefined = undefined
  /** @internal The select it is a case of. */
  _choice: Choice | undefined = undefined

  constructor(gate: Gate<T>, load?: unknown) {
    super(ON_NO_LOOP)
    this._gate = gate
    this._load = load
    born(this)
  }

  get name(): string {
    return this._gate._name
  }

  /** A future inside, yet a verb: see `isUnderWay`. */
  get _isCold(): true {
    return true
  }

  /** @internal Whether it still waits: it was neither woken nor cancelled, and no other case of its select was. */
  get _isOpen(): boolean {
    if ((this._flags & STATE) !== PENDING) return false
    return this._choice === undefined || (this._choice._flags & STATE) === PENDING
  }

  /** @internal */
  get _isCancelled(): boolean {
    const { _flags } = this._choice ?? this
    return (_flags & STATE) === CANCELLED
  }

  /** @internal */
  _wake(): void {
    this._finish(FINISHED, undefined)
    this._choice?._settle(this as Place<unknown>)
  }

  /** @internal From here on it is waited for. */
  _begin(): void {
    if ((this._flags & BEGUN) !== 0) throw misuse('waitedTwice', this.name)
    this._flags |= BEGUN
    forgotten(this)
  }

  /** @internal Stands in line: again, if need be; before it is waited for, where there must be no turn in between. */
  _enter(choice?: Choice): void {
    this._flags &= ~STATE
    this._choice = choice
    this._gate._join(this)
  }

  /** @internal Goes without; false if it is too late for that. */
  _withdraw(): boolean {
    return this._gate._leave(this, (this._flags & STATE) === FINISHED)
  }

  override [Symbol.iterator](): Iterator<Wait, T, Resume> {
    this._begin()
    return this
  }

  next(resumedWith?: unknown): IteratorResult<Wait, T> {
    if (resumedWith === this && (this._flags & STATE) === FINISHED) {
      const value = this._gate._claim(this)
      if (value !== LATER) return { done: true, value }
    } else {
      if (resumedWith === undefined) {
        if ((this._flags & PARKED) !== 0) throw misuse('waitResumedByHand', 'a coroutine')
        if ((this._flags & IN_LINE) !== 0) return park(this)
        if (isTimeToPause()) return suspendOn(pause) as IteratorYieldResult<Wait>
      } else if (resumedWith !== pause) throw misuse('waitResumedByHand', 'a coroutine')
      if ((this._flags & STATE) !== PENDING) throw this._cancelError()
      const value = this._gate._attempt(this)
      if (value !== LATER) return { done: true, value }
    }
    this._enter()
    return park(this)
  }

  throw(error: unknown): IteratorResult<Wait, T> {
    if (this._withdraw()) throw error
    if (!isCancelled(error)) throw error
    ;(currentStrand() as Task<unknown> | undefined)?._postpone(error.reason)
    return { done: true, value: this._gate._claim(this) as T }
  }

  return(value?: T): IteratorResult<Wait, T> {
    this._withdraw()
    return { done: true, value: value as T }
  }

  // biome-ignore lint/suspicious/noThenProperty: a wait is awaitable by design
  override then<R1 = T, R2 = never>(
    onFulfilled?: ((value: T) => R1 | PromiseLike<R1>) | null,
    onRejected?: ((error: unknown) => R2 | PromiseLike<R2>) | null,
  ): Promise<R1 | R2> {
    return settleOperation<T>(this).then(onFulfilled, onRejected)
  }

  override _describe(): string {
    return this._gate._describe()
  }

  override _blockers(): Iterable<Future<unknown>> {
    return this._gate._holders()
  }
}

function park(place: { _flags: number }): IteratorYieldResult<Wait> {
  place._flags |= PARKED
  return suspendOn(place) as IteratorYieldResult<Wait>
}
