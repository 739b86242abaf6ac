/**
 * Waiting at the same time: five seconds become one.
 *
 * `yield* nap()` waits for a nap to end before the next begins. `gather` begins all and waits for all. A task,
 * likewise, runs from the moment it is made, whether anybody waits for it yet or not.
 */
import { createTask, gather, getEventLoop, type Operation, seconds, sleep } from 'plait'
import { runVirtual } from 'plait/testing'

function* nap(name: string, length: number) {
  yield* sleep(seconds(length))
  return `${name} slept ${length} s`
}

function* oneByOne() {
  for (const name of ['a', 'b', 'c', 'd', 'e']) console.log(`  ${yield* nap(name, 1)}`)
}

function* gathered() {
  const reports = yield* gather(nap('a', 1), nap('b', 1), nap('c', 1), nap('d', 1), nap('e', 1))
  for (const report of reports) console.log(`  ${report}`)
}

function* awaited() {
  const long = createTask(nap('long', 3))
  const short = createTask(nap('short', 2))
  console.log(`  ${yield* nap('in the meantime', 1)}`)
  console.log(`  ${yield* long}`)
  console.log(`  ${yield* short}`) // it ended a second ago: its result has been waiting
}

function* timed(title: string, body: () => Operation<void>) {
  console.log(`${title}:`)
  const loop = getEventLoop()
  const start = loop.time()
  yield* body()
  console.log(`  took ${(loop.time() - start) / 1000} s`)
}

function* program() {
  yield* timed('one by one', oneByOne)
  yield* timed('gather', gathered)
  yield* timed('tasks', awaited)
}

export default async function main() {
  await runVirtual(program) // under virtual time a second takes no time, and the times are exact
}
