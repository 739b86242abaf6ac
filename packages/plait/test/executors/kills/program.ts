/** The program under attack: a pool under load. Its parent process tells it when to stop, and strikes until then. */
import { readdirSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { ProcessPoolExecutor, ThreadPoolExecutor, type WorkerPool } from '../../../src/executors.ts'
import {
  type EventLoop,
  type ExceptionContext,
  gather,
  getEventLoop,
  type Operation,
  run,
} from '../../../src/index.ts'
import { Random } from '../../differential/random.ts'
import { Load } from './load.ts'
import type { Orders, State, Word } from './talk.ts'
import { strike, watch, watchdogMemory } from './watchdog.ts'

const TELL_MS = 3
const WORKERS = 3
const SUBMITTERS = 3

const { kind, ledger, seed } = JSON.parse(process.argv[2] as string) as Orders
const random = new Random(seed, 1)

// Those that Node starts when they are first needed are to be there before they are counted.
await Promise.all(Array.from({ length: 8 }, () => stat('.')))
const before = countThreads()

const memory = watchdogMemory()
const concurrency = random.between(1, 4)
const pool: WorkerPool =
  kind === 'processes'
    ? new ProcessPoolExecutor({ workers: WORKERS, concurrency })
    : new ThreadPoolExecutor({
        ...{ workers: WORKERS, concurrency, initializer: watch, initializerArgs: [memory] },
        resourceLimits: { maxOldGenerationSizeMb: 40, maxYoungGenerationSizeMb: 8 },
      })
const load = new Load(pool, ledger, random)

process.on('message', (word: Word) => {
  if (word.say === 'die') strike(memory, word.thread, word.death)
  else if (word.say === 'spin') load.spin()
  else if (word.say === 'stop spinning') load.stopSpinning()
  else load.enough()
})
const telling = setInterval(() => tell(), TELL_MS)

getEventLoop().setExceptionHandler(reported)
await run(function* main(): Operation<void> {
  getEventLoop().setExceptionHandler(reported)
  yield* gather(...Array.from({ length: SUBMITTERS }, () => load.run()))
  yield* pool.shutdown()
})
clearInterval(telling)
tell({ before, after: countThreads() })
// From here on nothing keeps this process alive.
process.disconnect()

function tell(threads?: State['threads']): void {
  const { workers, deaths, ended } = pool.statistics()
  const { spinning, stopped, underWay } = load
  const busy = workers
    .filter(({ jobs, state }) => state === 'busy' && !jobs.includes('spins') && jobs.some(isOpenToStrikes))
    .map(({ id }) => id)
  const state: State = {
    busy,
    all: workers.map(({ id }) => id),
    deaths,
    spinning,
    stopped,
    underWay,
    ended,
    threads,
  }
  process.send?.(state)
}

/** A thread can die in the middle of a job only where that waits: what it is told, it hears of in between. */
function isOpenToStrikes(name: string): boolean {
  return kind === 'processes' || !/^(quick|compute) /.test(name)
}

/** Workers that die between two jobs are told of to nobody else, and this is where many do. */
function reported(loop: EventLoop, context: ExceptionContext): void {
  if (!context.message.includes('died with no job in it')) loop.defaultExceptionHandler(context)
}

function countThreads(): number {
  return process.platform === 'linux' ? readdirSync('/proc/self/task').length : 0
}
