/**
 * A hundred thousand async functions at once, each asleep for a second, then added up. They are dearer than
 * coroutines, since each wait needs a promise; a thread would still be dearer by far.
 *
 * With --measure it prints what it took: plait run examples/tutorial/hundred-thousand-async.ts --measure
 */
import { allTasks, createTask, gather, getEventLoop, seconds, sleep } from 'plait'
import { runVirtual } from 'plait/testing'

const COUNT = 100_000

async function sleeper(n: number) {
  await sleep(seconds(1))
  return n
}

async function program() {
  const before = process.memoryUsage().rss
  const tasks = Array.from({ length: COUNT }, (_, n) => createTask(() => sleeper(n)))
  await sleep(500) // by now each has had its first step, and sleeps
  const asleep = allTasks().length - 1 // all but this one
  const memory = process.memoryUsage().rss - before
  const results = await gather(...tasks)
  console.log(`${asleep} asleep at once`)
  console.log(`${results.length} woken, and they add up to ${results.reduce((sum, n) => sum + n, 0)}`)
  console.log(`${getEventLoop().time() / 1000} s on the clock`)
  return memory
}

export default async function main(...args: string[]) {
  const start = performance.now()
  const memory = await runVirtual(program)
  const tookMs = performance.now() - start
  if (!args.includes('--measure')) return
  console.log(`took ${tookMs.toFixed(0)} ms, and ${(memory / COUNT).toFixed(0)} bytes for each`)
}
