/** What the snippets of the documentation take as given: names that a reader understands without being shown them. */
import { remote, ThreadPoolExecutor } from '../../packages/plait/src/executors.ts'
import { coroutine, type Operation, sleep } from '../../packages/plait/src/index.ts'

export const url = 'http://127.0.0.1/'
export const urls = [`${url}one`, `${url}two`, `${url}three`]

interface Page {
  readonly title: string
}

/** A page that takes a while to come. */
export function* fetchPage(from: string): Operation<Page> {
  yield* sleep(10)
  return { title: from.slice(url.length) }
}

export const fetchText = coroutine(function* fetchText(from: string) {
  return (yield* fetchPage(from)).title
})

export function* askForSize(): Operation<number> {
  yield* sleep(10)
  return 500
}

export function* download(size: number): Operation<void> {
  yield* sleep(size / 10)
}

export const fallback = 'nothing'

export function* risky(): Operation<string> {
  yield* sleep(10)
  throw new Error('it went wrong')
}

/** Two threads, on which the snippets about executors run: there for whoever asks first, and gone with the last. */
export const pool = new ThreadPoolExecutor({ workers: 2, name: 'pool' })

export const countPrimes = remote(import.meta.url, function countPrimes(from: number, to: number) {
  let count = 0
  for (let n = Math.max(from, 2); n < to; n += 1) if (isPrime(n)) count += 1
  return count
})

function isPrime(n: number) {
  for (let divisor = 2; divisor * divisor <= n; divisor += 1) if (n % divisor === 0) return false
  return true
}
