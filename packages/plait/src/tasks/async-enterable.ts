import { type Failure, replaced, waits } from '../coroutine/failure.ts'
import { greenletOf } from '../coroutine/greenlet.ts'
import type { Awaitable, Operation, Waiting } from '../coroutine/wait.ts'
import { Call } from './call.ts'
import { followed } from './followed.ts'
import { given } from './given.ts'
import { runBody } from './run-body.ts'
import { type Body, checkRunnable } from './runnable.ts'

/** Leaves something, as an `Exit` does, and may wait. */
export type AsyncExit = (failure: Failure | undefined) => Operation<unknown>

/** What is entered before a body and left after it, both of which may wait. */
export abstract class AsyncEnterable<T> {
  /** @internal What it is called in messages. */
  abstract readonly name: string
  /** @internal */
  abstract _enter(): Operation<T>
  /** @internal An `AsyncExit`. */
  abstract _leave(failure: Failure | undefined): Operation<unknown>

  /**
   * Enters, runs the body with the value, in this task, leaves, and gives what the body returned. An error of the body
   * is thrown in at the `yield`, which may pass it on, replace it or swallow it; then this gives undefined.
   *
   * Suspends: as entering, the body and leaving do. Cancellation: goes to whichever of them waits; the body's is an
   * error like any other, so leaving may wait, and is waited for.
   */
  with<R>(body: Operation<R> | Body<[value: T], R>): Awaitable<R | undefined> {
    checkRunnable(body)
    return new Call(`${this.name}.with(…)`, () => this.#around(body))
  }

  *#around<R>(body: Operation<R> | Body<[value: T], R>): Waiting<R | undefined> {
    const value = yield* this._enter()
    let result: R
    try {
      result = yield* runBody(body, this.name, value)
    } catch (error) {
      if (yield* leaveWaiting(failure => this._leave(failure), { error })) return undefined
      throw error
    }
    yield* leaveWaiting(failure => this._leave(failure), undefined)
    return result
  }
}

/** Leaves, and waits for it. Whether the failure was swallowed; throws what took its place, which may be that very error. */
export function* leaveWaiting(exit: AsyncExit, failure: Failure | undefined): Waiting<boolean> {
  try {
    return (yield* exit(failure)) === true
  } catch (error) {
    throw replaced(error, failure)
  }
}

/** Calls a function of any color, a plain one too, and waits for what it begins. */
export function* perform<A extends readonly unknown[]>(
  fn: (...args: A) => unknown,
  what: string,
  ...args: A
): Waiting<unknown> {
  const greenlet = greenletOf(fn, args)
  if (greenlet !== undefined) return yield* followed(greenlet)
  const body = (): Operation<unknown> => {
    const product = fn(...args)
    return waits(product) ? (product as Operation<unknown>) : given(product)
  }
  return yield* runBody<[], unknown>(body, what)
}
