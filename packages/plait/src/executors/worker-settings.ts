import type { PoolSettings } from './pool-options.ts'
import type { Reference } from './reference.ts'
import { here } from './worker/place.ts'

/** What a worker is told when it begins. */
export interface WorkerSettings {
  /** What it is called: `worker 2 of ThreadPoolExecutor-1`. */
  readonly name: string
  readonly concurrency: number
  /** Called before the first job. */
  readonly initializer: Reference | undefined
  readonly initializerArgs: readonly unknown[]
  /** How many workers stand above it: 1 for a worker of the main thread. */
  readonly depth: number
}

/** What one more worker of a pool is told. */
export function workerSettings(pool: PoolSettings, number: number): WorkerSettings {
  const { concurrency, initializer, initializerArgs } = pool
  const name = `worker ${number} of ${pool.name}`
  return { name, concurrency, initializer, initializerArgs, depth: here.depth + 1 }
}
