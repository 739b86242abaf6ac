import { misuse } from '../errors/misuse.ts'
import { Coroutine } from './coroutine.ts'
import type { Operation, Resume, Wait } from './wait.ts'

/** Marks functions that are known to make coroutines, so that a task may call them without asking what they are. */
const makers = new WeakSet<object>()

/** Whether calling this function surely begins nothing: it makes a coroutine or a generator. */
export function makesOperation(fn: unknown): boolean {
  return typeof fn === 'function' && (makers.has(fn) || Object.getPrototypeOf(fn) === generatorFunction)
}

const generatorFunction: object = Object.getPrototypeOf(function* () {})

/**
 * Makes a typed function whose calls give coroutine objects, not started. Type parameters, defaults and `this` of the
 * generator function are kept; its name is the coroutine's.
 *
 * One that calls itself must call the constant: inside `const walk = coroutine(function* walk() {…})` the name `walk`
 * is the plain generator function, so write `const walk = coroutine(function* () {…})` there.
 *
 * @example
 * ```ts
 * const fetchPage = coroutine(function* fetchPage(url: string, tries = 3) {
 *   const response = yield* until(signal => fetch(url, { signal }))
 *   return yield* until(response.text())
 * })
 * const page = yield* fetchPage('https://example.org')
 * ```
 * @throws MisuseError if `fn` is not a generator function
 */
export function coroutine<This, A extends unknown[] = never[], T = unknown>(
  fn: (this: This, ...args: A) => Operation<T>,
): (this: This, ...args: A) => Coroutine<T, Wait, Resume>
export function coroutine<This, A extends unknown[] = never[], Y = unknown, T = unknown, N = unknown>(
  fn: (this: This, ...args: A) => Generator<Y, T, N>,
): (this: This, ...args: A) => Coroutine<T, Y, N>
export function coroutine(
  fn: (...args: unknown[]) => unknown,
): (...args: unknown[]) => Coroutine<unknown, unknown, unknown> {
  if (Object.getPrototypeOf(fn ?? {}) !== generatorFunction) throw misuse('notAGeneratorFunction', fn)
  const generator = fn as (...args: unknown[]) => Generator<unknown, unknown, unknown>
  const make = function (this: unknown, ...args: unknown[]): Coroutine<unknown, unknown, unknown> {
    return new Coroutine(generator.apply(this, args), generator)
  }
  Object.defineProperty(make, 'name', { value: fn.name, configurable: true })
  Object.defineProperty(make, 'length', { value: fn.length, configurable: true })
  makers.add(make)
  return make
}

/**
 * As `coroutine`, for two-way coroutines: each one made has run to its first `yield`, ready for `send`.
 *
 * @example
 * ```ts
 * const averager = primed(function* averager(): Generator<number, void, number> {
 *   let [sum, count] = [0, 0]
 *   for (;;) { sum += yield sum / Math.max(count, 1); count += 1 }
 * })
 * averager().send(10) // { done: false, value: 10 }
 * ```
 */
export function primed<This, A extends unknown[] = never[], Y = unknown, T = unknown, N = unknown>(
  fn: (this: This, ...args: A) => Generator<Y, T, N>,
): (this: This, ...args: A) => Coroutine<T, Y, N> {
  const make = coroutine(fn as (...args: unknown[]) => Generator<unknown, unknown, unknown>)
  const ready = function (this: unknown, ...args: unknown[]): Coroutine<unknown, unknown, unknown> {
    const made = (make as (...args: unknown[]) => Coroutine<unknown, unknown, unknown>).apply(this, args)
    made.next()
    return made
  }
  Object.defineProperty(ready, 'name', { value: fn.name, configurable: true })
  return ready as unknown as (this: This, ...args: A) => Coroutine<T, Y, N>
}
