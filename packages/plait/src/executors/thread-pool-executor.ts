import { defaultExecutor } from '../tasks/default-executor.ts'
import { Claims } from './claims.ts'
import { checkPoolOptions, type PoolOptions } from './pool-options.ts'
import { PoolWorker } from './pool-worker.ts'
import { ThreadTransport } from './thread-transport.ts'
import { here } from './worker/place.ts'
import { WorkerPool } from './worker-pool.ts'

/**
 * Has functions called on threads of this process: for work that computes. Starting one takes some 30 ms and 10 MB, a call
 * some 40 µs, and what is transferred or shared is not copied.
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
      const name = `worker ${number} of ${settings.name}`
      const claims = new Claims()
      const { concurrency, initializer, initializerArgs } = settings
      const hello = { name, concurrency, initializer, initializerArgs, depth: here.depth + 1 }
      return new PoolWorker(
        number,
        hello,
        new ThreadTransport(settings, name, claims),
        claims,
        'thread',
        owner,
      )
    })
  }
}

defaultExecutor.make = () => new ThreadPoolExecutor({ name: 'the default executor' })
