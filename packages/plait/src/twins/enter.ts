import { nativeStack } from '../coroutine/native-stack.ts'
import { nextOf, type Steps, TWIN, type Twin, type Twinned } from '../coroutine/twin.ts'
import { passUp, TwinFrame } from '../coroutine/twin-frame.ts'
import { bare, HANDED_OVER, PASSED, passing } from '../coroutine/wait.ts'
import { notAFunction } from './not-a-function.ts'

/*
 * The calls of a twin, for code that the colorless transform writes. Each asks its callee for a twin. One without is
 * called as ever. One with a twin is entered at once, on the native stack, and if it ends without suspending that is all;
 * one that suspends becomes a frame, linked with those inside it in `passing`, and the caller hears S, which it yields to
 * its own caller.
 *
 * Whoever reads a stack knows these functions by their names, so those begin with `plait`.
 */

/** What a call gives that has suspended: its caller yields it, and is resumed with the frame of the callee. */
export const S: unknown = PASSED

/**
 * Calls entered inside each other on the native stack; deeper ones are handed to the driver, which enters them from its
 * loop. Low enough for frames of any size: where this many would not fit, plain calls would not either.
 */
const DEEPEST = 200

type Callable = (this: unknown, ...args: unknown[]) => unknown

/** A callee that has a twin. */
type Enterable = Twin & { readonly gen: (this: unknown, ...args: unknown[]) => Steps }

/** The record of a callee that has a twin; undefined for any other function. */
function find(fn: unknown): Enterable | undefined {
  if (typeof fn !== 'function') throw notAFunction(fn)
  const twin = (fn as Twinned)[TWIN]
  return twin === undefined || twin.fn !== fn || twin.gen === undefined ? undefined : (twin as Enterable)
}

function plaitEnter(gen: Steps, fn: unknown, isNative: boolean): unknown {
  const { depth } = nativeStack
  if (depth >= DEEPEST && nativeStack.noSuspend === 0) return handOver(gen, fn, isNative)
  nativeStack.depth = depth + 1
  const result = isNative ? nextOf.call(gen) : gen.next()
  nativeStack.depth = depth
  if (result.done === true) return result.value
  return isNative || !isBare(gen) ? suspended(gen, fn, result, isNative) : bareSuspended(result)
}

/** A wait that keeps no state has no frame: whoever called it is resumed in its place. */
function isBare(gen: Steps): boolean {
  return gen === bare.turn || gen === bare.future || gen === bare.switch
}

function bareSuspended(result: unknown): unknown {
  passing.result = result
  passing.leaf = undefined
  passing.top = undefined
  return S
}

/** Links the frame of a callee that has suspended; `result` is what its step gave. */
function suspended(
  gen: Steps,
  fn: unknown,
  result: IteratorResult<unknown, unknown>,
  isNative: boolean,
): unknown {
  const frame = new TwinFrame(gen, fn as Callable, isNative)
  // The identity first: to read the value of HANDED_OVER is an error.
  if (passing.result === result || result.value === PASSED) passUp(frame)
  else {
    passing.result = result
    passing.leaf = frame
    passing.top = frame
  }
  return S
}

function handOver(gen: Steps, fn: unknown, isNative: boolean): unknown {
  const frame = new TwinFrame(gen, fn as Callable, isNative)
  passing.result = HANDED_OVER
  passing.leaf = frame
  passing.top = frame
  return S
}

/**
 * Enters steps that were made already, those of a private method's twin for one; `fn` is whose name they have.
 *
 * @example
 * ```ts
 * const value = (r = e(this.#twinOfLoad(url), this.#load)) === S ? (yield S)._result : r
 * ```
 */
function plaitEnterMade(gen: Steps, fn: unknown): unknown {
  return plaitEnter(gen, fn, false)
}

/**
 * Calls a function with no arguments; gives S if it has suspended.
 *
 * @example
 * ```ts
 * const value = (r = c0(fn)) === S ? (yield S)._result : r
 * ```
 */
function plaitCall0(fn: unknown): unknown {
  const twin = find(fn)
  if (twin === undefined) return (fn as Callable)()
  const { gen } = twin
  return plaitEnter(gen(), fn, twin.isNative)
}

/**
 * Calls a function with one argument; gives S if it has suspended.
 *
 * @example
 * ```ts
 * const value = (r = c1(fn, a)) === S ? (yield S)._result : r
 * ```
 */
function plaitCall1(fn: unknown, a: unknown): unknown {
  const twin = find(fn)
  if (twin === undefined) return (fn as Callable)(a)
  const { gen } = twin
  return plaitEnter(gen(a), fn, twin.isNative)
}

/**
 * Calls a function with two arguments; gives S if it has suspended.
 *
 * @example
 * ```ts
 * const value = (r = c2(fn, a, b)) === S ? (yield S)._result : r
 * ```
 */
function plaitCall2(fn: unknown, a: unknown, b: unknown): unknown {
  const twin = find(fn)
  if (twin === undefined) return (fn as Callable)(a, b)
  const { gen } = twin
  return plaitEnter(gen(a, b), fn, twin.isNative)
}

