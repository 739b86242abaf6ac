import type { Waiting } from '../coroutine/wait.ts'
import { misuse } from '../errors/misuse-gevent.ts'
import { showAsText } from '../errors/show.ts'
import { atOnce, plainMethods } from '../greenlet/plain-method.ts'
import { checkCount } from '../sync/check-count.ts'
import { checkOptions } from '../tasks/check-options.ts'
import type { Executor, JobResult } from '../tasks/executor.ts'
import type { Future } from '../tasks/future.ts'
import { AsyncResult } from './async-result.ts'
import { checkRun } from './call-text.ts'
import { called } from './called.ts'
import { Event } from './event.ts'
import { GroupMapping } from './group-mapping.ts'
import { getHub, type Hub } from './hub.ts'
import { Semaphore } from './semaphore.ts'

/** How a pool of threads is made. */
export interface ThreadPoolOptions {
  /** How many jobs run at once; one more may wait, and whoever would add another waits. Else as the executor says. */
  maxsize?: number | undefined
}

/** What an executor may tell of its workers. */
interface Crew {
  readonly workers?: unknown
  statistics?(): { readonly workers?: { readonly length: number } }
}

/**
 * Has functions called by an executor: on threads, in processes, or right here. What they give is waited for in a greenlet,
 * and the same can be done as with a `Pool`.
 *
 * @example
 * ```ts
 * const pool = new ThreadPool(new ThreadPoolExecutor({ workers: 4 }))
 * const digests = pool.map(hash, files)
 * pool.kill()
 * ```
 * @see gevent.threadpool.ThreadPool
 */
export class ThreadPool extends GroupMapping {
  readonly executor: Executor
  readonly hub: Hub
  /** How many jobs run at once; undefined where nobody says. */
  readonly maxsize: number | undefined
  readonly #room: Semaphore | undefined
  readonly #idle = new Event()
  #unfinished = 0

  constructor(executor: Executor, options: ThreadPoolOptions = {}) {
    super()
    if (typeof (executor as Executor | undefined)?.submit !== 'function')
      throw misuse('poolWithoutExecutor', executor)
    checkOptions('new ThreadPool(…)', options)
    const { workers } = executor as Crew
    const { maxsize = typeof workers === 'number' ? workers : undefined } = options
    if (maxsize !== undefined) checkCount('maxsize', maxsize, 0)
    this.executor = executor
    this.hub = getHub()
    this.maxsize = maxsize
    this.#room = maxsize === undefined ? undefined : new Semaphore(maxsize + 1)
    this.#idle.set()
  }

  /** How many workers there are now; undefined where the executor does not tell. */
  get size(): number | undefined {
    return (this.executor as Crew).statistics?.().workers?.length
  }

  /** How many jobs have not ended. */
  get length(): number {
    return this.#unfinished
  }

  /**
   * Has a function called by the executor: gives what will have the result.
   *
   * Suspends: while there are as many jobs as may be, and one more. Cancellation: the function is never called.
   * Fairness: FIFO.
   *
   * @throws MisuseError from another loop than the pool's; what the executor throws for what it cannot take
   * @example
   * ```ts
   * const digest = pool.spawn(hash, data).get()
   * ```
   * @see gevent.threadpool.ThreadPool.spawn
   */
  override spawn<A extends readonly unknown[], R>(
    fn: (...args: A) => R,
    ...args: A
  ): AsyncResult<JobResult<R>> {
    return atOnce('ThreadPool.spawn', this._spawn(fn, ...args), this.spawn)
  }

  /** @internal */
  *_spawn<A extends readonly unknown[], R>(
    fn: (...args: A) => R,
    ...args: A
  ): Waiting<AsyncResult<JobResult<R>>> {
    checkRun('spawn(…)', fn)
    if (getHub() !== this.hub) throw misuse('poolOfAnotherLoop')
    if (this.#room !== undefined) yield* this.#room._acquire()
    const result = new AsyncResult<JobResult<R>>()
    try {
      const job = this.executor.submit(fn, ...args)
      this.#unfinished += 1
      this.#idle.clear()
      job.addDoneCallback(() => this.#ended(job, result))
    } catch (error) {
      this.#room?.release()
      throw error
    }
    return result
  }

  /** In the hub. */
  #ended<T>(job: Future<T>, result: AsyncResult<T>): void {
    this.#unfinished -= 1
    if (this.#unfinished === 0) this.#idle.set()
    this.#room?.release()
    let value: T
    try {
      value = job.result()
    } catch (error) {
      this.hub.handleError(job, error)
      result.setException(error)
      return
    }
    result.set(value)
  }

  /**
   * Waits until all jobs have ended.
   *
   * Suspends: unless there are none. Cancellation: the jobs go on.
   *
   * @example
   * ```ts
   * pool.join()
   * ```
   * @see gevent.threadpool.ThreadPool.join
   */
  join(): void {
    atOnce('ThreadPool.join', this._join(), this.join)
  }

  /** @internal */
  *_join(): Waiting<void> {
    yield* this.#idle._wait()
  }

  /**
   * Shuts the executor down: it takes no more jobs, and this waits for those that it has. What is running is not interrupted.
   *
   * Suspends: until no worker is left. Cancellation: the executor goes on ending.
   *
   * @example
   * ```ts
   * pool.kill()
   * ```
   * @see gevent.threadpool.ThreadPool.kill
   */
  kill(): void {
    atOnce('ThreadPool.kill', this._kill(), this.kill)
  }

  /** @internal */
  *_kill(): Waiting<void> {
    yield* this.executor.shutdown()
  }

  override toString(): string {
    const size = this.size === undefined ? '' : ` size=${this.size}`
    const maxsize = this.maxsize === undefined ? '' : ` maxsize=${this.maxsize}`
    return `<${this.constructor.name} tasks=${this.length}${size}${maxsize}>`
  }

  /** @internal On another loop there may be nothing to switch to. */
  override _appliesHere(): boolean {
    return getHub() !== this.hub
  }

  /** @internal */
  override _spawnWaits(): boolean {
    return true
  }

  /** @internal */
  override *_handOn(callback: (result: never) => unknown, result: unknown): Waiting<void> {
    yield* called(callback as (result: unknown) => unknown, [result])
  }
}

plainMethods(ThreadPool.prototype, ['spawn', 'join', 'kill'])
showAsText(ThreadPool.prototype)
