import { afterAll, describe, expect, test } from 'vitest'
import { eventText } from '../differential/compare.ts'
import { Coverage } from './coverage/coverage.ts'
import { compareRange, type Difference, type Sides, shrinkDifference } from './differential.ts'
import { generate } from './generate/generate.ts'
import { startPlait } from './plait.ts'
import { areas, type Run, type Side } from './program.ts'
import { whyNoGevent } from './python.ts'
import { keptTraces, recorded } from './traces.ts'

const plait = startPlait()

afterAll(() => plait.stop())

describe("Plait's gevent does what gevent does", () => {
  test.each(recorded.map(one => [one.file, one] as const))('as kept in %s', async (_, one) => {
    const kept = keptTraces.read(one)
    const runs = await plait.run(one.programs)
    for (const [index, { trace }] of runs.entries())
      expect(trace.map(eventText), `${one.names[index]}, ${JSON.stringify(one.programs[index])}`).toEqual(
        kept[index],
      )
  })
})

describe('the comparison itself', () => {
  const backwards: Side = {
    run: async programs => (await plait.run(programs)).map(run => ({ trace: run.trace.toReversed() })),
    stop: () => {},
  }

  test('the same seed and index give the same program', () => {
    expect(generate(7, 3)).toEqual(generate(7, 3))
    expect(generate(7, 3)).not.toEqual(generate(7, 4))
    expect(generate(8, 3)).not.toEqual(generate(7, 3))
  })

  test.each(areas)('programs about %s are about nothing else', area => {
    const about = Array.from({ length: 20 }, (_, index) => generate(1, index, [area]).areas)
    expect(new Set(about.flat())).toEqual(new Set([area]))
  })

  test('a side that tells its events backwards is found out, and the program shrunk to nothing', async () => {
    const sides: Sides = { gevent: plait, plait: backwards }
    const { differences } = await compareRange(sides, 1, 0, 1)
    const shrunk = await shrinkDifference(sides, differences[0] as Difference)
    expect(shrunk.program.functions.flat()).toEqual([])
  })

  test('a program that breaks its process is at fault alone', async () => {
    const broken = { ...generate(1, 0), functions: [[{ op: 'sleep', ms: 'soon' }]] } as never
    const [before, , after] = await plait.run([generate(1, 1), broken, generate(1, 2)])
    expect(before?.trace.length).toBeGreaterThan(1)
    expect(after?.trace.length).toBeGreaterThan(1)
  })

  test('a Python without gevent is told of, with what to do', () => {
    expect(whyNoGevent('/no/such/python')).toContain('--python')
  })

  test('the table tells what was reached too rarely, once there is enough to tell', () => {
    const coverage = new Coverage()
    const run: Run = { trace: [[0, 'F0#1', 'spawn', 0, 1]] }
    for (let count = 0; count < 10_000; count += 1) coverage.add(run)
    expect(coverage.tooLow()).toContain('spawnLater')
    expect(coverage.tooLow()).not.toContain('spawn')
  })
})
