import type { Coroutine } from '../coroutine/coroutine.ts'
import { greenletOf } from '../coroutine/greenlet.ts'
import { type AnyFunction, lend, type Steps } from '../coroutine/twin.ts'
import { currentStrand } from '../tasks/current.ts'
import { run } from '../tasks/run.ts'
import { until } from '../tasks/until.ts'
import { plainWait } from './plain-wait.ts'

/** The main greenlet of this thread. */
export const mainGreenlet: {
  /** Once it has begun, what settles at its end. */
  ended: Promise<void> | undefined
  /** Whoever started the program waits for that end, and takes its error. */
  isWatched: boolean
} = { ended: undefined, isWatched: false }

/**
 * Runs the top level of the module that a program was started with, as the main greenlet: what it left running at its end
 * is cancelled, as by `run`. Where a task loads the module it is a part of that task. In code that the colorless transform
 * writes.
 *
 * @throws what the module throws; DeadlockError if nothing can ever run again
 * @example
 * ```ts
 * await main(function* () { … }, this)
 * ```
 */
export function main(body: (this: unknown) => Steps, self: unknown): Promise<void> {
  const made = greenletOf<void>(
    lend(function main(): void {}, body as AnyFunction),
    [],
    self,
  ) as Coroutine<void>
  const ended = currentStrand() === undefined ? run(made) : settled(made)
  mainGreenlet.ended = ended
  if (mainGreenlet.isWatched) ended.catch(() => {})
  return ended
}

async function settled(waited: PromiseLike<void>): Promise<void> {
  await waited
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
