import { type Program, type Trace, type TraceEvent, ways } from './program.ts'

/** What an event of a trace shows to have been reached, by its name. */
type Reading = (details: readonly unknown[], who: string) => readonly (string | false)[]

const kindOf = (error: unknown): string =>
  Array.isArray(error) ? (error[0] === 'Mistake' ? `mistake, ${error[1]}` : String(error[0])) : ''
const isForeign = (name: unknown): boolean => String(name).startsWith('F')

const arrival =
  (op: string): Reading =>
  ([value]) => [
    value === null && `${op} gives nothing`,
    Array.isArray(value) && value[0] === 'Exit' && `${op} gives a GreenletExit`,
    Array.isArray(value) && value[0] !== 'Exit' && `${op} gives several`,
    typeof value === 'number' && `${op} gives one`,
    typeof value === 'string' && `${op} gives a greenlet`,
  ]

const readings: Readonly<Record<string, Reading>> = {
  starts: ([, args], who) => [
    who !== 'G0' && `begins with ${['nothing', 'one value'][(args as unknown[]).length] ?? 'several values'}`,
  ],
  switch: ([to], who) => [to === who && 'switch to itself', isForeign(to) && 'switch to another thread'],
  throw: ([to, error], who) => [
    error === null && 'throw nothing',
    Array.isArray(error) && `throw ${kindOf(error[0])}`,
    to === who && 'throw into itself',
    isForeign(to) && 'throw into another thread',
  ],
  'switch gives': arrival('switch'),
  'throw gives': arrival('throw'),
  'switch throws': ([error]) => [`switch throws ${kindOf(error)}`],
  'throw throws': ([error]) => [`throw throws ${kindOf(error)}`],
  fails: ([error], who) => [who !== 'G0' && `ends with ${kindOf(error)}`],
  returns: ([value], who) => [who !== 'G0' && (value === null ? 'returns nothing' : 'returns a value')],
  catch: ([kind]) => [`catch ${kind}`],
  handled: ([leave]) => [`handler that ends in ${leave}`],
  finally: () => ['finally'],
  'finally returns': () => ['return inside finally'],
  round: ([number]) => [number === 1 && 'a second round'],
  without: ([way]) => [`within ${way}`],
  pause: () => ['pause'],
  create: ([, making]) => [`create with ${making}`],
  setRun: ([, told]) => [told === 'done' ? 'setRun' : `setRun refused: ${kindOf(told)}`],
  setParent: ([on, told]) => [
    told === 'done' ? 'setParent' : `setParent refused: ${kindOf(told)}`,
    isForeign((on as unknown[])[1]) && 'setParent to another thread',
  ],
  look: ([, dead, active]) => [
    dead === true ? 'look at a dead one' : active === true ? 'look at an active one' : 'look at a new one',
  ],
  setVariable: () => ['ContextVar set'],
  getVariable: ([, value]) => [value === null ? 'ContextVar without a value' : 'ContextVar with a value'],
  setContext: ([on, told]) => [
    told !== 'done' ? 'setContext refused' : `setContext to ${sourceOf((on as unknown[])[1])}`,
  ],
  readContext: ([, value]) => [value === null ? 'context without a value' : 'context with a value'],
  trace: ([number, before]) => [number === null ? 'trace off' : 'trace', before !== null && 'trace replaced'],
  traced: ([, event]) => [`traced ${event}`],
  'too long': () => ['stopped as too long'],
  undefined: () => ['stopped where Python goes wrong'],
}

function sourceOf(name: unknown): string {
  return name === 'copy' || name === 'nothing' ? name : 'that of another'
}

