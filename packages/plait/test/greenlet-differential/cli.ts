/**
 * Compares Plait's greenlets with those of Python on random programs.
 *
 *   node cli.ts [--seed S] [--count N] [--from I] [--show K] [--until-difference]
 *
 * Exits with 1 if any program gave another trace, or if a feature was reached too rarely to speak of a comparison; with 2
 * if there is no Python that has greenlet.
 */
import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { wholeNumber } from '../whole-number.ts'
import { report } from './compare.ts'
import { compareRange, shrinkDifference } from './differential.ts'
import { runsOnPlait } from './plait.ts'
import { findPython, runsOnPython } from './python.ts'

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

const found = findPython()
if (found === undefined) {
  console.error(
    'no Python has greenlet here (tried python3 and /usr/bin/python3): install it with "apt-get install python3-greenlet" or "python3 -m pip install greenlet"; the traces beside this file are compared without it',
  )
  process.exit(2)
}

const isTerminal = process.stdout.isTTY === true
const began = performance.now()
console.log(
  `seed ${seed}, ${count} programs${from > 0 ? ` from number ${from}` : ''}, greenlet ${found.version} of ${found.command}`,
)

const python = runsOnPython(found.command)
const plait = {
  plain: runsOnPlait('plain'),
  generators: runsOnPlait('generators'),
  mixed: runsOnPlait('mixed'),
}
const sides = { python, plait }

const { differences, coverage, events } = await compareRange(sides, seed, from, count, {
  enough: values['until-difference'] ? 1 : Number.POSITIVE_INFINITY,
  onProgress: (programs, differing) => {
    if (isTerminal) process.stdout.write(`\r${programs} of ${count} programs, ${differing} differences `)
  },
})
if (isTerminal) process.stdout.write('\r\x1b[K')

for (const difference of differences.slice(0, show)) {
  console.log(`\nProgram ${difference.index} differs (${difference.side}); the smallest that does:\n`)
  const smallest = await shrinkDifference(sides, difference)
  console.log(report(smallest.program, smallest.python, smallest.plait))
}

console.log(`\n${coverage.table()}\n`)
const seconds = ((performance.now() - began) / 1000).toFixed(1)
console.log(
  `${coverage.programs} programs, each in ${Object.keys(plait).length} ways, ${events} events, ${differences.length} differences, ${seconds} s`,
)
const tooLow = coverage.tooLow()
if (tooLow.length > 0) {
  console.log(`reached in less than ${100 * coverage.lowestShare} % of programs: ${tooLow.join(', ')}`)
}
if (differences.length > 0) {
  const indexes = [...new Set(differences.map(difference => difference.index))]
  console.log(`they differ on ${indexes.slice(0, 20).join(', ')}${indexes.length > 20 ? ', …' : ''}`)
  console.log(`again: npm run test:greenlet -- --seed ${seed} --from ${indexes[0]} --count 1`)
}
for (const side of [python, ...Object.values(plait)]) side.end()
process.exitCode = differences.length > 0 || tooLow.length > 0 ? 1 : 0
