/**
 * A counter without a lock. A thousand coroutines share it, and it stays right, because control changes hands only
 * where a `yield` stands: between two of them, a coroutine has the program for itself.
 *
 * So one thing alone can go wrong: to read before a wait and write after it. What others wrote meanwhile is lost.
 */
import { gather, type Operation, sleep } from 'plait'

let count = 0

/** Something that takes a while and then gives the amount to add. */
function* amount() {
  yield* sleep(1)
  return 1
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

function* countWith(add: () => Operation<void>) {
  count = 0
  yield* gather(...Array.from({ length: 1000 }, add))
  return count
}

export default function* main() {
  console.log(`safe between waits: ${yield* countWith(addSafely)}`)
  console.log(`a wait between read and write: ${yield* countWith(addAcrossTheWait)}`)
  console.log(`cured, the wait first: ${yield* countWith(addAfterTheWait)}`)
}
