import type { Operation } from '../coroutine/wait.ts'
import { misuse } from '../errors/misuse.ts'

/**
 * A function that a scope or a task runs: a generator function, a coroutine function or an async function.
 *
 * @example
 * ```ts
 * const body: Body<[], number> = async () => 42
 * ```
 */
export type Body<A extends readonly unknown[], T> = (...args: A) => Operation<T> | PromiseLike<T>

/**
 * What can be made a task: an operation, or a function that begins one.
 *
 * @example
 * ```ts
 * createTask(load(url))        // load is a generator or coroutine function
 * createTask(() => load(url))  // load may be an async function
 * ```
 */
export type Runnable<T> = Operation<T> | Body<[], T>

/**
 * A plain function that can be suspended, having a twin (which no type tells). Not one that gives something to wait for: a
 * generator of the wrong kind is no plain function.
 *
 * @example
 * ```ts
 * createTask(() => sum(readLines(file)))  // with plain waits, as of plait/greenlet, underneath
 * ```
 */
export type Plain<T> = () => T extends PromiseLike<unknown> | Iterator<unknown, unknown, never> ? never : T

/** What a runnable gives. */
export type ResultOf<R> = R extends Runnable<infer T> ? T : never

/** The `[Symbol.iterator]` of every generator, and of whatever else is its own iterator. */
const itself: unknown = (function* () {})()[Symbol.iterator]

/** Whether this is its own iterator, as generators are: there is nothing to ask it for before its first step. */
export function isOwnIterator(value: unknown): value is Iterator<unknown, unknown, unknown> {
  return (
    typeof value === 'object' && value !== null && (value as Operation<unknown>)[Symbol.iterator] === itself
  )
}

/** Whether this can be `yield*`-ed. Strings and collections iterate too, but wait for nothing. */
export function isOperation(value: unknown): value is Operation<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as Partial<Operation<unknown>>)[Symbol.iterator] === 'function' &&
    !Array.isArray(value) &&
    !(value instanceof Map) &&
    !(value instanceof Set)
  )
}

export function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return (
    ((typeof value === 'object' && value !== null) || typeof value === 'function') &&
    typeof (value as { then?: unknown }).then === 'function'
  )
}

/** Refuses what cannot be run, saying what to pass instead. */
export function checkRunnable(what: unknown): asserts what is Runnable<unknown> {
  if (isOwnIterator(what) || typeof what === 'function' || isOperation(what)) return
  if (Array.isArray(what)) throw misuse('listNotSpread', what)
  throw isPromiseLike(what) ? misuse('promiseAsTask') : misuse('notRunnable', what)
}

/** Refuses what is no signal, where it is handed in rather than where it would be heard. */
export function checkSignal(signal: unknown): void {
  if (signal === undefined || signal instanceof AbortSignal) return
  throw misuse('notASignal', signal)
}

/** Refuses what is no list, and a single task that was meant to be one. */
export function checkList(what: string, value: unknown): void {
  const isList = typeof value === 'object' && value !== null && Symbol.iterator in value && !('then' in value)
  if (!isList) throw misuse('notAList', what, value)
}
