import { existsSync, writeFileSync } from 'node:fs'
import { remote, reportProgress, throwIfCancelled } from '../../../src/executors.ts'
import { type Operation, sleep } from '../../../src/index.ts'

/** No test takes so long: a wait that ends only by being cancelled. */
const LONG = 1e9

/** Waits, as a coroutine does, until there is such a file. */
export const waitFor = remote(import.meta.url, function* waitFor(file: string): Operation<string> {
  reportProgress('begun')
  while (!existsSync(file)) yield* sleep(1)
  return 'waited'
})

/** As `waitFor`, in an async function whose promises nothing can interrupt. */
export const awaitDeaf = remote(import.meta.url, async function awaitDeaf(file: string): Promise<string> {
  reportProgress('begun')
  while (!existsSync(file)) await new Promise(resolve => setTimeout(resolve, 1))
  return 'awaited'
})

/** As `waitFor`, and never gives its thread back in the meantime. */
export const computeUntil = remote(import.meta.url, function computeUntil(file: string): string {
  reportProgress('begun')
  while (!existsSync(file));
  return 'computed'
})

export const computeForEver = remote(import.meta.url, function computeForEver(): never {
  reportProgress('begun')
  for (;;);
})

/** Computes, and looks whether it is still wanted. */
export const computeLooking = remote(import.meta.url, function computeLooking(): never {
  reportProgress('begun')
  for (;;) throwIfCancelled()
})

/** Waits for ever; cancelled, it cleans up in several steps before it is done. */
export const cleanUp = remote(import.meta.url, function* cleanUp(file: string): Operation<void> {
  reportProgress('begun')
  try {
    yield* sleep(LONG)
  } finally {
    yield* sleep(1)
    reportProgress('cleaning')
    yield* sleep(1)
    writeFileSync(file, '')
  }
})

/** As `cleanUp`, until there is such a file. */
export const cleanUpUntil = remote(
  import.meta.url,
  function* cleanUpUntil(file: string, done: string): Operation<void> {
    reportProgress('begun')
    try {
      yield* sleep(LONG)
    } finally {
      reportProgress('cleaning')
      while (!existsSync(file)) yield* sleep(1)
      writeFileSync(done, '')
    }
  },
)

/** Waits; cancelled, it computes for ever. */
export const neverCleaned = remote(import.meta.url, function* neverCleaned(): Operation<void> {
  reportProgress('begun')
  try {
    yield* sleep(LONG)
  } finally {
    reportProgress('cleaning')
    for (;;);
  }
})

/** Takes no notice of being cancelled, and gives what it was to give. */
export const stubborn = remote(import.meta.url, function* stubborn(): Operation<string> {
  reportProgress('begun')
  try {
    yield* sleep(LONG)
  } catch {}
  return 'all the same'
})

/** Reports why it was cancelled. */
export const tellWhy = remote(import.meta.url, function* tellWhy(): Operation<void> {
  reportProgress('begun')
  try {
    yield* sleep(LONG)
  } catch (error) {
    reportProgress((error as { reason: unknown }).reason)
    throw error
  }
})

export const pause = remote(import.meta.url, function* pause(ms: number): Operation<void> {
  yield* sleep(ms)
})

/** Leaves a mark, waits for ever, and cancelled leaves another one. */
export const markAndWait = remote(
  import.meta.url,
  function* markAndWait(begun: string, cleaned: string): Operation<void> {
    writeFileSync(begun, '')
    try {
      yield* sleep(LONG)
    } finally {
      yield* sleep(1)
      writeFileSync(cleaned, '')
    }
  },
)

const running = { now: 0 }

/** Waits until there is such a file, and tells how many of these were under way when it began. */
export const atOnce = remote(import.meta.url, function* atOnce(file: string): Operation<number> {
  running.now += 1
  const seen = running.now
  reportProgress('begun')
  while (!existsSync(file)) yield* sleep(1)
  yield* sleep(0)
  running.now -= 1
  return seen
})

/** Gives this, in a few steps. */
export const slowly = remote(
  import.meta.url,
  function* slowly(ms: number, value: unknown): Operation<unknown> {
    try {
      yield* sleep(ms)
      yield
      return value
    } finally {
      yield* sleep(1)
    }
  },
)

/** Gives this, after it has computed for so long. */
export const computeFor = remote(import.meta.url, function computeFor(ms: number, value: unknown): unknown {
  const end = performance.now() + ms
  while (performance.now() < end);
  return value
})
