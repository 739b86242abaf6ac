/**
 * The more there are, the more coroutines win: 10, 30 and 100 threads, and as many coroutines that do the same. Each
 * comes, waits until all the others are there, and goes.
 *
 * A thread needs a JavaScript engine of its own: 15 MB, and a tenth of a second of a processor to start it. A thousand
 * take minutes and gigabytes, so that they are not made unless asked for. With --measure it prints what it took:
 * plait run examples/tutorial/threads-or-coroutines.ts --measure 10 100 1000
 */
import { Barrier, createTask, gather, type Operation, sleep } from 'plait'
import { ThreadPoolExecutor } from 'plait/executors'

/** Has so many meet, and gives the memory of the process when all are there. */
type Meeting = (count: number) => Operation<number>

function* ofThreads(count: number) {
  const pool = new ThreadPoolExecutor({ workers: count })
  const shared = new Int32Array(new SharedArrayBuffer(8)) // how many have come; whether they may go
  const jobs = Array.from({ length: count }, () => pool.submit(visit, shared))
  while (Atomics.load(shared, 0) < count) yield* sleep(5)
  const memory = process.memoryUsage().rss
  Atomics.store(shared, 1, 1)
  Atomics.notify(shared, 1)
  yield* gather(...jobs)
  yield* pool.shutdown()
  return memory
}

/** It needs nothing around it, so that it can be sent to a thread as it stands here. */
function visit(shared: Int32Array) {
  Atomics.add(shared, 0, 1)
  Atomics.wait(shared, 1, 0)
}

function* ofCoroutines(count: number) {
  const barrier = new Barrier(count + 1)
  const tasks = Array.from({ length: count }, () => createTask(barrier.wait()))
  while (barrier.nWaiting < count) yield* sleep(0)
  const memory = process.memoryUsage().rss
  yield* barrier.wait()
  yield* gather(...tasks)
  return memory
}

function* costOf(meeting: Meeting, count: number) {
  const before = process.memoryUsage().rss
  const start = performance.now()
  const memory = yield* meeting(count)
  return { ms: performance.now() - start, megabytes: Math.max(0, memory - before) / 2 ** 20 }
}

export default function* main(...args: string[]) {
  const isMeasured = args.includes('--measure')
  const counts = args.map(Number).filter(count => count > 0)
  for (const count of counts.length > 0 ? counts : [10, 30, 100]) {
    const coroutines = yield* costOf(ofCoroutines, count)
    const threads = yield* costOf(ofThreads, count)
    const isMore = threads.ms > coroutines.ms && threads.megabytes > coroutines.megabytes
    console.log(`${count} threads take more time and memory than ${count} coroutines: ${isMore}`)
    for (const [name, cost] of isMeasured ? Object.entries({ threads, coroutines }) : [])
      console.log(
        `  ${name.padEnd(10)} ${cost.ms.toFixed(0).padStart(6)} ms ${cost.megabytes.toFixed(1).padStart(8)} MB`,
      )
  }
}
