/**
 * Compares Plait with CPython's asyncio on random programs.
 *
 *   node cli.ts [--seed S] [--count N] [--from I] [--show K] [--until-difference]
 *
 * Exits with 1 if any program gave another trace, or if an operation was reached too rarely to speak of a comparison.
 */
import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { wholeNumber } from '../whole-number.ts'
import { report } from './compare.ts'
import { compareRange, type Sides, shrinkDifference } from './differential.ts'
import { startPython } from './python.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(randomInt(2 ** 32)) },
    count: { type: 'string', default: '2000' },
    from: { type: 'string', default: '0' },
    show: { type: 'string', default: '3' },
    'until-difference': { type: 'boolean', default: false },
  },
})
const seed = wholeNumber('seed', values.seed)
const count = wholeNumber('count', values.count)
const from = wholeNumber('from', values.from)
const show = wholeNumber('show', values.show)

const isTerminal = process.stdout.isTTY === true
const began = performance.now()
console.log(`seed ${seed}, ${count} programs${from > 0 ? ` from number ${from}` : ''}`)

const { runOnPlait } = await import('./plait/run.ts')
const sides: Sides = { cpython: await startPython(), plait: runOnPlait }

const { differences, coverage, events } = await compareRange(sides, seed, from, count, {
  enough: values['until-difference'] ? 1 : Number.POSITIVE_INFINITY,
  onProgress: (programs, found) => {
    if (isTerminal) process.stdout.write(`\r${programs} of ${count} programs, ${found} differences `)
  },
})
if (isTerminal) process.stdout.write('\r\x1b[K')

for (const difference of differences.slice(0, show)) {
  console.log(`\nProgram ${difference.index} differs; the smallest that does:\n`)
  const { program, cpython, plait } = await shrinkDifference(sides, difference)
  console.log(report(program, cpython, plait))
}

console.log(`\n${coverage.table()}\n`)
const seconds = ((performance.now() - began) / 1000).toFixed(1)
console.log(
  `${coverage.programs} programs, ${events} events, ${differences.length} differences, ${seconds} s`,
)
const tooLow = coverage.tooLow()
if (tooLow.length > 0) {
  console.log(`reached in less than ${100 * coverage.lowestShare} % of programs: ${tooLow.join(', ')}`)
}
if (differences.length > 0) {
  const indexes = differences.map(difference => difference.index)
  console.log(`they differ on ${indexes.slice(0, 20).join(', ')}${indexes.length > 20 ? ', …' : ''}`)
  console.log(`again: npm run test:differential -- --seed ${seed} --from ${indexes[0]} --count 1`)
}
process.exit(differences.length > 0 || tooLow.length > 0 ? 1 : 0)
