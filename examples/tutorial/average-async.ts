/**
 * A running average, in async functions. Delegation is `await`: `survey` waits for `averager`, and gets what it
 * returns. Values are not sent in but drawn from an async generator, as each is measured; so the groups can be
 * measured at the same time, and the shortest is finished first.
 */
import { gather, sleep } from 'plait'
import { runVirtual } from 'plait/testing'

interface Summary {
  readonly count: number
  readonly average: number
}

/** Measuring a tree takes as many milliseconds as the tree has metres. */
async function* measured(heights: readonly number[]) {
  for (const height of heights) {
    await sleep(height)
    yield height
  }
}

async function averager(group: string, readings: AsyncIterable<number>): Promise<Summary> {
  let sum = 0
  let count = 0
  for await (const reading of readings) {
    sum += reading
    count += 1
    console.log(`  ${group}: ${reading} m, average so far ${(sum / count).toFixed(2)} m`)
  }
  return { count, average: sum / count }
}

async function survey(group: string, heights: readonly number[]) {
  const { count, average } = await averager(group, measured(heights))
  console.log(`${count} ${group}: ${average.toFixed(2)} m on average`)
}

async function surveyAll() {
  await gather(
    () => survey('oaks', [21, 25, 32]),
    () => survey('birches', [18, 16, 20, 15]),
    () => survey('hazels', [4.5, 5.5]),
  )
}

export default async function main() {
  await runVirtual(surveyAll) // the clock jumps from one measurement to the next
}
