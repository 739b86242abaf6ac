import { isWorker, remote, ThreadPoolExecutor } from '../../../src/executors.ts'
import { square } from './plain.ts'

export const half = remote(import.meta.url, function half(n: number): number {
  return n / 2
})

/** As that module, but not in workers. */
export const results: number[] = []
if (!isWorker()) {
  await using pool = new ThreadPoolExecutor({ workers: 1 })
  results.push(await pool.submit(square, 3), await pool.submit(half, 3))
}
