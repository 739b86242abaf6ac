import { inspecting } from '../coroutine/location.ts'
import { DeadlockError, type StuckTask } from '../errors/deadlock-error.ts'
import type { Scheduler } from '../loop/scheduler.ts'
import { AsyncWaits } from './async-waits.ts'
import { findCircles } from './find-circles.ts'
import { Future } from './future.ts'
import { Task } from './task.ts'

/** Who waits for what, of every task of a loop: those first who wait for each other in a circle. */
export function deadlockOf(loop: Scheduler): DeadlockError {
  const tasks = [...loop._roster] as Task<unknown>[]
  const circles = findCircles(tasks, waitedForBy)
  const inCircles = circles.flat()
  const rest = new Set(tasks)
  for (const task of inCircles) rest.delete(task)
  const stuck = inspecting(() => [...new Set([...inCircles, ...rest])].map(tell))
  return new DeadlockError(
    stuck,
    circles.map(circle => circle.map(({ name }) => name)),
  )
}

const MOST_PLACES = 50

function tell(task: Task<unknown>, i: number): StuckTask {
  // A place costs half a millisecond to find: of thousands, the first tell enough.
  const stack = i < MOST_PLACES ? task.getStack() : []
  return {
    task: task.name,
    coroutine: stack.map(({ name }) => name).join(' > '),
    location: stack.at(-1)?.location,
    waitsFor: waitsFor(task),
  }
}

/** What a task is parked on: an async function may be in several waits at once. */
function targetsOf(task: Task<unknown>): unknown[] {
  const waiting = task._waiting
  return waiting instanceof AsyncWaits ? [...waiting].map(wait => wait.future) : [waiting]
}

/** What a task waits for, in words. */
export function waitsFor(task: Task<unknown>): string {
  const targets = targetsOf(task)
  return targets.length === 0 ? 'a promise' : targets.map(describe).join(' and ')
}

function describe(target: unknown): string {
  if (!(target instanceof Future)) return 'its next turn'
  // A part is the task itself: what matters is what that part waits for.
  return isPart(target) ? waitsFor(target) : target._describe()
}

function isPart(target: Future<unknown>): target is Task<unknown> {
  return target instanceof Task && target._owner !== undefined && !target.done()
}

/** The tasks that could end a task's wait. */
function waitedForBy(task: Task<unknown>): Set<Task<unknown>> {
  const found = new Set<Task<unknown>>()
  const seen = new Set<unknown>()
  const look = (target: unknown): void => {
    if (!(target instanceof Future) || target.done() || seen.has(target)) return
    seen.add(target)
    if (isPart(target)) for (const inner of targetsOf(target)) look(inner)
    else if (target instanceof Task) found.add(target)
    else for (const blocker of target._blockers()) look(blocker)
  }
  for (const target of targetsOf(task)) look(target)
  return found
}
