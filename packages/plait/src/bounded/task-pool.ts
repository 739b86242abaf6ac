import { Coroutine } from '../coroutine/coroutine.ts'
import type { Selectable, Waiting, WaitOptions } from '../coroutine/wait.ts'
import { showAsText } from '../errors/show.ts'
import { checkCount } from '../sync/check-count.ts'
import { textOf, titleOf } from '../sync/title.ts'
import { checkOptions } from '../tasks/check-options.ts'
import { createTask, type TaskOptions } from '../tasks/create-task.ts'
import { describeTasks } from '../tasks/describe-tasks.ts'
import { LineGate } from '../tasks/line-gate.ts'
import { IN_LINE, LATER, Place } from '../tasks/place.ts'
import { runBody } from '../tasks/run-body.ts'
import { checkRunnable, type Runnable } from '../tasks/runnable.ts'
import type { Task } from '../tasks/task.ts'
import { LongLine } from '../tasks/waiting-line.ts'
import { withOptions } from '../tasks/with-signal.ts'

export interface TaskPoolOptions {
  /** So many tasks run at once. */
  limit: number
  /** What reports call it. */
  name?: string | undefined
}

/** What a pool is doing. */
export interface TaskPoolStatistics {
  readonly limit: number
  readonly isPaused: boolean
  /** Those that have begun. */
  readonly running: readonly Task<unknown>[]
  /** Those that have not, first come first. */
  readonly queued: readonly Task<unknown>[]
}

/** Those who wait to begin. */
class Turns extends LineGate<undefined, LongLine> {
  readonly #pool: TaskPool
  limit: number
  isPaused = false
  /** How many have begun and not ended. */
  running = 0
  /** How many were woken for a turn and have not run. */
  #promised = 0

  constructor(pool: TaskPool, limit: number) {
    super('a turn in a pool', new LongLine())
    this.#pool = pool
    this.limit = limit
  }

  override _attempt(): undefined | typeof LATER {
    if (this.#isClosed || this._line.hasLiving) return LATER
    this.running += 1
    return undefined
  }

  override _join(place: Place<undefined>): void {
    if ((place._flags & IN_LINE) === 0) super._join(place)
    else this._line.reopen()
  }

  /** One who was woken begins, unless the pool was paused since, or its limit lowered: then it waits on where it stood. */
  override _claim(place: Place<undefined>): undefined | typeof LATER {
    this.#promised -= 1
    if (this.isPaused || this.running >= this.limit) return LATER
    this.running += 1
    return super._claim(place)
  }

  override _pass(): undefined {
    // Whoever came while this one had not run stood behind it, though there may be a turn for both.
    this.grant()
    return undefined
  }

  override _leave(place: Place<undefined>, wasWoken: boolean): boolean {
    this._line.remove(place)
    if (wasWoken) this.#promised -= 1
    this.grant()
    return true
  }

  override _describe(): string {
    return `its turn in ${this.#pool._describe()}`
  }

  grant(): void {
    while (!this.#isClosed && this._line.first() !== undefined) {
      this.#promised += 1
      this._line.wakeNext()
    }
  }

  get #isClosed(): boolean {
    return this.isPaused || this.running + this.#promised >= this.limit
  }
}

/** Those who wait until nothing is left. */
class Idle extends LineGate<undefined, LongLine> {
  readonly #tasks: ReadonlySet<Task<unknown>>

  constructor(tasks: ReadonlySet<Task<unknown>>) {
    super('pool.join()', new LongLine())
    this.#tasks = tasks
  }

  override _attempt(): undefined | typeof LATER {
    return this.#tasks.size === 0 ? undefined : LATER
  }

  /** One may have been spawned since it was woken. */
  override _pass(): undefined | typeof LATER {
    return this._attempt()
  }

  override _describe(): string {
    return `the tasks of its pool: ${describeTasks(this.#tasks)}`
  }

  override _holders(): readonly Task<unknown>[] {
    return [...this.#tasks]
  }
}

/**
 * Tasks of which only so many run at once; the others wait for their turn. Each is a task like any other: wait for it,
 * cancel it, read its error, and none of that touches another one.
 *
 * Fairness: first spawned, first begun.
 *
 * @example
 * ```ts
 * const pool = new TaskPool({ limit: 8, name: 'downloads' })
 * const tasks = urls.map(url => pool.spawn(() => download(url), { name: url }))
 * yield* pool.join()
 * const sizes = tasks.map(task => task.result())
 * ```
 * @see gevent.pool.Pool
 */
export class TaskPool {
  readonly name: string | undefined
  readonly #queued = new Set<Task<unknown>>()
  readonly #tasks = new Set<Task<unknown>>()
  readonly #idle: Idle = new Idle(this.#tasks)
  readonly #turns: Turns

