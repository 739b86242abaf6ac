import { coroutine, createTask, type Operation, sleep } from 'plait'
import { byteCount, count, seconds } from './figures.ts'
import type { Tally } from './tally.ts'

const LIVE_EVERY_MS = 100
const PLAIN_EVERY_MS = 1000

/**
 * Runs `work` and meanwhile says how far it is: on a terminal in one line that is drawn anew, elsewhere in a plain
 * line now and then. On standard error, so that the result can be piped on its own.
 */
export const withProgress = coroutine(function* withProgress<T>(
  label: string,
  tally: Tally,
  work: Operation<T>,
): Operation<T> {
  const live = process.stderr.isTTY === true
  const ticker = createTask(live ? drawAnew(label, tally) : sayNowAndThen(label, tally), { name: 'progress' })
  try {
    return yield* work
  } finally {
    ticker.cancel()
    if (live) process.stderr.write('\r\x1b[2K')
  }
})

const drawAnew = coroutine(function* drawAnew(label: string, tally: Tally): Operation<void> {
  for (;;) {
    // One column less than there are: a full line would wrap, and leave a copy behind at each drawing.
    const line = progressLine(label, tally).slice(0, (process.stderr.columns || 80) - 1)
    process.stderr.write(`\r\x1b[2K${line}`)
    yield* sleep(LIVE_EVERY_MS)
  }
})

const sayNowAndThen = coroutine(function* sayNowAndThen(label: string, tally: Tally): Operation<void> {
  for (;;) {
    yield* sleep(PLAIN_EVERY_MS)
    process.stderr.write(`${progressLine(label, tally)}\n`)
  }
})

export function progressLine(label: string, tally: Tally): string {
  const parts = [
    `${label}: ${count(tally.visited)} of ${count(Math.max(tally.found, 1))} pages found so far`,
    `${tally.underway} under way`,
    byteCount(tally.bytes),
    tally.broken.length === 1 ? '1 error' : `${tally.broken.length} errors`,
    seconds(tally.elapsedMs),
  ]
  return parts.join(' · ')
}
