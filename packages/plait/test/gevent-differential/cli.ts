/**
 * Compares Plait with gevent on random programs.
 *
 *   node cli.ts [--seed S] [--count N] [--from I] [--areas A,B] [--show K] [--until-difference] [--python PATH]
 *
 * Exits with 1 if any program gave another trace, or if an operation was reached too rarely to speak of a comparison.
 */
import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { wholeNumber } from '../whole-number.ts'
import { report } from './compare.ts'
import { compareRange, type Sides, shrinkDifference } from './differential.ts'
import { startPlait } from './plait.ts'
import { type Area, areas as allAreas } from './program.ts'
import { debianPython, startPython, whyNoGevent } from './python.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(randomInt(2 ** 32)) },
    count: { type: 'string', default: '2000' },
    from: { type: 'string', default: '0' },
    areas: { type: 'string', default: allAreas.join(',') },
    show: { type: 'string', default: '3' },
    'until-difference': { type: 'boolean', default: false },
    python: { type: 'string', default: debianPython },
  },
})
const seed = wholeNumber('seed', values.seed)
const count = wholeNumber('count', values.count)
const from = wholeNumber('from', values.from)
const show = wholeNumber('show', values.show)
const areas = values.areas.split(',').map(checkedArea)

function checkedArea(name: string): Area {
  const area = allAreas.find(each => each === name)
  if (area === undefined) fail(`--areas takes some of ${allAreas.join(', ')}, and got ${name}`)
  return area
}

function fail(complaint: string): never {
  console.error(complaint)
  process.exit(2)
}

const complaint = whyNoGevent(values.python)
if (complaint !== undefined) fail(complaint)

const isTerminal = process.stdout.isTTY === true
const began = performance.now()
console.log(`seed ${seed}, ${count} programs${from > 0 ? ` from number ${from}` : ''}`)

const sides: Sides = { gevent: startPython(values.python), plait: startPlait() }

const { differences, coverage, events } = await compareRange(sides, seed, from, count, {
  areas,
  enough: values['until-difference'] ? 1 : Number.POSITIVE_INFINITY,
  onProgress: (programs, found) => {
    if (isTerminal) process.stdout.write(`\r${programs} of ${count} programs, ${found} differences `)
  },
})
if (isTerminal) process.stdout.write('\r\x1b[K')

for (const difference of differences.slice(0, show)) {
  console.log(`\nProgram ${difference.index} differs; the smallest that does:\n`)
  const { program, gevent, plait } = await shrinkDifference(sides, difference)
  console.log(report(program, gevent, plait))
}
sides.gevent.stop()
sides.plait.stop()

console.log(`\n${coverage.table()}\n`)
const seconds = ((performance.now() - began) / 1000).toFixed(1)
console.log(
  `${coverage.programs} programs, ${events} events, ${differences.length} differences, ${seconds} s`,
)
// Of some areas alone, the rest is not reached at all.
const tooLow = areas.length === allAreas.length ? coverage.tooLow() : []
if (tooLow.length > 0) {
  console.log(`reached in less than ${100 * coverage.lowestShare} % of programs: ${tooLow.join(', ')}`)
}
if (differences.length > 0) {
  const indexes = differences.map(difference => difference.index)
  const chosen = areas.length === allAreas.length ? '' : ` --areas ${areas.join(',')}`
  console.log(`they differ on ${indexes.slice(0, 20).join(', ')}${indexes.length > 20 ? ', …' : ''}`)
  console.log(`again: npm run test:gevent -- --seed ${seed} --from ${indexes[0]} --count 1${chosen}`)
}
process.exit(differences.length > 0 || tooLow.length > 0 ? 1 : 0)
