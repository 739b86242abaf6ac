import { after, type Suspendable } from './after.ts'
import { S } from './enter.ts'
import { notAFunction } from './not-a-function.ts'
import { begin, END, NATIVE, type Source } from './source.ts'

/** What the loop that steps just now was given by its iterator. The engine hands it to `item` at once. */
let token: unknown = Symbol('none')
const none = token

/**
 * What `for…of` iterates in a twin: an iterable of the engine's own as it is, any other by a loop of tokens, for each of
 * which `item` takes a step. Gives S if the iterable's method has suspended. In code that the colorless transform writes.
 *
 * @example
 * ```ts
 * for (const v of ((r = each(xs)) === S ? (yield S)._result : r)) {
 *   if ((r = item(v)) === S) r = (yield S)._result
 *   if (r === END) break
 *   const x = r
 * }
 * ```
 */
export function each(iterable: unknown): unknown {
  const source = begin(iterable)
  if (source === NATIVE) return iterable
  return source === S ? after(looping()) : new Loop(source as Source)
}

function* looping(): Suspendable<Loop> {
  return new Loop((yield S)._result as Source)
}

/**
 * What the engine gave a loop over `each`: the item itself, or for a token the item that its step gives, END after the
 * last, or S. In code that the colorless transform writes; see `each`.
 *
 * @example
 * ```ts
 * if ((r = item(v)) === S) r = (yield S)._result
 * ```
 */
export function item(value: unknown): unknown {
  if (value !== token) return value
  token = none
  return (value as Loop).source.take()
}

/** An endless iterator of tokens; left early it closes the iterator it stands for, by a plain call, which cannot suspend. */
class Loop implements IterableIterator<unknown> {
  readonly source: Source
  readonly #step: IteratorYieldResult<unknown>

  constructor(source: Source) {
    this.source = source
    this.#step = { done: false, value: this }
  }

  [Symbol.iterator](): this {
    return this
  }

  next(): IteratorResult<unknown> {
    token = this
    return this.#step
  }

  return(): IteratorResult<unknown> {
    return plaitLeave(this.source)
  }
}

/** Its name tells whoever reads a stack where the iterator's `return` was called. */
function plaitLeave(source: Source): IteratorResult<unknown> {
  if (!source.isOpen) return LEFT
  source.isOpen = false
  const method: unknown = (source.iterator as Iterator<unknown>).return
  if (method === undefined || method === null) return LEFT
  if (typeof method !== 'function') throw notAFunction(method)
  // The engine checks what it gives, or pays no heed to it where the loop is left by an error.
  return method.call(source.iterator) as IteratorResult<unknown>
}

const LEFT: IteratorReturnResult<unknown> = Object.freeze({ done: true, value: undefined })

export { END }
