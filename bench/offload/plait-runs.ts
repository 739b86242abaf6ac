import { type Future, gather, type Operation, run } from 'plait'
import type { ProcessPoolExecutor, ThreadPoolExecutor } from 'plait/executors'
import { mustBe, size } from '../measure.ts'
import { echo, fib, handBack, noop } from './jobs/plait.ts'
import type { Parcel } from './parcel.ts'
import { fibonacci, type OffloadRuns } from './runs.ts'

type Pool = ThreadPoolExecutor | ProcessPoolExecutor

/** The runs on a pool of either kind, by coroutines. */
export function runsOn(pool: Pool): OffloadRuns {
  const copy: ThereAndBack = bytes => pool.submit(echo, bytes)
  return {
    oneByOne: () => run(oneByOne(pool)),
    burst: () => run(burst(pool)),
    copied: (parcels, trips) => run(gather(...parcels.map(parcel => travel(parcel, trips, copy)))),
    compute: (jobs, n) => run(compute(pool, jobs, n)),
    close: () => pool.shutdown(),
  }
}

/** The same with what only threads have. */
export function runsOnThreads(pool: ThreadPoolExecutor): OffloadRuns {
  const handOver: ThereAndBack = bytes => pool.with({ transfer: [bytes.buffer] }).submit(handBack, bytes)
  return {
    ...runsOn(pool),
    transferred: (parcels, trips) => run(gather(...parcels.map(parcel => travel(parcel, trips, handOver)))),
  }
}

function* oneByOne(pool: Pool): Operation<void> {
  for (let i = 0; i < size; i++) mustBe('the result', yield* pool.submit(noop, i), i)
}

function* burst(pool: Pool): Operation<void> {
  const results = yield* gather(...Array.from({ length: size }, (_, i) => pool.submit(noop, i)))
  for (let i = 0; i < size; i++) mustBe('the result', results[i], i)
}

function* compute(pool: Pool, jobs: number, n: number): Operation<void> {
  const results = yield* gather(...Array.from({ length: jobs }, () => pool.submit(fib, n)))
  for (const result of results) mustBe('fib', result, fibonacci(n))
}

type ThereAndBack = (bytes: Uint8Array<ArrayBuffer>) => Future<Uint8Array>

function* travel(parcel: Parcel, trips: number, thereAndBack: ThereAndBack): Operation<void> {
  for (let i = 0; i < trips; i++) parcel.receive(yield* thereAndBack(parcel.send()))
}
