import { emit, type Measured, mustBe, sample, size } from '../measure.ts'
import { fib } from './jobs/work.ts'
import { Parcel } from './parcel.ts'

/** What case 9 does with a pool of workers, be they threads or processes. */
export interface OffloadRuns {
  /** `size` no-ops, each awaited before the next. */
  readonly oneByOne: () => unknown
  /** `size` no-ops, all of them handed in before the first is awaited. */
  readonly burst: () => unknown
  /** All parcels at once: each goes there and back so many times. */
  readonly copied: (parcels: readonly Parcel[], trips: number) => unknown
  /** The same, with the memory itself handed over and back; where there is such a thing. */
  readonly transferred?: ((parcels: readonly Parcel[], trips: number) => unknown) | undefined
  /** So many jobs at once, each to compute the Fibonacci number of `n`. */
  readonly compute: (jobs: number, n: number) => unknown
  readonly close: () => unknown
}

/** Two for each of two workers: one at work, and one on its way. */
const PARCELS = 4
const COPIES = tripsEach(size / 50)
const TRANSFERS = tripsEach(size / 10)
const COMPUTATIONS = 8
/** 32 at the full size. fib(n) takes 1.618 times as long as fib(n - 1), and so it goes with the size. */
const FIB_OF: number = 32 + Math.round(Math.log(size / 5_000) / Math.log(1.618))

const COPIED = '1 MiB, copied'
const BOTH_WAYS_MB = (2 * 2 ** 20) / 1e6

/** Measures a pool of 2 workers, and what one of 1 worker takes to compute the same. */
export async function measureOffload(make: (workers: number) => OffloadRuns): Promise<void> {
  const [one, two] = [make(1), make(2)]
  const jobs = jobsOn(two)
  const [inline, onOne, onTwo] = computationsOn(one, two)
  const samples = new Map([
    ...(await sample(jobs)),
    ...(await sample([inline, onOne, onTwo], { warmUps: 1, repetitions: 3 })),
  ])
  const times = ({ metric }: { metric: string }, ns: number): number[] => {
    return (samples.get(metric) ?? []).map(took => took / ns)
  }
  for (const job of jobs) emit(job.metric, 'µs', times(job, 1e3))
  const rates = times({ metric: COPIED }, 1e9).map(seconds => BOTH_WAYS_MB / seconds)
  emit(`${COPIED}, both ways`, 'MB/s', rates)
  for (const computation of [inline, onOne, onTwo]) emit(computation.metric, 'ms', times(computation, 1e6))
  emit('speed-up on 1 worker', 'x', ratios(times(inline, 1), times(onOne, 1)))
  emit('speed-up on 2 workers', 'x', ratios(times(inline, 1), times(onTwo, 1)))
  await Promise.all([one.close(), two.close()])
}

function jobsOn({ oneByOne, burst, copied, transferred }: OffloadRuns): Measured[] {
  const jobs = [
    { metric: 'no-op, one by one', operations: size, body: oneByOne },
    { metric: 'no-op, burst', operations: size, body: burst },
    travels(COPIED, COPIES, copied),
  ]
  return transferred === undefined ? jobs : [...jobs, travels('1 MiB, transferred', TRANSFERS, transferred)]
}

function travels(metric: string, trips: number, body: OffloadRuns['copied']): Measured {
  const parcels = Array.from({ length: PARCELS }, () => new Parcel())
  return {
    metric,
    operations: PARCELS * trips,
    body: () => body(parcels, trips),
    check() {
      for (const parcel of parcels) parcel.check()
    },
  }
}

function tripsEach(all: number): number {
  return Math.max(1, Math.round(all / PARCELS))
}

function computationsOn(one: OffloadRuns, two: OffloadRuns): [Measured, Measured, Measured] {
  const run = (where: string, body: () => unknown): Measured => {
    return { metric: `${COMPUTATIONS} x fib(${FIB_OF}), ${where}`, operations: 1, body }
  }
  return [
    run('inline', computeInline),
    run('1 worker', () => one.compute(COMPUTATIONS, FIB_OF)),
    run('2 workers', () => two.compute(COMPUTATIONS, FIB_OF)),
  ]
}

function computeInline(): void {
  for (let i = 0; i < COMPUTATIONS; i++) mustBe('fib', fib(FIB_OF), fibonacci(FIB_OF))
}

/** What fib(n) must give, in no time. */
export function fibonacci(n: number): number {
  let [value, next] = [0, 1]
  for (let i = 0; i < n; i++) [value, next] = [next, value + next]
  return value
}

/** How many times as fast the second is, repetition by repetition. */
function ratios(first: readonly number[], second: readonly number[]): number[] {
  return first.map((took, repetition) => took / (second[repetition] as number))
}
