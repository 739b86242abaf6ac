import { ReadyRing } from '../loop/ready-ring.ts'
import type { Job } from './job.ts'

/** Jobs that wait for a worker, first come first. Leaving the middle of the line costs nothing: who left is passed over. */
export class JobQueue {
  readonly #ring = new ReadyRing<Job<unknown>>()
  readonly #left = new Set<Job<unknown>>()

  get size(): number {
    return this.#ring.size - this.#left.size
  }

  push(job: Job<unknown>): void {
    this.#ring.push(job)
  }

  /** Those that were here before, in their order, go before all others. */
  putBack(jobs: readonly Job<unknown>[]): void {
    for (let i = jobs.length - 1; i >= 0; i -= 1) this.#ring.unshift(jobs[i] as Job<unknown>)
  }

  /** The first, if it is so; else it stays. */
  shiftIf(isSo: (job: Job<unknown>) => boolean): Job<unknown> | undefined {
    const job = this.shift()
    if (job === undefined || isSo(job)) return job
    this.#ring.unshift(job)
    return undefined
  }

  shift(): Job<unknown> | undefined {
    while (this.#ring.size > 0) {
      const job = this.#ring.shift()
      if (!this.#left.delete(job)) return job
    }
    return undefined
  }

  /** Takes a job out, wherever it stands. */
  remove(job: Job<unknown>): void {
    this.#left.add(job)
    if (this.size === 0) this.clear()
  }

  /** Those that are here. */
  all(): Job<unknown>[] {
    const all = this.clear()
    for (const job of all) this.#ring.push(job)
    return all
  }

  /** Takes all out. */
  clear(): Job<unknown>[] {
    const all: Job<unknown>[] = []
    for (let job = this.shift(); job !== undefined; job = this.shift()) all.push(job)
    this.#left.clear()
    return all
  }
}
