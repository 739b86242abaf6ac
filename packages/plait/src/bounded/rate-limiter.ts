import type { Selectable, WaitOptions } from '../coroutine/wait.ts'
import { misuse } from '../errors/misuse.ts'
import { showAsText } from '../errors/show.ts'
import type { Scheduler } from '../loop/scheduler.ts'
import { checkCount } from '../sync/check-count.ts'
import { textOf, titleOf } from '../sync/title.ts'
import { checkOptions } from '../tasks/check-options.ts'
import { currentLoop } from '../tasks/current.ts'
import { LineGate } from '../tasks/line-gate.ts'
import { LATER, Place } from '../tasks/place.ts'
import type { Task } from '../tasks/task.ts'
import { LongLine } from '../tasks/waiting-line.ts'
import { withOptions } from '../tasks/with-signal.ts'
import { Bucket, type Pacing, Window } from './pacing.ts'

export interface RateLimiterOptions {
  /** So many turns… */
  limit: number
  /** …in any stretch of so many milliseconds. */
  intervalMs: number
  /**
   * So many turns at once, and the rest evenly, one each `intervalMs / limit`: a token bucket of that size, as Go's
   * `rate.Limiter`. Without it, `limit` turns may be taken at once, and then none until the first is `intervalMs` old.
   */
  burst?: number | undefined
  /** What reports call it. */
  name?: string | undefined
}

/** How a limiter stands, and who waits for a turn. */
export interface RateLimiterStatistics {
  /** How long whoever comes now waits, if nobody else does: 0 if a turn can be had at once. */
  readonly waitMs: number
  /** First come first. */
  readonly waiters: readonly Task<unknown>[]
}

/**
 * Turns by the clock: for services that allow so many requests a second.
 *
 * Without `burst`, never more than `limit` turns are taken in any stretch of `intervalMs`. Fairness: first come, first
 * served.
 *
 * @example
 * ```ts
 * const limiter = new RateLimiter({ limit: 10, intervalMs: seconds(1) })
 * function* ask(question: string): Operation<Answer> {
 *   yield* limiter.acquire()
 *   return yield* until(signal => fetchAnswer(question, signal))
 * }
 * ```
 */
export class RateLimiter extends LineGate<void, LongLine> {
  readonly name: string | undefined
  readonly #pacing: Pacing
  #clock: { readonly loop: Scheduler; readonly time: number; readonly real: number } | undefined
  #alarm: { cancel(): void } | undefined

  constructor(options: RateLimiterOptions) {
    super('limiter.acquire()', new LongLine())
    checkOptions('new RateLimiter(…)', options ?? null)
    const { limit, intervalMs, burst } = options
    checkCount('limit', limit, 1)
    if (burst !== undefined) checkCount('burst', burst, 1)
    if (typeof intervalMs !== 'number' || !(intervalMs >= 0) || intervalMs === Number.POSITIVE_INFINITY)
      throw misuse('badDelay', 'intervalMs', intervalMs)
    this.name = options.name
    this.#pacing = burst === undefined ? new Window(limit, intervalMs) : new Bucket(burst, intervalMs / limit)
  }

  /**
   * Takes a turn.
   *
   * Suspends: until there is one. Cancellation: the turn is not used up; it is for the next in line. Fairness: FIFO.
   *
   * @throws the signal's reason if it is aborted
   */
  acquire(options?: WaitOptions): Selectable<void> {
    return withOptions(new Place(this), options)
  }

  /** Takes a turn if one can be had at once, and nobody waits for it; whether it did. */
  tryAcquire(): boolean {
    return this._attempt() !== LATER
  }

  statistics(): RateLimiterStatistics {
    const now = this.#now(currentLoop())
    return { waitMs: Math.max(0, this.#pacing.next(now) - now), waiters: this._line.tasks() }
  }

  override toString(): string {
    return textOf('RateLimiter', this.name, `waiters:${this._line.size}`, 0)
  }

  /** @internal */
  override _attempt(): undefined | typeof LATER {
    const now = this.#now(currentLoop())
    if (this._line.hasLiving || this.#pacing.next(now) > now) return LATER
    this.#pacing.take(now)
    return undefined
  }

  /** @internal Its clock is that of the loop it waits on. */
  override _join(place: Place<void>): void {
    place._load = currentLoop()
    this._line.append(place)
    this.#setAlarm()
  }

  /** @internal The turn was taken at the wake. Whoever came since stood behind, though there may be one for both. */
  override _pass(place: Place<void>): undefined {
    this.#pacing.claim(this.#now(place._load as Scheduler))
    this.#grant()
    return undefined
  }

  /** @internal */
  override _leave(place: Place<void>, wasWoken: boolean): boolean {
    this._line.remove(place)
    if (wasWoken) this.#pacing.giveBack()
    this.#grant()
    return true
  }

  /** @internal */
  override _describe(): string {
    return `its turn at ${titleOf('rate limiter', this.name)}`
  }

  /** Wakes as many as may go now, and sets the alarm for the next. */
  #grant(): void {
    for (let place = this._line.first(); place !== undefined; place = this._line.first()) {
      const now = this.#now(place._load as Scheduler)
      if (this.#pacing.next(now) > now) break
      this.#pacing.promise(now)
      this._line.wakeNext()
    }
    this.#setAlarm()
  }

  /** For the first in line, on the loop that one waits on. */
  #setAlarm(): void {
    this.#alarm?.cancel()
    this.#alarm = undefined
    const place = this._line.first()
    if (place === undefined) return
    const loop = place._load as Scheduler
    const next = this.#pacing.next(this.#now(loop))
    // It may be time already: the clock goes on between looking and standing in line.
    this.#alarm = loop.callAt(next, () => this.#grant())
  }

  /** The time. Each loop has a clock of its own: on another one, what was taken before is as long ago as it was really. */
  #now(loop: Scheduler): number {
    const time = loop.time()
    const before = this.#clock
    const real = performance.now()
    if (before !== undefined && before.loop !== loop)
      this.#pacing.shift(time - (before.time + (real - before.real)))
    this.#clock = { loop, time, real }
    return time
  }
}

showAsText(RateLimiter.prototype)
