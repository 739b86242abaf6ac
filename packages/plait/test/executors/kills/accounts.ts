import { resultOf } from './jobs.ts'
import type { Ending, Entry, JobKind } from './ledger.ts'

/** What is known of one job. */
interface Account {
  readonly job: number
  readonly kind: JobKind
  readonly retries: number
  begun: number
  readonly completed: number[]
  isDropped: boolean
  readonly endings: { readonly ending: Ending; readonly value?: number; readonly error?: string }[]
}

export interface Verdict {
  /** How many jobs of a kind ended how. */
  readonly table: ReadonlyMap<JobKind, ReadonlyMap<Ending, number>>
  readonly jobs: number
  readonly begun: number
  /** What was promised and is not so, a line for each. */
  readonly breaches: readonly string[]
}

/** Goes through the ledger: whether every job was dealt with as promised. */
export function audit(entries: readonly Entry[], kind: 'threads' | 'processes'): Verdict {
  const breaches: string[] = []
  const accounts = open(entries, breaches)
  const table = new Map<JobKind, Map<Ending, number>>()
  let begun = 0
  for (const account of accounts.values()) {
    begun += account.begun
    for (const breach of check(account, kind))
      breaches.push(`job ${account.job} (${account.kind}, ${account.retries} retries): ${breach}`)
    for (const { ending } of account.endings) {
      const ofKind = table.get(account.kind) ?? new Map<Ending, number>()
      table.set(account.kind, ofKind.set(ending, (ofKind.get(ending) ?? 0) + 1))
    }
  }
  return { table, jobs: accounts.size, begun, breaches }
}

function open(entries: readonly Entry[], breaches: string[]): Map<number, Account> {
  const accounts = new Map<number, Account>()
  for (const entry of entries) {
    if (entry.what === 'submitted') {
      const { job, kind, retries } = entry
      accounts.set(job, { job, kind, retries, begun: 0, completed: [], isDropped: false, endings: [] })
      continue
    }
    const account = accounts.get(entry.job)
    if (account === undefined) breaches.push(`job ${entry.job} was ${entry.what} and never submitted`)
    else if (entry.what === 'begun') account.begun += 1
    else if (entry.what === 'completed') account.completed.push(entry.value)
    else if (entry.what === 'dropped') account.isDropped = true
    else if (entry.what === 'settled') account.endings.push(entry)
  }
  return accounts
}

function* check(account: Account, kind: 'threads' | 'processes'): Generator<string> {
  const { job, retries, begun, completed, isDropped, endings } = account
  if (endings.length !== 1) yield `settled ${endings.length} times`
  if (begun > 1 + retries) yield `begun ${begun} times`
  if (isDropped && begun > 0) yield 'dropped before it had begun, and had begun'
  for (const { ending, value, error } of endings) {
    switch (ending) {
      case 'value':
        if (value !== resultOf(job)) yield `gave ${value} in place of ${resultOf(job)}`
        if (!completed.includes(value as number)) yield 'gave a value, and was never completed'
        break
      case 'broken':
        // Of a process nobody can tell what it had begun; of a thread the pool knows.
        if (kind === 'threads' && begun === 0) yield `never begun, and yet: ${error}`
        else if (kind === 'threads' && begun !== 1 + retries) yield `begun ${begun} times, and yet: ${error}`
        break
      case 'failed otherwise':
        yield `failed with ${error}`
    }
  }
}
