import type { Selectable, WaitOptions } from '../coroutine/wait.ts'
import { checkCallback } from '../errors/check-callback.ts'
import { misuse } from '../errors/misuse-together.ts'
import { QueueEmptyError, QueueFullError, QueueShutDownError } from '../errors/queue-errors.ts'
import { showAsText } from '../errors/show.ts'
import { checkCount } from '../sync/check-count.ts'
import { textOf, titleOf } from '../sync/title.ts'
import { checkOptions } from '../tasks/check-options.ts'
import { LineGate, LookAgainGate } from '../tasks/line-gate.ts'
import { LATER, Place } from '../tasks/place.ts'
import type { Task } from '../tasks/task.ts'
import { LongLine } from '../tasks/waiting-line.ts'
import { withOptions } from '../tasks/with-signal.ts'
import { byPriority, type Compare, PriorityStore } from './priority-store.ts'
import { Row, Stack, type Store } from './store.ts'

export interface QueueOptions {
  /** So many items at most; 0, or nothing, for no limit. */
  maxSize?: number | undefined
  /** What reports call it. */
  name?: string | undefined
}

/** How full a queue is, and who waits for it. */
export interface QueueStatistics {
  readonly size: number
  readonly maxSize: number
  /** Items put for which `taskDone()` was not called. */
  readonly unfinished: number
  readonly isShutDown: boolean
  /** First come first, as the others. */
  readonly getters: readonly Task<unknown>[]
  readonly putters: readonly Task<unknown>[]
  readonly joiners: readonly Task<unknown>[]
}

/** Those who wait for an item. */
class Getting<T> extends LookAgainGate<T> {
  readonly #queue: Queue<T>

  constructor(queue: Queue<T>) {
    super('queue.get()')
    this.#queue = queue
  }

  override _attempt(): T | typeof LATER {
    return this.#queue.empty() && !this.#queue._isShutDown ? LATER : this.#queue.getNowait()
  }

  override _hasTurn(): boolean {
    return !this.#queue.empty()
  }

  override _describe(): string {
    return `an item of ${this.#queue._describe()}`
  }
}

/** Those who wait for room. */
class Putting<T> extends LookAgainGate<undefined> {
  readonly #queue: Queue<T>

  constructor(queue: Queue<T>) {
    super('queue.put(…)')
    this.#queue = queue
  }

  override _attempt(place: Place<undefined>): undefined | typeof LATER {
    if (this.#queue.full() && !this.#queue._isShutDown) return LATER
    this.#queue.putNowait(place._load as T)
    return undefined
  }

  override _hasTurn(): boolean {
    return !this.#queue.full()
  }

  override _describe(): string {
    return `room in ${this.#queue._describe()}`
  }
}

/** Those who wait until all is done. */
class Joining<T> extends LineGate<undefined, LongLine> {
  readonly #queue: Queue<T>

  constructor(queue: Queue<T>) {
    super('queue.join()', new LongLine())
    this.#queue = queue
  }

  override _attempt(): undefined | typeof LATER {
    return this.#queue._unfinished > 0 ? LATER : undefined
  }

  override _pass(): undefined {
    return undefined
  }

  override _describe(): string {
    return `the ${this.#queue._unfinished} unfinished items of ${this.#queue._describe()}`
  }
}

/**
 * Items on their way from those who put to those who get, first in, first out.
 *
 * Fairness: whoever waits is woken in the order they came; one who does not wait may get in before one who was woken and
 * has not run yet, who then waits again at the end of the line (as in asyncio).
 *
 * @example
 * ```ts
 * const jobs = new Queue<Job>({ maxSize: 100, name: 'jobs' })
 * function* worker(): Operation<void> {
 *   for (;;) {
 *     const job = yield* jobs.get()
 *     try { yield* work(job) } finally { jobs.taskDone() }
 *   }
 * }
 * yield* jobs.put(job)
 * yield* jobs.join() // until all are done
 * ```
 * @see asyncio.Queue
 */
export class Queue<T> {
  readonly name: string | undefined
  /** 0 if there is no limit. */
  readonly maxSize: number
  /** @internal Items put for which `taskDone()` was not called. */
  _unfinished = 0
  /** @internal */ _isShutDown = false
  readonly #store: Store<T>
  readonly #getting: Getting<T> = new Getting(this)
  readonly #putting: Putting<T> = new Putting(this)
  readonly #joining: Joining<T> = new Joining(this)

  constructor(options?: QueueOptions)
  /** @internal */
  constructor(options: QueueOptions | undefined, store: Store<T>)
  constructor(options: QueueOptions = {}, store: Store<T> = new Row<T>()) {
    checkOptions('new Queue(…)', options)
    checkCount('maxSize', options.maxSize ?? 0, 0)
    this.name = options.name
    this.maxSize = options.maxSize ?? 0
    this.#store = store
  }

  /** How many items are in it. */
  get size(): number {
    return this.#store.size
  }

  empty(): boolean {
    return this.#store.size === 0
  }

  /** Whether `maxSize` items are in it. */
  full(): boolean {
    return this.maxSize > 0 && this.#store.size >= this.maxSize
  }

