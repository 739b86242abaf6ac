import { expect, test } from 'vitest'
import { createTask, mapConcurrent, sleep } from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { Crew, Numbers } from './crew.ts'

test('nothing is taken or begun before the first result is asked for', async () => {
  await runVirtual(function* () {
    const crew = new Crew()
    const numbers = new Numbers(3)
    const results = mapConcurrent(numbers.items, n => crew.work(n, 1), { concurrency: 2 })
    const first = results.next()
    const all = results.toArray()
    yield* sleep(10)
    expect([numbers.asked, crew.begun]).toEqual([0, 0])
    expect(yield* first).toEqual({ done: false, value: 1 })
    expect(yield* all).toEqual([2, 3])
  })
})

test('one that is stopped before it began never begins, and its source is left', async () => {
  await runVirtual(function* () {
    const crew = new Crew()
    const numbers = new Numbers(3)
    numbers.items.next() // one that was never begun has nothing to leave
    const results = mapConcurrent(numbers.items, n => crew.work(n, 1), { concurrency: 2 })
    yield* results.stop()
    expect(crew.begun).toBe(0)
    expect(numbers.wasLeft).toBe(true)
    expect(yield* results.next()).toEqual({ done: true, value: undefined })
    expect(yield* results.toArray()).toEqual([])
  })
})

test('asking once begins what may run at once, and no more than that', async () => {
  await runVirtual(function* () {
    const crew = new Crew()
    const numbers = new Numbers()
    const results = mapConcurrent(numbers.items, n => crew.work(n, 10), { concurrency: 3 })
    const asking = createTask(results.next())
    yield* sleep(1)
    expect(crew.log).toEqual(['begin 1', 'begin 2', 'begin 3'])
    expect(yield* asking).toEqual({ done: false, value: 1 })
    yield* results.stop()
  })
})

test('the end is the end, however often it is asked for', async () => {
  await runVirtual(function* () {
    const results = mapConcurrent([1], async n => n, { concurrency: 1 })
    expect(yield* results.toArray()).toEqual([1])
    for (let n = 0; n < 3; n += 1) expect(yield* results.next()).toEqual({ done: true, value: undefined })
    yield* results.stop()
    yield* results.stop()
  })
})
