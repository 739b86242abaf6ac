import { BrokenExecutorError } from '../errors/executor-errors.ts'
import { LONGEST_TIMER } from '../loop/longest-timer.ts'
import { getEventLoop } from '../tasks/event-loop.ts'
import type { Job } from './job.ts'
import type { PoolSettings } from './pool-options.ts'
import type { PoolWorker, WorkerOwner } from './pool-worker.ts'
import { Restarts } from './restarts.ts'
import type { End } from './transport.ts'

/** A worker that is to end has so long for it before it is killed. */
const END_MS = 1000
/** When somebody else's step keeps a worker from hearing of a cancel, it is looked at again after so long. */
const AGAIN_MS = 50

/** What a pool is told of its workers. */
export interface CrewOwner {
  /** There may be something to do: a worker is free, or gone. */
  _workersChanged(): void
  /** A worker has gone, and left these jobs behind: some it had not begun, of the others it may have begun all. */
  _jobsLeft(worker: PoolWorker, unbegun: Job<unknown>[], begun: Job<unknown>[], end: End): void
}

/** Makes a worker, which tells its owner of itself. */
export type Hire = (number: number, owner: WorkerOwner) => PoolWorker

/** The workers of a pool: started when there is work for them, replaced when they die, ended when they are done. */
export class Crew implements WorkerOwner {
  readonly workers: Set<PoolWorker> = new Set()
  readonly #settings: PoolSettings
  readonly #owner: CrewOwner
  readonly #hire: Hire
  readonly #restarts = new Restarts()
  #hasBeenReady = false
  #isEnding = false
  #hired = 0
  #broken: BrokenExecutorError | undefined

  constructor(settings: PoolSettings, owner: CrewOwner, hire: Hire) {
    this.#settings = settings
    this.#owner = owner
    this.#hire = hire
  }

  /** Why no worker can be had any more. */
  get broken(): BrokenExecutorError | undefined {
    return this.#broken
  }

  /** How many workers died that were not meant to. */
  get deaths(): number {
    return this.#restarts.count
  }

