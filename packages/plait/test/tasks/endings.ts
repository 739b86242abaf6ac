import { type Operation, sleep } from '../../src/index.ts'

/** How a wait ends: its value, or its error as a value. */
export function* ending<T>(what: Operation<T>): Operation<{ value: T } | { error: unknown }> {
  try {
    return { value: yield* what }
  } catch (error) {
    return { error }
  }
}

/** The error a wait ends with; fails if it ends well. */
export function* errorOf(what: Operation<unknown>): Operation<unknown> {
  const end = yield* ending(what)
  if ('error' in end) return end.error
  throw new Error(`ended well, with ${String(end.value)}`)
}

/** Sleeps, then returns or throws. */
export function* after<T>(ms: number, result: T): Operation<T> {
  yield* sleep(ms)
  if (result instanceof Error) throw result
  return result
}
