import { Coroutine } from '../coroutine/coroutine.ts'
import { DeadlockError } from '../errors/deadlock-error.ts'
import type { Scheduler } from '../loop/scheduler.ts'
import { AsyncWaits } from './async-waits.ts'
import { Future } from './future.ts'
import type { Task } from './task.ts'

/** Who waits for what, of every task of a loop. */
export function deadlockOf(loop: Scheduler): DeadlockError {
  const stuck = ([...loop._roster] as Task<unknown>[]).map(task => ({
    task: task.name,
    coroutine: innermost(task),
    waitsFor: waitsFor(task),
  }))
  return new DeadlockError(stuck)
}

function innermost(task: Task<unknown>): string {
  const names: string[] = []
  for (let frame = task._leaf; frame !== undefined; frame = frame._caller) names.unshift(frame.name)
  if (names.length > 0) return names.join(' > ')
  const coro = task.getCoro()
  if (typeof coro === 'function') return coro.name || 'a function'
  return coro instanceof Coroutine ? coro.name : 'a generator'
}

function waitsFor(task: Task<unknown>): string {
  const waiting = task._waiting
  if (waiting instanceof AsyncWaits) {
    const waits = [...waiting].map(wait => describe(wait.future))
    return waits.length === 0 ? 'a promise' : waits.join(' and ')
  }
  return describe(waiting)
}

function describe(target: unknown): string {
  if (!(target instanceof Future)) return 'its next turn'
  return target._describe()
}
