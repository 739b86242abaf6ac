import { delivery } from '../coroutine/transfer.ts'
import { active, type Scheduler } from '../loop/scheduler.ts'
import type { Waitable } from './call-body.ts'
import { FAILED, FINISHED, Future } from './future.ts'
import { SCOPED } from './task-state.ts'

/** A task, as far as what its next step goes on with. */
interface Stepped {
  _flags: number
  _waiting: Waitable | undefined
  readonly _context: { readonly scope: unknown }
  readonly _loop: Scheduler
  run(): void
}

/** The next step of a task throws this into it. */
export function failSoon(task: Stepped, error: unknown): void {
  task._waiting = settled(task, FAILED, error)
  task._loop._push(task)
}

/** A task goes on, before anybody else does, in a greenlet that has another context of the host's: a step enters only one. */
export function goOnElsewhere(task: Stepped): void {
  task._waiting = settled(task, delivery.throws ? FAILED : FINISHED, delivery._result)
  task._flags = task._context.scope === undefined ? task._flags & ~SCOPED : task._flags | SCOPED
  if (active.loop === task._loop) task._loop._ring.unshift(task)
  else task._loop._push(task)
}

function settled({ _loop }: Stepped, state: number, value: unknown): Waitable {
  const future = new Future<unknown>({ loop: _loop })
  future._flags = state
  future._value = value
  return future as Waitable
}
