import { delivery, transfer } from '../coroutine/transfer.ts'
import type { Frame, Strand } from '../coroutine/wait.ts'
import { active } from '../loop/scheduler.ts'
import { FAILED, FINISHED, Future } from '../tasks/future.ts'
import type { Task } from '../tasks/task.ts'
import { SCOPED } from '../tasks/task-state.ts'

/** Moves a task over to the greenlet that the last switch was for, and has it go on there. */
export function moveTask(strand: Strand): void {
  const task = strand as Task<unknown>
  transfer.move(task)
  task._goOnWith(task._leaf as Frame)
  if (delivery.away) goOnElsewhere(task)
  else task._advance(delivery.throws, delivery.throws ? delivery._result : delivery)
}

/**
 * Has a task go on that has moved over to a greenlet with another context of the host's: before anybody else does, and in a
 * step of its own, since a step enters only one.
 */
export function goOnElsewhere(strand: Strand): void {
  const task = strand as Task<unknown>
  const arrived = new Future<unknown>({ loop: task._loop })
  arrived._flags = delivery.throws ? FAILED : FINISHED
  arrived._value = delivery._result
  task._waiting = arrived as never
  task._flags = task._context.scope === undefined ? task._flags & ~SCOPED : task._flags | SCOPED
  if (active.loop === task._loop) task._loop._ring.unshift(task)
  else task._loop._push(task)
}
