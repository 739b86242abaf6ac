import { Context } from '../coroutine/context-var.ts'
import { nesting } from '../coroutine/surroundings.ts'
import { misuse } from '../errors/misuse.ts'
import { active, type Scheduler } from '../loop/scheduler.ts'
import { currentLoop } from './current.ts'
import { Future } from './future.ts'
import { checkRunnable, checkSignal, type Plain, type Runnable } from './runnable.ts'
import { Task } from './task.ts'

/** How to make a task. */
export interface TaskOptions {
  /** Its name; else Task-1, Task-2, … */
  name?: string | undefined
  /** The context it runs in and changes; else a copy of its maker's. */
  context?: Context | undefined
  /** Runs its first step at once, before `createTask` returns, if the loop is running; else in the next turn. */
  eagerStart?: boolean | undefined
  /** Cancels the task when aborted, with the signal's reason. */
  signal?: AbortSignal | undefined
}

/** Makes the tasks of a loop, in place of `createTask`'s own way. */
export type TaskFactory = <T>(loop: Scheduler, what: Runnable<T>, options: TaskOptions) => Task<T>

/** Makes a task on this loop, by its factory if it has one. */
export function createTaskOn<T>(loop: Scheduler, what: Runnable<T>, options?: TaskOptions): Task<T> {
  const factory = loop._taskFactory as TaskFactory | undefined
  if (factory === undefined) return makeTask(loop, what, options)
  const task: unknown = factory(loop, what, options ?? {})
  if (task instanceof Task) return task
  throw misuse('noTaskMade', task)
}

/** Eager tasks that start eager tasks use the native stack; beyond this depth they wait for their turn as others do. */
const DEEPEST_EAGER = 100

/** Makes a task on this loop. */
export function makeTask<T>(loop: Scheduler, what: Runnable<T>, options?: TaskOptions): Task<T> {
  if (loop.isClosed()) throw misuse('loopClosed')
  checkRunnable(what)
  checkSignal(options?.signal)
  if (options?.context !== undefined && !(options.context instanceof Context)) {
    throw misuse('notAContext', options.context)
  }
  const task = new Task<T>(what, loop, options?.name, options?.context)
  if (options?.signal !== undefined) cancelOn(options.signal, task)
  if (options?.eagerStart === true && active.loop === loop && nesting() < DEEPEST_EAGER) task._runNow()
  else loop._push(task)
  return task
}

/**
 * A task that is made starts at once, up to its first wait that is not satisfied, in place of a turn later.
 *
 * @example
 * ```ts
 * getEventLoop().setTaskFactory(eagerTaskFactory)
 * ```
 * @see asyncio.eager_task_factory
 */
export const eagerTaskFactory: TaskFactory = (loop, what, options) =>
  makeTask(loop, what, { eagerStart: true, ...options })

/**
 * Makes a task of an operation, a coroutine, or a function that begins one: it runs beside the others from the next
 * turn on, whether anybody waits for it or not. It is held strongly until it ends, and an error nobody takes is reported.
 *
 * @throws MisuseError for a promise (it already runs outside any task: pass the function) and for what cannot be run
 * @example
 * ```ts
 * const task = createTask(load(url), { name: 'load' })
 * const page = yield* task
 * ```
 * @see asyncio.create_task
 */
export function createTask<T>(what: Runnable<T>, options?: TaskOptions): Task<T>
export function createTask<T>(fn: Plain<T>, options?: TaskOptions): Task<T>
export function createTask(what: Runnable<unknown>, options?: TaskOptions): Task<unknown> {
  return createTaskOn(currentLoop(), what, options)
}

/**
 * The future or task itself; of anything else, a task.
 *
 * @example
 * ```ts
 * const task = ensureFuture(load(url))
 * ```
 * @see asyncio.ensure_future
 */
export function ensureFuture<T>(what: Future<T> | Runnable<T>): Future<T> {
  // A sleep is a future inside, yet cold: only what is under way is taken as it is.
  return isUnderWay<T>(what) ? what : createTask(what)
}

/** Whether this is a noun, a future or a task, which is under way whether anybody waits or not. */
export function isUnderWay<T>(what: unknown): what is Future<T> {
  return what instanceof Future && !('_isCold' in what)
}

function cancelOn(signal: AbortSignal, task: Task<unknown>): void {
  if (signal.aborted) {
    task.cancel(signal.reason)
    return
  }
  const onAbort = (): void => void task.cancel(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  task._watch({ _notify: () => signal.removeEventListener('abort', onAbort) })
}
