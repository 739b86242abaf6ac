import type { Waiting } from '../coroutine/wait.ts'
import { misuse } from '../errors/misuse-together.ts'
import { atOnce, plainMethods } from '../greenlet/plain-method.ts'
import type { Compare } from '../queues/priority-store.ts'
import { Stack } from '../queues/store.ts'
import { Event } from './event.ts'
import { Queue, type QueueOptions } from './queue.ts'
import { Lowest } from './queue-store.ts'
import type { StopIteration } from './stop-iteration.ts'

/**
 * A queue without a limit.
 *
 * @example
 * ```ts
 * const log = new SimpleQueue<string>()
 * log.put('never waits')
 * ```
 * @see gevent.queue.SimpleQueue
 */
export class SimpleQueue<T> extends Queue<T> {
  constructor(_maxsize?: undefined, options?: QueueOptions<T>) {
    super(undefined, options)
  }
}

/**
 * A queue that gives the lowest first; equals in the order they were put. Numbers, bigints, strings and dates go by their own
 * order, lists by their first element: `[priority, item]`; anything else needs `compare`.
 *
 * @example
 * ```ts
 * const urgent = new PriorityQueue<[priority: number, job: string]>()
 * urgent.put([1, 'now'])
 * ```
 * @see gevent.queue.PriorityQueue
 */
export class PriorityQueue<T> extends Queue<T> {
  readonly #compare: Compare<T> | undefined

  constructor(maxsize?: number, options: QueueOptions<T> & { compare?: Compare<T> | undefined } = {}) {
    super(maxsize, options, new Lowest<T>(options.compare))
    this.#compare = options.compare
  }

  override copy(): this {
    return super._copied({ compare: this.#compare })
  }
}

/**
 * A queue that gives the last put first.
 *
 * @example
 * ```ts
 * const undo = new LifoQueue<string>(100)
 * ```
 * @see gevent.queue.LifoQueue
 */
export class LifoQueue<T> extends Queue<T> {
  constructor(maxsize?: number, options?: QueueOptions<T>) {
    super(maxsize, options, new Stack<T>())
  }
}

/**
 * A queue that knows how many of its items are not dealt with yet.
 *
 * @example
 * ```ts
 * const jobs = new JoinableQueue<string>()
 * spawn(() => { for (const job of jobs) { work(job); jobs.taskDone() } })
 * jobs.put('wash')
 * jobs.join()
 * ```
 * @see gevent.queue.JoinableQueue
 */
export class JoinableQueue<T> extends Queue<T> {
  #unfinished = 0
  readonly #done: Event

  constructor(maxsize?: number, options: QueueOptions<T> & { unfinishedTasks?: number | undefined } = {}) {
    super(maxsize)
    this.#done = new Event()
    this.#done.set()
    for (const item of options.items ?? []) this._add(item)
    if (options.unfinishedTasks) this.#unfinished = options.unfinishedTasks
    if (this.#unfinished > 0) this.#done.clear()
  }

  /** How many items were put and are not dealt with yet. */
  get unfinishedTasks(): number {
    return this.#unfinished
  }

  override copy(): this {
    return super._copied({ unfinishedTasks: this.#unfinished })
  }

  /**
   * Says that an item that was got is dealt with.
   * @throws MisuseError if that was said of all items already
   */
  taskDone(): void {
    if (this.#unfinished <= 0) throw misuse('taskDoneTooOften')
    this.#finished(1)
  }

  /**
   * Waits until all items are dealt with, for so many milliseconds at most: gives whether they are.
   *
   * Suspends: while some are not. Cancellation: nobody waits any more.
   */
  join(timeout?: number): boolean {
    return atOnce('JoinableQueue.join', this._join(timeout), this.join)
  }

  /** @internal */
  *_join(timeout?: number): Waiting<boolean> {
    return yield* this.#done._wait(timeout)
  }

  /** @internal */
  override _state(): string[] {
    const state = super._state()
    if (this.#unfinished > 0) state.push(`${this.#unfinished} unfinished`)
    return state
  }

  /** @internal */
  override _add(item: T | typeof StopIteration): void {
    super._add(item)
    this.#unfinished += 1
    this.#done.clear()
  }

  /** @internal */
  override _dropped(count: number): void {
    this.#finished(Math.min(count, this.#unfinished))
  }

  #finished(count: number): void {
    this.#unfinished -= count
    if (this.#unfinished === 0) this.#done.set()
  }
}

plainMethods(JoinableQueue.prototype, ['join'])
