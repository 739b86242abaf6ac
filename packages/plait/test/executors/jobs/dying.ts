import { existsSync, writeFileSync } from 'node:fs'
import { remote, reportProgress } from '../../../src/executors.ts'
import { type Operation, sleep } from '../../../src/index.ts'

const LONG = 1e9

export const exit = remote(import.meta.url, function exit(code: number): void {
  process.exit(code)
})

/** Ends the process, not the thread alone. */
export const kill = remote(import.meta.url, function* kill(): Operation<void> {
  process.kill(process.pid, 'SIGKILL')
  yield* sleep(LONG)
})

class Overdrawn extends Error {
  readonly balance = -5
}
Overdrawn.prototype.name = 'Overdrawn'

export const throwInTimer = remote(import.meta.url, function* throwInTimer(): Operation<void> {
  setTimeout(() => {
    throw new Overdrawn('in a timer')
  })
  yield* sleep(LONG)
})

export const rejectUnhandled = remote(import.meta.url, function* rejectUnhandled(): Operation<void> {
  void Promise.reject(new RangeError('nobody caught me'))
  yield* sleep(LONG)
})

/** By small things: at a large one that is refused, the engine may end the whole process. */
export const outOfMemory = remote(import.meta.url, function outOfMemory(): never {
  let hoard: unknown
  for (let n = 0; ; n += 1) hoard = { n, hoard }
})

/** Dies each time, until there is a file of each of these names. */
export const dieTimes = remote(import.meta.url, function dieTimes(files: readonly string[]): string {
  for (const file of files) {
    if (existsSync(file)) continue
    writeFileSync(file, '')
    process.exit(1)
  }
  return `died ${files.length} times`
})

/** Reports that it has begun, and dies when there is such a file. */
export const dieWhen = remote(import.meta.url, function* dieWhen(file: string): Operation<void> {
  reportProgress('begun')
  while (!existsSync(file)) yield* sleep(1)
  process.exit(5)
})

/** Gives its result; then its worker dies. */
export const dieLater = remote(import.meta.url, function dieLater(): string {
  setTimeout(() => process.exit(1), 1)
  return 'done before'
})
