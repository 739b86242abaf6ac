import fc from 'fast-check'
import type { Job, WorkerPool } from '../../src/executors.ts'
import type { Task } from '../../src/index.ts'
import { dieTimes, exit } from './jobs/dying.ts'
import { fail } from './jobs/failing.ts'
import { square } from './jobs/plain.ts'
import { computeFor, slowly } from './jobs/waiting.ts'
import { Mark } from './pools.ts'

/** When something is done: at once, after the code that runs, or so many milliseconds later. */
type Moment = 'now' | 'soon' | number

export type Plan = typeof plan extends fc.Arbitrary<infer T> ? T : never

const moment: fc.Arbitrary<Moment> = fc.oneof(
  fc.constantFrom<Moment>('now', 'soon'),
  fc.integer({ min: 0, max: 5 }) as fc.Arbitrary<Moment>,
)

export const plan: fc.Arbitrary<{
  readonly kind: 'quick' | 'slow' | 'computing' | 'failing' | 'dying' | 'dyingOnce' | 'late'
  readonly door: 'submit' | 'spawn'
  readonly retries: number
  readonly n: number
  readonly before: Moment
  readonly cancel: Moment | undefined
}> = fc.record({
  kind: fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom('quick', 'slow', 'failing' as const) },
    { weight: 2, arbitrary: fc.constantFrom('computing', 'late' as const) },
    { weight: 1, arbitrary: fc.constantFrom('dying', 'dyingOnce' as const) },
  ) as fc.Arbitrary<'quick'>,
  door: fc.constantFrom('submit', 'submit', 'spawn' as const),
  retries: fc.nat(2),
  n: fc.nat(9),
  before: moment,
  cancel: fc.option(moment, { nil: undefined, freq: 2 }),
})

/** How a job ended, in a word. */
export type Outcome =
  | 'returned'
  | 'threw'
  | 'broken'
  | 'cancelled'
  | 'timed out'
  | 'wrong result'
  | 'wrong error'

/** A job that was handed in as planned. */
export interface Submitted {
  readonly plan: Plan
  readonly job: Job<unknown> | Task<unknown>
  readonly outcome: Promise<Outcome>
  /** How often it was told that it is done. */
  ends(): number
}

export async function pass(when: Moment): Promise<void> {
  if (when === 'soon') await Promise.resolve()
  else if (when !== 'now') await new Promise(resolve => setTimeout(resolve, when))
}

export function submit(pool: WorkerPool, plan: Plan): Submitted {
  const { kind, door, n } = plan
  const retries = kind === 'dyingOnce' ? Math.max(1, plan.retries) : plan.retries
  const jobs = pool.with(kind === 'late' ? { retries, deadlineMs: 3 } : { retries })
  const start = <A extends unknown[]>(
    fn: (...args: A) => unknown,
    ...args: A
  ): Job<unknown> | Task<unknown> =>
    (jobs[door] as (fn: unknown, ...args: unknown[]) => Job<unknown>)(fn, ...args)
  const calls: Record<Plan['kind'], () => Job<unknown> | Task<unknown>> = {
    quick: () => start(square, n),
    slow: () => start(slowly, n, n),
    computing: () => start(computeFor, n, n),
    failing: () => start(fail, 'builtin'),
    dying: () => start(exit, 3),
    dyingOnce: () => start(dieTimes, [new Mark().file]),
    late: () => start(slowly, 1e9, n),
  }
  const job = calls[kind]()
  let ends = 0
  job.addDoneCallback(() => {
    ends += 1
  })
  const expected = { quick: n * n, slow: n, computing: n, dyingOnce: 'died 1 times' } as Record<
    string,
    unknown
  >
  const outcome = job.then(
    value => (Object.hasOwn(expected, kind) && value === expected[kind] ? 'returned' : 'wrong result'),
    (error: unknown): Outcome => {
      const { name } = error as Error
      if (job.cancelled()) return 'cancelled'
      if (name === 'BrokenWorkerError') return 'broken'
      if (name === 'TimeoutError' && kind === 'late') return 'timed out'
      return kind === 'failing' && error instanceof RangeError ? 'threw' : 'wrong error'
    },
  )
  return { plan, job, outcome: outcome as Promise<Outcome>, ends: () => ends }
}

/** What may have become of a job; `isShared` if others run beside it, one of which may have ended its worker. */
export function allowed({ plan }: Submitted, isShared: boolean): readonly Outcome[] {
  const natural: Record<Plan['kind'], readonly Outcome[]> = {
    quick: ['returned'],
    slow: ['returned'],
    computing: ['returned'],
    failing: ['threw'],
    dying: ['broken'],
    dyingOnce: ['returned'],
    late: ['timed out'],
  }
  const outcomes = [...natural[plan.kind]]
  if (plan.cancel !== undefined) outcomes.push('cancelled')
  if (isShared) outcomes.push('broken')
  return outcomes
}