/**
 * Calls a function with three arguments; gives S if it has suspended.
 *
 * @example
 * ```ts
 * const value = (r = c3(fn, a, b, c)) === S ? (yield S)._result : r
 * ```
 */
function plaitCall3(fn: unknown, a: unknown, b: unknown, c: unknown): unknown {
  const twin = find(fn)
  if (twin === undefined) return (fn as Callable)(a, b, c)
  const { gen } = twin
  return plaitEnter(gen(a, b, c), fn, twin.isNative)
}

/**
 * Calls a function with four arguments; gives S if it has suspended.
 *
 * @example
 * ```ts
 * const value = (r = c4(fn, a, b, c, d)) === S ? (yield S)._result : r
 * ```
 */
function plaitCall4(fn: unknown, a: unknown, b: unknown, c: unknown, d: unknown): unknown {
  const twin = find(fn)
  if (twin === undefined) return (fn as Callable)(a, b, c, d)
  const { gen } = twin
  return plaitEnter(gen(a, b, c, d), fn, twin.isNative)
}

/**
 * Calls a function with a list of arguments; gives S if it has suspended.
 *
 * @example
 * ```ts
 * const value = (r = cn(fn, [...list])) === S ? (yield S)._result : r
 * ```
 */
function plaitCallN(fn: unknown, args: readonly unknown[]): unknown {
  const twin = find(fn)
  if (twin === undefined) return Reflect.apply(fn as Callable, undefined, args)
  return plaitEnter(Reflect.apply(twin.gen, undefined, args), fn, twin.isNative)
}

/**
 * Calls a method with no arguments; gives S if it has suspended.
 *
 * @example
 * ```ts
 * const value = (r = m0(o, o.method)) === S ? (yield S)._result : r
 * ```
 */
function plaitMethod0(self: unknown, fn: unknown): unknown {
  const twin = find(fn)
  if (twin === undefined) return (fn as Callable).call(self)
  return plaitEnter(twin.gen.call(self), fn, twin.isNative)
}

/**
 * Calls a method with one argument; gives S if it has suspended.
 *
 * @example
 * ```ts
 * const value = (r = m1(o, o.method, a)) === S ? (yield S)._result : r
 * ```
 */
function plaitMethod1(self: unknown, fn: unknown, a: unknown): unknown {
  const twin = find(fn)
  if (twin === undefined) return (fn as Callable).call(self, a)
  return plaitEnter(twin.gen.call(self, a), fn, twin.isNative)
}

/**
 * Calls a method with two arguments; gives S if it has suspended.
 *
 * @example
 * ```ts
 * const value = (r = m2(o, o.method, a, b)) === S ? (yield S)._result : r
 * ```
 */
function plaitMethod2(self: unknown, fn: unknown, a: unknown, b: unknown): unknown {
  const twin = find(fn)
  if (twin === undefined) return (fn as Callable).call(self, a, b)
  return plaitEnter(twin.gen.call(self, a, b), fn, twin.isNative)
}

/**
 * Calls a method with three arguments; gives S if it has suspended.
 *
 * @example
 * ```ts
 * const value = (r = m3(o, o.method, a, b, c)) === S ? (yield S)._result : r
 * ```
 */
function plaitMethod3(self: unknown, fn: unknown, a: unknown, b: unknown, c: unknown): unknown {
  const twin = find(fn)
  if (twin === undefined) return (fn as Callable).call(self, a, b, c)
  return plaitEnter(twin.gen.call(self, a, b, c), fn, twin.isNative)
}

/**
 * Calls a method with four arguments; gives S if it has suspended.
 *
 * @example
 * ```ts
 * const value = (r = m4(o, o.method, a, b, c, d)) === S ? (yield S)._result : r
 * ```
 */
function plaitMethod4(self: unknown, fn: unknown, a: unknown, b: unknown, c: unknown, d: unknown): unknown {
  const twin = find(fn)
  if (twin === undefined) return (fn as Callable).call(self, a, b, c, d)
  return plaitEnter(twin.gen.call(self, a, b, c, d), fn, twin.isNative)
}

/**
 * Calls a method with a list of arguments; gives S if it has suspended.
 *
 * @example
 * ```ts
 * const value = (r = mn(o, o.method, [...list])) === S ? (yield S)._result : r
 * ```
 */
function plaitMethodN(self: unknown, fn: unknown, args: readonly unknown[]): unknown {
  const twin = find(fn)
  if (twin === undefined) return Reflect.apply(fn as Callable, self, args)
  return plaitEnter(Reflect.apply(twin.gen, self, args), fn, twin.isNative)
}

export {
  plaitCall0 as c0,
  plaitCall1 as c1,
  plaitCall2 as c2,
  plaitCall3 as c3,
  plaitCall4 as c4,
  plaitCallN as cn,
  plaitEnterMade as e,
  plaitMethod0 as m0,
  plaitMethod1 as m1,
  plaitMethod2 as m2,
  plaitMethod3 as m3,
  plaitMethod4 as m4,
  plaitMethodN as mn,
}
