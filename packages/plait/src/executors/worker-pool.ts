import type { Waiting } from '../coroutine/wait.ts'
import { BrokenWorkerError } from '../errors/executor-errors.ts'
import { misuse } from '../errors/misuse-executors.ts'
import { QueueFullError } from '../errors/queue-errors.ts'
import { showAsText } from '../errors/show.ts'
import { currentLoop } from '../tasks/current.ts'
import type { ShutdownOptions } from '../tasks/executor.ts'
import { CANCELLED, FAILED, STATE } from '../tasks/future.ts'
import { Looking } from '../tasks/looking.ts'
import { LATER, Place } from '../tasks/place.ts'
import { packContext } from './carry-context.ts'
import { Crew, type CrewOwner, describeEnd, type Hire } from './crew.ts'
import { ExecutorBase } from './executor-base.ts'
import type { Carrier, Job } from './job.ts'
import { JobQueue } from './job-queue.ts'
import type { PoolSettings } from './pool-options.ts'
import type { PoolStatistics } from './pool-statistics.ts'
import type { PoolWorker } from './pool-worker.ts'
import { Prefetch } from './prefetch.ts'
import { RoomLine } from './room-line.ts'
import type { Desk } from './submitter.ts'
import type { End } from './transport.ts'
import { checkMayStart } from './worker/place.ts'

/**
 * Jobs and the workers that do them: what pools of threads and of processes share.
 *
 *   open ──shutdown──▶ closing ──all jobs ended, all workers gone──▶ over
 */
