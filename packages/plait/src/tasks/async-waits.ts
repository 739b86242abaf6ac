import type { AsyncWait } from './settle-future.ts'

/** Where an async function stands: in no wait of ours, or in several at once (`Promise.all`). */
export class AsyncWaits {
  readonly #waits = new Set<AsyncWait>()

  add(wait: AsyncWait): void {
    this.#waits.add(wait)
  }

  delete(wait: AsyncWait): void {
    this.#waits.delete(wait)
  }

  /** Each wait is interrupted; false if none could be, so that the cancel waits for the next one. */
  cancel(reason?: unknown): boolean {
    let taken = false
    for (const { future } of [...this.#waits]) taken = future.cancel(reason) || taken
    return taken
  }

  [Symbol.iterator](): Iterator<AsyncWait> {
    return this.#waits.values()
  }
}
