import { checkPoolOptions, type PoolOptions } from './pool-options.ts'
import { PoolWorker } from './pool-worker.ts'
import { ProcessTransport } from './process-transport.ts'
import { WorkerPool } from './worker-pool.ts'
import { workerSettings } from './worker-settings.ts'

/**
 * Has functions called in processes of their own: for work that may crash, leaks, or calls what would take a whole process
 * with it. All values are copied, and a call takes some 150 µs. What a process prints goes where this one prints.
 *
 * Each process has a loop of its own, as each thread of a ThreadPoolExecutor has.
 *
 * @example
 * ```ts
 * await using pool = new ProcessPoolExecutor({ workers: 4, resourceLimits: { maxOldGenerationSizeMb: 200 } })
 * const pages = await pool.map(render, documents).toArray()
 * ```
 * @see concurrent.futures.ProcessPoolExecutor
 */
export class ProcessPoolExecutor extends WorkerPool {
  constructor(options: PoolOptions = {}) {
    const settings = checkPoolOptions('ProcessPoolExecutor', options)
    super(settings, 'process', (number, owner) => {
      const hello = workerSettings(settings, number)
      return new PoolWorker(hello, new ProcessTransport(settings, hello.name), undefined, 'process', owner)
    })
  }
}
