/**
 * Waiting at the same time, in plain functions: five seconds become one. Run with `plait run --colorless`.
 */
import { createTask, gather, getEventLoop, seconds } from 'plait'
import { call, sleep, until } from 'plait/greenlet'
import { runVirtual } from 'plait/testing'

function nap(name: string, length: number) {
  sleep(seconds(length))
  return `${name} slept ${length} s`
}

function oneByOne() {
  for (const name of ['a', 'b', 'c', 'd', 'e']) console.log(`  ${nap(name, 1)}`)
}

function gathered() {
  const reports = until(gather(...['a', 'b', 'c', 'd', 'e'].map(name => call(nap, name, 1))))
  for (const report of reports) console.log(`  ${report}`)
}

function awaited() {
  const long = createTask(() => nap('long', 3))
  const short = createTask(() => nap('short', 2))
  console.log(`  ${nap('in the meantime', 1)}`)
  console.log(`  ${until(long)}`)
  console.log(`  ${until(short)}`) // it ended a second ago: its result has been waiting
}

function timed(title: string, body: () => void) {
  console.log(`${title}:`)
  const loop = getEventLoop()
  const start = loop.time()
  body()
  console.log(`  took ${(loop.time() - start) / 1000} s`)
}

function program() {
  timed('one by one', oneByOne)
  timed('gather', gathered)
  timed('tasks', awaited)
}

export default async function main() {
  await runVirtual(call(program))
}
