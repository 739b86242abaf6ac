import { writeFileSync } from 'node:fs'
import { isMainThread, resourceLimits, threadId } from 'node:worker_threads'
import { remote, reportProgress } from '../../../src/executors.ts'
import { coroutine, type Operation, sleep } from '../../../src/index.ts'

export const add = remote(import.meta.url, function add(a: number, b: number): number {
  return a + b
})

export const addAsync = remote(import.meta.url, async function addAsync(a: number, b: number) {
  await Promise.resolve()
  return a + b
})

export const addWaiting = remote(
  import.meta.url,
  function* addWaiting(a: number, b: number): Operation<number> {
    yield* sleep(0)
    return a + b
  },
)

export const addInCoroutine = remote(
  import.meta.url,
  coroutine(function* addInCoroutine(a: number, b: number): Operation<number> {
    yield* sleep(0)
    return a + b
  }),
)

/** Not declared: workers know it by its module alone. */
export function multiply(a: number, b: number): number {
  return a * b
}

export const square = remote(import.meta.url, function square(n: number): number {
  return n * n
})

export const squareUnless = remote(
  import.meta.url,
  function squareUnless([n, bad]: readonly [number, number]): number {
    if (n === bad) throw new RangeError(`not ${n}`)
    return n * n
  },
)

/** The number of the thread or process that it runs in. */
export const where = remote(import.meta.url, function where(): number {
  return threadId || process.pid
})

export const same = remote(import.meta.url, function same(value: unknown): unknown {
  return value
})

/** Leaves a mark where it runs, in a file that everybody sees. */
export const mark = remote(import.meta.url, function mark(file: string): void {
  writeFileSync(file, '')
})

export const environment = remote(import.meta.url, function environment(): NodeJS.ProcessEnv {
  return { ...process.env }
})

/** Reports each of these, and gives the last. */
export const reportEach = remote(import.meta.url, function reportEach(values: readonly unknown[]): unknown {
  for (const value of values) reportProgress(value)
  return values.at(-1)
})

/** How much memory it has where it runs: of a thread its limits, of a process the flags that say so. */
export const memoryLimits = remote(import.meta.url, function memoryLimits(): unknown {
  if (isMainThread) return process.execArgv.filter(flag => /^--(max|stack)/.test(flag))
  const { maxOldGenerationSizeMb, stackSizeMb } = resourceLimits
  return { maxOldGenerationSizeMb, stackSizeMb }
})
