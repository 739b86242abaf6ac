/**
 * A pipeline that pulls: each async generator draws lines from the one before it, when it is asked for one.
 *
 *     lines ──▶ grep ──▶ numbered ──▶ for await
 *
 * Compare grep.ts, where the source pushes. There is no end to be told here: `for await` sees it.
 */
import { sleep } from 'plait'
import { runVirtual } from 'plait/testing'

const RHYME = `Three blind mice.
See how they run!
They all ran after the farmer's wife,
Who cut off their tails with a carving knife.
Did you ever see such a sight in your life
As three blind mice?`

/** Lines that come one by one, as from a slow network. */
async function* lines(text: string) {
  for (const line of text.split('\n')) {
    await sleep(100)
    yield line
  }
}

async function* grep(pattern: RegExp, source: AsyncIterable<string>) {
  for await (const line of source) if (pattern.test(line)) yield line
}

async function* numbered(source: AsyncIterable<string>) {
  let n = 0
  for await (const line of source) {
    n += 1
    yield `${n}: ${line}`
  }
}

async function search() {
  for await (const line of numbered(grep(/see|mice/i, lines(RHYME)))) console.log(line)
  console.log('(no more lines)')
}

export default async function main() {
  await runVirtual(search)
}
