/**
 * Two processes with a thousand async functions in each. They take turns here: `concurrency` says how many jobs run at
 * once in each process, and the others wait for theirs. Results come as what the jobs return.
 */
import { gather, seconds, sleep } from 'plait'
import { ProcessPoolExecutor, remote } from 'plait/executors'

const PROCESSES = 2
const EACH = 1000

/** Each process has one of its own: nothing is shared but what is sent. */
let asleep = 0

export const sleeper = remote(import.meta.url, async function sleeper(n: number) {
  asleep += 1
  const report = { pid: process.pid, n, asleep }
  await sleep(seconds(1))
  asleep -= 1
  return report
})

export default async function main() {
  await using pool = new ProcessPoolExecutor({ workers: PROCESSES, concurrency: EACH })
  const numbers = Array.from({ length: PROCESSES * EACH }, (_, n) => n)
  const all = await gather(...numbers.map(n => pool.submit(sleeper, n)))

  const pids = new Set(all.map(({ pid }) => pid))
  console.log(`${pids.size} processes, none of them this one: ${!pids.has(process.pid)}`)
  console.log(`${Math.max(...all.map(({ asleep }) => asleep))} asleep at once in each`)
  console.log(`${all.length} reports, and the numbers add up to ${all.reduce((sum, { n }) => sum + n, 0)}`)
}
