import type { Operation, Waiting } from '../coroutine/wait.ts'
import { settled } from './follow-promise.ts'
import { isToBeRun } from './greenlet-result.ts'
import { isOperation } from './runnable.ts'

/** Runs a plain function that can be suspended, and what it gives if that is to be run. */
export function* followed<T>(greenlet: Operation<T>): Waiting<T> {
  const value = yield* greenlet as Operation<unknown>
  if (!isToBeRun(value)) return value as T
  if (isOperation(value)) return yield* value as Operation<T>
  return yield* settled(value as PromiseLike<T>)
}
