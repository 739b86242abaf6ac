import type { Job } from './job.ts'
import type { JobQueue } from './job-queue.ts'
import type { PoolWorker } from './pool-worker.ts'

/** So much work, as past jobs tell, may lie before a worker that is busy. */
const AHEAD_MS = 1
/** Jobs that take longer are not sent ahead: a message costs next to nothing beside them. */
const LONGEST_MS = 0.25
const MOST_AHEAD = 63
/** A worker that gives no sign for so long is in a long job after all: what lies before it is for the others. */
const SILENCE_MS = 5

/**
 * Sends quick jobs to workers before their turn, so that a worker need not wait a message's way for each. They can be
 * taken back as long as they have not begun, so nobody waits behind a long job.
 */
export class Prefetch {
  readonly #queue: JobQueue
  readonly #workers: ReadonlySet<PoolWorker>
  readonly #putBack: (jobs: readonly Job<unknown>[]) => void
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    queue: JobQueue,
    workers: ReadonlySet<PoolWorker>,
    putBack: (jobs: readonly Job<unknown>[]) => void,
  ) {
    this.#queue = queue
    this.#workers = workers
    this.#putBack = putBack
  }

  /** Deals out what is in the queue, in turn, to workers that have little before them. */
  fill(): void {
    const open = [...this.#workers].filter(worker => worker.turns > 0 && worker.turns <= depthOf(worker) / 2)
    for (let some = true; some && this.#queue.size > 0; ) {
      some = false
      for (const worker of open) {
        if (worker.turns > depthOf(worker)) continue
        // What is transferred is gone from here, and could not be given to another.
        const job = this.#queue.shiftIf(({ _options }) => _options.transfer === undefined)
        if (job === undefined) return
        worker.send(job, false)
        this.#timer ??= setTimeout(() => this.#look(), SILENCE_MS)
        some = true
      }
    }
  }

  end(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #look(): void {
    this.#timer = undefined
    const now = performance.now()
    const ahead = [...this.#workers].filter(worker => worker.turns > 1)
    for (const worker of ahead) {
      if (now - worker.heardAt < SILENCE_MS) continue
      worker.averageMs = LONGEST_MS * 2
      this.#putBack(worker.revokeAll('that take turns'))
    }
    if (ahead.length > 0) this.#timer ??= setTimeout(() => this.#look(), SILENCE_MS)
  }
}

/** How many jobs, beside the one it is in, may lie before a worker. */
function depthOf({ claims, state, averageMs }: PoolWorker): number {
  if (claims === undefined || state !== 'ready' || averageMs === undefined || averageMs > LONGEST_MS) return 0
  return Math.min(MOST_AHEAD, Math.floor(AHEAD_MS / Math.max(averageMs, 0.001)))
}
