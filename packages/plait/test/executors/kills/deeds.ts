import { existsSync } from 'node:fs'
import { remote, reportProgress } from '../../../src/executors.ts'
import type { Operation } from '../../../src/index.ts'

const { url } = import.meta

export const double = remote(url, function double(n: number): number {
  return n * 2
})

/** As `double`, as a coroutine: it is called in a turn of the loop, and not where it is heard of. */
export const doubleInTurn = remote(url, function* doubleInTurn(n: number): Operation<number> {
  return n * 2
})

/** Keeps the thread until there is such a file: nothing else is heard of meanwhile. */
export const holdUntil = remote(url, function holdUntil(file: string): void {
  reportProgress('holds')
  while (!existsSync(file));
})

export const exit = remote(url, function exit(): never {
  process.exit(3)
})
