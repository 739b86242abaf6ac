/**
 * Two processes with a thousand coroutines in each: processes for the cores, coroutines for all that waits.
 *
 * Each process has a loop of its own. `spawn` has a coroutine run on the one with the least to do, beside all that is
 * there already, and gives a task that stands for it here. Results come over a channel, which any task may send on,
 * in whichever process it is.
 */
import { Channel, createTask, gather, seconds, sleep } from 'plait'
import { ProcessPoolExecutor, remote } from 'plait/executors'

const PROCESSES = 2
const EACH = 1000

interface Report {
  readonly pid: number
  readonly n: number
  /** How many were asleep in that process when this one fell asleep. */
  readonly asleep: number
}

/** Each process has one of its own: nothing is shared but what is sent. */
let asleep = 0

export const sleeper = remote(import.meta.url, function* sleeper(n: number, reports: Channel<Report>) {
  asleep += 1
  const report = { pid: process.pid, n, asleep }
  yield* sleep(seconds(1))
  asleep -= 1
  yield* reports.send(report)
})

export default function* main() {
  const pool = new ProcessPoolExecutor({ workers: PROCESSES })
  const reports = new Channel<Report>()
  const received = createTask(reports.toArray())
  const numbers = Array.from({ length: PROCESSES * EACH }, (_, n) => n)
  yield* gather(...numbers.map(n => pool.spawn(sleeper, n, reports)))
  reports.close()

  const all = yield* received
  const pids = new Set(all.map(({ pid }) => pid))
  console.log(`${pids.size} processes, none of them this one: ${!pids.has(process.pid)}`)
  console.log(`${Math.max(...all.map(({ asleep }) => asleep))} asleep at once in each`)
  console.log(`${all.length} reports, and the numbers add up to ${all.reduce((sum, { n }) => sum + n, 0)}`)
  yield* pool.shutdown()
}
