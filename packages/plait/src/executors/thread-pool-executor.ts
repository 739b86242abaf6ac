import { defaultExecutor } from '../tasks/default-executor.ts'
import { Claims } from './claims.ts'
import { checkPoolOptions, type PoolOptions } from './pool-options.ts'
import { PoolWorker } from './pool-worker.ts'
import { ThreadTransport } from './thread-transport.ts'
import { WorkerPool } from './worker-pool.ts'
import { workerSettings } from './worker-settings.ts'

/**
 * Has functions called on threads of this process: for work that computes. Starting one takes some 100 ms and 10 MB, a
 * call some 100 µs, and what is transferred or shared is not copied.
 *
 * Each thread has a loop of its own: a coroutine that is submitted runs there as a task, a thousand of them where
 * `concurrency` says so. A thread that dies is replaced.
 *
 * Idle threads do not keep the process alive.
 *
 * @example
 * ```ts
 * await using pool = new ThreadPoolExecutor({ workers: 4 })
 * const digest = await pool.submit(hash, data)
 * ```
 * @see concurrent.futures.ThreadPoolExecutor
 */
export class ThreadPoolExecutor extends WorkerPool {
  constructor(options: PoolOptions = {}) {
    const settings = checkPoolOptions('ThreadPoolExecutor', options)
    super(settings, 'thread', (number, owner) => {
      const hello = workerSettings(settings, number)
      const claims = new Claims()
      const transport = new ThreadTransport(settings, hello.name, claims)
      return new PoolWorker(hello, transport, claims, 'thread', owner)
    })
  }
}

defaultExecutor.make = () => new ThreadPoolExecutor({ name: 'the default executor' })
