import { checkCallback } from '../errors/check-callback.ts'
import { Coroutine } from './coroutine.ts'
import { makesOperation } from './create.ts'
import { type Failure, leave, waits } from './failure.ts'
import type { Operation, Waiting } from './wait.ts'

/** What is entered before a body and left after it, at once. */
export abstract class Enterable<T> {
  /** @internal What it is called in messages. */
  abstract readonly name: string
  /** @internal */
  abstract _enter(): T
  /** @internal An `Exit`. */
  abstract _leave(failure: Failure | undefined): unknown

  /**
   * Enters, runs the body with the value, leaves, and gives what the body returned. An error of the body is thrown in
   * at the `yield`, which may pass it on, replace it or swallow it; then this gives undefined.
   *
   * The body may be of any color. A generator function makes this a coroutine, cold as ever: `yield*` it. An async
   * function makes it a promise. It is left when the body has ended, not when the body first waits.
   */
  with<R>(
    body: (value: T) => R,
  ): R extends Operation<infer U>
    ? Coroutine<U | undefined>
    : R extends Coroutine<infer U, infer Y, infer N> | Generator<infer Y, infer U, infer N>
      ? Coroutine<U | undefined, Y, N>
      : R extends PromiseLike<infer U>
        ? Promise<U | undefined>
        : R | undefined
  with(body: (value: T) => unknown): unknown {
    checkCallback('with', body)
    if (makesOperation(body)) return new Coroutine(this.#around(body), this)
    const value = this._enter()
    let result: unknown
    try {
      result = body(value)
    } catch (error) {
      return this.#failed(error)
    }
    if (!waits(result)) return this.#ended(result)
    if (Symbol.iterator in result)
      return new Coroutine(this.#around(body, result as Operation<unknown>), this)
    return Promise.resolve(result).then(
      value => this.#ended(value),
      error => this.#failed(error),
    )
  }

  *#around(body: (value: T) => unknown, begun?: Operation<unknown>): Waiting<unknown> {
    const value = begun ?? this._enter()
    let result: unknown
    try {
      result = yield* begun ?? (body(value as T) as Operation<unknown>)
    } catch (error) {
      return this.#failed(error)
    }
    return this.#ended(result)
  }

  #ended(result: unknown): unknown {
    this._leaveAtOnce(undefined)
    return result
  }

  #failed(error: unknown): undefined {
    if (!this._leaveAtOnce({ error })) throw error
  }

  /** @internal Whether the failure was swallowed. */
  _leaveAtOnce(failure: Failure | undefined): boolean {
    return leave(this.name, () => this._leave(failure), failure)
  }
}
