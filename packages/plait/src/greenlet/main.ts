import { type AnyFunction, lend, type Steps } from '../coroutine/twin.ts'
import { run } from '../tasks/run.ts'
import { until } from '../tasks/until.ts'
import { call } from './call.ts'
import { plainWait } from './plain-wait.ts'

/**
 * Runs the top level of the module that a program was started with, as the main greenlet: what it left running at its end
 * is cancelled, as by `run`. In code that the colorless transform writes.
 *
 * @throws what the module throws; DeadlockError if nothing can ever run again
 * @example
 * ```ts
 * await main(function* () { … }, this)
 * ```
 */
export async function main(body: (this: unknown) => Steps, self: unknown): Promise<void> {
  const fn = lend(function main(): void {}, (() => body.call(self)) as AnyFunction)
  await run(call(fn))
}

/**
 * `await` in the main greenlet: waits as for anything else. In code that the colorless transform writes.
 *
 * @example
 * ```ts
 * const data = (r = c1(awaited, load())) === S ? (yield S)._result : r
 * ```
 */
export const awaited: (what: unknown) => unknown = plainWait('await', (what: unknown) =>
  until(Promise.resolve(what))[Symbol.iterator](),
)
