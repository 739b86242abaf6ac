/**
 * A counter without a lock, in plain functions. Nothing in their text says where control changes hands, so it has to be
 * known which calls wait: `count += amount()` looks as harmless as it is wrong. Run with `plait run --colorless`.
 */
import { gather, Lock } from 'plait'
import { call, sleep, until } from 'plait/greenlet'
import { runVirtual } from 'plait/testing'

let count = 0
const lock = new Lock()

/** Something that takes a while and then gives the amount to add. */
function amount() {
  sleep(1)
  return 1
}

/** Something that takes a while and gives what comes after the count. */
function successor(of: number) {
  sleep(1)
  return of + 1
}

/** Read and write stand together, after the wait. */
function addSafely() {
  sleep(1)
  count += 1
  sleep(1)
}

/** `+=` reads the count first, then waits for its right side, then writes: everybody has read 0. */
function addAcrossTheWait() {
  count += amount()
}

/** The cure is one line more: wait first. */
function addAfterTheWait() {
  const n = amount()
  count += n
}

/** Here the wait needs the count, and cannot come first. While one holds the lock, the others wait for it. */
function addWithTheLock() {
  using _held = until(lock.acquire())
  count = successor(count)
}

function countWith(add: () => void) {
  count = 0
  until(gather(...Array.from({ length: 1000 }, () => call(add))))
  return count
}

function program() {
  console.log(`safe between waits: ${countWith(addSafely)}`)
  console.log(`a wait between read and write: ${countWith(addAcrossTheWait)}`)
  console.log(`cured, the wait first: ${countWith(addAfterTheWait)}`)
  console.log(`cured, one at a time: ${countWith(addWithTheLock)}`)
}

export default async function main() {
  await runVirtual(call(program))
}
