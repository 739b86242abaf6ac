import {
  isWorker,
  ProcessPoolExecutor,
  parentExecutor,
  remote,
  reportProgress,
  ThreadPoolExecutor,
} from '../../../src/executors.ts'
import { getEventLoop, type Operation, sleep } from '../../../src/index.ts'
import { Overdrawn } from './failing.ts'
import { square } from './plain.ts'

type Kind = 'threads' | 'processes'

function poolOf(kind: Kind): ThreadPoolExecutor | ProcessPoolExecutor {
  return kind === 'threads' ? new ThreadPoolExecutor({ workers: 1 }) : new ProcessPoolExecutor({ workers: 1 })
}

/** The sum of squares, each computed in a worker of this worker. */
export const sumOfSquares = remote(import.meta.url, async function sumOfSquares(kind: Kind, items: number[]) {
  await using pool = poolOf(kind)
  const squares = await pool.map(square, items).toArray()
  return squares.reduce((sum, one) => sum + one, 0)
})

/** How many workers stand above the innermost one, made until that is refused. */
export const deepest = remote(import.meta.url, function* deepest(depth: number): Operation<number> {
  const pool = new ThreadPoolExecutor({ workers: 1 })
  try {
    return yield* pool.run(deepest as (depth: number) => Operation<number>, depth + 1)
  } catch (error) {
    if ((error as { code?: string }).code !== 'nestedTooDeep') throw error
    return depth
  } finally {
    yield* pool.shutdown()
  }
})

/** Never ends, nor does what it has begun in a worker of its own. */
export const nestForEver = remote(import.meta.url, function* nestForEver(kind: Kind): Operation<void> {
  const pool = poolOf(kind)
  const inner = pool.spawn(sleepLong)
  yield* pool.run(square, 1)
  reportProgress(pool.statistics().workers[0]?.id)
  yield* inner
})

const sleepLong = remote(import.meta.url, function* sleepLong(): Operation<void> {
  yield* sleep(1e9)
})

export const worksHere = remote(import.meta.url, function worksHere(): boolean {
  return isWorker()
})

/** What the thread that runs this program has, and nobody else. */
export const desk: { pencils: number; loops: Set<unknown> } = {
  pencils: 0,
  loops: new Set(),
}

export const takePencils = remote(import.meta.url, function* takePencils(n: number): Operation<number> {
  desk.loops.add(getEventLoop())
  yield* sleep(0)
  if (n > desk.pencils) throw new Overdrawn('the desk', desk.pencils - n)
  desk.pencils -= n
  return desk.pencils
})

/** Asks whoever submitted it for so many pencils, one by one. */
export const askForPencils = remote(import.meta.url, function* askForPencils(n: number): Operation<number[]> {
  const parent = parentExecutor()
  if (parent === undefined) throw new Error('there is nobody to ask')
  const left: number[] = []
  for (let i = 0; i < n; i += 1) left.push(yield* parent.run(takePencils, 1))
  return left
})

export const askForTooMany = remote(import.meta.url, async function askForTooMany(n: number) {
  return await parentExecutor()?.submit(takePencils, n)
})

export const waitThere = remote(import.meta.url, function* waitThere(): Operation<void> {
  desk.pencils = -1
  try {
    yield* sleep(1e9)
  } finally {
    yield* sleep(0)
    desk.pencils = -2
  }
})

/** Waits for a job that it has handed back. */
export const waitInParent = remote(import.meta.url, function* waitInParent(): Operation<void> {
  yield* (parentExecutor() as NonNullable<ReturnType<typeof parentExecutor>>).run(waitThere)
})

/** What a job may ask for. */
export const countPencils = remote(import.meta.url, function countPencils(): number {
  return desk.pencils
})

/** Hands back what never ends, and does not wait for it: then it is done, or dies. */
export const handBackAndLeave = remote(
  import.meta.url,
  function* handBackAndLeave(isToDie: boolean): Operation<string> {
    const parent = parentExecutor() as NonNullable<ReturnType<typeof parentExecutor>>
    parent.submit(waitThere).addDoneCallback(() => {})
    while ((yield* parent.run(countPencils)) !== -1) yield* sleep(1)
    if (isToDie) process.exit(5)
    return 'left it'
  },
)

/** Hands back what was not wanted any more before it was handed back. */
export const askUnwanted = remote(import.meta.url, async function askUnwanted(): Promise<unknown> {
  const parent = parentExecutor()?.with({ signal: AbortSignal.abort('never mind') })
  const [end] = await Promise.allSettled([parent?.submit(takePencils, 1)])
  return end.status === 'rejected' ? (end.reason as Error).message : 'taken'
})

export const askWithFunction = remote(import.meta.url, function* askWithFunction(): Operation<number> {
  const parent = parentExecutor() as NonNullable<ReturnType<typeof parentExecutor>>
  return yield* parent.run((a: number, b: number) => a * b, 6, 7)
})
