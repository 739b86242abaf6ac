import { TaskPool } from '../bounded/task-pool.ts'
import type { Waiting } from '../coroutine/wait.ts'
import { misuse } from '../errors/misuse-executors.ts'
import { showAsText } from '../errors/show.ts'
import { Channel } from '../queues/channel.ts'
import { checkCount } from '../sync/check-count.ts'
import { checkOptions } from '../tasks/check-options.ts'
import { createTask } from '../tasks/create-task.ts'
import type { ShutdownOptions } from '../tasks/executor.ts'
import { CANCELLED, FINISHED, STATE } from '../tasks/future.ts'
import type { Task } from '../tasks/task.ts'
import { ExecutorBase } from './executor-base.ts'
import { toReference } from './function-reference.ts'
import type { Carrier, Job } from './job.ts'
import { call, forgetJob, noteJob } from './job-runner.ts'
import { type ChunkResult, callEach } from './map-jobs.ts'
import { transferOf, transferOfAll } from './move.ts'
import { type Handles, pack, unpack, unsendable } from './parcel.ts'
import { nextName } from './pool-options.ts'
import type { AnyFunction, Reference } from './reference.ts'
import type { Desk } from './submitter.ts'

export interface InlineExecutorOptions {
  /** So many jobs run at once, each as a task of this loop. 1 if not said. */
  concurrency?: number | undefined
  /** What reports call it. */
  name?: string | undefined
  /**
   * Takes only what a worker could be sent, and copies arguments and results, so that a program is tested as it will run
   * with workers.
   */
  strict?: boolean | undefined
}

/**
 * Has functions called right here, as tasks of the running loop: an executor for tests, under virtual time too, and for
 * programs that are to run without workers.
 *
 * @example
 * ```ts
 * await runVirtual(function* () {
 *   const pool = new InlineExecutor({ strict: true })
 *   const digests = yield* pool.map(hash, files).toArray()
 * })
 * ```
 */
export class InlineExecutor extends ExecutorBase implements Desk, Carrier {
  readonly name: string
  /** @internal */ readonly _isOutside = false
  /** @internal */ readonly _parallel: number
  readonly #isStrict: boolean
  readonly #turns: TaskPool
  readonly #tasks = new Map<Job<unknown>, Task<unknown>>()
  #isOpen = true

  constructor(options: InlineExecutorOptions = {}) {
    super()
    checkOptions('new InlineExecutor(…)', options)
    const { concurrency = 1, strict = false, name = nextName('InlineExecutor') } = options
    checkCount('concurrency', concurrency, 1)
    this.name = name
    this.#isStrict = strict
    this._parallel = Math.min(concurrency, 64)
    this.#turns = new TaskPool({ limit: concurrency, name })
  }

  override cancel(reason?: unknown): number {
    const all = [...this.#tasks.keys()]
    for (const job of all) job.cancel(reason)
    return all.length
  }

  override toString(): string {
    return `<${this.name} [${this.#tasks.size} jobs${this.#isOpen ? '' : ', shut down'}]>`
  }

  /** @internal */
  _toReference(method: string, fn: unknown): Reference {
    if (this.#isStrict) return toReference(method, fn)
    if (typeof fn !== 'function') throw misuse('notAFunction', method, fn)
    return { kind: 'inline', name: fn.name, code: '' }
  }

  /** @internal */
  _checkOpen(): void {
    if (!this.#isOpen) throw misuse('executorShutDown', this.name)
  }

  /** @internal */
  *_room(): Waiting<void> {}

  /** @internal */
  _take(job: Job<unknown>): void {
    job._submitted(this)
    if (job.done()) return
    const { fn, isBeside, isChunk, args } = job._work
    const each: AnyFunction = items => callEach(fn, items)
    const load = (): AnyFunction => (isChunk ? each : fn)
    let sent: readonly unknown[]
    try {
      const { transfer } = job._options
      sent = isChunk
        ? [this.#copyAll(args[0] as readonly unknown[], 'item', transfer)]
        : this.#copyAll(args, 'arguments', transfer)
    } catch (error) {
      job._endThrew(error)
      return
    }
    const order = { name: job.name, args: sent, load }
    const body = (): Waiting<unknown> => (isChunk ? this.#runChunk(order) : this.#run(order))
    const task = isBeside ? createTask(body, { name: job.name }) : this.#turns.spawn(body, { name: job.name })
    this.#tasks.set(job, task)
    noteJob(task, {
      name: job.name,
      args,
      load,
      ended: () => {},
      progressed: value => this.#report(job, value),
    })
    task._watch({ _notify: () => this.#onDone(job, task) })
  }

  /** @internal */
  _cancelJob(job: Job<unknown>, reason: unknown): void {
    this.#tasks.get(job)?.cancel(reason)
  }

  *#run(order: Parameters<typeof call>[0]): Waiting<unknown> {
    return this.#copy(yield* call(order), 'result')
  }

  *#runChunk(order: Parameters<typeof call>[0]): Waiting<ChunkResult> {
    const { values, failure } = (yield* call(order)) as ChunkResult
    return { values: this.#copyAll(values, 'results', transferOfAll(values)), failure }
  }

  #report(job: Job<unknown>, value: unknown): void {
    job._progressed(this.#copy(value, 'progress'))
  }

  #copy<T>(value: T, root: string): T {
    return this.#copyAll([value], root, transferOf(value), value)[0] as T
  }

  #copyAll(
    values: readonly unknown[],
    root: string,
    transfer: readonly Transferable[] = [],
    whole: unknown = values,
  ): readonly unknown[] {
    if (!this.#isStrict) return values
    const { values: packed, standins } = pack(values, asTheyAre)
    try {
      return unpack(structuredClone(packed, { transfer: [...transfer] }), standins, asTheyAre)
    } catch (error) {
      throw unsendable(error, whole, root, 'thread')
    }
  }

  #onDone(job: Job<unknown>, task: Task<unknown>): void {
    this.#tasks.delete(job)
    forgetJob(task)
    const state = task._flags & STATE
    if (state === FINISHED) job._endReturned(task._value)
    else {
      const error = task._takeError()
      if (state === CANCELLED) job._endCancelled((error as { reason?: unknown }).reason)
      else job._endThrew(error)
    }
  }

  /** @internal */
  override *_shutdown({ wait = true, cancelFutures = false }: ShutdownOptions): Waiting<void> {
    this.#isOpen = false
    if (cancelFutures) this.#turns.clear('the executor was shut down')
    if (!wait) return
    yield* this.#turns.join()
    for (const job of [...this.#tasks.keys()]) if (!job.done()) yield* waitForEnd(job)
  }
}

/** Channels are the same here as there. */
const asTheyAre: Handles = {
  handOut: value => (value instanceof Channel ? value : undefined),
  notTold: () => {},
  takeIn: channel => channel,
}

/** Waits until a job is done, however it ends. */
function* waitForEnd(job: Job<unknown>): Waiting<void> {
  try {
    yield* job
  } catch (error) {
    if (!job.done()) throw error
  }
}

showAsText(InlineExecutor.prototype)