export abstract class WorkerPool extends ExecutorBase implements Desk, Carrier, CrewOwner {
  readonly name: string
  /** How many workers there may be. */
  readonly workers: number
  /** @internal */ readonly _isOutside = true
  /** @internal */ readonly _parallel: number
  readonly #way: string
  readonly #maxQueue: number
  readonly #queue = new JobQueue()
  readonly #crew: Crew
  readonly #prefetch: Prefetch | undefined
  /** Jobs that run beside the others, for which there was no worker. */
  #stranded: Job<unknown>[] = []
  #state: 'open' | 'closing' | 'over' = 'open'
  #ended = 0
  #failed = 0
  #cancelled = 0
  readonly #roomLine = new RoomLine(
    () => this.#hasRoom() || this.#state !== 'open' || this.#crew.broken !== undefined,
    () => `room in ${this.name}, where ${this.#queue.size} jobs wait`,
  )
  readonly #endLine = new Looking<undefined>('executor.shutdown()', {
    ask: () => (this.#state === 'over' ? undefined : LATER),
    describe: () => `the end of ${this}`,
    holders: () => [],
  })

  /** @internal */
  constructor(settings: PoolSettings, way: string, hire: Hire) {
    super()
    this.#way = way
    this.name = settings.name
    this.workers = settings.workers
    this._parallel = settings.workers * settings.concurrency
    this.#maxQueue = settings.maxQueue
    this.#crew = new Crew(settings, this, hire)
    if (settings.concurrency === 1 && settings.maxJobsPerWorker === Number.POSITIVE_INFINITY)
      this.#prefetch = new Prefetch(this.#queue, this.#crew.workers, jobs => this.#putBack(jobs))
  }

  override cancel(reason?: unknown): number {
    const begun = [...this.#crew.workers].flatMap(worker => worker.all())
    const all = [...this.#queue.all(), ...this.#stranded, ...begun]
    for (const job of all) job.cancel(reason)
    return all.length
  }

  statistics(): PoolStatistics {
    const workers = [...this.#crew.workers]
    return {
      workers: workers.map(worker => worker.statistics()),
      queued: this.#queue.size + this.#stranded.length,
      running: workers.reduce((sum, { load }) => sum + load, 0),
      ended: this.#ended,
      failed: this.#failed,
      cancelled: this.#cancelled,
      deaths: this.#crew.deaths,
    }
  }

  override toString(): string {
    const { queued, running, workers } = this.statistics()
    const state =
      this.#crew.broken !== undefined ? ', broken' : this.#state === 'open' ? '' : `, ${this.#state}`
    return `<${this.name} [${workers.length} of ${this.workers} workers, ${running} running, ${queued} queued${state}]>`
  }

  /** @internal */
  _checkOpen(): void {
    if (this.#state !== 'open') throw misuse('executorShutDown', this.name)
    if (this.#crew.broken !== undefined) throw this.#crew.broken
    checkMayStart(this.name)
  }

  /** @internal */
  *_room(): Waiting<void> {
    yield* new Place(this.#roomLine)
  }

  /** @internal */
  _take(job: Job<unknown>): void {
    if (!job._work.isBeside && !this.#hasRoom()) {
      job._endCancelled(undefined)
      throw new QueueFullError(
        `${this.name} takes no more: each of its workers has a job, or is to have one, and so many wait as may (maxQueue ${this.#maxQueue}); "yield* executor.run(…)" waits for room`,
      )
    }
    job._carried = packContext(this.#way)
    job._watch({ _notify: () => this.#count(job) })
    job._submitted(this)
    if (job.done()) return
    if (job._work.isBeside) this.#sendBeside(job)
    else {
      this.#queue.push(job)
      this.#dispatch()
    }
  }

  /** @internal */
  _cancelJob(job: Job<unknown>, reason: unknown): void {
    const place = this.#stranded.indexOf(job)
    if (place !== -1) this.#stranded.splice(place, 1)
    else this.#queue.remove(job)
    job._endCancelled(reason)
    this.#roomLine.serve()
    this.#endIfDone()
  }

  /** @internal */
  _workersChanged(): void {
    this.#failIfBroken()
    for (const job of this.#stranded.splice(0)) this.#sendBeside(job)
    this.#dispatch()
    this.#endIfDone()
  }

  /** @internal */
  _jobsLeft(worker: PoolWorker, unbegun: Job<unknown>[], begun: Job<unknown>[], end: End): void {
    const again: Job<unknown>[] = []
    const broken = (job: Job<unknown>): void => job._endThrew(brokenWorker(worker, job, end))
    for (const job of unbegun) {
      if (endIfCancelled(job)) continue
      // What was transferred for it is gone with the worker.
      if (job._wasSent) broken(job)
      else again.push(job)
    }
    for (const job of begun) {
      if (endIfCancelled(job)) continue
      if (job._retriesLeft > 0) {
        job._retriesLeft -= 1
        again.push(job)
      } else broken(job)
    }
    this.#stranded.push(...again.filter(({ _work }) => _work.isBeside))
    for (const job of this.#stranded) job._carrier = this
    this.#putBack(again.filter(({ _work }) => !_work.isBeside))
  }

  #hasRoom(): boolean {
    const taken = this.#queue.size + this.#roomLine.promised
    return taken < this.#maxQueue + Math.max(0, this.#crew.freeTurns)
  }

  #sendBeside(job: Job<unknown>): void {
    const worker = this.#crew.leastBusy()
    if (worker === undefined) this.#stranded.push(job)
    else worker.send(job, false)
  }

  #putBack(jobs: readonly Job<unknown>[]): void {
    const inOrder = [...jobs].sort((a, b) => a._order - b._order)
    for (const job of inOrder) job._carrier = this
    this.#queue.putBack(inOrder)
    this.#dispatch()
  }

  #dispatch(): void {
    while (this.#queue.size > 0) {
      const worker = this.#crew.freest()
      if (worker === undefined) break
      worker.send(this.#queue.shift() as Job<unknown>, true)
    }
    if (this.#queue.size > 0) {
      this.#crew.staff(this.#queue.size)
      this.#prefetch?.fill()
    }
    this.#roomLine.serve()
  }

  #failIfBroken(): void {
    const { broken } = this.#crew
    if (broken === undefined) return
    for (const job of [...this.#queue.clear(), ...this.#stranded.splice(0)]) job._endThrew(broken)
    this.#roomLine.wakeAll()
  }

  /** @internal */
  override *_shutdown({ wait = true, cancelFutures = false }: ShutdownOptions): Waiting<void> {
    if (this.#state === 'open') this.#state = 'closing'
    this.#roomLine.wakeAll()
    if (cancelFutures) {
      const sent = [...this.#crew.workers].flatMap(worker => [
        ...worker.revokeAll('all'),
        ...worker.takeEarly(),
      ])
      const unbegun = [...this.#queue.clear(), ...this.#stranded.splice(0), ...sent]
      for (const job of unbegun) job._endCancelled('the executor was shut down')
    }
    this.#endIfDone()
    if (!wait) return
    // Jobs and workers end where no loop sees it: one under virtual time must not think that nothing will come.
    const loop = currentLoop()
    loop._outsideBegins()
    try {
      yield* new Place(this.#endLine)
    } finally {
      loop._outsideEnds()
    }
  }

  #endIfDone(): void {
    if (this.#state !== 'closing' || this.#queue.size > 0 || this.#stranded.length > 0) return
    const { workers } = this.#crew
    if ([...workers].some(({ load }) => load > 0)) return
    this.#prefetch?.end()
    this.#crew.end()
    if (workers.size > 0) return
    this.#state = 'over'
    this.#endLine.wakeAll()
  }

  #count(job: Job<unknown>): void {
    this.#ended += 1
    const state = job._flags & STATE
    if (state === FAILED) this.#failed += 1
    else if (state === CANCELLED) this.#cancelled += 1
  }
}

function endIfCancelled(job: Job<unknown>): boolean {
  if (job._cancelling === undefined) return false
  job._endCancelled(job._cancelling.reason)
  return true
}

function brokenWorker(worker: PoolWorker, job: Job<unknown>, end: End): BrokenWorkerError {
  const cause = worker.dyingOf ?? end.error
  const { stoppedFor } = worker
  if (stoppedFor !== undefined)
    return new BrokenWorkerError(
      worker.name,
      `${worker.name} was stopped while it ran ${job.name}: ${stoppedFor}`,
    )
  const why = cause instanceof Error ? `it died of ${cause.name}: ${cause.message}` : describeEnd(end)
  return new BrokenWorkerError(worker.name, `${worker.name} died while it ran ${job.name}: ${why}`, {
    exitCode: end.exitCode,
    signal: end.signal,
    ...(cause === undefined ? {} : { cause }),
  })
}

showAsText(WorkerPool.prototype)
