import { remote, ThreadPoolExecutor } from '../../../src/executors.ts'
import { square } from './plain.ts'

/** A module that starts working when it is loaded, wherever that is. */
const pool = new ThreadPoolExecutor({ workers: 1, name: 'the pool at the top' })
export const nine: number = await pool.submit(square, 3)
await pool.shutdown()

export const half = remote(import.meta.url, function half(n: number): number {
  return n / 2
})
