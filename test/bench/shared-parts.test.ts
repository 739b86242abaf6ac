import { expect, test } from 'vitest'
import { ItemRing, Line, Sleeper } from '../../bench/fifo.ts'
import { current, drain, ready, type Steps } from '../../bench/strands.ts'
import { Turns } from '../../bench/turns.ts'

test('a ring gives its items in the order they came, however often it goes round', () => {
  const ring = new ItemRing(3)
  const given: number[] = []
  for (let item = 0; item < 10; item++) {
    if (ring.isFull) given.push(ring.take())
    ring.put(item)
  }
  expect(ring.size).toBe(3)
  while (ring.size > 0) given.push(ring.take())
  expect(given).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
})

test('a line is first in, first out, and whoever has left it may stand in it again', () => {
  const woken: string[] = []
  const [ann, bob] = ['ann', 'bob'].map(name => new Sleeper(() => woken.push(name))) as [Sleeper, Sleeper]
  const line = new Line<Sleeper>()
  line.push(ann)
  line.push(bob)
  line.shift()?.wake()
  line.push(ann)
  line.shift()?.wake()
  line.shift()?.wake()
  expect(line.shift()).toBeUndefined()
  expect(woken).toEqual(['ann', 'bob', 'ann'])
})

test('strands take turns: a yield gives way to the others, and waits where the strand is not ready', () => {
  const seen: string[] = []
  let parked: typeof current | undefined
  function* waits(): Steps {
    parked = current
    yield
    seen.push('woken')
  }
  function* wakes(): Steps {
    for (let i = 0; i < 2; i++) {
      seen.push(`turn ${i}`)
      ready.push(current)
      yield
    }
    if (parked !== undefined) ready.push(parked)
    seen.push('wakes')
  }
  drain([waits(), wakes()])
  expect(seen).toEqual(['turn 0', 'turn 1', 'wakes', 'woken'])
})

test('a lock that two tasks hold at once ends the side that has it', () => {
  const turns = new Turns()
  turns.begin()
  turns.end()
  turns.begin()
  expect(() => turns.begin()).toThrow('the number of holders is 2, not 1')
})
