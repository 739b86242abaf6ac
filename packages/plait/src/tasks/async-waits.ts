import type { Scheduler } from '../loop/scheduler.ts'
import type { AsyncWait } from './settle-future.ts'

/**
 * Where an async function stands: in no wait of ours, or in several at once (`Promise.all`). While it stands in none it
 * is up to the host, and a loop under virtual time does not leave it behind.
 */
export class AsyncWaits {
  readonly #waits = new Set<AsyncWait>()
  readonly #loop: Scheduler

  constructor(loop: Scheduler) {
    this.#loop = loop
    loop._outsideBegins()
  }

  add(wait: AsyncWait): void {
    if (this.#waits.size === 0) this.#loop._outsideEnds()
    this.#waits.add(wait)
  }

  delete(wait: AsyncWait): void {
    if (this.#waits.delete(wait) && this.#waits.size === 0) this.#loop._outsideBegins()
  }

  /** The function has ended; gives what it still waited for (what lost a `Promise.race`, say). */
  end(): unknown[] {
    if (this.#waits.size === 0) this.#loop._outsideEnds()
    const left = [...this.#waits].map(wait => wait.future)
    this.#waits.clear()
    return left
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
