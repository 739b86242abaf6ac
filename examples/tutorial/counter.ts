/**
 * A counter without a lock. A thousand coroutines share it, and it stays right, because control changes hands only
 * where a `yield` stands: between two of them, a coroutine has the program for itself.
 *
 * So one thing alone can go wrong: to read before a wait and write after it. What others wrote meanwhile is lost. To
 * wait first is the cure; where one has to wait in between, because what is waited for depends on what was read, a
 * lock is.
 */
import { gather, Lock, type Operation, sleep } from 'plait'
import { runVirtual } from 'plait/testing'

let count = 0
const lock = new Lock()

/** Something that takes a while and then gives the amount to add. */
function* amount() {
  yield* sleep(1)
  return 1
}

/** Something that takes a while and gives what comes after the count. */
function* successor(of: number) {
  yield* sleep(1)
  return of + 1
}

/** Read and write stand together, after the wait. */
function* addSafely() {
  yield* sleep(1)
  count += 1
  yield* sleep(1)
}

/** `+=` reads the count first, then waits for its right side, then writes: everybody has read 0. */
function* addAcrossTheWait() {
  count += yield* amount()
}

/** The cure is one line more: wait first. */
function* addAfterTheWait() {
  const n = yield* amount()
  count += n
}

/** Here the wait needs the count, and cannot come first. While one holds the lock, the others wait for it. */
function* addWithTheLock() {
  using _held = yield* lock.acquire()
  count = yield* successor(count)
}

function* countWith(add: () => Operation<void>) {
  count = 0
  yield* gather(...Array.from({ length: 1000 }, add))
  return count
}

function* program() {
  console.log(`safe between waits: ${yield* countWith(addSafely)}`)
  console.log(`a wait between read and write: ${yield* countWith(addAcrossTheWait)}`)
  console.log(`cured, the wait first: ${yield* countWith(addAfterTheWait)}`)
  console.log(`cured, one at a time: ${yield* countWith(addWithTheLock)}`)
}

export default async function main() {
  await runVirtual(program) // one at a time would take a second on the real clock
}
