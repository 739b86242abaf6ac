import { turn } from '../coroutine/turn.ts'
import type { Resume, Selectable, Wait, WaitOptions } from '../coroutine/wait.ts'
import { born, forgotten } from '../coroutine/watch.ts'
import { misuse } from '../errors/misuse.ts'
import { checkDelay } from '../loop/check-delay.ts'
import type { Scheduler } from '../loop/scheduler.ts'
import type { TimerEntry } from '../loop/timer-heap.ts'
import { currentLoop } from './current.ts'
import { FINISHED, Future, PENDING, STATE } from './future.ts'
import { settleOperation } from './settle-operation.ts'
import { withOptions } from './with-signal.ts'

/** The sleep has begun. Until then `_value` is the delay. */
const BEGUN = 16

/**
 * A sleep is its own timer and its own future: 56 bytes beside its task for a parked sleeper, where a handle, a future
 * and an iterator would take three times that.
 */
export class Sleep extends Future<void> implements TimerEntry {
  declare _loop: Scheduler

  constructor(ms: number) {
    super()
    this._value = ms
    born(this)
  }

  get name(): string {
    return 'sleep(…)'
  }

  /** A future inside, yet a verb: see `isUnderWay`. */
  get _isCold(): true {
    return true
  }

  get _dropped(): boolean {
    return (this._flags & STATE) !== PENDING
  }

  override [Symbol.iterator](): Iterator<Wait, void, Resume> {
    const ms = this._begin()
    if (ms <= 0) return turn[Symbol.iterator]() as Iterator<Wait, void, Resume>
    this._start(ms)
    return super[Symbol.iterator]()
  }

  /** From here on it is waited for; how long that will be. */
  _begin(): number {
    if ((this._flags & BEGUN) !== 0) throw misuse('waitedTwice', this.name)
    this._flags |= BEGUN
    forgotten(this)
    const ms = this._value as number
    this._value = undefined
    return ms
  }

  /** It counts on the loop of whoever sleeps, wherever it was made. */
  _start(ms: number): this {
    const loop = currentLoop()
    this._loop = loop
    loop._pushTimer(loop.time() + ms, this)
    return this
  }

  // biome-ignore lint/suspicious/noThenProperty: a wait is awaitable by design
  override then<R1 = void, R2 = never>(
    // biome-ignore lint/suspicious/noConfusingVoidType: what a sleep gives is nothing to look at
    onFulfilled?: ((value: void) => R1 | PromiseLike<R1>) | null,
    onRejected?: ((error: unknown) => R2 | PromiseLike<R2>) | null,
  ): Promise<R1 | R2> {
    return settleOperation<void>(this).then(onFulfilled, onRejected)
  }

  override cancel(reason?: unknown): boolean {
    if (!super.cancel(reason)) return false
    this._loop._timerDropped()
    return true
  }

  /** Due. */
  run(): void {
    if ((this._flags & STATE) === PENDING) this._finish(FINISHED, undefined)
  }

  override _describe(): string {
    return 'a sleep'
  }
}

/** A turn for the others keeps no state, so one object serves every `sleep(0)` (38 ns against 46). */
export const givingWay: Selectable<void> = {
  _selectable: true,
  [Symbol.iterator]: turn[Symbol.iterator],
  // biome-ignore lint/suspicious/noThenProperty: a wait is awaitable by design
  then: (onFulfilled, onRejected) => settleOperation<void>(turn).then(onFulfilled, onRejected),
}

/**
 * Waits for `ms` milliseconds of the loop's time.
 *
 * Suspends: always; 0 or less gives way for one turn. Cancellation: the timer is taken back. Fairness: sleepers due at
 * the same time wake in the order they went to sleep.
 *
 * @throws MisuseError if `ms` is no number; the signal's reason if it is aborted
 * @example
 * ```ts
 * yield* sleep(seconds(1))
 * ```
 * @see asyncio.sleep
 */
export function sleep(ms: number, options?: WaitOptions): Selectable<void> {
  checkDelay('sleep(ms)', ms)
  if (ms <= 0 && options === undefined) return givingWay
  return withOptions(new Sleep(ms), options)
}
