import { type AnyFunction, give, type Steps, twinOf } from '../coroutine/twin.ts'
import type { Suspendable } from './after.ts'
import { Finished } from './finished.ts'

/** The names of the language's own functions that have twins. */
const installed: string[] = []

/** Gives one of the language's own functions its twin; it has none where the engine does not know the function. */
export function install(
  name: string,
  owner: object,
  key: PropertyKey,
  twin: (native: AnyFunction) => (this: unknown, ...args: never[]) => Steps,
): void {
  const native = (owner as Record<PropertyKey, AnyFunction | undefined>)[key]
  if (native === undefined) return
  give(native, twin(native))
  installed.push(name)
}

/** The steps of a call that is left to the function itself. Its name tells whoever reads a stack where that was called. */
export function plaitPlainly(native: AnyFunction, self: unknown, args: readonly unknown[]): Steps {
  return new Finished(Reflect.apply(native, self, args as never[]))
}

/** A method with a callback: where that has a twin, and the method something to work on, by `steps`; otherwise as ever. */
export function withCallback(
  steps: (self: object, fn: unknown, args: readonly unknown[]) => Suspendable<unknown>,
): (native: AnyFunction) => (this: unknown, ...args: unknown[]) => Steps {
  return native =>
    function (this: unknown, ...args: unknown[]): Steps {
      const [fn] = args
      if (twinOf(fn) === undefined || this === undefined || this === null)
        return plaitPlainly(native, this, args)
      return steps(Object(this) as object, fn, args)
    }
}

export function installedNames(): readonly string[] {
  return installed
}
