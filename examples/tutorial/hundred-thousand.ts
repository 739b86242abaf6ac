/**
 * A hundred thousand coroutines at once, each asleep for a second, then added up. A thread costs a stack of its own
 * and a place in the kernel's scheduler; a coroutine with its task is less than a kilobyte.
 *
 * With --measure it prints what it took: plait run examples/tutorial/hundred-thousand.ts --measure
 */
import { allTasks, createTask, gather, getEventLoop, seconds, sleep } from 'plait'
import { runVirtual } from 'plait/testing'

const COUNT = 100_000

function* sleeper(n: number) {
  yield* sleep(seconds(1))
  return n
}

function* program() {
  const before = process.memoryUsage().rss
  const tasks = Array.from({ length: COUNT }, (_, n) => createTask(sleeper(n)))
  yield* sleep(500) // by now each has had its first step, and sleeps
  const asleep = allTasks().length - 1 // all but this one
  const memory = process.memoryUsage().rss - before
  const results = yield* gather(...tasks)
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
