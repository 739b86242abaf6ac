import type { Waiting } from '../coroutine/wait.ts'

/** What is there already, as an operation. */
export function* given<T>(value: T): Waiting<T> {
  return value
}
