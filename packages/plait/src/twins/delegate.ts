import type { Resumed } from './after.ts'
import { m0, m1, S } from './enter.ts'
import { handedOn, RETURNING, SUSPENSION } from './handed-on.ts'
import { begin, checkResult, NATIVE, type Source } from './source.ts'

/** What a call was for that has suspended. */
const STEP = 0
const OPENING = 1
const CLOSING = 2

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
  /** What the call was for that has suspended; undefined while there is none. */
  #waiting: typeof STEP | typeof OPENING | typeof CLOSING | undefined

  constructor(source: unknown) {
    if (source === S) this.#waiting = OPENING
    else this.#source = source as Source
  }

  [Symbol.iterator](): this {
    return this
  }

  next(input?: unknown): IteratorResult<unknown> {
    const waiting = this.#waiting
    const source = this.#source
    if (waiting === undefined && source !== undefined)
      return this.#given(m1(source.iterator, source.next, input), STEP)
    // Begun while the iterable's own method was suspended.
    if (waiting === OPENING && input === undefined) return SUSPENSION
    this.#waiting = undefined
    const { _result: result } = input as Resumed
    if (waiting === CLOSING) return withoutThrow(result)
    if (waiting === STEP) return handOn(result)
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
    if (method !== undefined && method !== null) return this.#given(m1(iterator, method, error), STEP)
    const { return: close } = iterator as { readonly return?: unknown }
    if (close === undefined || close === null) return withoutThrow({})
    const result = m0(iterator, close)
    return result === S ? this.#given(S, CLOSING) : withoutThrow(result)
  }

  return(value: unknown): IteratorResult<unknown> {
    if (this.#waiting !== undefined) return this.next(value)
    const { iterator } = this.#source as Source
    const { return: method } = iterator as { readonly return?: unknown }
    if (method === undefined || method === null) return { done: true, value }
    const given = this.#given(m1(iterator, method, value), STEP)
    return given === SUSPENSION ? RETURNING : given
  }

  #given(result: unknown, how: typeof STEP | typeof CLOSING): IteratorResult<unknown> {
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
