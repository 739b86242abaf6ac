const FIRST_DELAY_MS = 50
const LONGEST_DELAY_MS = 5000
/** So many starts in a row may fail, with no worker left, before the pool is given up. */
const MOST_FAILURES = 5

/**
 * When a worker that died may be replaced: the first at once, those that follow each other without a job done later and
 * later, so that a fault in what every worker does costs little.
 */
export class Restarts {
  /** How many workers died that were not meant to. */
  count = 0
  #inARow = 0
  #failedStarts = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  /** A worker may be started now. */
  get isDue(): boolean {
    return this.#timer === undefined
  }

  /** Not of those that died of a job: the next job may be another one. */
  get isHopeless(): boolean {
    return this.#failedStarts >= MOST_FAILURES
  }

  /** A worker has died, or could not even start: calls back when the next may be started, if that is later. */
  died(hadStarted: boolean, whenDue: () => void): void {
    this.count += 1
    this.#inARow += 1
    this.#failedStarts = hadStarted ? 0 : this.#failedStarts + 1
    if (this.#inARow === 1 || this.#timer !== undefined) return
    const delay = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (this.#inARow - 2))
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      whenDue()
    }, delay)
  }

  /** A worker has done something: the fault is not in what all of them do. */
  worked(): void {
    this.#inARow = 0
    this.#failedStarts = 0
  }

  end(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }
}
