import { DeadlockError } from '../errors/deadlock-error.ts'
import type { Scheduler } from '../loop/scheduler.ts'
import { AsyncWaits } from './async-waits.ts'
import { Future } from './future.ts'
import { Task } from './task.ts'

/** Who waits for what, of every task of a loop. */
export function deadlockOf(loop: Scheduler): DeadlockError {
  const stuck = ([...loop._roster] as Task<unknown>[]).map((task, i) => {
    // A place costs half a millisecond to find: of thousands, the first tell enough.
    const stack = i < MOST_PLACES ? task.getStack() : []
    return {
      task: task.name,
      coroutine: stack.map(({ name }) => name).join(' > '),
      location: stack.at(-1)?.location,
      waitsFor: waitsFor(task),
    }
  })
  return new DeadlockError(stuck)
}

const MOST_PLACES = 50

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
  // A part is the task itself: what matters is what that part waits for.
  if (target instanceof Task && target._owner !== undefined && !target.done()) return waitsFor(target)
  return target._describe()
}
