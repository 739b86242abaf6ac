import { openSync, readFileSync, writeSync } from 'node:fs'

/** The work that the program under attack has done. */
export type JobKind = 'quick' | 'compute' | 'slices' | 'naps' | 'awaits' | 'spawned' | 'spins'

/** How a future ended. */
export type Ending = 'value' | 'cancelled' | 'timed out' | 'broken' | 'failed otherwise'

/** What becomes of a job, told by whoever knows it as soon as it is so. */
export type Entry =
  | { readonly what: 'submitted'; readonly job: number; readonly kind: JobKind; readonly retries: number }
  | { readonly what: 'begun'; readonly job: number; readonly where: number }
  | { readonly what: 'completed'; readonly job: number; readonly value: number }
  /** Whether it was completed or not, its worker has nothing more to do for it. */
  | { readonly what: 'left'; readonly job: number; readonly where: number }
  /** It was cancelled, and was done with there and then: it had not begun. */
  | { readonly what: 'dropped'; readonly job: number }
  | {
      readonly what: 'settled'
      readonly job: number
      readonly ending: Ending
      readonly value?: number
      readonly error?: string
    }

const files = new Map<string, number>()

/** Adds a line to the ledger: at once and whole, whatever becomes of this thread or process right after. */
export function note(ledger: string, entry: Entry): void {
  let file = files.get(ledger)
  if (file === undefined) {
    file = openSync(ledger, 'a')
    files.set(ledger, file)
  }
  writeSync(file, `${JSON.stringify(entry)}\n`)
}

export function readLedger(ledger: string): Entry[] {
  const lines = readFileSync(ledger, 'utf8').split('\n')
  return lines.filter(line => line !== '').map(line => JSON.parse(line) as Entry)
}