/** Every feature that must be reached, in the order of the table. */
const expected: readonly string[] = [
  ...['begins with nothing', 'begins with one value', 'begins with several values'],
  ...['begins by a result', 'switch to itself', 'switch to another thread', 'switch to a dead one'],
  ...['switch gives nothing', 'switch gives one', 'switch gives several', 'switch gives a greenlet'],
  ...['switch gives a GreenletExit', 'switch throws App', 'switch throws Exit'],
  ...['switch throws mistake, nothing to run', 'switch throws mistake, elsewhere'],
  ...['throw nothing', 'throw App', 'throw Exit', 'throw into itself', 'throw into another thread'],
  ...['throw into a new one', 'throw into a dead one', 'throw gives nothing', 'throw gives one'],
  ...['throw gives a GreenletExit', 'throw throws App', 'throw throws Exit'],
  ...['ends with App', 'ends with Exit', 'ends with mistake, nothing to run'],
  ...['returns nothing', 'returns a value', 'catch all', 'catch ordinary', 'catch exit', 'catch app'],
  ...['catch mistake', 'handler that ends in swallow', 'handler that ends in rethrow'],
  ...['handler that ends in raise', 'finally', 'return inside finally', 'a second round', 'pause'],
  ...ways.map(way => `within ${way}`),
  ...['create with function', 'create with class', 'create with nothing', 'setRun'],
  ...['setRun refused: mistake, begun', 'setParent', 'setParent refused: mistake, circle'],
  ...['setParent refused: mistake, parent of main', 'setParent refused: mistake, no greenlet'],
  ...['setParent to another thread', 'look at a new one', 'look at an active one', 'look at a dead one'],
  ...['ContextVar set', 'ContextVar with a value', 'ContextVar without a value', 'setContext to copy'],
  ...['setContext to nothing', 'setContext to that of another', 'setContext refused'],
  ...['context with a value', 'context without a value', 'trace', 'trace off', 'trace replaced'],
  ...['traced switch', 'traced throw', 'tracer that fails', 'in a scope of its own'],
  ...['an instrument listens'],
]

/** Counts in how many programs each feature was reached. */
export class Coverage {
  readonly lowestShare = 0.02
  readonly #counts = new Map<string, number>(expected.map(feature => [feature, 0]))
  #programs = 0

  get programs(): number {
    return this.#programs
  }

  add(program: Program, trace: Trace): void {
    this.#programs += 1
    for (const feature of reachedBy(program, trace)) {
      const count = this.#counts.get(feature)
      // What no row stands for was not asked for: it comes of several rows together.
      if (count !== undefined) this.#counts.set(feature, count + 1)
    }
  }

  /** The features reached too rarely. Says nothing of runs too small to tell. */
  tooLow(): string[] {
    if (this.#programs < 5_000) return []
    return [...this.#counts]
      .filter(([, count]) => count < this.lowestShare * this.#programs)
      .map(([name]) => name)
  }

  /** The table, rarest first. */
  table(): string {
    const rows = [...this.#counts].sort(([, a], [, b]) => a - b)
    const width = Math.max(...rows.map(([name]) => name.length))
    const lines = rows.map(([name, count]) => {
      const share = count / Math.max(1, this.#programs)
      const low = share < this.lowestShare ? '  low' : ''
      return `${name.padEnd(width)} ${(100 * share).toFixed(1).padStart(6)} %${low}`
    })
    const half = Math.ceil(lines.length / 2)
    const left = Math.max(...lines.map(line => line.length))
    return lines
      .slice(0, half)
      .map((line, row) => `${line.padEnd(left)}   ${lines[half + row] ?? ''}`.trimEnd())
      .join('\n')
  }
}

function reachedBy(program: Program, trace: Trace): Set<string> {
  const reached = new Set<string>()
  const [begun, ended] = [new Set<string>(['G0']), new Set<string>()]
  let before: TraceEvent | undefined
  for (const event of trace) {
    const [who, what, ...details] = event
    for (const feature of readings[what]?.(details, who) ?? []) if (feature) reached.add(feature)
    const to = String(details[0])
    if (what === 'switch' && ended.has(to)) reached.add('switch to a dead one')
    if (what === 'throw' && ended.has(to)) reached.add('throw into a dead one')
    if (what === 'throw' && !begun.has(to) && !isForeign(to)) reached.add('throw into a new one')
    if (what === 'starts' && before?.[1] === 'returns') reached.add('begins by a result')
    if (what === 'starts') begun.add(who)
    if (what === 'returns' || what === 'fails') ended.add(who)
    if (JSON.stringify(details).includes('from a tracer')) reached.add('tracer that fails')
    before = event
  }
  if (JSON.stringify(program).includes('"scoped":true')) reached.add('in a scope of its own')
  if (program.watched) reached.add('an instrument listens')
  return reached
}
