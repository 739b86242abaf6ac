import { randomInt } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { report } from './compare.ts'
import { Coverage } from './coverage/coverage.ts'
import { compareOne, compareRange, type Difference, type Sides, shrinkDifference } from './differential.ts'
import { generate } from './generate/generate.ts'
import { runOnPlait } from './plait/run.ts'
import type { Run } from './program.ts'
import { startPython } from './python.ts'
import { regressions } from './regressions.ts'

let sides: Sides

beforeAll(async () => {
  sides = { cpython: await startPython(), plait: runOnPlait }
}, 120_000)

function expectNone(difference: Difference | undefined, where = ''): void {
  if (difference === undefined) return
  expect.fail(`${where}\n${report(difference.program, difference.cpython, difference.plait)}`)
}

describe("Plait's order is CPython's", () => {
  test.each(Object.entries(regressions))('%s', async (_, program) => {
    expectNone(await compareOne(sides, program))
  })

  test('on random programs', async () => {
    const seed = randomInt(2 ** 32)
    const { differences } = await compareRange(sides, seed, 0, 400, { enough: 1 })
    const [first] = differences
    const shrunk = first && (await shrinkDifference(sides, first))
    expectNone(shrunk, `seed ${seed}, program ${first?.index}, shrunk:`)
  })
})

describe('the comparison itself', () => {
  test('the same seed and index give the same program', () => {
    expect(generate(7, 3)).toEqual(generate(7, 3))
    expect(generate(7, 3)).not.toEqual(generate(7, 4))
    expect(generate(8, 3)).not.toEqual(generate(7, 3))
  })

  test('a side that tells its events backwards is found out, and the program shrunk to nothing', async () => {
    const backwards: Sides = {
      cpython: sides.cpython,
      plait: async programs =>
        (await sides.cpython(programs)).map(run => ({ ...run, trace: run.trace.toReversed() })),
    }
    const { differences } = await compareRange(backwards, 1, 0, 1)
    const shrunk = await shrinkDifference(backwards, differences[0] as Difference)
    expect(shrunk.program.bodies.flat()).toEqual([])
  })

  test('the table tells what was reached too rarely, once there is enough to tell', async () => {
    const coverage = new Coverage()
    const [run] = await sides.cpython([generate(1, 1)])
    for (let count = 0; count < 10_000; count += 1) coverage.add(run as Run)
    expect(coverage.tooLow()).toContain('error in a callback')
    expect(coverage.tooLow()).not.toContain('spawn')
  })
})
