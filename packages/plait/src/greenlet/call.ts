import type { Coroutine } from '../coroutine/coroutine.ts'
import { greenletOf, stillGreenlet } from '../coroutine/greenlet.ts'
import { colorless } from '../coroutine/twin.ts'
import { misuse } from '../errors/misuse.ts'

/**
 * A call of a plain function that can be suspended, as a coroutine: `yield*` it in a generator, await it in an async
 * function, make it a task. It begins when it is waited for.
 *
 * Suspends: where a plain wait underneath does. Cancellation: thrown at that wait.
 *
 * @throws MisuseError if the function cannot be suspended: the colorless transform does not have its file
 * @example
 * ```ts
 * const tree = yield* call(parse, source)
 * ```
 */
export function call<A extends readonly unknown[], T>(fn: (...args: A) => T, ...args: A): Coroutine<T> {
  const made = greenletOf<T>(fn, args)
  if (made !== undefined) return made
  if (!colorless.isOn || typeof fn !== 'function') throw misuse('noTwin', 'call(…)', fn)
  return stillGreenlet<T>(fn as unknown as (...args: never[]) => T, args)
}
