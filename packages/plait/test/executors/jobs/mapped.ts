import { existsSync } from 'node:fs'
import { remote } from '../../../src/executors.ts'
import { type Operation, sleep } from '../../../src/index.ts'
import { markAndWait } from './waiting.ts'

type Pair = readonly [begun: string, cleaned: string]

/** Waits for a file, and gives its name. */
export const waitForAndTell = remote(
  import.meta.url,
  function* waitForAndTell(file: string): Operation<string> {
    while (!existsSync(file)) yield* sleep(1)
    return file
  },
)

/** Leaves a mark and waits for ever; cancelled, it leaves the other one. With no other one, it is the first and done. */
export const waitUnlessFirst = remote(
  import.meta.url,
  function* waitUnlessFirst([begun, cleaned]: Pair): Operation<string> {
    if (cleaned === '') return 'first'
    yield* markAndWait(begun, cleaned)
    return 'never'
  },
)

/** As `waitUnlessFirst`; with no other one, it fails once the first is there. */
export const waitOrFail = remote(
  import.meta.url,
  function* waitOrFail([begun, cleaned]: Pair): Operation<void> {
    if (cleaned !== '') return yield* markAndWait(begun, cleaned)
    while (!existsSync(begun)) yield* sleep(1)
    throw new RangeError('failed')
  },
)
