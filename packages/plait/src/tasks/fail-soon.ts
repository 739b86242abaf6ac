import type { Entry } from '../loop/ready-ring.ts'
import type { Scheduler } from '../loop/scheduler.ts'
import type { Waitable } from './call-body.ts'
import { FAILED, Future } from './future.ts'

/** The next step of a task throws this into it. */
export function failSoon(
  task: Entry & { _waiting: Waitable | undefined; readonly _loop: Scheduler },
  error: unknown,
): void {
  const failed = new Future<never>({ loop: task._loop })
  failed._flags = FAILED
  failed._value = error
  task._waiting = failed as Waitable
  task._loop._push(task)
}
