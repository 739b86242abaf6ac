import type { Run } from '../program.ts'
import { featuresOf } from './features.ts'
import { expected } from './rows.ts'
import { SharedFeatures } from './things-features.ts'

const waits = new Set(['sleep', 'turn', 'await', 'shield', 'gather', 'wait', 'waitFor', 'asCompleted'])

/** Counts in how many programs each feature was reached. */
export class Coverage {
  readonly lowestShare = 0.02
  readonly #counts = new Map<string, number>(expected.map(feature => [feature, 0]))
  #programs = 0

  get programs(): number {
    return this.#programs
  }

  add(run: Run): void {
    this.#programs += 1
    for (const feature of reachedBy(run)) {
      const count = this.#counts.get(feature)
      // What no row stands for was not asked for: it comes of several rows together.
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
    return inColumns(lines, 2)
  }
}

function reachedBy({ trace, seen }: Run): Set<string> {
  const reached = new Set<string>(seen)
  const shared = new SharedFeatures()
  const open = new Map<string, string[]>()
  const started = new Set<string>()
  for (const [index, event] of trace.entries()) {
    const [, who, what, first] = event
    const around = open.get(who) ?? []
    for (const feature of featuresOf(event)) if (feature) reached.add(feature)
    for (const feature of shared.read(event, index, around)) if (feature) reached.add(feature)
    open.set(who, around)
    if (what === 'starts') started.add(who)
    else if (what === 'timeout' || what === 'group') {
      if (around.includes(what)) reached.add(`${what} in a ${what}`)
      around.push(what)
    } else if (what === 'catch' || what === 'finally') around.push(what)
    else if (/^(?:timeout|group) (?:gives|throws)$/.test(what)) leave(around, what.split(' ')[0] as string)
    else if (what === 'handled') leave(around, 'catch')
    else if (waits.has(what)) {
      if (around.includes('catch')) reached.add('wait inside a handler')
      if (around.includes('finally')) reached.add('wait inside finally')
    } else if (what === 'ends' && first === 'cancelled' && who.startsWith('B') && !started.has(who)) {
      reached.add('cancelled before the first step')
    } else if (what === 'ends' && first === 'pending' && who.startsWith('B')) {
      reached.add('stuck until the deadline')
    }
  }
  return reached
}

/** Leaves the innermost block of a kind, and what was left unfinished inside it. */
function leave(around: string[], kind: string): void {
  const at = around.lastIndexOf(kind)
  if (at >= 0) around.length = at
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
