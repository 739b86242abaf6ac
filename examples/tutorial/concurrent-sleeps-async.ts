/**
 * Waiting at the same time, in async functions: five seconds become one.
 */
import { createTask, gather, getEventLoop, seconds, sleep } from 'plait'
import { runVirtual } from 'plait/testing'

async function nap(name: string, length: number) {
  await sleep(seconds(length))
  return `${name} slept ${length} s`
}

async function oneByOne() {
  for (const name of ['a', 'b', 'c', 'd', 'e']) console.log(`  ${await nap(name, 1)}`)
}

async function gathered() {
  const reports = await gather(...['a', 'b', 'c', 'd', 'e'].map(name => () => nap(name, 1)))
  for (const report of reports) console.log(`  ${report}`)
}

async function awaited() {
  const long = createTask(() => nap('long', 3))
  const short = createTask(() => nap('short', 2))
  console.log(`  ${await nap('in the meantime', 1)}`)
  console.log(`  ${await long}`)
  console.log(`  ${await short}`) // it ended a second ago: its result has been waiting
}

async function timed(title: string, body: () => Promise<void>) {
  console.log(`${title}:`)
  const loop = getEventLoop()
  const start = loop.time()
  await body()
  console.log(`  took ${(loop.time() - start) / 1000} s`)
}

async function program() {
  await timed('one by one', oneByOne)
  await timed('gather', gathered)
  await timed('tasks', awaited)
}

export default async function main() {
  await runVirtual(program)
}
