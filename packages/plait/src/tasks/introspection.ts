import type { Scheduler } from '../loop/scheduler.ts'
import { currentLoop, currentStrand } from './current.ts'
import type { Task } from './task.ts'

/**
 * The task whose code is running: also inside async functions, after any `await`. Undefined outside tasks.
 *
 * @example
 * ```ts
 * console.log(currentTask()?.name)
 * ```
 * @see asyncio.current_task
 */
export function currentTask(): Task<unknown> | undefined {
  return (currentStrand() as Task<unknown> | undefined)?._whole
}

/**
 * Every task of the loop that is not done, in the order made.
 *
 * @example
 * ```ts
 * for (const task of allTasks()) console.log(String(task))
 * ```
 * @see asyncio.all_tasks
 */
export function allTasks(loop: Scheduler = currentLoop()): Task<unknown>[] {
  return [...loop._roster] as Task<unknown>[]
}
