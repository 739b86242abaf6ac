import { afterAll, describe, expect, test } from 'vitest'
import { eventText } from './compare.ts'
import { Coverage } from './coverage.ts'
import { differing, shrinkDifference } from './differential.ts'
import { generate } from './generate/generate.ts'
import { runsOnPlait } from './plait.ts'
import type { Program, ProgramRunner, Trace } from './program.ts'
import { keptTraces, recorded } from './traces.ts'

const sides = {
  'plain functions': runsOnPlait('plain'),
  generators: runsOnPlait('generators'),
  'both together': runsOnPlait('mixed'),
} as const

afterAll(() => {
  for (const side of Object.values(sides)) side.end()
})

describe.each(Object.entries(sides))("greenlets of %s do what Python's do", (_, run) => {
  test.each(recorded.map(one => [one.file, one] as const))('as kept in %s', async (_, one) => {
    const kept = keptTraces.read(one)
    const traces = await run(one.programs)
    for (const [index, trace] of traces.entries())
      expect(trace.map(eventText), `${one.names[index]}, ${JSON.stringify(one.programs[index])}`).toEqual(
        kept[index],
      )
  })
})

describe('the comparison itself', () => {
  const forgetful: ProgramRunner = async programs =>
    (await sides.generators(programs)).map(trace => trace.filter(event => event[1] !== 'switch gives'))

  test('the same seed and index give the same program', () => {
    expect(generate(7, 3)).toEqual(generate(7, 3))
    expect(generate(7, 3)).not.toEqual(generate(7, 4))
    expect(generate(8, 3)).not.toEqual(generate(7, 3))
  })

  test('a side that keeps something back is found out, and the program shrunk to what shows it', async () => {
    const both = { python: sides.generators, plait: { forgetful } }
    const programs = Array.from({ length: 5 }, (_, index) => generate(1, index))
    const [difference] = differing(
      0,
      'forgetful',
      programs,
      await both.python(programs),
      await forgetful(programs),
    )
    if (difference === undefined) throw new Error('nothing was found')
    const { program } = await shrinkDifference(both, difference)
    expect(program.bodies.flat().map(({ op }) => op)).toEqual(['create', 'switch'])
  })

  test('the table tells what was reached too rarely, once there is enough to tell', () => {
    const coverage = new Coverage()
    const program: Program = { bodies: [[]], foreign: false, watched: false }
    const trace: Trace = [['G0', 'switch', 'G0', []]]
    for (let count = 0; count < 5_000; count += 1) coverage.add(program, trace)
    expect(coverage.tooLow()).toContain('within sort')
    expect(coverage.tooLow()).not.toContain('switch to itself')
  })
})
