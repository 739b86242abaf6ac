import type { Waiting } from '../coroutine/wait.ts'
import { mn, S } from '../twins/enter.ts'

/** What a call of a twin gives, once it is over: `result` is what it gave at first. */
export function* resultOf<T>(result: unknown): Waiting<T> {
  if (result !== S) return result as T
  return ((yield S as never) as unknown as { readonly _result: T })._result
}

/** The steps of a call of a user's function, which may wait if it is plain and transformed. */
export function* called<A extends readonly unknown[], T>(
  fn: (...args: A) => T,
  args: A,
  self?: unknown,
): Waiting<T> {
  const result = mn(self, fn, args)
  return result === S ? yield* resultOf<T>(result) : (result as T)
}
