import { existsSync, writeFileSync } from 'node:fs'
import { remote } from '../../../src/executors.ts'
import { type Operation, sleep } from '../../../src/index.ts'

const prepared: { with: unknown } = { with: undefined }

/** Prepares its worker, in several steps. */
export const prepare = remote(import.meta.url, function* prepare(what: unknown): Operation<void> {
  yield* sleep(1)
  prepared.with = what
})

/** What its worker was prepared with. */
export const preparedWith = remote(import.meta.url, function preparedWith(): unknown {
  return prepared.with
})

export const failToPrepare = remote(import.meta.url, async function failToPrepare(why: string) {
  await Promise.resolve()
  throw new RangeError(why)
})

/** Works the first time, and fails ever after. */
export const prepareOnce = remote(import.meta.url, function prepareOnce(file: string): void {
  if (existsSync(file)) throw new RangeError('only once')
  writeFileSync(file, '')
})