  constructor(options: TaskPoolOptions) {
    checkOptions('new TaskPool(…)', options ?? null)
    checkCount('limit', options.limit, 1)
    this.name = options.name
    this.#turns = new Turns(this, options.limit)
  }

  /** How many may run at once. Lowered, those that run go on; raised, more begin. */
  get limit(): number {
    return this.#turns.limit
  }

  set limit(limit: number) {
    checkCount('limit', limit, 1)
    this.#turns.limit = limit
    this.#turns.grant()
  }

  /**
   * Makes a task that begins when it is its turn. Cancelled before that, its body never runs.
   *
   * An error that nobody takes is reported, as with any task.
   *
   * @throws MisuseError as `createTask`
   */
  spawn<T>(what: Runnable<T>, options?: TaskOptions): Task<T> {
    checkRunnable(what)
    let hasBegun = false
    let spawned: Task<T> | undefined
    const onBegin = (): void => {
      hasBegun = true
      if (spawned !== undefined) this.#queued.delete(spawned)
    }
    const task = createTask(this.#inTurn(what, onBegin), options)
    spawned = task
    if (task.done()) return task
    this.#tasks.add(task)
    if (!hasBegun) this.#queued.add(task)
    task._watch({ _notify: () => this.#onDone(task, what) })
    return task
  }

  /**
   * Waits until every task has ended, those spawned meanwhile as well. It does not throw their errors: each task has its
   * own.
   *
   * Suspends: while there are any. Cancellation: they go on.
   */
  join(options?: WaitOptions): Selectable<void> {
    return withOptions(new Place(this.#idle), options)
  }

  /** Cancels the tasks that have not begun, so that whoever waits for them is told, and gives how many there were. */
  clear(reason?: unknown): number {
    return cancelAll(this.#queued, reason)
  }

  /** Cancels every task, begun or not, and gives how many there were: `join` waits for their ends. */
  cancel(reason?: unknown): number {
    return cancelAll(this.#tasks, reason)
  }

  /** Lets no more tasks begin; those that run go on. */
  pause(): void {
    this.#turns.isPaused = true
  }

  /** Lets tasks begin again. */
  resume(): void {
    this.#turns.isPaused = false
    this.#turns.grant()
  }

  statistics(): TaskPoolStatistics {
    return {
      limit: this.limit,
      isPaused: this.#turns.isPaused,
      running: [...this.#tasks].filter(task => !this.#queued.has(task)),
      queued: [...this.#queued],
    }
  }

  toString(): string {
    const running = this.#tasks.size - this.#queued.size
    const paused = this.#turns.isPaused ? ', paused' : ''
    const state = `${running} of ${this.limit} running, ${this.#queued.size} queued${paused}`
    return textOf('TaskPool', this.name, state, 0)
  }

  /** @internal */
  _describe(): string {
    const state = this.#turns.isPaused ? 'is paused' : `runs ${this.#turns.running} of ${this.limit}`
    return `${titleOf('pool', this.name)}, which ${state}`
  }

  *#inTurn<T>(what: Runnable<T>, onBegin: () => void): Waiting<T> {
    yield* new Place(this.#turns)
    onBegin()
    try {
      return yield* runBody(what, 'pool.spawn(…)')
    } finally {
      this.#turns.running -= 1
      this.#turns.grant()
    }
  }

  #onDone(task: Task<unknown>, what: unknown): void {
    this.#tasks.delete(task)
    // Never begun: it is not to be reported as forgotten.
    if (this.#queued.delete(task) && what instanceof Coroutine) what.close()
    if (this.#tasks.size === 0) this.#idle._line.wake(this.#idle._line.size)
  }
}

function cancelAll(tasks: ReadonlySet<Task<unknown>>, reason: unknown): number {
  const all = [...tasks]
  for (const task of all) task.cancel(reason)
  return all.length
}

showAsText(TaskPool.prototype)
