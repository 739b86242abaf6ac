import type { AnyFunction } from '../coroutine/twin.ts'
import { plainWaits } from '../coroutine/twin-frame.ts'
import type { Waiting } from '../coroutine/wait.ts'
import { atOnce, plainFunction } from '../greenlet/plain-method.ts'
import { called } from './called.ts'

/**
 * The steps of a call of an object's method that waits, by its name: its own steps, unless a class of the user's has made
 * the method anew.
 */
export function* callMethod(self: object, name: string, args: readonly unknown[]): Waiting<unknown> {
  const members = self as Readonly<Record<string, AnyFunction>>
  const method = members[name] as AnyFunction
  return yield* plainWaits.has(method)
    ? (Reflect.apply(members[`_${name}`] as AnyFunction, self, args as never[]) as Waiting<unknown>)
    : called(method as (...args: readonly unknown[]) => unknown, args, self)
}

/** A plain function of these steps, for a greenlet to run, which shows its name. */
export function runnable<A extends readonly never[]>(
  name: string,
  steps: (...args: A) => Waiting<unknown>,
): (...args: unknown[]) => never {
  const begin = steps as unknown as (...args: unknown[]) => Waiting<never>
  const plain = { [name]: (...args: unknown[]): never => atOnce(name, begin(...args), plain) }[name] as (
    ...args: unknown[]
  ) => never
  plainFunction(plain, begin)
  return plain
}
