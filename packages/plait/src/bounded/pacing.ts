/** When the next turn may be taken. */
export interface Pacing {
  /** The earliest time for one more turn. */
  next(now: number): number
  take(now: number): void
  /** Takes a turn for one who has yet to run. */
  promise(now: number): void
  /** The first of those who were promised a turn uses it now. */
  claim(now: number): void
  /** One of those who were promised a turn does not use it. */
  giveBack(): void
  /** All times are so much later, by another clock. */
  shift(ms: number): void
}

/** So many turns in any stretch of time: remembers when each of the last ones was taken. */
export class Window implements Pacing {
  readonly #limit: number
  readonly #intervalMs: number
  /** The times of the last turns, oldest first; at most `limit` of them. */
  #taken: number[] = []
  /** How many of the last of them are for those who have yet to run. */
  #promised = 0

  constructor(limit: number, intervalMs: number) {
    this.#limit = limit
    this.#intervalMs = intervalMs
  }

  next(now: number): number {
    const oldest =
      this.#taken.length < this.#limit ? undefined : this.#taken[this.#taken.length - this.#limit]
    return oldest === undefined ? now : oldest + this.#intervalMs
  }

  take(now: number): void {
    if (this.#limit === Number.POSITIVE_INFINITY) return
    this.#taken.push(now)
    // Those that no longer count are dropped by the half, which costs each turn next to nothing.
    if (this.#taken.length >= 2 * this.#limit) this.#taken = this.#taken.slice(-this.#limit)
  }

  promise(now: number): void {
    this.take(now)
    this.#promised += 1
  }

  /** It counts from now: whoever was late must not have the next ones come too early. */
  claim(now: number): void {
    const place = this.#taken.length - this.#promised
    if (place in this.#taken) this.#taken[place] = now
    this.#promised -= 1
  }

  giveBack(): void {
    this.#taken.pop()
    this.#promised -= 1
  }

  shift(ms: number): void {
    this.#taken = this.#taken.map(time => time + ms)
  }
}

/**
 * A bucket of so many tokens, one of which comes back every `everyMs`. What is kept is the time at which it will be full
 * again.
 */
export class Bucket implements Pacing {
  readonly #size: number
  readonly #everyMs: number
  #fullAt = Number.NEGATIVE_INFINITY

  constructor(size: number, everyMs: number) {
    this.#size = size
    this.#everyMs = everyMs
  }

  next(now: number): number {
    return Math.max(now, this.#fullAt - (this.#size - 1) * this.#everyMs)
  }

  take(now: number): void {
    this.#fullAt = Math.max(now, this.#fullAt) + this.#everyMs
  }

  promise(now: number): void {
    this.take(now)
  }

  claim(): void {}

  giveBack(): void {
    this.#fullAt -= this.#everyMs
  }

  shift(ms: number): void {
    this.#fullAt += ms
  }
}
