import {
  type AnyFunction,
  give,
  type Steps,
  TWIN,
  Twin,
  type TwinMaker,
  type Twinned,
} from '../coroutine/twin.ts'
import { Finished } from './finished.ts'
import { Inner } from './generator-steps.ts'
import { NO_CONSTRUCTOR } from './making.ts'

type Generators = ((inner: Inner) => Generator) & { prototype: unknown }

/**
 * The twin of a generator function: a call of it is over at once, and gives a generator whose steps may suspend. The
 * generator is the engine's own, made by a function with the very prototype that the program's has.
 */
function twinOfMaker(fn: AnyFunction, inner: AnyFunction): TwinMaker {
  const generators = function* (steps: Inner): Generator {
    return yield* steps
  } as Generators
  return function (...args) {
    const steps = new Inner(Reflect.apply(inner, this, args as never[]) as Steps)
    if (generators.prototype !== fn.prototype) generators.prototype = fn.prototype
    const generator = generators(steps)
    steps.run(generator)
    return new Finished(generator)
  }
}

/**
 * Gives a generator function its twin; as `give`. In code that the colorless transform writes.
 *
 * @param inner the function's text, in which `yield` is what it was, and a suspension is `yield S`
 * @example
 * ```ts
 * const lines = giveG(function* (path) { yield read(path) }, function* (path) {
 *   let r
 *   yield ((r = c1(read, path)) === S ? (yield S)._result : r)
 * })
 * ```
 */
export function giveG<F extends AnyFunction>(fn: F, inner: AnyFunction): F {
  return give(fn, twinOfMaker(fn, inner), NO_CONSTRUCTOR)
}

/** As `giveG`, for generator functions that are made often; as `lend`. */
export function lendG<F extends AnyFunction>(fn: F, inner: AnyFunction): F {
  ;(fn as Twinned)[TWIN] = new Twin(fn, twinOfMaker(fn, inner), NO_CONSTRUCTOR)
  return fn
}

/** A generator function that is made inside a twin: whoever knows nothing of twins gets generators of the twin's text too. */
export function wrapG(inner: AnyFunction, name: string, length: number): AnyFunction {
  const fn = function* (this: unknown, ...args: unknown[]): Generator {
    const steps = new Inner(Reflect.apply(inner, this, args as never[]) as Steps)
    steps.isEntered = true
    return yield* steps
  }
  Object.defineProperty(fn, 'name', { value: name, configurable: true })
  Object.defineProperty(fn, 'length', { value: length, configurable: true })
  return lendG(fn as AnyFunction, inner)
}