  /** How many more jobs could be taking turns, with those workers too that are yet to be started. */
  get freeTurns(): number {
    const { workers, concurrency } = this.#settings
    const taken = [...this.#active()].reduce((sum, { turns }) => sum + turns, 0)
    return workers * concurrency - taken
  }

  /** The worker with the fewest jobs that can begin one more. */
  freest(): PoolWorker | undefined {
    let freest: PoolWorker | undefined
    for (const worker of this.workers) {
      if (worker.state !== 'ready' || worker.turns >= this.#settings.concurrency || this.#isSpent(worker))
        continue
      if (freest === undefined || worker.load < freest.load) freest = worker
    }
    return freest
  }

  /** The worker with the fewest jobs, ready or not; a new one while there may be more. */
  leastBusy(): PoolWorker | undefined {
    const active = [...this.#active()]
    let least: PoolWorker | undefined
    for (const worker of active) if (least === undefined || worker.load < least.load) least = worker
    if (least?.load === 0 || !this.#mayHire(active.length)) return least
    return this.#hireOne() ?? least
  }

  /** Starts workers for so many jobs that wait. */
  staff(waiting: number): void {
    if (this.#isFull) return
    const active = [...this.#active()]
    let starting = active.filter(({ state }) => state === 'starting').length
    for (let many = active.length; starting < waiting && this.#mayHire(many); many += 1) {
      starting += 1
      this.#hireOne()
    }
  }

  /** Ends all workers, as soon as they have nothing to do. */
  end(): void {
    this.#isEnding = true
    this.#restarts.end()
    for (const worker of this.workers) {
      if (worker.state === 'starting') worker.kill()
      else if (worker.state === 'ready') worker.retire(END_MS)
    }
  }

  ready(worker: PoolWorker): void {
    this.#hasBeenReady = true
    this.#settle(worker)
  }

  jobEnded(worker: PoolWorker): void {
    this.#restarts.worked()
    this.#settle(worker)
  }

  jobDropped(worker: PoolWorker): void {
    this.#settle(worker)
  }

  jobUnheard(worker: PoolWorker, job: Job<unknown>): void {
    const stepping = worker.claims?.stepping ?? 0
    // Somebody else's step keeps the worker from hearing, and that one was not cancelled.
    if (worker.load > 1 && stepping !== 0 && stepping !== job._number) worker.waitOn(job, AGAIN_MS)
    else worker.kill(`${job.name} was cancelled and went on computing`)
  }

  jobDeaf(worker: PoolWorker, job: Job<unknown>): void {
    if (worker.load === 1) worker.kill(`${job.name} was cancelled and waits for what cannot be`)
    else {
      const reason = job._cancelling?.reason
      worker.abandon(job)
      job._endCancelled(reason)
      this.#settle(worker)
    }
  }

  ended(worker: PoolWorker, end: End): void {
    this.workers.delete(worker)
    if (!worker.isMeant) this.#restarts.died(worker.wasReady, () => this.#owner._workersChanged())
    const isFirst = !worker.wasReady && !this.#hasBeenReady
    const isLast = this.#restarts.isHopeless && ![...this.workers].some(({ state }) => state === 'ready')
    if (!worker.isMeant && (isFirst || isLast)) this.#break(worker, end)
    const unbegun = [...worker.takeUnbegun(), ...worker.takeEarly()]
    const begun = worker.takeBegun()
    if (worker.wasReady && !worker.isMeant && begun.length === 0) reportDeath(worker, end)
    this.#owner._jobsLeft(worker, unbegun, begun, end)
    this.#owner._workersChanged()
  }

  #break(worker: PoolWorker, end: End): void {
    const cause = worker.dyingOf ?? end.error
    this.#giveUp(cause, cause instanceof Error ? cause.message : describeEnd(end))
  }

  #giveUp(cause: unknown, why: string): void {
    const message = `no worker of ${this.#settings.name} can start: ${why}`
    this.#broken ??= new BrokenExecutorError(message, cause === undefined ? {} : { cause })
  }

  /** Sees to a worker after each change: it may have done enough, or have nothing to do. */
  #settle(worker: PoolWorker): void {
    clearTimeout(worker.idleTimer)
    this.#owner._workersChanged()
    if (worker.load > 0 || worker.state !== 'ready') return
    const { idleTimeoutMs } = this.#settings
    if (this.#isSpent(worker) || this.#isEnding) worker.retire(END_MS)
    else if (idleTimeoutMs !== Number.POSITIVE_INFINITY) {
      const onIdle = (): void => {
        if (worker.load === 0 && worker.state === 'ready') worker.retire(END_MS)
      }
      worker.idleTimer = setTimeout(onIdle, Math.min(idleTimeoutMs, LONGEST_TIMER))
      worker.idleTimer.unref()
    }
  }

  #isSpent(worker: PoolWorker): boolean {
    return worker.hasAbandoned || worker.sent >= this.#settings.maxJobsPerWorker
  }

  /** Whether every worker that there may be is there, without counting them. */
  get #isFull(): boolean {
    if (this.workers.size < this.#settings.workers) return false
    for (const worker of this.workers) if (worker.state === 'retiring' || this.#isSpent(worker)) return false
    return true
  }

  *#active(): Generator<PoolWorker> {
    for (const worker of this.workers)
      if ((worker.state === 'ready' || worker.state === 'starting') && !this.#isSpent(worker)) yield worker
  }

  #mayHire(active: number): boolean {
    return active < this.#settings.workers && this.#restarts.isDue && !this.#broken && !this.#isEnding
  }

  #hireOne(): PoolWorker | undefined {
    this.#hired += 1
    try {
      const worker = this.#hire(this.#hired, this)
      this.workers.add(worker)
      return worker
    } catch (error) {
      this.#restarts.died(false, () => this.#owner._workersChanged())
      if (!this.#hasBeenReady || this.#restarts.isHopeless) this.#giveUp(error, String(error))
      queueMicrotask(() => this.#owner._workersChanged())
      return undefined
    }
  }
}

/** A worker that died between jobs has nobody whom its error would be thrown at. */
function reportDeath(worker: PoolWorker, end: End): void {
  const exception = worker.dyingOf ?? end.error
  getEventLoop().callExceptionHandler({
    message: `${worker.name} died with no job in it: ${exception instanceof Error ? exception.message : describeEnd(end)}`,
    ...(exception === undefined ? {} : { exception }),
  })
}

/** How a worker came to its end, in words. */
export function describeEnd({ exitCode, signal, error }: End): string {
  if (error instanceof Error) return error.message
  if (signal !== undefined) return `it was ended by ${signal}`
  return exitCode === undefined ? 'it ended' : `it ended with exit code ${exitCode}`
}
