import { expect, onTestFinished, test, vi } from 'vitest'
import { type Case, cases } from '../../bench/catalogue.ts'
import { isAcceptable, judge } from '../../bench/judge.ts'
import { addLines, type Gap, median, type Row } from '../../bench/results.ts'
import { sidesOf } from '../../bench/sides.ts'
import { showCase, showVerdicts } from '../../bench/table.ts'
import { targets } from '../../bench/targets.ts'

const place = { caseId: 'c02-spawn', nominalSize: 100_000 }
const row = (side: string, ...values: number[]): Row => {
  return { ...place, size: 100_000, metric: 'spawn and join', side, unit: 'ns', values }
}
const gap = (side: string, kind: Gap['kind']): Gap => ({ ...place, side, kind, why: 'the reason' })
const target = {
  caseId: 'c02-spawn',
  metric: 'spawn and join',
  side: 'plait',
  limit: 2,
  of: { side: 'floor' },
}

test('a target is judged by the ratio of medians, not of means', () => {
  const floor = row('floor', 10, 10, 1000)
  const verdict = judge(target, { rows: [floor, row('plait', 1, 20, 30)], gaps: [] })
  expect(verdict).toEqual({ kind: 'met', target, measured: 2 })
  const slower = judge(target, { rows: [floor, row('plait', 21)], gaps: [] })
  expect(slower).toMatchObject({ kind: 'missed', measured: 2.1 })
  expect(isAcceptable([verdict])).toBe(true)
  expect(isAcceptable([verdict, slower])).toBe(false)
})

test('a target that asks for at least so much is missed by less, and shown so', () => {
  const fast = { caseId: 'c02-spawn', metric: 'spawn and join', side: 'plait', atLeast: 1.95 }
  const enough = judge(fast, { rows: [row('plait', 1.95)], gaps: [] })
  const less = judge(fast, { rows: [row('plait', 1.94)], gaps: [] })
  expect([enough.kind, less.kind]).toEqual(['met', 'missed'])
  expect(showVerdicts([less])).toMatch(/MISSED .*1\.94 +>= 1\.95$/m)
})

test('a peer that is not to be had here leaves its target unmeasured, which is said and does no harm', () => {
  const verdict = judge(target, { rows: [row('plait', 1)], gaps: [gap('floor', 'absent')] })
  expect(verdict).toEqual({ kind: 'unmeasured', target, why: 'floor: the reason' })
  expect(isAcceptable([verdict])).toBe(true)
  expect(showVerdicts([verdict])).toMatch(
    /not measured .*plait \/ floor .*floor: the reason[\s\S]*1 could not be/,
  )
})

test('a side that broke down fails its targets, even with values from an earlier round', () => {
  const rows = [row('plait', 1), row('floor', 1)]
  const verdict = judge(target, { rows, gaps: [gap('plait', 'failed')] })
  expect(verdict).toMatchObject({ kind: 'failed', why: 'plait: the reason' })
  expect(isAcceptable([verdict])).toBe(false)
  expect(showVerdicts([verdict])).toContain('Missed: c02-spawn spawn and join: plait / floor.')
})

test('a metric that a side does not print fails the target that names it', () => {
  const verdict = judge({ ...target, metric: 'spwan' }, { rows: [row('plait', 1)], gaps: [] })
  expect(verdict).toMatchObject({ kind: 'failed', why: expect.stringContaining('spwan') })
})

test('every target names a case, a size and sides that there are', () => {
  const sides = new Map(cases.map(({ id }) => [id, sidesOf(id).map(({ name }) => name)]))
  for (const { caseId, size, side, of } of targets) {
    const found = cases.find(({ id }) => id === caseId)
    expect(found).toBeDefined()
    if (size !== undefined) expect(found?.scales.map(scale => scale.size)).toContain(size)
    expect(sides.get(caseId)).toEqual(expect.arrayContaining([side, of?.side ?? side]))
  }
})

test('a side in a language that is not on the PATH is absent, not an error', () => {
  vi.stubEnv('PATH', '')
  onTestFinished(() => void vi.unstubAllEnvs())
  const absent = sidesOf('c09-offload').filter(({ kind }) => kind === 'absent')
  expect(absent).toEqual([{ kind: 'absent', name: 'python', why: 'python3 is not on the PATH' }])
})

test('the best comes first: the least of what costs, the most of a rate or a ratio', () => {
  const rows = [row('slow', 2), row('fast', 1)].flatMap(cost => [
    cost,
    { ...cost, metric: 'rate', unit: 'MB/s', values: cost.values.map(value => 1 / value) },
    { ...cost, metric: 'speed-up', unit: 'x', values: cost.values.map(value => 1 / value) },
  ])
  const shown = showCase(cases.find(({ id }) => id === 'c02-spawn') as Case, { rows, gaps: [] })
  expect([...shown.matchAll(/^ +(fast|slow) /gm)].map(([, side]) => side)).toEqual([
    ...['fast', 'slow'],
    ...['fast', 'slow'],
    ...['fast', 'slow'],
  ])
})

test('lines of one side and metric are gathered over rounds; other output is passed over', () => {
  const rows: Row[] = []
  const from = { ...place, size: 2000, side: 'plait' }
  expect(addLines(rows, 'hello\nR\tspawn\tns\t5\t1\nR\tjoin\tns\t7\n', from)).toBe(3)
  expect(addLines(rows, 'R\tspawn\tns\t3\t9\n', from)).toBe(2)
  expect(rows.map(({ metric, values }) => [metric, values])).toEqual([
    ['spawn', [5, 1, 3, 9]],
    ['join', [7]],
  ])
  expect(median([5, 1, 3, 9])).toBe(4)
})
