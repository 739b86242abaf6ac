import { closeSync, openSync, readSync } from 'node:fs'
import type { Entry } from './ledger.ts'

const CHUNK = 65_536

/** Which workers are in the middle of a job, as far as the ledger tells: it is read on, as it grows. */
export class OpenJobs implements Disposable {
  readonly #file: number
  readonly #counts = new Map<number, number>()
  readonly #chunk = Buffer.alloc(CHUNK)
  #rest = ''

  constructor(ledger: string) {
    this.#file = openSync(ledger, 'a+')
  }

  /** How many jobs a thread or process has begun and not left. */
  at(where: number): number {
    this.#readOn()
    return this.#counts.get(where) ?? 0
  }

  #readOn(): void {
    for (let read = 1; read > 0; ) {
      read = readSync(this.#file, this.#chunk)
      const lines = (this.#rest + this.#chunk.toString('utf8', 0, read)).split('\n')
      this.#rest = lines.pop() ?? ''
      for (const line of lines) this.#take(JSON.parse(line) as Entry)
    }
  }

  #take(entry: Entry): void {
    if (entry.what !== 'begun' && entry.what !== 'left') return
    const more = entry.what === 'begun' ? 1 : -1
    this.#counts.set(entry.where, (this.#counts.get(entry.where) ?? 0) + more)
  }

  [Symbol.dispose](): void {
    closeSync(this.#file)
  }
}
