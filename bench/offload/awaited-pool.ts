import { mustBe, size } from '../measure.ts'
import type { Parcel } from './parcel.ts'
import { fibonacci, measureOffload, type OffloadRuns } from './runs.ts'

/** A pool for async functions. */
export interface AwaitedPool {
  readonly noop: (x: number) => PromiseLike<number>
  readonly fib: (n: number) => PromiseLike<number>
  /** The bytes there and back, by copies. */
  readonly echo: ThereAndBack
  /** The memory itself there and back. */
  readonly handOver?: ThereAndBack | undefined
  readonly close: () => unknown
}

type ThereAndBack = (bytes: Uint8Array<ArrayBuffer>) => PromiseLike<Uint8Array>

/** The same runs for every such pool. */
export async function measureAwaitedPool(make: (workers: number) => AwaitedPool): Promise<void> {
  await measureOffload(workers => runsOn(make(workers)))
}

function runsOn(pool: AwaitedPool): OffloadRuns {
  const { handOver } = pool
  return {
    async oneByOne() {
      for (let i = 0; i < size; i++) mustBe('the result', await pool.noop(i), i)
    },
    async burst() {
      const results = await Promise.all(Array.from({ length: size }, (_, i) => pool.noop(i)))
      for (let i = 0; i < size; i++) mustBe('the result', results[i], i)
    },
    copied: (parcels, trips) => Promise.all(parcels.map(parcel => travel(parcel, trips, pool.echo))),
    transferred:
      handOver && ((parcels, trips) => Promise.all(parcels.map(parcel => travel(parcel, trips, handOver)))),
    async compute(jobs, n) {
      const results = await Promise.all(Array.from({ length: jobs }, () => pool.fib(n)))
      for (const result of results) mustBe('fib', result, fibonacci(n))
    },
    close: pool.close,
  }
}

async function travel(parcel: Parcel, trips: number, thereAndBack: ThereAndBack): Promise<void> {
  for (let i = 0; i < trips; i++) parcel.receive(await thereAndBack(parcel.send()))
}
