import type { Awaitable, Operation, Selectable, Waiting, WaitOptions } from '../coroutine/wait.ts'
import { isCancelled } from '../errors/cancelled-error.ts'
import { checkCallback } from '../errors/check-callback.ts'
import { misuse } from '../errors/misuse-together.ts'
import { showAsText } from '../errors/show.ts'
import { Call } from '../tasks/call.ts'
import { Parking } from '../tasks/line-gate.ts'
import { Place } from '../tasks/place.ts'
import { type Body, isPromiseLike } from '../tasks/runnable.ts'
import type { Task } from '../tasks/task.ts'
import { withOptions } from '../tasks/with-signal.ts'
import { checkCount } from './check-count.ts'
import { hold } from './hold.ts'
import { Lock, type LockStatistics } from './lock.ts'
import { type NameOptions, textOf, titleOf } from './title.ts'

/** Who holds the lock of a condition, and who waits to be notified. */
export interface ConditionStatistics {
  readonly lock: LockStatistics
  /** First come first. */
  readonly waiters: readonly Task<unknown>[]
}

/**
 * A lock, and a way to wait inside it until another task says that something has changed.
 *
 * @example
 * ```ts
 * const changed = new Condition()
 * yield* changed.hold(function* () {
 *   yield* changed.waitFor(() => stock > 0)
 *   stock -= 1
 * })
 * yield* changed.hold(function* () { stock += 1; changed.notify() }) // in another task
 * ```
 * @see asyncio.Condition
 */
export class Condition {
  readonly name: string | undefined
  readonly #lock: Lock
  readonly #parking = new Parking('condition.wait()', () => this._describe())

  /** @param lock one that several conditions share; else a lock of its own */
  constructor(lock?: Lock, options?: NameOptions) {
    if (lock !== undefined && !(lock instanceof Lock)) throw misuse('notALock', lock)
    this.name = options?.name
    this.#lock = lock ?? new Lock(options)
  }

  /** Takes the lock: see `Lock.acquire`. */
  acquire(options?: WaitOptions): Selectable<Disposable> {
    return this.#lock.acquire(options)
  }

  /** Gives the lock back: see `Lock.release`. */
  release(): void {
    this.#lock.release()
  }

  locked(): boolean {
    return this.#lock.locked()
  }

  /** Runs a body with the lock held. */
  hold<T>(body: Operation<T> | Body<[], T>): Awaitable<T> {
    return hold('condition.hold(…)', () => this.#lock.acquire(), body)
  }

  /**
   * Gives the lock back, waits until notified, and takes the lock again. It may return without a reason: look again, or
   * use `waitFor`.
   *
   * Suspends: always. Cancellation: takes the lock again before it is thrown, however long that takes and however often
   * it is repeated; a notification that it meets goes to another. Fairness: FIFO, then that of the lock.
   *
   * @throws MisuseError without the lock; the signal's reason if it is aborted
   */
  wait(options?: WaitOptions): Awaitable<true> {
    return withOptions(new Call('condition.wait()', () => this._wait()), options)
  }

  /**
   * Waits until the predicate gives something truthy, looking now and after each notification; gives that.
   *
   * Suspends and is cancelled as `wait`.
   *
   * @throws what the predicate throws; MisuseError without the lock, or if the predicate is async
   */
  waitFor<T>(predicate: () => T, options?: WaitOptions): Awaitable<T> {
    checkCallback('waitFor', predicate)
    return withOptions(new Call('condition.waitFor(…)', () => this._waitFor(predicate)), options)
  }

  /**
   * Wakes so many of those who wait, first come first. They go on when they have the lock, so after it was given back.
   * @throws MisuseError without the lock
   */
  notify(n = 1): void {
    checkCount('notify(n)', n, 0)
    if (!this.#lock.locked()) throw misuse('conditionNotHeld', 'notify')
    this.#notify(n)
  }

  /** As `notify`, for all of them. */
  notifyAll(): void {
    this.notify(this.#parking._line.size)
  }

  statistics(): ConditionStatistics {
    return { lock: this.#lock.statistics(), waiters: this.#parking._line.tasks() }
  }

  toString(): string {
    const state = this.locked() ? 'locked' : 'unlocked'
    return textOf('Condition', this.name, state, this.#parking._line.size)
  }

  /** @internal */
  *_waitFor<T>(predicate: () => T): Waiting<T> {
    for (;;) {
      const result = predicate()
      if (isPromiseLike(result)) throw misuse('asyncPredicate')
      if (result) return result
      yield* this._wait()
    }
  }

  /** @internal */
  *_wait(): Waiting<true> {
    if (!this.#lock.locked()) throw misuse('conditionNotHeld', 'wait')
    // In line before anybody else can run, or a notification could be missed.
    const place = new Place(this.#parking)
    place._enter()
    const held = this.#lock._held
    this.#lock.release()
    try {
      try {
        return yield* place
      } finally {
        yield* this.#takeLockAgain(held)
      }
    } catch (error) {
      // It may have been notified: then somebody else is to hear of it.
      this.#notify(1)
      throw error
    }
  }

  /** @internal */
  _describe(): string {
    return `a notification of ${titleOf('condition', this.name)}`
  }

  /** Cancels wait until the lock is there; the last of them is thrown. */
  *#takeLockAgain(held: Lock['_held']): Waiting<void> {
    let cancel: { error: unknown } | undefined
    for (;;) {
      try {
        yield* this.#lock.acquire()
        this.#lock._goOn(held)
        break
      } catch (error) {
        if (!isCancelled(error)) throw error
        cancel = { error }
      }
    }
    if (cancel !== undefined) throw cancel.error
  }

  #notify(n: number): void {
    this.#parking._line.wake(n)
  }
}

showAsText(Condition.prototype)
