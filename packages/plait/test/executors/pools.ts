import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import {
  type Job,
  type JobOptions,
  type PoolOptions,
  ProcessPoolExecutor,
  ThreadPoolExecutor,
  type WorkerPool,
} from '../../src/executors.ts'

// Workers load a hundred files each, as TypeScript: read from Node's cache they are there in a third of the time.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(
  new URL('../../../../node_modules/.cache/plait-workers', import.meta.url),
)

export interface Kind {
  readonly kind: 'threads' | 'processes'
  /** What a worker is called in messages. */
  readonly way: 'thread' | 'process'
  make(options?: PoolOptions): WorkerPool
}

/** Both kinds of pool: what they promise alike is asked of each. */
export const kinds: readonly Kind[] = [
  { kind: 'threads', way: 'thread', make: options => new ThreadPoolExecutor(options) },
  { kind: 'processes', way: 'process', make: options => new ProcessPoolExecutor(options) },
]

/** A pool for one test, of which nothing is left after it, whatever happens in it. */
export function poolFor(make: Kind['make'], options: PoolOptions = {}): WorkerPool {
  const pool = make({ workers: 1, ...options })
  onTestFinished(async () => {
    pool.cancel()
    await pool.shutdown()
  })
  return pool
}

/** For jobs that are to clean up when they are cancelled: none is stopped for being slow, on however busy a machine. */
export const patient: JobOptions = { graceMs: 60_000 }

/** Waits until a job has reported something: it runs. Gives what it reported. */
export async function report(job: Job<unknown>): Promise<unknown> {
  return (await job.progress().next()).value
}

/** What something fails with. */
export async function errorOf(what: PromiseLike<unknown>): Promise<unknown> {
  try {
    await what
  } catch (error) {
    return error
  }
  throw new Error('it did not fail')
}

/** A file that is there once the test says so: threads and processes alike can wait for it, or be asked by it. */
export class Mark {
  readonly file: string

  constructor() {
    const folder = mkdtempSync(join(tmpdir(), 'plait-executors-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    this.file = join(folder, 'mark')
  }

  set(): void {
    writeFileSync(this.file, '')
  }

  get isSet(): boolean {
    return existsSync(this.file)
  }
}

/** Runs out of turns until a condition holds. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(resolve => setTimeout(resolve, 1))
}
