import { type AnyFunction, give, lend } from '../coroutine/twin.ts'
import { giveG, lendG } from './generator.ts'
import { wrap } from './sync.ts'

/*
 * Functions that call themselves by a name of their own, `const f = function again(n) { … again(n - 1) … }`: their twins are made by a
 * function of that name, so that it means the function in there too.
 */

type Maker = (self: AnyFunction) => AnyFunction

/**
 * As `give`, for a function expression that uses its own name.
 *
 * @example
 * ```ts
 * const f = giveOwn(function again(n) { … }, again => function* (n) { … })
 * ```
 */
export function giveOwn<F extends AnyFunction>(fn: F, make: Maker): F {
  return give(fn, make(fn))
}

/**
 * As `lend`, for a function expression that uses its own name.
 *
 * @example
 * ```ts
 * const f = lendOwn(function again(n) { … }, again => function* (n) { … })
 * ```
 */
export function lendOwn<F extends AnyFunction>(fn: F, make: Maker): F {
  return lend(fn, make(fn))
}

/**
 * As `giveG`, for a generator function expression that uses its own name.
 *
 * @example
 * ```ts
 * const f = giveGOwn(function* again(n) { … }, again => function* (n) { … })
 * ```
 */
export function giveGOwn<F extends AnyFunction>(fn: F, make: Maker): F {
  return giveG(fn, make(fn))
}

/**
 * As `lendG`, for a generator function expression that uses its own name.
 *
 * @example
 * ```ts
 * const f = lendGOwn(function* again(n) { … }, again => function* (n) { … })
 * ```
 */
export function lendGOwn<F extends AnyFunction>(fn: F, make: Maker): F {
  return lendG(fn, make(fn))
}

/**
 * As `wrap`, for a function expression that uses its own name.
 *
 * @example
 * ```ts
 * const f = wrapOwn(again => function* (n) { … }, 'again', 1)
 * ```
 */
export function wrapOwn(make: Maker, name: string, length: number): AnyFunction {
  let twin: AnyFunction | undefined
  const self = wrap(
    function (this: unknown, ...args: never[]) {
      return (twin as AnyFunction).apply(this, args)
    } as AnyFunction,
    name,
    length,
    0,
  )
  twin = make(self)
  return self
}
