import type { Operation } from '../coroutine/wait.ts'
import { makeTask } from './create-task.ts'
import { asyncStrand, currentLoop } from './current.ts'
import { hearFuture, settleFuture } from './settle-future.ts'
import { partOf, type Task } from './task.ts'

/**
 * The promise of a cold operation: what `await` gets. In an async-function task the operation runs in that task, as a
 * part of it, from this moment; elsewhere in a task of its own.
 */
export function settleOperation<T>(operation: Operation<T>): Promise<T> {
  const owner = asyncStrand() as Task<unknown> | undefined
  if (owner === undefined) return settleFuture(makeTask<T>(currentLoop(), operation))
  const part = partOf<T>(owner, operation)
  passCancel(owner, part)
  part._runNow()
  // Its first step may have cancelled the task it is a part of: that is for what it waits for, or for the next wait.
  if (!part.done()) passCancel(owner, part)
  return hearFuture(part, owner)
}

/** A cancel that could not be thrown yet is thrown in the part that waits. */
function passCancel(owner: Task<unknown>, part: Task<unknown>): void {
  const pending = owner._takePendingCancel()
  if (pending !== undefined) part.cancel(pending.reason)
}
