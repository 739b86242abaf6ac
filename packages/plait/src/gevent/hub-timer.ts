import type { TimerEntry } from '../loop/timer-heap.ts'

/** What a timer needs of its hub. */
export interface TimerOwner {
  readonly loop: { time(): number; _pushTimer(when: number, entry: TimerEntry): void; _timerDropped(): void }
  /** This timer is due: the hub calls it together with the others that are. */
  timerIsDue(call: DueCall): void
}

/** A timer that is due: what to call, and before which others. */
export interface DueCall {
  readonly priority: number
  /** Whether it was stopped meanwhile. */
  readonly isDropped: boolean
  call(): void
}

/** One start of a timer: its place in the loop's heap. */
class Started implements TimerEntry, DueCall {
  readonly #timer: HubTimer
  readonly #owner: TimerOwner
  readonly #fn: (...args: never[]) => unknown
  readonly #args: readonly unknown[]
  readonly _isIdle: boolean
  _dropped = false
  isInHeap = true

  constructor(
    timer: HubTimer,
    owner: TimerOwner,
    fn: (...args: never[]) => unknown,
    args: readonly unknown[],
  ) {
    this.#timer = timer
    this._isIdle = timer.isIdle
    this.#owner = owner
    this.#fn = fn
    this.#args = args
  }

  get priority(): number {
    return this.#timer.priority
  }

  get isDropped(): boolean {
    return this._dropped
  }

  run(): void {
    this.isInHeap = false
    if (!this._dropped) this.#owner.timerIsDue(this)
  }

  toString(): string {
    return `<HubTimer of ${this.#timer.ms} ms>`
  }

  call(): void {
    this.#timer._over(this)
    this.#fn(...(this.#args as never[]))
  }
}

/**
 * A timer of a hub: calls a function in the hub when its time is up. Of those due at the same time the ones of higher
 * priority are called first, then the earlier ones.
 *
 * @example
 * ```ts
 * const timer = getHub().timer(100)
 * timer.start(console.log, 'a tenth of a second later')
 * timer.stop()
 * ```
 * @see gevent.core.timer
 */
export class HubTimer {
  readonly ms: number
  readonly priority: number
  /** Whether it is nothing to wait for where there is nothing else. */
  readonly isIdle: boolean
  readonly #owner: TimerOwner
  #started: Started | undefined

  /** @internal */
  constructor(owner: TimerOwner, ms: number, priority: number, isIdle = false) {
    this.#owner = owner
    this.ms = ms
    this.priority = priority
    this.isIdle = isIdle
  }

  /** Whether it was started, and is not over. */
  get pending(): boolean {
    return this.#started !== undefined
  }

  /** Counts from now on; anew, if it was started before. */
  start<A extends unknown[]>(fn: (...args: A) => unknown, ...args: A): void {
    this.stop()
    const started = new Started(this, this.#owner, fn, args)
    this.#started = started
    const { loop } = this.#owner
    loop._pushTimer(loop.time() + Math.max(0, this.ms), started)
  }

  /** Calls nothing any more. */
  stop(): void {
    const started = this.#started
    if (started === undefined) return
    this.#started = undefined
    started._dropped = true
    if (started.isInHeap) this.#owner.loop._timerDropped()
  }

  /** @internal */
  _over(started: Started): void {
    if (this.#started === started) this.#started = undefined
  }
}
