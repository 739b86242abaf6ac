import { isWorker, remote, ThreadPoolExecutor } from '../../../src/executors.ts'
import { type Channel, createTask, type Operation } from '../../../src/index.ts'

/** Declared where it is submitted, and not where it is to run. */
export const onlyThere: () => number = isWorker()
  ? () => 0
  : remote(import.meta.url, function onlyThere() {
      return 1
    })

/** One without a name, which is another function in a worker. */
export const different: () => number = remote(import.meta.url, isWorker() ? () => 0 : () => 1)

export const askAtOnce = remote(import.meta.url, function askAtOnce(channel: Channel<number>): boolean {
  return channel.trySend(1)
})

/** Makes a worker in each worker, and never comes to an end by itself. */
export const nestOn = remote(import.meta.url, function* nestOn(): Operation<void> {
  const pool = new ThreadPoolExecutor({ workers: 1 })
  try {
    yield* createTask(pool.run(nestOn as () => Operation<void>))
  } finally {
    yield* pool.shutdown()
  }
})
