import { isMainThread, threadId } from 'node:worker_threads'
import { remote, reportProgress } from '../../../src/executors.ts'
import { type Operation, sleep } from '../../../src/index.ts'
import { note } from './ledger.ts'

const { url } = import.meta

/** What a job is to give, whichever it is. */
export function resultOf(job: number): number {
  return (job * 7919) % 10_007
}

const where = isMainThread ? process.pid : threadId

/** A job in the accounts: from here on, until it is left, its worker is in the middle of it. */
class Deed implements Disposable {
  readonly #ledger: string
  readonly #job: number

  constructor(ledger: string, job: number) {
    this.#ledger = ledger
    this.#job = job
    note(ledger, { what: 'begun', job, where })
  }

  complete(): number {
    const value = resultOf(this.#job)
    note(this.#ledger, { what: 'completed', job: this.#job, value })
    return value
  }

  [Symbol.dispose](): void {
    note(this.#ledger, { what: 'left', job: this.#job, where })
  }
}

function computeFor(ms: number): void {
  const end = performance.now() + ms
  while (performance.now() < end);
}

export const quick = remote(url, function quick(ledger: string, job: number): number {
  using deed = new Deed(ledger, job)
  return deed.complete()
})

export const compute = remote(url, function compute(ledger: string, job: number, ms: number): number {
  using deed = new Deed(ledger, job)
  computeFor(ms)
  return deed.complete()
})

/** Computes, and lets others in between. */
export const slices = remote(
  url,
  function* slices(ledger: string, job: number, count: number): Operation<number> {
    using deed = new Deed(ledger, job)
    for (let slice = 0; slice < count; slice += 1) {
      computeFor(0.5)
      yield* sleep(0)
    }
    return deed.complete()
  },
)

export const naps = remote(
  url,
  function* naps(ledger: string, job: number, lengths: readonly number[]): Operation<number> {
    using deed = new Deed(ledger, job)
    for (const ms of lengths) yield* sleep(ms)
    return deed.complete()
  },
)

export const awaits = remote(
  url,
  async function awaits(ledger: string, job: number, ms: number): Promise<number> {
    using deed = new Deed(ledger, job)
    await new Promise(resolve => setTimeout(resolve, ms))
    await sleep(ms)
    return deed.complete()
  },
)

/** Keeps the thread until it is stopped. */
export const spins = remote(url, function spins(ledger: string, job: number): number {
  using _deed = new Deed(ledger, job)
  reportProgress('spins')
  for (;;);
})
