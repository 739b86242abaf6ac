import type { Resumed } from './after.ts'
import { m0, m1, S } from './enter.ts'
import { begin, checkResult, NATIVE, type Source } from './source.ts'

/** What a delegation gives that has suspended. */
const SUSPENSION: IteratorYieldResult<unknown> = Object.freeze({ done: false, value: S })

/** The result that a delegation handed on last, as its iterator gave it. The engine reads it, and nobody else may. */
export const handedOn: { result: unknown } = { result: undefined }

const RESUMED = 0
const OPENED = 1
const CLOSED = 2

/**
 * What `yield*` delegates to in the twin of a generator function: an iterable of the engine's own as it is, any other by
 * steps that may suspend. In code that the colorless transform writes.
 *
 * @example
 * ```ts
 * const last = yield* delegate(chapters())
 * ```
 */
export function delegate(iterable: unknown): Iterable<unknown> {
  const source = begin(iterable)
  return source === NATIVE ? (iterable as Iterable<unknown>) : new Delegate(source)
}

/**
 * Stands between the engine's `yield*` and an iterator of the program's own: passes `next`, `throw` and `return` on by the
 * calls of twins. What those give goes to the engine unread, which reads it as it would without a twin.
 */
class Delegate implements IterableIterator<unknown> {
  #source: Source | undefined
  /** What a call that has suspended was for; undefined while there is none. */
  #waiting: typeof RESUMED | typeof OPENED | typeof CLOSED | undefined

  constructor(source: unknown) {
    if (source === S) this.#waiting = OPENED
    else this.#source = source as Source
  }

  [Symbol.iterator](): this {
    return this
  }

  next(input?: unknown): IteratorResult<unknown> {
    const waiting = this.#waiting
    const source = this.#source
    if (waiting === undefined && source !== undefined)
      return this.#given(m1(source.iterator, source.next, input), RESUMED)
    // Begun while the iterable's own method was suspended.
    if (waiting === OPENED && input === undefined) return SUSPENSION
    this.#waiting = undefined
    const { _result: result } = input as Resumed
    if (waiting === CLOSED) return withoutThrow(result)
    if (waiting === RESUMED) return handOn(result)
    this.#source = result as Source
    return this.next(undefined)
  }

  throw(error: unknown): IteratorResult<unknown> {
    const { iterator } = this.#source ?? {}
    // What was called has suspended, and then thrown.
    if (this.#waiting !== undefined || iterator === undefined) {
      this.#waiting = undefined
      throw error
    }
    const { throw: method } = iterator as { readonly throw?: unknown }
    if (method !== undefined && method !== null) return this.#given(m1(iterator, method, error), RESUMED)
    const { return: close } = iterator as { readonly return?: unknown }
    if (close === undefined || close === null) return withoutThrow({})
    const result = m0(iterator, close)
    return result === S ? this.#given(S, CLOSED) : withoutThrow(result)
  }

  return(value: unknown): IteratorResult<unknown> {
    const { iterator } = this.#source as Source
    const { return: method } = iterator as { readonly return?: unknown }
    if (method === undefined || method === null) return { done: true, value }
    return this.#given(m1(iterator, method, value), RESUMED)
  }

  #given(result: unknown, how: typeof RESUMED | typeof CLOSED): IteratorResult<unknown> {
    if (result !== S) return handOn(result)
    this.#waiting = how
    return SUSPENSION
  }
}

function handOn(result: unknown): IteratorResult<unknown> {
  handedOn.result = result
  return result as IteratorResult<unknown>
}

/** The iterator has no `throw`, and was closed for it. */
function withoutThrow(closing: unknown): never {
  checkResult(closing)
  throw new TypeError("The iterator does not provide a 'throw' method.")
}
