/**
 * As goroutines over all cores, in async functions: `for await` takes jobs from a channel, wherever it is.
 */
import { availableParallelism } from 'node:os'
import { threadId } from 'node:worker_threads'
import { Channel, createTask, gather } from 'plait'
import { remote, ThreadPoolExecutor } from 'plait/executors'

const WORKERS = 8
const JOBS = 200

interface Result {
  readonly n: number
  readonly steps: number
}

/** Takes jobs until there are no more, and says on which thread that was. */
export const worker = remote(
  import.meta.url,
  async function worker(jobs: Channel<number>, results: Channel<Result>): Promise<number> {
    for await (const n of jobs) await results.send({ n, steps: stepsFrom(n) })
    return threadId
  },
)

/** How long it takes to come to 1: a number is halved if it is even, else tripled and one more. */
function stepsFrom(n: number) {
  let steps = 0
  for (let at = n; at !== 1; steps += 1) at = at % 2 === 0 ? at / 2 : 3 * at + 1
  return steps
}

async function handOut(jobs: Channel<number>) {
  for (let n = 1; n <= JOBS; n += 1) await jobs.send(n)
  jobs.close()
}

export default async function main() {
  await using pool = new ThreadPoolExecutor()
  const jobs = new Channel<number>()
  const results = new Channel<Result>()

  const gathered = createTask(results.toArray())
  createTask(() => handOut(jobs))
  const workers = Array.from({ length: WORKERS }, () => pool.spawn(worker, jobs, results))
  const threads = new Set(await gather(...workers))
  results.close()

  const all = await gathered
  const longest = all.reduce((most, result) => (result.steps > most.steps ? result : most))
  console.log(`${all.length} results, each once: ${new Set(all.map(({ n }) => n)).size === JOBS}`)
  console.log(`the longest way is from ${longest.n}: ${longest.steps} steps`)
  console.log(`on every core: ${threads.size === Math.min(WORKERS, availableParallelism())}`)
}
