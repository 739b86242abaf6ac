/**
 * Compares transformed random programs with the same ones as they are.
 *
 *   node cli.ts [--seed S] [--count N] [--from I] [--show K] [--fault NAME]
 *
 * Exits with 1 if any program did something else.
 */
import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { generate } from './generate.ts'
import { reachedBy } from './reached.ts'
import { describe, type Failure, Trials } from './trials.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(randomInt(2 ** 32)) },
    count: { type: 'string', default: '1000' },
    from: { type: 'string', default: '0' },
    show: { type: 'string', default: '3' },
    fault: { type: 'string' },
  },
})
const [seed, count, from, show] = [values.seed, values.count, values.from, values.show].map(Number) as [
  number,
  number,
  number,
  number,
]

/** Of so many programs it is found out what they reach; the others are alike. */
const LOOKED_INTO = 200

const began = performance.now()
console.log(`seed ${seed}, ${count} programs${from > 0 ? ` from number ${from}` : ''}`)
await using trials = new Trials(seed, values.fault)
const { failures, switches, lines } = await trials.compare(from, count, undefined, done => {
  if (process.stdout.isTTY) process.stdout.write(`\r${done} of ${count} programs `)
})
if (process.stdout.isTTY) process.stdout.write('\r\x1b[K')

for (const failure of failures.slice(0, show)) await tell(failure)

const table = await reachedTable()
console.log(`\nreached in so many of ${Math.min(count, LOOKED_INTO)} programs:\n${table}\n`)
const seconds = ((performance.now() - began) / 1000).toFixed(1)
console.log(
  `${count} programs, ${lines} lines logged, ${switches} switches, ${failures.length} differ, ${seconds} s`,
)
if (failures.length > 0) {
  const [{ index }] = failures as [Failure]
  console.log(`again: node packages/colorless/test/random/cli.ts --seed ${seed} --from ${index} --count 1`)
  process.exitCode = 1
}

async function tell(failure: Failure): Promise<void> {
  console.log(`\nseed ${seed}, ${describe(failure)}`)
  console.log(`\n${await trials.shrink(failure)}\n`)
}

async function reachedTable(): Promise<string> {
  const counts = new Map<string, number>()
  for (let n = from; n < from + Math.min(count, LOOKED_INTO); n++) {
    for (const kind of await reachedBy(generate(seed, n))) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  const rows = [...counts].sort(([, a], [, b]) => b - a)
  return rows.map(([kind, times]) => `${String(times).padStart(6)}  ${kind}`).join('\n')
}
