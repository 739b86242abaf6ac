import { type AnyFunction, give, lend, type Steps, type TwinMaker } from '../coroutine/twin.ts'
import { Finished } from './finished.ts'
import './generator-steps.ts'
import { Inner } from './inner-generator.ts'

type Generators = ((inner: Inner) => Generator) & { prototype: unknown }

/**
 * The twin of a generator function: a call of it is over at once, and gives a generator whose steps may suspend. The
 * generator is the engine's own, made by a function with the very prototype that the program's has.
 */
function twinOfMaker(fn: AnyFunction, inner: AnyFunction): TwinMaker {
  let generators: Generators | undefined
  return function (...args) {
    const steps = new Inner(Reflect.apply(inner, this, args as never[]) as Steps)
    generators ??= generatorsOf(fn.name)
    if (generators.prototype !== fn.prototype) generators.prototype = fn.prototype
    const generator = generators(steps)
    steps.run(generator)
    return new Finished(generator)
  }
}

/** A function whose generators do what they are given to; its name is what stacks show. */
function generatorsOf(name: string): Generators {
  return {
    *[name](steps: Inner): Generator {
      return yield* steps
    },
  }[name] as Generators
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
  return give(fn, twinOfMaker(fn, inner))
}

/**
 * As `giveG`, for generator functions that are made often; as `lend`. In code that the colorless transform writes.
 *
 * @example
 * ```ts
 * const items = lendG(function* () { yield read(path) }, function* () {
 *   let r
 *   yield ((r = c1(read, path)) === S ? (yield S)._result : r)
 * })
 * ```
 */
export function lendG<F extends AnyFunction>(fn: F, inner: AnyFunction): F {
  return lend(fn, twinOfMaker(fn, inner))
}

/**
 * A generator function that is made inside a twin: whoever knows nothing of twins gets generators of the twin's text too,
 * whose parameters are evaluated by the first step. In code that the colorless transform writes.
 *
 * @example
 * ```ts
 * const items = wrapG(function* (path) { … }, 'items', 1)
 * ```
 */
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
