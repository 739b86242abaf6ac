import { cancelledError } from '../errors/cancelled-error.ts'
import { HAS_SIGNAL } from './task-state.ts'

/** A task, as far as its signal goes. */
interface Cancellable {
  _flags: number
  cancelling(): number
}

const controllers = new WeakMap<object, AbortController>()

/** The signal of a task: made when somebody reads it, since few do. */
export function signalOf(task: Cancellable): AbortSignal {
  let controller = controllers.get(task)
  if (controller === undefined) {
    controller = new AbortController()
    controllers.set(task, controller)
    task._flags |= HAS_SIGNAL
    if (task.cancelling() > 0) controller.abort(cancelledError(undefined))
  }
  return controller.signal
}

/** The task was cancelled: its signal is aborted, with the reason given or the cancel itself. */
export function abortSignal(task: object, reason: unknown): void {
  controllers.get(task)?.abort(reason ?? cancelledError(undefined))
}
