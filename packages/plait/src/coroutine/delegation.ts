import { CLOSED, RUNNING, STARTED } from './frame-state.ts'
import { nativeStack } from './native-stack.ts'
import { type Frame, HANDED_OVER, PASSED, passing, SUSPENDED, TURNING } from './wait.ts'

/** What a delegation needs of the coroutine it stands for. */
export interface Delegate extends Frame {
  _leaf: Frame | undefined
  /** Marks it as waited for; throws if somebody has waited for it before. */
  _claim(): void
  _advance(throwing: boolean, input: unknown): IteratorResult<unknown, unknown>
  _close(): unknown
}

/** First steps entered inside each other, on the native stack; deeper ones are handed to the driver (10,000 would overflow). */
const DEEPEST = 200
let depth = 0

/**
 * What `yield* child()` iterates. The child's first step is entered at once, on the native stack: a child that ends
 * without suspending costs a call. One that suspends leaves word in `passing`, and a driver of ours takes it over: then
 * this iterator hears again only at the child's end, resumed with the child itself. Driven by anyone else (a `for…of`,
 * a generator stepped by hand) it goes on step by step, by value.
 */
export class Delegation implements Iterator<unknown, unknown, unknown> {
  readonly #child: Delegate
  #entered = false

  constructor(child: Delegate) {
    this.#child = child
  }

  next(input: unknown): IteratorResult<unknown, unknown> {
    const child = this.#child
    if (input === child) return { done: true, value: child._result }
    if (this.#entered) return this.#relay(child._advance(false, input))
    this.#entered = true
    child._claim()
    if (depth >= DEEPEST) {
      child._flags |= STARTED
      return this.#leaveWord(HANDED_OVER)
    }
    child._flags |= STARTED | RUNNING
    let result: IteratorResult<unknown, unknown>
    const { noSuspend } = nativeStack
    if (noSuspend !== 0) nativeStack.noSuspend = 0
    depth += 1
    try {
      result = child._gen.next()
    } catch (error) {
      child._flags = CLOSED
      throw error
    } finally {
      depth -= 1
      if (noSuspend !== 0) nativeStack.noSuspend = noSuspend
    }
    if (result.done === true) {
      child._flags = CLOSED
      return result
    }
    child._flags &= ~RUNNING
    if (passing.result !== result) {
      if (result.value !== PASSED) return this.#leaveWord(result)
      result = passing.result as IteratorResult<unknown, unknown>
      // Should nobody of ours take it over, it is resumed by value, whatever value that is.
      if (result === SUSPENDED || result === TURNING) child._result = result.value
      if (passing.top === undefined) return this.#leaveWord(result)
    }
    const inner = passing.top as Frame
    inner._caller = child
    child._inner = inner
    child._leaf = passing.leaf
    passing.top = child
    return result
  }

  #leaveWord(result: IteratorResult<unknown, unknown>): IteratorResult<unknown, unknown> {
    passing.result = result
    passing.leaf = this.#child
    passing.top = this.#child
    return result
  }

  throw(error: unknown): IteratorResult<unknown, unknown> {
    if ((this.#child._flags & CLOSED) !== 0) throw error
    return this.#relay(this.#child._advance(true, error))
  }

  /** A `for…of` left early, or a generator closed natively. */
  return(value: unknown): IteratorResult<unknown, unknown> {
    this.#child._close()
    return { done: true, value }
  }

  #relay(result: IteratorResult<unknown, unknown>): IteratorResult<unknown, unknown> {
    if (result.done !== true) {
      passing.result = result
      passing.leaf = this.#child._leaf
      passing.top = this.#child
    }
    return result
  }
}
