import type { Awaitable, Operation, Selectable, WaitOptions } from '../coroutine/wait.ts'
import { misuse } from '../errors/misuse-together.ts'
import { showAsText } from '../errors/show.ts'
import { checkOptions } from '../tasks/check-options.ts'
import { currentHolder, describeHolders, type Holder } from '../tasks/holder.ts'
import { LineGate } from '../tasks/line-gate.ts'
import { LATER, Place } from '../tasks/place.ts'
import type { Body } from '../tasks/runnable.ts'
import type { Task } from '../tasks/task.ts'
import { LongLine } from '../tasks/waiting-line.ts'
import { withOptions } from '../tasks/with-signal.ts'
import { checkCount } from './check-count.ts'
import { hold } from './hold.ts'
import { type NameOptions, textOf, titleOf } from './title.ts'

/** What a semaphore has left, who holds its permits, and who waits for one. */
export interface SemaphoreStatistics {
  readonly value: number
  /** Each task once, as far as permits are given back by those who took them. */
  readonly holders: readonly Task<unknown>[]
  /** First come first. */
  readonly waiters: readonly Task<unknown>[]
}

/** A permit taken: disposing gives it back, once. */
class Permit implements Disposable {
  readonly #semaphore: Semaphore
  readonly #holder: Holder
  #isGivenBack = false

  constructor(semaphore: Semaphore, holder: Holder) {
    this.#semaphore = semaphore
    this.#holder = holder
  }

  [Symbol.dispose](): void {
    if (this.#isGivenBack) return
    this.#isGivenBack = true
    this.#semaphore._giveBack(this.#holder)
  }
}

/**
 * A number of permits: so many tasks at once.
 *
 * Fairness: first come, first served. A permit given back goes to the first in line, and nobody gets in between.
 *
 * @example
 * ```ts
 * const connections = new Semaphore(10, { name: 'connections' })
 * yield* connections.hold(fetchPage(url))
 * ```
 * @see asyncio.Semaphore
 */
export class Semaphore extends LineGate<Disposable, LongLine> {
  readonly name: string | undefined
  /** Who holds how many, oldest first. For reports alone: anybody may give back, and more than was taken. */
  readonly #permits = new Map<Holder, number>()
  #value: number

  constructor(value = 1, options?: NameOptions) {
    super('semaphore.acquire()', new LongLine())
    checkOptions('new Semaphore(…)', options)
    checkCount('new Semaphore(value)', value, 0)
    this.#value = value
    this.name = options?.name
  }

  /** How many permits are free. */
  get value(): number {
    return this.#value
  }

  /**
   * Takes a permit, to be given back once: by `using` at the end of the block, or by `release()`.
   *
   * Suspends: only if none is free, or others are in line. Cancellation: loses the place in line; a permit just given
   * passes to the next. Fairness: FIFO.
   *
   * @throws the signal's reason if it is aborted
   */
  acquire(options?: WaitOptions): Selectable<Disposable> {
    return withOptions(new Place(this), options)
  }

  /**
   * Adds a permit, and wakes the first in line. Any task may do that, and more often than permits were taken.
   * @throws MisuseError, of a BoundedSemaphore, if all are back already
   */
  release(): void {
    this._giveBack(currentHolder())
  }

  /** Runs a body, an operation or a function of any color, with a permit. */
  hold<T>(body: Operation<T> | Body<[], T>): Awaitable<T> {
    return hold('semaphore.hold(…)', () => this.acquire(), body)
  }

  /** Whether whoever comes now would have to wait. */
  locked(): boolean {
    return this.#value === 0 || this._line.hasLiving
  }

  statistics(): SemaphoreStatistics {
    return { value: this.#value, holders: this._holders(), waiters: this._line.tasks() }
  }

  override toString(): string {
    const state = this.locked() ? 'locked' : `unlocked, value:${this.#value}`
    return textOf(this.constructor.name, this.name, state, this._line.size)
  }

  /** @internal */
  _giveBack(holder: Holder): void {
    this._checkRoom()
    this.#forget(holder)
    this.#value += 1
    this.#grantNext()
  }

  /** @internal Refuses a permit that would be one too many. */
  _checkRoom(): void {}

  /** @internal */
  override _attempt(): Disposable | typeof LATER {
    if (this.locked()) return LATER
    this.#value -= 1
    return this.#take()
  }

  /** @internal A permit was set aside at the wake. */
  override _pass(): Disposable {
    this.#grantAll()
    return this.#take()
  }

  /** @internal */
  override _leave(place: Place<Disposable>, wasWoken: boolean): boolean {
    this._line.remove(place)
    if (wasWoken) this.#value += 1
    this.#grantAll()
    return true
  }

  /** @internal */
  override _describe(): string {
    const held =
      this.#permits.size === 0 ? '' : `, whose permits are held by ${describeHolders(this.#permits.keys())}`
    return `${titleOf('semaphore', this.name)}${held}`
  }

  /** @internal */
  override _holders(): readonly Task<unknown>[] {
    return [...this.#permits.keys()].filter(holder => holder !== undefined)
  }

  #take(): Disposable {
    const holder = currentHolder()
    this.#permits.set(holder, (this.#permits.get(holder) ?? 0) + 1)
    return new Permit(this, holder)
  }

  /** One permit less for this task; for the one that took first, where this one has none. */
  #forget(holder: Holder): void {
    const whose = this.#permits.has(holder) ? holder : this.#permits.keys().next().value
    const count = this.#permits.get(whose)
    if (count === undefined) return
    if (count === 1) this.#permits.delete(whose)
    else this.#permits.set(whose, count - 1)
  }

  #grantNext(): boolean {
    if (this._line.first() === undefined) return false
    this.#value -= 1
    return this._line.wakeNext()
  }

  /** Others may have come who had to wait behind the one that goes: as many as there are permits for. */
  #grantAll(): void {
    while (this.#value > 0 && this.#grantNext());
  }
}

/**
 * A semaphore that refuses to be released more often than acquired.
 *
 * @example
 * ```ts
 * const seats = new BoundedSemaphore(4)
 * ```
 * @see asyncio.BoundedSemaphore
 */
export class BoundedSemaphore extends Semaphore {
  readonly #bound: number

  constructor(value = 1, options?: NameOptions) {
    super(value, options)
    this.#bound = value
  }

  /** @internal */
  override _checkRoom(): void {
    if (this.value >= this.#bound) throw misuse('releasedTooOften', this.#bound)
  }
}

showAsText(Semaphore.prototype)
