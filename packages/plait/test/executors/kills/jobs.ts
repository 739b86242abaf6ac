import { isMainThread, threadId } from 'node:worker_threads'
import { remote, reportProgress } from '../../../src/executors.ts'
import { type Operation, sleep } from '../../../src/index.ts'
import { note } from './ledger.ts'

const { url } = import.meta

/** What a job is to give, whichever it is. */
export function resultOf(job: number): number {
  return (job * 7919) % 10_007
}

function begin(ledger: string, job: number): void {
  note(ledger, { what: 'begun', job, where: isMainThread ? process.pid : threadId })
}

function complete(ledger: string, job: number): number {
  const value = resultOf(job)
  note(ledger, { what: 'completed', job, value })
  return value
}

function computeFor(ms: number): void {
  const end = performance.now() + ms
  while (performance.now() < end);
}

export const quick = remote(url, function quick(ledger: string, job: number): number {
  begin(ledger, job)
  return complete(ledger, job)
})

export const compute = remote(url, function compute(ledger: string, job: number, ms: number): number {
  begin(ledger, job)
  computeFor(ms)
  return complete(ledger, job)
})

/** Computes, and lets others in between. */
export const slices = remote(
  url,
  function* slices(ledger: string, job: number, count: number): Operation<number> {
    begin(ledger, job)
    for (let slice = 0; slice < count; slice += 1) {
      computeFor(0.5)
      yield* sleep(0)
    }
    return complete(ledger, job)
  },
)

export const naps = remote(
  url,
  function* naps(ledger: string, job: number, lengths: readonly number[]): Operation<number> {
    begin(ledger, job)
    for (const ms of lengths) yield* sleep(ms)
    return complete(ledger, job)
  },
)

export const awaits = remote(
  url,
  async function awaits(ledger: string, job: number, ms: number): Promise<number> {
    begin(ledger, job)
    await new Promise(resolve => setTimeout(resolve, ms))
    await sleep(ms)
    return complete(ledger, job)
  },
)

/** Keeps the thread until it is stopped. */
export const spins = remote(url, function spins(ledger: string, job: number): number {
  begin(ledger, job)
  reportProgress('spins')
  for (;;);
})
