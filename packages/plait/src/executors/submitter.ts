import type { SourceLike } from '../bridges/source-of.ts'
import type { Awaitable, Waiting } from '../coroutine/wait.ts'
import { Call } from '../tasks/call.ts'
import { createTask } from '../tasks/create-task.ts'
import { onLoop } from '../tasks/event-loop.ts'
import type { JobResult } from '../tasks/executor.ts'
import type { Flow } from '../tasks/source.ts'
import type { Task } from '../tasks/task.ts'
import { toReference } from './function-reference.ts'
import { Job, type Work } from './job.ts'
import { checkJobOptions, type JobOptions } from './job-options.ts'
import { type MapOptions, mapJobs } from './map-jobs.ts'
import { originInDebug } from './origin.ts'
import type { AnyFunction } from './reference.ts'

/** Where jobs go. */
export interface Desk {
  /** Whether the jobs run where no loop of this thread can see them. */
  readonly _isOutside: boolean
  /** So many run at once. */
  readonly _parallel: number
  /** How the function is found where it is to run; throws what says why it cannot be. */
  _toReference?(method: string, fn: unknown): Work['reference']
  /** Throws if no job is taken any more. */
  _checkOpen(): void
  /** Takes a job, or throws QueueFullError. */
  _take(job: Job<unknown>): void
  /** Waits until there is room for a job. */
  _room(): Waiting<void>
}

/** The ways to hand in a job, with the options that each of them is to have. */
export class Submitter {
  readonly #desk: Desk
  readonly #options: JobOptions

  /** @internal */
  constructor(desk: Desk | undefined, options: JobOptions) {
    this.#desk = desk ?? (this as unknown as Desk)
    this.#options = options
  }

  /**
   * Has a function called with these arguments: now, if there is a worker for it, else when it is its turn.
   *
   * Fairness: first submitted, first begun.
   *
   * @throws MisuseError for a function that nothing but this place can run, naming the variables it would miss;
   * QueueFullError if `maxQueue` jobs wait already
   * @example
   * ```ts
   * const digest = await pool.submit(hash, data)
   * ```
   * @see concurrent.futures.Executor.submit
   */
  submit<A extends readonly unknown[], R>(fn: (...args: A) => R, ...args: NoInfer<A>): Job<JobResult<R>> {
    return this.#submit(this.#work('submit', fn, args))
  }

  /**
   * As `submit`, and waits for the result.
   *
   * Suspends: while there is no room for it (see `maxQueue`), then until it has ended. Cancellation: cancels the job, and
   * waits for its end. Fairness: FIFO.
   *
   * @throws what the function throws; BrokenWorkerError if its worker died
   * @example
   * ```ts
   * const digests = yield* gather(...files.map(file => pool.run(hash, file)))
   * ```
   */
  run<A extends readonly unknown[], R>(fn: (...args: A) => R, ...args: NoInfer<A>): Awaitable<JobResult<R>> {
    const work = this.#work('run', fn, args)
    return new Call('executor.run(…)', () => this.#run<JobResult<R>>(work))
  }

  /**
   * Has a coroutine run on the least busy worker, beside whatever runs there, at once: as many as one likes, of which each
   * worker's loop makes the most. Gives a task of this loop that stands for it: named, cancelled, awaited and listed like
   * any other.
   *
   * @throws MisuseError as `submit`
   * @example
   * ```ts
   * const crawlers = sites.map(site => pool.with({ name: site }).spawn(crawl, site, pages))
   * ```
   */
  spawn<A extends readonly unknown[], R>(fn: (...args: A) => R, ...args: NoInfer<A>): Task<JobResult<R>> {
    const job = this.#submit<JobResult<R>>({ ...this.#work('spawn', fn, args), isBeside: true })
    // It waits for the job from here on: whoever cancels it cancels the job, and not a turn later.
    const begin = (): Task<JobResult<R>> => createTask(outcomeOf(job), { name: job.name, eagerStart: true })
    const task = onLoop(job._loop, begin)
    task._watch({ _notify: () => leave(job) })
    return task
  }

  /**
   * Calls a function for each item, on all workers, and gives the results. Lazy: begins when the first result is asked for,
   * and keeps only so far ahead as to have every worker busy.
   *
   * The first error ends it, after the results before it; the jobs under way are cancelled.
   *
   * Suspends: asking for the next one, until it is there. Cancellation: leaving it early cancels what is under way.
   *
   * @example
   * ```ts
   * for await (const digest of pool.map(hash, files, { chunkSize: 8 })) console.log(digest)
   * ```
   * @see concurrent.futures.Executor.map
   */
  map<T, R>(fn: (item: T) => R, items: SourceLike<T>, options: MapOptions = {}): Flow<JobResult<R>> {
    const work = this.#work('map', fn, [])
    const run = (args: readonly unknown[], isChunk: boolean): Waiting<unknown> =>
      this.#run({ ...work, args, isChunk })
    return mapJobs(items, run, options, this.#desk._parallel) as Flow<JobResult<R>>
  }

  /**
   * The same executor, with options for the jobs that are handed in here: they stay out of the arguments.
   *
   * @example
   * ```ts
   * await pool.with({ deadlineMs: seconds(2), transfer: [data.buffer] }).submit(hash, data)
   * ```
   */
  with(options: JobOptions): Submitter {
    checkJobOptions('executor.with(…)', options)
    const merged = { ...this.#options, ...options }
    checkJobOptions('executor.with(…)', merged)
    return new Submitter(this.#desk, merged)
  }

  #work(method: string, fn: unknown, args: readonly unknown[]): Work {
    const reference = this.#desk._toReference?.(method, fn) ?? toReference(method, fn)
    const origin = originInDebug()
    return { fn: fn as AnyFunction, reference, args, isChunk: false, isBeside: false, origin }
  }

  *#run<T>(work: Work): Waiting<T> {
    yield* this.#desk._room()
    return yield* this.#submit<T>(work)
  }

  #submit<T>(work: Work): Job<T> {
    this.#desk._checkOpen()
    const job = new Job<T>(work, this.#options, this.#desk._isOutside)
    this.#desk._take(job as Job<unknown>)
    return job
  }
}

function* outcomeOf<T>(job: Job<T>): Waiting<T> {
  return yield* job
}

/** The task of a job is over: cancelled before its first step, where that was not at once, it has left the job behind. */
function leave(job: Job<unknown>): void {
  if (!job.done()) job.cancel()
  job._taken()
}
