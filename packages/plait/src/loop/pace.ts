/** How long our own work may keep the host waiting. */
const SLICE_MS = 4
/** A batch between two looks at the clock aims at this long. */
const BATCH_MS = 0.5
const LARGEST_BATCH = 512

/**
 * When to look at the clock, and when to give the host its turn. A look costs as much as two switches, so the entries
 * between two looks are as many as fit in half a millisecond: hundreds of quick ones, one slow one.
 */
export class Pace {
  /** Entries left before the next look. Setting it to 0 brings the look forward. */
  fuel = 1
  #batch = 1
  #lookedAt = 0
  #sliceEnds = 0

  /** A slice begins: the host has just had its turn. */
  begin(): void {
    this.#lookedAt = performance.now()
    this.#sliceEnds = this.#lookedAt + SLICE_MS
    this.fuel = this.#batch
  }

  /** Looks at the clock; whether the slice is over. */
  look(): boolean {
    const now = performance.now()
    const took = now - this.#lookedAt
    this.#lookedAt = now
    if (took > BATCH_MS) this.#batch = Math.max(1, this.#batch >> 2)
    else if (took < BATCH_MS / 2) this.#batch = Math.min(LARGEST_BATCH, this.#batch * 2)
    this.fuel = this.#batch
    return now >= this.#sliceEnds
  }
}
