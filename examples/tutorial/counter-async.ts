/**
 * A counter without a lock, shared by a thousand async functions. Control changes hands only where an `await`
 * stands; and there, an update that reads before it and writes after it is lost. To wait first is the cure; where one
 * has to wait in between, a lock is.
 */
import { createTask, gather, Lock, sleep } from 'plait'
import { runVirtual } from 'plait/testing'

let count = 0
const lock = new Lock()

/** Something that takes a while and then gives the amount to add. */
async function amount() {
  await sleep(1)
  return 1
}

/** Something that takes a while and gives what comes after the count. */
async function successor(of: number) {
  await sleep(1)
  return of + 1
}

/** Read and write stand together, after the wait. */
async function addSafely() {
  await sleep(1)
  count += 1
  await sleep(1)
}

/** `+=` reads the count first, then waits for its right side, then writes: everybody has read 0. */
async function addAcrossTheWait() {
  count += await amount()
}

/** The cure is one line more: wait first. */
async function addAfterTheWait() {
  const n = await amount()
  count += n
}

/** Here the wait needs the count, and cannot come first. While one holds the lock, the others wait for it. */
async function addWithTheLock() {
  using _held = await lock.acquire()
  count = await successor(count)
}

async function countWith(add: () => Promise<void>) {
  count = 0
  await gather(...Array.from({ length: 1000 }, () => createTask(add)))
  return count
}

async function program() {
  console.log(`safe between waits: ${await countWith(addSafely)}`)
  console.log(`a wait between read and write: ${await countWith(addAcrossTheWait)}`)
  console.log(`cured, the wait first: ${await countWith(addAfterTheWait)}`)
  console.log(`cured, one at a time: ${await countWith(addWithTheLock)}`)
}

export default async function main() {
  await runVirtual(program) // one at a time would take a second on the real clock
}
