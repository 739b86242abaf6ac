import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Entry, ReadyRing } from '../../src/loop/ready-ring.ts'

interface Numbered extends Entry {
  readonly n: number
}

const entry = (n: number): Numbered => ({ n, run: () => {} })

test('the ring is a list: any pushes, shifts, unshifts and clears, through any growth', () => {
  const acts = fc.array(
    fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({ do: fc.constant('push' as const), times: fc.integer({ min: 1, max: 100 }) }),
      },
      {
        weight: 5,
        arbitrary: fc.record({ do: fc.constant('shift' as const), times: fc.integer({ min: 1, max: 100 }) }),
      },
      {
        weight: 2,
        arbitrary: fc.record({ do: fc.constant('unshift' as const), times: fc.integer({ min: 1, max: 3 }) }),
      },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('rewind' as const), times: fc.constant(1) }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('clear' as const), times: fc.constant(1) }) },
    ),
    { maxLength: 60 },
  )
  fc.assert(
    fc.property(acts, script => {
      const ring = new ReadyRing()
      const model: number[] = []
      let made = 0
      for (const act of script) {
        for (let n = 0; n < act.times; n += 1) {
          made += 1
          if (act.do === 'push') {
            ring.push(entry(made))
            model.push(made)
          } else if (act.do === 'unshift') {
            ring.unshift(entry(made))
            model.unshift(made)
          } else if (act.do === 'shift') {
            if (model.length === 0) break
            expect((ring.shift() as Numbered).n).toBe(model.shift())
          } else if (act.do === 'clear') {
            ring.clear()
            model.length = 0
          } else ring.rewind()
          expect(ring.size).toBe(model.length)
        }
      }
      while (model.length > 0) expect((ring.shift() as Numbered).n).toBe(model.shift())
    }),
    { numRuns: 300 },
  )
})

test('places far from the start are brought back, with every entry where it was', () => {
  fc.assert(
    fc.property(fc.nat(200), fc.nat(1000), (many, offset) => {
      const ring = new ReadyRing()
      ring.head = 2 ** 29 + offset
      ring.tail = ring.head
      for (let n = 0; n < many; n += 1) ring.push(entry(n))
      ring.rewind()
      expect(ring.head).toBeLessThan(2 ** 20)
      expect(ring.head).toBeGreaterThan(0)
      ring.unshift(entry(-1))
      for (let n = -1; n < many; n += 1) expect((ring.shift() as Numbered).n).toBe(n)
    }),
  )
})

test('what was shifted out is not held', () => {
  const ring = new ReadyRing()
  for (let n = 0; n < 10; n += 1) ring.push(entry(n))
  for (let n = 0; n < 10; n += 1) ring.shift()
  expect(ring.size).toBe(0)
})
