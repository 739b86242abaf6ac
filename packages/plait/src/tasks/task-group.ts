import type { Awaitable, Waiting } from '../coroutine/wait.ts'
import { type CancelledError, isCancelled } from '../errors/cancelled-error.ts'
import { checkCallback } from '../errors/check-callback.ts'
import { ExceptionGroup } from '../errors/exception-group.ts'
import { misuse } from '../errors/misuse.ts'
import { Call } from './call.ts'
import { createTaskOn, type TaskOptions } from './create-task.ts'
import { describeTasks } from './describe-tasks.ts'
import { FAILED, FINISHED, Future, STATE } from './future.ts'
import { runBody, strandOf } from './run-body.ts'
import type { Body, Runnable } from './runnable.ts'
import type { Task } from './task.ts'
import { watchFuture } from './watch-future.ts'

/**
 * Tasks that live and end together: the group's body does not return before they have all ended, and the first that
 * fails cancels the others.
 *
 * @example
 * ```ts
 * const total = yield* taskGroup(function* (group) {
 *   const parts = urls.map(url => group.createTask(fetchSize(url)))
 *   let sum = 0
 *   for (const part of parts) sum += yield* part
 *   return sum
 * })
 * ```
 * @see asyncio.TaskGroup
 */
export class TaskGroup {
  readonly #parent: Task<unknown>
  readonly #tasks = new Set<Task<unknown>>()
  readonly #errors: unknown[] = []
  #isLeaving = false
  #isAborting = false
  #hasCancelledParent = false
  #allDone: Future<void> | undefined

  /** @internal */
  constructor(parent: Task<unknown>) {
    this.#parent = parent
  }

  /**
   * Makes a task in the group. One that fails cancels the rest, the group's body included.
   * @throws MisuseError when the group has ended or is shutting down
   */
  createTask<T>(what: Runnable<T>, options?: TaskOptions): Task<T> {
    if (this.#isLeaving && this.#tasks.size === 0) throw misuse('groupFinished')
    if (this.#isAborting) throw misuse('groupShuttingDown')
    const task = createTaskOn(this.#parent._loop, what, options)
    // Through the queue even if it is done: an eager child that failed at once must not cancel its maker mid-step.
    this.#tasks.add(task)
    watchFuture(task, () => this.#onDone(task))
    return task
  }

  /** Cancels the tasks in the group and what is left of its body, without an error: the group then ends quietly. */
  cancel(): void {
    if (!this.#isAborting) this.#abort()
    this.#cancelParent()
  }

  /** @internal Waits for the tasks after the body has ended, and decides what the group ends with. */
  *_leave(failed: boolean, error: unknown): Waiting<void> {
    this.#isLeaving = true
    let cancel: CancelledError | undefined = failed && isCancelled(error) ? error : undefined
    if (failed && !this.#isAborting) this.#abort()

    while (this.#tasks.size > 0) {
      this.#allDone = new GroupEnd(this.#parent._loop, this.#tasks)
      try {
        yield* this.#allDone
      } catch (interrupted) {
        if (!isCancelled(interrupted)) throw interrupted
        // While aborting, further cancels have nothing left to stop.
        if (!this.#isAborting) {
          cancel = interrupted
          this.#abort()
        }
      }
      this.#allDone = undefined
    }

    // The cancel that this group sent to its own parent is taken back; another one is handed on, unless errors go first.
    if (this.#hasCancelledParent && this.#parent.uncancel() <= 0) cancel = undefined
    if (cancel !== undefined && this.#errors.length === 0) throw cancel
    if (failed && !isCancelled(error)) this.#errors.push(error)
    if (this.#errors.length === 0) return
    if (this.#parent.cancelling() > 0) {
      // An outside cancel that collided is delivered again, at the next wait.
      this.#parent.uncancel()
      this.#parent.cancel()
    }
    throw new ExceptionGroup('unhandled errors in a task group', this.#errors)
  }

  #abort(): void {
    this.#isAborting = true
    for (const task of this.#tasks) if (!task.done()) task.cancel()
  }

  #cancelParent(): void {
    if (this.#hasCancelledParent || this.#isLeaving) return
    this.#hasCancelledParent = true
    this.#parent.cancel()
  }

  #onDone(task: Task<unknown>): void {
    this.#tasks.delete(task)
    const allDone = this.#allDone
    if (allDone !== undefined && this.#tasks.size === 0 && !allDone.done())
      allDone._finish(FINISHED, undefined)
    if ((task._flags & STATE) !== FAILED) return
    this.#errors.push(task._takeError())
    if (this.#parent.done() || this.#isAborting || this.#hasCancelledParent) return
    // The parent may stand in the body, or be leaving: either way it is woken, once.
    this.#abort()
    this.#hasCancelledParent = true
    this.#parent.cancel()
  }
}

/** What a group waits for while it is leaving. */
class GroupEnd extends Future<void> {
  readonly #tasks: ReadonlySet<Task<unknown>>

  constructor(loop: Task<unknown>['_loop'], tasks: ReadonlySet<Task<unknown>>) {
    super({ loop })
    this.#tasks = tasks
  }

  override _describe(): string {
    return `the tasks of its group: ${describeTasks(this.#tasks)}`
  }

  override _blockers(): Iterable<Future<unknown>> {
    return this.#tasks
  }
}

/**
 * Runs a body with a group of tasks and gives what the body returns, when all tasks have ended. The first failure
 * cancels the other tasks and the body.
 *
 * Suspends: until every task of the group has ended. Cancellation: cancels the tasks and waits for them.
 *
 * @throws ExceptionGroup of what failed, tasks first, the body's own error last
 * @example
 * ```ts
 * yield* taskGroup(function* (group) { for (const url of urls) group.createTask(crawl(url)) })
 * ```
 * @see asyncio.TaskGroup
 */
export function taskGroup<T>(body: Body<[group: TaskGroup], T>): Awaitable<T> {
  checkCallback('taskGroup', body)
  return new Call('taskGroup(…)', () => grouped(body))
}

function* grouped<T>(body: Body<[group: TaskGroup], T>): Waiting<T> {
  const group = new TaskGroup(strandOf('taskGroup(…)'))
  let result: T
  try {
    result = yield* runBody(body, 'taskGroup(…)', group)
  } catch (error) {
    yield* group._leave(true, error)
    // Only a cancel that was the group's own gets here: the body was stopped, and there is nothing to return.
    return undefined as T
  }
  yield* group._leave(false, undefined)
  return result
}
