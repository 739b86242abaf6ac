import type { Run, TraceEvent } from '../program.ts'
import { expected } from './rows.ts'

/** Counts in how many programs each feature was reached. */
export class Coverage {
  readonly lowestShare = 0.02
  readonly #counts = new Map<string, number>(expected.map(feature => [feature, 0]))
  #programs = 0

  get programs(): number {
    return this.#programs
  }

  add({ trace }: Run): void {
    this.#programs += 1
    for (const feature of new Set(featuresOf(trace))) {
      const count = this.#counts.get(feature)
      // What no row stands for was not asked for.
      if (count !== undefined) this.#counts.set(feature, count + 1)
    }
  }

  /** The features reached too rarely. Says nothing of runs too small to tell. */
  tooLow(): string[] {
    if (this.#programs < 10_000) return []
    return [...this.#counts]
      .filter(([, count]) => count < this.lowestShare * this.#programs)
      .map(([name]) => name)
  }

  /** The table, rarest first. */
  table(): string {
    const rows = [...this.#counts].sort(([, a], [, b]) => a - b)
    const width = Math.max(...rows.map(([name]) => name.length))
    const lines = rows.map(([name, count]) => {
      const share = (100 * count) / Math.max(1, this.#programs)
      return `${name.padEnd(width)} ${share.toFixed(1).padStart(6)} %${share < 100 * this.lowestShare ? '  low' : ''}`
    })
    return inColumns(lines, 3)
  }
}

/** The kind of an error, as both sides write it. */
const kindOf = (error: unknown): string => (Array.isArray(error) ? String(error[0]) : '')

/** What a trace shows to have been reached. */
function* featuresOf(trace: readonly TraceEvent[]): Generator<string> {
  const begun = new Map<string, number>()
  for (const [index, [, who, what, ...details]] of trace.entries()) {
    const [op = '', outcome] = what.split(' ')
    // Whoever goes on at once is the next to be heard of.
    const waited = index > (begun.get(who) ?? index) + 1
    switch (outcome) {
      case 'gives':
        yield waited ? `${op}, after waiting` : `${op}, at once`
        if (details[0] === false) yield `${op} gives false`
        if (details[0] === 'enough') yield `${op} left early`
        break
      case 'throws':
        yield `${op} throws ${kindOf(details[0])}`
        if (waited) yield `${op} broken off`
        break
      case 'begins':
      case 'ends':
        yield what
        break
      case undefined:
        begun.set(who, index)
        yield* readEvent(who, what, details)
    }
    if (what === 'read gives' && Array.isArray(details[0])) yield* readState(details[0])
  }
}

function* readEvent(who: string, what: string, details: readonly unknown[]): Generator<string> {
  yield what
  if (what === 'catches') yield `catches ${kindOf(details[0])}`
  if (what === 'handles') yield `the hub handles ${kindOf(details[1])}`
  if (what === 'fails' && who.startsWith('F0#')) yield `main fails with ${kindOf(details[0])}`
  if (what === 'called') yield who.startsWith('C') ? 'called in the hub' : `${who} called`
  if (what === 'alive')
    yield details[0] === true ? 'alive at the end' : 'alive at the end, though not started'
  if (what === 'sleep') yield details[0] === 0 ? 'sleep for 0' : 'sleep for some time'
  if (what === 'starts' && details[0] === 'unnamed') yield 'called in a greenlet that is not named'
}

function* readState([ready, successful, , started, , exception]: readonly unknown[]): Generator<string> {
  if (ready !== true) yield started === true ? 'read of one that runs' : 'read of one that has not begun'
  else if (successful === true) yield 'read of one that succeeded'
  else yield exception === null ? 'read of one that ended before it began' : 'read of one that failed'
}

function inColumns(lines: readonly string[], columns: number): string {
  const height = Math.ceil(lines.length / columns)
  const width = Math.max(...lines.map(line => line.length)) + 4
  return Array.from({ length: height }, (_, row) =>
    Array.from({ length: columns }, (_, column) => (lines[row + column * height] ?? '').padEnd(width))
      .join('')
      .trimEnd(),
  ).join('\n')
}
