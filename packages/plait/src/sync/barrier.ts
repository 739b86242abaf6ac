import type { Awaitable, Waiting, WaitOptions } from '../coroutine/wait.ts'
import { BrokenBarrierError } from '../errors/broken-barrier-error.ts'
import { showAsText } from '../errors/show.ts'
import { Call } from '../tasks/call.ts'
import { checkOptions } from '../tasks/check-options.ts'
import type { Task } from '../tasks/task.ts'
import { withOptions } from '../tasks/with-signal.ts'
import { checkCount } from './check-count.ts'
import { Condition } from './condition.ts'
import { type NameOptions, textOf, titleOf } from './title.ts'

/** How a barrier stands, and who waits at it. */
export interface BarrierStatistics {
  readonly parties: number
  /** `filling` until all have come, `draining` until all have left; `resetting` until those have left who waited. */
  readonly state: 'filling' | 'draining' | 'resetting' | 'broken'
  /** First come first. */
  readonly waiters: readonly Task<unknown>[]
}

/** The condition a barrier stands on, telling of the barrier in reports. */
class BarrierCondition extends Condition {
  readonly #tell: () => string

  constructor(tell: () => string) {
    super()
    this.#tell = tell
  }

  override _describe(): string {
    return this.#tell()
  }
}

/**
 * A place where a number of tasks wait for each other: all go on when the last has come. Then it can be used again.
 *
 *   filling ──all came──▶ draining ──all left──▶ filling
 *      ├────reset──▶ resetting ──all left──▶ filling
 *      └────abort──▶ broken ──reset──▶ filling
 *
 * @example
 * ```ts
 * const start = new Barrier(3)
 * function* runner(name: string): Operation<void> {
 *   const index = yield* start.wait() // 0, 1 and 2: one each
 *   if (index === 0) console.log('and they are off')
 * }
 * ```
 * @see asyncio.Barrier
 */
export class Barrier {
  readonly name: string | undefined
  readonly parties: number
  readonly #condition = new BarrierCondition(() => this.#describe())
  #state: BarrierStatistics['state'] = 'filling'
  /** How many are between coming and leaving. */
  #count = 0

  constructor(parties: number, options?: NameOptions) {
    checkOptions('new Barrier(…)', options)
    checkCount('new Barrier(parties)', parties, 1)
    this.parties = parties
    this.name = options?.name
  }

  /** How many wait for the others to come. */
  get nWaiting(): number {
    return this.#state === 'filling' ? this.#count : 0
  }

  get broken(): boolean {
    return this.#state === 'broken'
  }

  /**
   * Waits until all have come; gives each its number, 0 to `parties - 1`, in the order they came.
   *
   * Suspends: unless it is the last to come. Cancellation: it has not come; the others wait for another. Fairness: those
   * who come while the last round still leaves wait for their own.
   *
   * @throws BrokenBarrierError if it is broken, or is reset or aborted meanwhile; the signal's reason if it is aborted
   */
  wait(options?: WaitOptions): Awaitable<number> {
    return withOptions(new Call('barrier.wait()', () => this.#wait()), options)
  }

  /**
   * Makes it as new: whoever waits gets BrokenBarrierError.
   *
   * Suspends: only if the barrier is being used this very turn.
   */
  reset(): Awaitable<void> {
    return new Call('barrier.reset()', () => this.#change(() => (this.#count > 0 ? 'resetting' : 'filling')))
  }

  /**
   * Breaks it: whoever waits, now or later, gets BrokenBarrierError, until it is reset.
   *
   * Suspends: only if the barrier is being used this very turn.
   */
  abort(): Awaitable<void> {
    return new Call('barrier.abort()', () => this.#change(() => 'broken'))
  }

  statistics(): BarrierStatistics {
    const { waiters } = this.#condition.statistics()
    return { parties: this.parties, state: this.#state, waiters }
  }

  toString(): string {
    const state = this.broken ? 'broken' : `${this.#state}, waiters:${this.nWaiting}/${this.parties}`
    return textOf('Barrier', this.name, state, 0)
  }

  *#wait(): Waiting<number> {
    const condition = this.#condition
    yield* condition.acquire()
    try {
      yield* condition._waitFor(() => this.#state !== 'draining' && this.#state !== 'resetting')
      if (this.#state === 'broken')
        throw new BrokenBarrierError(`${this.#title()} is broken: reset() makes it as new`)
      const index = this.#count
      this.#count += 1
      try {
        if (index + 1 === this.parties) {
          this.#state = 'draining'
          condition.notifyAll()
        } else yield* this.#waitForOthers()
        return index
      } finally {
        this.#count -= 1
        this.#exit()
      }
    } finally {
      condition.release()
    }
  }

  *#waitForOthers(): Waiting<void> {
    yield* this.#condition._waitFor(() => this.#state !== 'filling')
    if (this.#state === 'broken') throw new BrokenBarrierError(`${this.#title()} was aborted`)
    if (this.#state === 'resetting') throw new BrokenBarrierError(`${this.#title()} was reset`)
  }

  /** The last to leave makes room for the next round. */
  #exit(): void {
    if (this.#count > 0) return
    if (this.#state === 'draining' || this.#state === 'resetting') this.#state = 'filling'
    this.#condition.notifyAll()
  }

  *#change(next: () => BarrierStatistics['state']): Waiting<void> {
    using _held = yield* this.#condition.acquire()
    this.#state = next()
    this.#condition.notifyAll()
  }

  #title(): string {
    return titleOf('barrier', this.name)
  }

  #describe(): string {
    return `${this.#title()}, where ${this.#count} of ${this.parties} have come`
  }
}

showAsText(Barrier.prototype)
