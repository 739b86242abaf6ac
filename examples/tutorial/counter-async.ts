/**
 * A counter without a lock, shared by a thousand async functions. Control changes hands only where an `await`
 * stands; and there, an update that reads before it and writes after it is lost.
 */
import { createTask, gather, sleep } from 'plait'

let count = 0

/** Something that takes a while and then gives the amount to add. */
async function amount() {
  await sleep(1)
  return 1
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

async function countWith(add: () => Promise<void>) {
  count = 0
  await gather(...Array.from({ length: 1000 }, () => createTask(add)))
  return count
}

export default async function main() {
  console.log(`safe between waits: ${await countWith(addSafely)}`)
  console.log(`a wait between read and write: ${await countWith(addAcrossTheWait)}`)
  console.log(`cured, the wait first: ${await countWith(addAfterTheWait)}`)
}
