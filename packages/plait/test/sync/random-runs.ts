import fc from 'fast-check'
import { getEventLoop, type Operation, sleep, timeout, type WaitOptions } from '../../src/index.ts'

/** How a run's random programs are drawn: the same each time, and as many more as the environment asks for. */
export function draws(numRuns: number): { seed: number; numRuns: number; endOnFailure: boolean } {
  const times = Number(process.env.PLAIT_RANDOM_RUNS ?? 1)
  const seed = Number(process.env.PLAIT_RANDOM_SEED ?? 20_260)
  return { seed, numRuns: numRuns * times, endOnFailure: false }
}

/** What may end a wait before it has what it wants. */
export type Patience = { kind: 'endless' } | { kind: 'limit' | 'signal'; ms: number }

export const patience: fc.Arbitrary<Patience> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Patience>({ kind: 'endless' }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom('limit' as const, 'signal' as const), ms: fc.nat(3) }),
  },
)

/** A pause: none at all, a turn, or some time. */
export const pause: fc.Arbitrary<number> = fc.constantFrom(-1, 0, 1, 1, 2, 3)

export function* paused(ms: number): Operation<void> {
  if (ms >= 0) yield* sleep(ms)
}

/** Waits with that much patience; `left` is told if it went without. */
export function* patiently<T>(
  how: Patience,
  begin: (options: WaitOptions) => Operation<T>,
  left: () => void = () => {},
): Operation<{ got: T } | undefined> {
  let isOver = false
  try {
    const got = yield* limited(how, begin)
    isOver = true
    return { got }
  } catch (error) {
    if (error instanceof DOMException || (error as Error).name === 'TimeoutError') return undefined
    throw error
  } finally {
    if (!isOver) left()
  }
}

function* limited<T>(how: Patience, begin: (options: WaitOptions) => Operation<T>): Operation<T> {
  if (how.kind === 'endless') return yield* begin({})
  if (how.kind === 'limit') return yield* timeout(how.ms, begin({}))
  const controller = new AbortController()
  const timer = getEventLoop().callLater(how.ms, () => controller.abort())
  try {
    return yield* begin({ signal: controller.signal })
  } finally {
    timer.cancel()
  }
}

/** Who is cancelled when. */
export const cancels = (tasks: number): fc.Arbitrary<{ who: number; at: number }[]> =>
  fc.array(fc.record({ who: fc.nat(tasks - 1), at: fc.nat(8) }), { maxLength: 3 })

/** Whom a step cancels when it is done, if anybody: somebody it has just woken, perhaps, who has not run yet. */
export const victim = (tasks: number): fc.Arbitrary<number | undefined> =>
  fc.option(fc.nat(tasks - 1), { freq: 5, nil: undefined })
