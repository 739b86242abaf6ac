import { nativeStack } from '../coroutine/native-stack.ts'
import { running } from '../coroutine/surroundings.ts'
import { active } from '../loop/scheduler.ts'
import { AsyncWaits } from '../tasks/async-waits.ts'
import { FAILED, Future, STATE } from '../tasks/future.ts'
import { OutsideWait } from '../tasks/outside-wait.ts'
import { Sleep } from '../tasks/sleep.ts'
import type { Task } from '../tasks/task.ts'

/** Whether a hub's callback runs, and no greenlet: whoever is resumed from here runs at once. */
export function isInHub(loop: unknown): boolean {
  return active.loop === loop && running.strand === undefined
}

/** Runs a suspended greenlet here and now, in the hub; from elsewhere, in its turn. */
export function resumeNow(task: Task<unknown>): void {
  if (!isInHub(task._loop)) {
    task._loop._push(task)
    return
  }
  // The callback that runs may be one that cannot be suspended: whoever it resumes can be.
  const { depth, noSuspend } = nativeStack
  nativeStack.noSuspend = 0
  try {
    task.run()
  } finally {
    nativeStack.depth = depth
    nativeStack.noSuspend = noSuspend
  }
}

/** A sleep of a hub. */
interface Napping {
  /** Nobody waits for it any more. */
  _drop?(): void
}

/**
 * Throws an error in a greenlet that is suspended, at its wait, here and now. What is there for this wait alone is given up:
 * a timer, what was begun outside. A task or a future that it waited for goes on.
 */
export function throwInto(task: Task<unknown>, error: unknown): void {
  const waiting: unknown = task._waiting
  if (task.done()) return
  if (waiting instanceof AsyncWaits) {
    task.cancel(error)
    return
  }
  // One that is queued has no wait to be taken out of: it is thrown there when its turn comes.
  const isQueued = !(waiting instanceof Future) || (waiting._flags & STATE) !== 0
  if (!isQueued) {
    waiting._unwatch(waiter => (waiter as unknown) === task)
    if (waiting instanceof Sleep || waiting instanceof OutsideWait) waiting.cancel()
    else (waiting as Napping)._drop?.()
  }
  const thrown = new Future<never>({ loop: task._loop })
  thrown._flags = FAILED
  thrown._value = error
  task._waiting = thrown as never
  if (!isQueued) resumeNow(task)
}
