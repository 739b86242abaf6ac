import { lend, twinOf } from '../coroutine/twin.ts'
import { notAFunction } from './not-a-function.ts'

type Plain = (this: unknown, ...args: unknown[]) => unknown

const nativeBind = Function.prototype.bind

/**
 * `self.bind(…args)`, where `fn` is what `self.bind` was: a function with a twin, bound, has one too. In code that the
 * colorless transform writes.
 *
 * @example
 * ```ts
 * const bound = bind(load, load.bind, [undefined, url])
 * ```
 */
export function bind(self: unknown, fn: unknown, args: readonly unknown[]): unknown {
  if (typeof fn !== 'function') throw notAFunction(fn)
  const result: unknown = Reflect.apply(fn, self, args)
  if (fn !== nativeBind) return result
  const gen = twinOf(self)
  if (gen === undefined) return result
  const [thisArg, ...first] = args
  return lend(result as Plain, (...rest: unknown[]) => Reflect.apply(gen, thisArg, [...first, ...rest]))
}
