/** One worker of a pool. */
export interface WorkerStatistics {
  readonly name: string
  /** The number of its thread or process. */
  readonly id: number
  readonly state: 'starting' | 'idle' | 'busy' | 'retiring'
  /** The names of the jobs that it has, first begun first; of those that take turns a few may not have begun. */
  readonly jobs: readonly string[]
  /** How many jobs it has done. */
  readonly done: number
}

/** What a pool is doing. */
export interface PoolStatistics {
  readonly workers: readonly WorkerStatistics[]
  /** How many jobs wait for a worker. */
  readonly queued: number
  /** How many jobs are with a worker. */
  readonly running: number
  /** How many jobs have ended, and of those, how many failed and how many were cancelled. */
  readonly ended: number
  readonly failed: number
  readonly cancelled: number
  /** How many workers died that were not meant to. */
  readonly deaths: number
}
