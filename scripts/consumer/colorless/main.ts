// For `plait run --colorless`: a plain function, which has a job done in a thread.
import { ThreadPoolExecutor } from 'plait/executors'
import { until } from 'plait/greenlet'
import { sum } from './jobs.ts'

export default function main(...args: string[]): void {
  const pool = new ThreadPoolExecutor({ workers: 1 })
  console.log(until(pool.submit(sum, args.map(Number))))
  until(pool.shutdown())
}
