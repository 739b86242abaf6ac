/*
 * A function of transformed code is kept in two forms: its body as it was written, which is what a call from anywhere
 * runs, and its *twin*, which can be suspended. Which of the two runs is the whole difference between plain code and a
 * greenlet: a driver enters twins, a call in a twin asks its callee for one, and whatever knows nothing of twins calls
 * the body as ever.
 */

/** Any iterator that a driver can resume; a generator, mostly. */
export type Steps = Iterator<unknown, unknown, unknown>

/** Makes the steps of one call: a generator function, or any function that gives an iterator. */
export type TwinMaker = (this: unknown, ...args: unknown[]) => Steps

/** A function of any kind. */
export type AnyFunction = (...args: never[]) => unknown

/** What is kept on a function that has a twin. */
export class Twin {
  /** The function it was made for: a record is found through prototypes too, and copied by `Object.assign`. */
  readonly fn: unknown
  /** What a call runs as; undefined where only `new` has something to know. */
  readonly gen: TwinMaker | undefined
  /** How `new` goes, for classes; undefined for ordinary functions. */
  readonly making: unknown
  /** It gives generators of the language's own, whose `next` need not be looked up (54 ns a call in place of 87). */
  readonly isNative: boolean

  constructor(fn: unknown, gen: TwinMaker | undefined, making: unknown) {
    this.fn = fn
    this.gen = gen
    this.making = making
    this.isNative = gen !== undefined && Object.getPrototypeOf(gen) === generatorFunction
  }
}

/** What a logger shows of it, where it lists all of a function's symbols. */
Object.defineProperty(Twin.prototype, Symbol.for('nodejs.util.inspect.custom'), { value: () => '…' })

const generatorFunction: object = Object.getPrototypeOf(function* () {})

/**
 * The `next` of every generator. Each generator function has objects of a shape of its own, so `generator.next` is
 * looked up anew at each step of a program that has more than a few.
 */
export const nextOf: (this: Steps, ...values: [] | [unknown]) => IteratorResult<unknown, unknown> = (
  generatorFunction as { prototype: Steps }
).prototype.next

/** Where a function keeps its twin. To read a symbol takes 4 ns where functions are many; a WeakMap 1,700. */
export const TWIN: unique symbol = Symbol('twin')

/**
 * Whether there is transformed code. Then a plain function without a twin may well be one that needs none, since nothing it
 * calls can wait, and may be run as a task like any other.
 */
export const colorless: { isOn: boolean } = { isOn: false }

/** A function, as far as its twin goes. */
export interface Twinned {
  [TWIN]?: Twin
}

/** The record of a function that has one of its own. */
export function recordOf(fn: unknown): Twin | undefined {
  if (typeof fn !== 'function') return undefined
  const twin = (fn as Twinned)[TWIN]
  return twin !== undefined && twin.fn === fn ? twin : undefined
}

/** A record of what can be suspended. */
export type Suspendable = Twin & { readonly gen: TwinMaker }

/**
 * The record of a plain function that can be suspended. Of no generator function: a call of one begins nothing, so where
 * something is to be run it is called as ever, and what it gives is.
 */
export function plainRecordOf(fn: unknown): Suspendable | undefined {
  const record = recordOf(fn)
  if (record?.gen === undefined || Object.getPrototypeOf(fn) === generatorFunction) return undefined
  return record as Suspendable
}

/** What a call of this function runs as in a greenlet, if it can be suspended. */
export function twinOf(fn: unknown): TwinMaker | undefined {
  return recordOf(fn)?.gen
}

/**
 * Gives a function its twin, out of sight. For functions that are made once: it takes 350 ns. In code that the colorless
 * transform writes.
 *
 * @param gen called as the function would be, gives the steps of the call
 * @example
 * ```ts
 * const nap = give(() => { throw new Error('not in a greenlet') }, function* () { yield* sleep(10) })
 * ```
 */
export function give<F extends AnyFunction>(fn: F, gen: (...args: never[]) => unknown, making?: unknown): F {
  const value = new Twin(fn, gen as TwinMaker, making)
  return Object.defineProperty(fn, TWIN, { value, writable: true, configurable: true })
}

/**
 * As `give`, for functions that are made often: it takes 20 ns, and shows where all of an object's symbols are listed. In
 * code that the colorless transform writes.
 *
 * @example
 * ```ts
 * const inner = lend(n => n + 1, function* (n) { return n + 1 })
 * ```
 */
export function lend<F extends AnyFunction>(fn: F, gen: (...args: never[]) => unknown): F {
  ;(fn as Twinned)[TWIN] = new Twin(fn, gen as TwinMaker, undefined)
  return fn
}

/** Keeps how `new` goes for a class; a call of one is refused by the class itself. */
export function giveMaking(fn: AnyFunction, making: unknown): void {
  Object.defineProperty(fn, TWIN, {
    value: new Twin(fn, undefined, making),
    writable: true,
    configurable: true,
  })
}
