import { misuse } from '../errors/misuse.ts'

/** Tells a loop the time, in milliseconds from some fixed point. */
export interface Clock {
  now(): number
  /** Moves to a later time at once. A clock that cannot has the loop wait for it instead. */
  advanceTo?: ((time: number) => void) | undefined
}

/** The clock that an option names: a monotonic one by default. */
export function clockOf(clock: 'monotonic' | 'virtual' | Clock | undefined): Clock {
  if (clock === undefined || clock === 'monotonic') return new MonotonicClock()
  if (clock === 'virtual') return new VirtualClock()
  if (typeof (clock as Partial<Clock> | null)?.now === 'function') return clock
  throw misuse('badClock', clock)
}

/**
 * The host's monotonic clock: never runs backwards, whatever happens to the wall's.
 *
 * @example
 * ```ts
 * const loop = new EventLoop({ clock: new MonotonicClock() })
 * ```
 */
export class MonotonicClock implements Clock {
  readonly #start = performance.now()

  /** Milliseconds since this clock was made. */
  now(): number {
    return performance.now() - this.#start
  }
}

/**
 * A clock that stands still while anything can run and jumps to the next deadline when nothing can: programs that
 * sleep for hours end at once, in the same order.
 *
 * @example
 * ```ts
 * const loop = new EventLoop({ clock: new VirtualClock() })
 * await loop.runUntilComplete(sleep(minutes(60))) // at once; loop.time() is 3_600_000
 * ```
 */
export class VirtualClock implements Clock {
  #now: number

  constructor(startMs = 0) {
    this.#now = startMs
  }

  now(): number {
    return this.#now
  }

  advanceTo(time: number): void {
    if (time > this.#now) this.#now = time
  }
}
