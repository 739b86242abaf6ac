import type { Operation, Resume, Wait } from '../coroutine/wait.ts'
import { greenletExit } from '../errors/greenlet-exit.ts'
import type { Greenlet } from './greenlet.ts'
import { ask, switching } from './switching.ts'

/**
 * Goes on in another greenlet, as `greenlet.switch(…)` does in plain code: for generators, which need no transform for it.
 *
 * Suspends: the current greenlet, always; the task goes on. Cancellation: of the task, is thrown in the greenlet that waits.
 *
 * @throws as `Greenlet.switch`
 * @example
 * ```ts
 * const echo = new Greenlet(function* (heard: string) {
 *   for (;;) heard = (yield* switchTo(main, heard.toUpperCase())) as string
 * })
 * console.log(yield* switchTo(echo, 'hello')) // HELLO
 * ```
 * @see greenlet.switch
 */
export function switchTo<In extends readonly unknown[], Out>(
  greenlet: Greenlet<In, Out>,
  ...values: In
): Operation<Out> {
  return new Switch<Out>(() => ask(greenlet, values.length < 2 ? values[0] : values, values.length, false))
}

/**
 * Throws an error in another greenlet and goes on there, as `greenlet.throw(…)` does in plain code; a GreenletExit if none
 * is given.
 *
 * Suspends: the current greenlet, always.
 *
 * @throws as `Greenlet.switch`
 * @example
 * ```ts
 * yield* throwTo(worker) // it ends, and its parent goes on
 * ```
 * @see greenlet.throw
 */
export function throwTo<Out>(
  greenlet: Greenlet<never, Out>,
  error: unknown = greenletExit(),
): Operation<Out> {
  return new Switch<Out>(() => ask(greenlet as unknown as Greenlet, error, 1, true))
}

/** A switch that is made when it is waited for. */
class Switch<T> implements Operation<T> {
  readonly #ask: () => void

  constructor(begin: () => void) {
    this.#ask = begin
  }

  [Symbol.iterator](): Iterator<Wait, T, Resume> {
    this.#ask()
    return switching as Iterator<Wait, T, Resume>
  }
}
