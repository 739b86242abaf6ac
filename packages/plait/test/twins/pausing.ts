import { nativeStack } from '../../src/coroutine/native-stack.ts'
import { call, sleep } from '../../src/greenlet.ts'
import { runVirtual } from '../../src/testing.ts'
import { c1, give, lend, S } from '../../src/twins.ts'
import type { Twin } from './by-hand.ts'

/* Twins that say what their plain functions say, and may give way for a turn before it at every call. */

/** Whether calls pause. */
export const pausing = { on: false, count: 0 }

type Fn = (this: never, ...args: never[]) => unknown

/** Gives a function a twin that does what the function does, after a pause if calls pause. */
export function paused<F extends Fn>(fn: F): F {
  return give(
    fn as never,
    function* (this: unknown, ...args: unknown[]): Twin<unknown> {
      if (pausing.on) {
        pausing.count += 1
        if (c1(sleep, 0) === S) yield S
      }
      return Reflect.apply(fn, this as never, args as never[])
    } as never,
  ) as F
}

/** What a call of the runtime gave, waited for if it has suspended: `yield* got(…)` for `(r = …) === S ? (yield S)._result : r`. */
export function* got(result: unknown): Twin<unknown> {
  return result === S ? (yield S)._result : result
}

/** What something comes to: a value or an error, in a form that can be compared. */
export type Outcome = { readonly value: unknown } | { readonly error: unknown }

export function outcomeOf(run: () => unknown): Outcome {
  try {
    return { value: run() }
  } catch (error) {
    return { error: comparable(error) }
  }
}

function comparable(error: unknown): unknown {
  return error instanceof Error ? `${error.constructor.name}: ${error.message}` : error
}

/** Runs the body of a twin in a greenlet. */
export async function inGreenlet(body: () => Twin<unknown>): Promise<Outcome> {
  const main = lend(
    () => 'called plainly',
    function* (): Twin<unknown> {
      return yield* body()
    },
  )
  try {
    return { value: await runVirtual(call(main as () => unknown)) }
  } catch (error) {
    return { error: comparable(error) }
  }
}

/** The two ways in which each test runs: calls of twins that never suspend, and such that all do. */
export const WAYS: readonly (readonly [name: string, pauses: boolean])[] = [
  ['nothing suspends', false],
  ['every call suspends', true],
]

/** Runs a twin's body in one of these ways; where calls pause, some must have. */
export async function run(pauses: boolean, body: () => Twin<unknown>): Promise<Outcome> {
  pausing.on = pauses
  pausing.count = 0
  try {
    return await inGreenlet(body)
  } finally {
    pausing.on = false
    // Calls that end with an error do not count themselves off, and outside of a greenlet nobody else does.
    nativeStack.depth = 0
  }
}
