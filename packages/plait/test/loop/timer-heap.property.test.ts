import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type TimerEntry, TimerHeap } from '../../src/loop/timer-heap.ts'

class Timer implements TimerEntry {
  _dropped = false
  readonly when: number
  readonly order: number

  constructor(when: number, order: number) {
    this.when = when
    this.order = order
  }

  run(): void {}
}

test('the heap gives timers by deadline, then by the order made, whatever is dropped, swept and grown', () => {
  const acts = fc.array(
    fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({
          do: fc.constant('push' as const),
          many: fc.integer({ min: 1, max: 80 }),
          spread: fc.nat(50),
        }),
      },
      {
        weight: 3,
        arbitrary: fc.record({ do: fc.constant('pop' as const), many: fc.integer({ min: 1, max: 40 }) }),
      },
      {
        weight: 4,
        arbitrary: fc.record({
          do: fc.constant('drop' as const),
          many: fc.integer({ min: 1, max: 80 }),
          seed: fc.nat(),
        }),
      },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('clear' as const) }) },
    ),
    { maxLength: 40 },
  )
  fc.assert(
    fc.property(acts, script => {
      const heap = new TimerHeap()
      let model: Timer[] = []
      let made = 0
      const check = () => {
        heap.discardDropped()
        model.sort((a, b) => a.when - b.when || a.order - b.order)
        expect(heap.size > 0).toBe(model.length > 0)
        if (model.length > 0) expect(heap.next).toBe(model[0]?.when)
      }
      const pop = () => {
        check()
        if (model.length > 0) expect(heap.pop()).toBe(model.shift())
      }
      for (const act of script) {
        switch (act.do) {
          case 'push':
            for (let n = 0; n < act.many; n += 1) {
              made += 1
              const timer = new Timer((n * 7919) % (act.spread + 1), made)
              heap.push(timer.when, timer)
              model.push(timer)
            }
            break
          case 'pop':
            for (let n = 0; n < act.many; n += 1) pop()
            break
          case 'drop':
            for (let n = 0; n < act.many && model.length > 0; n += 1) {
              const [timer] = model.splice((act.seed + n * 31) % model.length, 1)
              ;(timer as Timer)._dropped = true
              heap.noteDropped()
            }
            break
          case 'clear':
            heap.clear()
            model = []
        }
        check()
      }
      while (model.length > 0) pop()
      heap.discardDropped()
      expect(heap.size).toBe(0)
    }),
    { numRuns: 300 },
  )
})

test('dropped timers are swept when they are most of the heap', () => {
  const heap = new TimerHeap()
  const timers = Array.from({ length: 10_000 }, (_, n) => new Timer(n, n))
  for (const timer of timers) heap.push(timer.when, timer)
  for (const timer of timers.slice(1)) {
    timer._dropped = true
    heap.noteDropped()
  }
  expect(heap.size).toBeLessThan(300)
  expect(heap.pop()).toBe(timers[0])
})
