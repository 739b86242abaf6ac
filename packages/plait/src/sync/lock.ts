import type { Awaitable, Operation, Selectable, WaitOptions } from '../coroutine/wait.ts'
import { misuse } from '../errors/misuse-together.ts'
import { showAsText } from '../errors/show.ts'
import { checkOptions } from '../tasks/check-options.ts'
import { currentHolder, describeHolders, type Holder } from '../tasks/holder.ts'
import { LineGate } from '../tasks/line-gate.ts'
import { LATER, Place } from '../tasks/place.ts'
import type { Body } from '../tasks/runnable.ts'
import type { Task } from '../tasks/task.ts'
import { withOptions } from '../tasks/with-signal.ts'
import { hold } from './hold.ts'
import { type NameOptions, textOf, titleOf } from './title.ts'

/** Who holds a lock, and who waits for it. */
export interface LockStatistics {
  readonly locked: boolean
  /** The task that holds it; undefined if it is free, or was taken outside any task. */
  readonly holder: Task<unknown> | undefined
  /** First come first. */
  readonly waiters: readonly Task<unknown>[]
}

/** One time of holding a lock: disposing gives back this one and no other. */
class Held implements Disposable {
  readonly holder: Holder = currentHolder()
  readonly #lock: Lock

  constructor(lock: Lock) {
    this.#lock = lock
  }

  [Symbol.dispose](): void {
    this.#lock._giveBack(this)
  }
}

/**
 * One task at a time. Not reentrant: a task that takes it twice waits for itself, and is told so.
 *
 * Fairness: first come, first served; nobody gets in between a release and the one it woke.
 *
 * @example
 * ```ts
 * const lock = new Lock({ name: 'ledger' })
 * function* book(amount: number): Operation<void> {
 *   using held = yield* lock.acquire()
 *   yield* write(amount)
 * }
 * yield* lock.hold(book(5)) // the same, with a body
 * ```
 * @see asyncio.Lock
 */
export class Lock extends LineGate<Disposable> {
  readonly name: string | undefined
  #held: Held | undefined

  constructor(options?: NameOptions) {
    super('lock.acquire()')
    checkOptions('new Lock(…)', options)
    this.name = options?.name
  }

  /**
   * Takes the lock; `using` gives it back at the end of the block, `release()` by hand.
   *
   * Suspends: only if it is taken, or others are in line. Cancellation: loses the place in line; a lock that was just
   * handed over passes to the next. Fairness: FIFO.
   *
   * @throws the signal's reason if it is aborted
   */
  acquire(options?: WaitOptions): Selectable<Disposable> {
    return withOptions(new Place(this), options)
  }

  /**
   * Gives the lock back, and wakes the first in line. Any task may do that.
   * @throws MisuseError if it is free
   */
  release(): void {
    if (this.#held === undefined) throw misuse('lockNotHeld', this._title())
    this.#held = undefined
    this._line.wakeFirst()
  }

  /** Runs a body, an operation or a function of any color, with the lock held. */
  hold<T>(body: Operation<T> | Body<[], T>): Awaitable<T> {
    return hold('lock.hold(…)', () => this.acquire(), body)
  }

  locked(): boolean {
    return this.#held !== undefined
  }

  statistics(): LockStatistics {
    return { locked: this.locked(), holder: this.#held?.holder, waiters: this._line.tasks() }
  }

  override toString(): string {
    return textOf('Lock', this.name, this.locked() ? 'locked' : 'unlocked', this._line.size)
  }

  /** @internal */
  _giveBack(held: object): void {
    if (this.#held === held) this.release()
  }

  /** @internal This time of holding it; undefined if it is free. */
  get _held(): Held | undefined {
    return this.#held
  }

  /** @internal It was taken again to go on with that time of holding it: whoever began that is to give it back. */
  _goOn(held: Held | undefined): void {
    this.#held = held ?? this.#held
  }

  /** @internal */
  _title(): string {
    return titleOf('lock', this.name)
  }

  /** @internal */
  override _attempt(): Disposable | typeof LATER {
    return this.#held !== undefined || this._line.hasLiving ? LATER : this._pass()
  }

  /** @internal */
  override _pass(): Disposable {
    const held = new Held(this)
    this.#held = held
    return held
  }

  /** @internal */
  override _leave(place: Place<Disposable>): boolean {
    this._line.remove(place)
    // Whether this one was woken or stood first all along: a free lock is for the next.
    if (this.#held === undefined) this._line.wakeFirst()
    return true
  }

  /** @internal */
  override _describe(): string {
    if (this.#held === undefined) return this._title()
    return `${this._title()}, held by ${describeHolders([this.#held.holder])}`
  }

  /** @internal */
  override _holders(): readonly Task<unknown>[] {
    const holder = this.#held?.holder
    return holder === undefined ? [] : [holder]
  }
}

showAsText(Lock.prototype)
