import { featuresOf } from './features.ts'
import type { Trace } from './program.ts'

/** Every feature that must be reached, in the order of the table. */
const expected: readonly string[] = [
  ...['sleep', 'sleep for 0', 'sleep interrupted', 'bare turn', 'bare turn interrupted'],
  ...[
    'spawn',
    'eager spawn',
    'spawn in a group',
    'eager spawn in a group',
    'spawn refused by a group that ended',
  ],
  ...['spawn in a context handed over', 'spawn in a shared context'],
  ...['await task or coroutine', 'await future', 'await cancelled', 'await an error'],
  ...[
    'cancel without a reason',
    'cancel with a reason',
    'cancel oneself',
    'cancel a future',
    'cancel too late',
  ],
  ...['cancelled before the first step', 'uncancel', 'uncancel to 0', 'cancelling()'],
  ...['shield', 'shield cancelled', 'gather', 'gather, settled', 'gather with duplicates'],
  ...['gather with done children', 'gather failed', 'gather cancelled'],
  ...['wait ALL_COMPLETED', 'wait FIRST_COMPLETED', 'wait FIRST_EXCEPTION', 'wait without a limit'],
  ...['wait with a limit', 'wait with a limit of 0 or less', 'wait interrupted'],
  ...[
    'waitFor with a limit',
    'waitFor with a limit of 0 or less',
    'waitFor without a limit',
    'waitFor a shield',
  ],
  ...['waitFor timed out', 'waitFor cancelled'],
  ...['asCompleted, form "next"', 'asCompleted, form "each"', 'asCompleted with a limit'],
  ...['asCompleted gave an item', 'asCompleted timed out'],
  ...['timeout', 'timeoutAt', 'timeout with a limit', 'timeout with a limit of 0 or less'],
  ...['timeout without a limit', 'timeout in a timeout', 'timeout fired', 'timeout fired and swallowed'],
  ...['timeout cancelled from outside', 'reschedule', 'reschedule to the past', 'reschedule to none'],
  ...['reschedule refused by a timeout that ended'],
  ...['group ended well', 'group failed', 'group cancelled', 'group in a group'],
  ...['catch all', 'catch ordinary', 'catch cancelled', 'catch timeout', 'catch a cancel among all'],
  ...['handler that ends in swallow', 'handler that ends in rethrow', 'handler that ends in raise'],
  ...['wait inside a handler', 'finally after success', 'finally after an error', 'wait inside finally'],
  ...['return inside finally', 'read pending', 'read result', 'read error', 'read cancelled'],
  ...['setResult', 'setException', 'set a future that is done', 'new Future', 'addDoneCallback'],
  ...['addDoneCallback, already done', 'removeDoneCallback', 'removeDoneCallback that removed'],
  ...[
    'done callback called',
    'callback called by the loop',
    'callSoon',
    'callLater',
    'callLater(0)',
    'callAt',
  ],
  ...['callAt now or in the past', 'cancel a handle', 'currentTask', 'currentTask in a callback'],
  ...['ContextVar set', 'ContextVar with a value', 'raise', 'return early', 'error in a callback'],
  ...['stuck until the deadline'],
]

const waits = new Set(['sleep', 'turn', 'await', 'shield', 'gather', 'wait', 'waitFor', 'asCompleted'])

/** Counts in how many programs each feature was reached. */
export class Coverage {
  readonly lowestShare = 0.02
  readonly #counts = new Map<string, number>(expected.map(feature => [feature, 0]))
  #programs = 0

  get programs(): number {
    return this.#programs
  }

  add(trace: Trace): void {
    this.#programs += 1
    for (const feature of reachedBy(trace)) {
      const count = this.#counts.get(feature)
      // What no row stands for was not asked for: it comes of several rows together.
      if (count !== undefined) this.#counts.set(feature, count + 1)
    }
  }

  /** The features reached too rarely. Says nothing of runs too small to tell. */
  tooLow(): string[] {
    if (this.#programs < 1000) return []
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

function reachedBy(trace: Trace): Set<string> {
  const reached = new Set<string>()
  const open = new Map<string, string[]>()
  const started = new Set<string>()
  for (const event of trace) {
    const [, who, what, first] = event
    for (const feature of featuresOf(event)) if (feature) reached.add(feature)
    const around = open.get(who) ?? []
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