  /**
   * Puts an item in.
   *
   * Suspends: while it is full. Cancellation: the item was not put. Fairness: see the class.
   *
   * @throws QueueShutDownError if it was shut down; the signal's reason if it is aborted
   */
  put(item: T, options?: WaitOptions): Selectable<void> {
    return withOptions(new Place(this.#putting, item), options)
  }

  /**
   * Takes the next item out.
   *
   * Suspends: while it is empty. Cancellation: no item is lost. Fairness: see the class.
   *
   * @throws QueueShutDownError if it was shut down and is empty; the signal's reason if it is aborted
   */
  get(options?: WaitOptions): Selectable<T> {
    return withOptions(new Place(this.#getting), options)
  }

  /**
   * Puts an item in, at once.
   * @throws QueueFullError, QueueShutDownError
   */
  putNowait(item: T): void {
    if (this._isShutDown)
      throw new QueueShutDownError(`${this.#title()} was shut down: nothing can be put any more`)
    if (this.full())
      throw new QueueFullError(
        `${this.#title()} is full (maxSize ${this.maxSize}); "yield* queue.put(item)" waits for room`,
      )
    this.#store.push(item)
    this._unfinished += 1
    this.#getting._line.releaseNext()
  }

  /**
   * Takes the next item out, at once.
   * @throws QueueEmptyError; QueueShutDownError if it is empty and was shut down
   */
  getNowait(): T {
    if (this.empty()) {
      if (this._isShutDown) throw new QueueShutDownError(`${this.#title()} was shut down, and is empty`)
      throw new QueueEmptyError(`${this.#title()} is empty; "yield* queue.get()" waits for an item`)
    }
    const item = this.#store.shift()
    this.#putting._line.releaseNext()
    return item
  }

  /**
   * Says that an item taken is dealt with, for `join`.
   * @throws MisuseError if that was said of all items already
   */
  taskDone(): void {
    if (this._unfinished === 0) throw misuse('taskDoneTooOften')
    this._unfinished -= 1
    if (this._unfinished === 0) this.#wakeJoiners()
  }

  /**
   * Waits until `taskDone()` was called for every item ever put.
   *
   * Suspends: while items are unfinished. Cancellation: nothing is lost.
   */
  join(options?: WaitOptions): Selectable<void> {
    return withOptions(new Place(this.#joining), options)
  }

  /**
   * Ends it: nothing can be put any more; what is in it can still be got, unless `immediate` drops it. Whoever waits for
   * room, or for an item that will not come, gets QueueShutDownError.
   */
  shutdown(immediate = false): void {
    this._isShutDown = true
    if (immediate) {
      this._unfinished = Math.max(0, this._unfinished - this.size)
      this.#store.clear()
      if (this._unfinished === 0) this.#wakeJoiners()
    }
    while (this.#getting._line.releaseNext());
    while (this.#putting._line.releaseNext());
  }

  statistics(): QueueStatistics {
    return {
      size: this.size,
      maxSize: this.maxSize,
      unfinished: this._unfinished,
      isShutDown: this._isShutDown,
      getters: this.#getting._line.tasks(),
      putters: this.#putting._line.tasks(),
      joiners: this.#joining._line.tasks(),
    }
  }

  toString(): string {
    const limit = this.maxSize === 0 ? '' : ` of ${this.maxSize}`
    const state = `${this.size}${limit} items${this._isShutDown ? ', shut down' : ''}`
    return textOf(this.constructor.name, this.name, state, 0)
  }

  /** @internal */
  _describe(): string {
    const limit = this.maxSize === 0 ? '' : ` of ${this.maxSize}`
    return `${this.#title()} (${this.size}${limit} items)`
  }

  #title(): string {
    return titleOf('queue', this.name)
  }

  #wakeJoiners(): void {
    this.#joining._line.wake(this.#joining._line.size)
  }
}

/**
 * A queue that gives the lowest first; equals in the order they were put.
 *
 * Numbers, bigints, strings and dates go by their own order, lists by their first element: `[priority, item]`. Anything
 * else needs `compare`.
 *
 * @example
 * ```ts
 * const urgent = new PriorityQueue<Job>({ compare: (a, b) => a.deadline - b.deadline })
 * const simple = new PriorityQueue<[priority: number, job: Job]>()
 * ```
 * @see asyncio.PriorityQueue
 */
export class PriorityQueue<T> extends Queue<T> {
  constructor(options?: QueueOptions & { compare?: Compare<T> | undefined }) {
    if (options?.compare !== undefined) checkCallback('compare', options.compare)
    super(options, new PriorityStore<T>(options?.compare ?? byPriority))
  }
}

/**
 * A queue that gives the last put first.
 *
 * @example
 * ```ts
 * const undo = new LifoQueue<Step>()
 * ```
 * @see asyncio.LifoQueue
 */
export class LifoQueue<T> extends Queue<T> {
  constructor(options?: QueueOptions) {
    super(options, new Stack<T>())
  }
}

showAsText(Queue.prototype)
