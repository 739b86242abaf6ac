import { BrokenWorkerError, type Job, type Submitter, type WorkerPool } from '../../../src/executors.ts'
import {
  createTask,
  type Future,
  getEventLoop,
  isCancelled,
  type Operation,
  sleep,
  TimeoutError,
} from '../../../src/index.ts'
import type { Random } from '../../differential/random.ts'
import { awaits, compute, naps, quick, slices, spins } from './jobs.ts'
import { type Ending, type JobKind, note } from './ledger.ts'

/** So many jobs are under way at most. */
const MOST = 40

/** Mixed jobs for a pool, and the accounts of them. */
export class Load {
  readonly #pool: WorkerPool
  readonly #ledger: string
  readonly #random: Random
  #lastJob = 0
  #isEnough = false
  underWay = 0
  spinning = 0
  stopped = 0
  #spinner: Job<number> | undefined

  constructor(pool: WorkerPool, ledger: string, random: Random) {
    this.#pool = pool
    this.#ledger = ledger
    this.#random = random
  }

  /** Submits until it is enough, and waits until all has ended. */
  *run(): Operation<void> {
    const random = this.#random
    while (!this.#isEnough) {
      if (this.underWay < MOST) this.#submitAny()
      yield* sleep(random.chance(0.5) ? 0 : random.between(1, 4))
    }
    while (this.underWay > 0) yield* sleep(1)
  }

  enough(): void {
    this.#isEnough = true
    this.stopSpinning()
  }

  /** Submits a job that keeps its thread, for it to be stopped. */
  spin(): void {
    const job = this.#begin('spins', 0)
    const spinner = this.#pool.with({ graceMs: 0 }).submit(spins, this.#ledger, job)
    this.#spinner = spinner
    this.#follow(job, spinner)
    createTask(this.#noticeSpin(spinner))
  }

  stopSpinning(): void {
    if (this.#spinner?.cancel() === true) this.stopped += 1
    this.#spinner = undefined
    this.spinning = 0
  }

  *#noticeSpin(spinner: Job<number>): Operation<void> {
    yield* spinner.progress().next()
    if (this.#spinner === spinner) this.spinning = 1
  }

  #submitAny(): void {
    const random = this.#random
    const kind = random.weighted<JobKind>([
      ['quick', 5],
      ['compute', 3],
      ['slices', 2],
      ['naps', 3],
      ['awaits', 2],
      ['spawned', 2],
    ])
    const retries = random.chance(0.4) ? random.between(1, 3) : 0
    const deadlineMs = random.chance(0.1) ? random.between(1, 30) : undefined
    const job = this.#begin(kind, retries)
    const pool = this.#pool.with({ retries, deadlineMs, name: `${kind} ${job}` })
    const future = this.#submit(pool, kind, job)
    this.#follow(job, future)
    if (random.chance(0.05)) this.#cancel(job, kind, future)
    else if (random.chance(0.1)) {
      getEventLoop().callLater(random.between(0, 15), () => this.#cancel(job, kind, future))
    }
  }

  #submit(pool: Submitter, kind: JobKind, job: number): Future<number> {
    const random = this.#random
    const ledger = this.#ledger
    switch (kind) {
      case 'compute':
        return pool.submit(compute, ledger, job, random.between(1, 6))
      case 'slices':
        return pool.submit(slices, ledger, job, random.between(1, 12))
      case 'naps':
        return pool.submit(naps, ledger, job, [random.between(0, 8), random.between(0, 8)])
      case 'awaits':
        return pool.submit(awaits, ledger, job, random.between(0, 6))
      case 'spawned':
        return pool.spawn(naps, ledger, job, [random.between(0, 8), random.between(0, 8)])
      default:
        return pool.submit(quick, ledger, job)
    }
  }

  #begin(kind: JobKind, retries: number): number {
    this.#lastJob += 1
    this.underWay += 1
    note(this.#ledger, { what: 'submitted', job: this.#lastJob, kind, retries })
    return this.#lastJob
  }

  #cancel(job: number, kind: JobKind, future: Future<number>): void {
    future.cancel('the program changed its mind')
    // A task that stands for a job ends later, whatever the job does.
    if (kind !== 'spawned' && future.cancelled()) note(this.#ledger, { what: 'dropped', job })
  }

  #follow(job: number, future: Future<number>): void {
    future.addDoneCallback(ended => {
      this.underWay -= 1
      note(this.#ledger, { what: 'settled', job, ...endingOf(ended) })
    })
  }
}

function endingOf(ended: Future<number>): { ending: Ending; value?: number; error?: string } {
  try {
    return { ending: 'value', value: ended.result() }
  } catch (error) {
    if (isCancelled(error)) return { ending: 'cancelled' }
    if (error instanceof TimeoutError) return { ending: 'timed out' }
    return {
      ending: error instanceof BrokenWorkerError ? 'broken' : 'failed otherwise',
      error: String(error),
    }
  }
}
