import { mn, S } from '../twins/enter.ts'

/** The steps of a call of a user's function, which may wait if it is plain and transformed. */
export function* called<A extends readonly unknown[], T>(
  fn: (...args: A) => T,
  args: A,
  self?: unknown,
): Generator<never, T, unknown> {
  const result = mn(self, fn, args)
  if (result !== S) return result as T
  return ((yield S as never) as { readonly _result: T })._result
}
