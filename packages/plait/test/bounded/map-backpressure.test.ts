import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createTask, mapConcurrent, sleep } from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { draws } from '../sync/random-runs.ts'
import { Crew, Numbers } from './crew.ts'

describe('with a slow taker', () => {
  test.each([
    { concurrency: 1, buffer: 0, begun: 1 },
    { concurrency: 1, buffer: 1, begun: 2 },
    { concurrency: 3, buffer: 0, begun: 3 },
    { concurrency: 2, buffer: 5, begun: 7 },
    { concurrency: 4, buffer: undefined, begun: 8 },
  ])('$concurrency at once and $buffer kept: $begun begin, and wait', async ({ begun, ...options }) => {
    for (const ordered of [true, false]) {
      await runVirtual(function* () {
        const crew = new Crew()
        const numbers = new Numbers()
        const results = mapConcurrent(numbers.items, n => crew.work(n, 10), { ...options, ordered })
        yield* results.next()
        yield* sleep(1000)
        // The one that was taken has made room for one more.
        expect(crew.begun).toBe(begun + 1)
        expect(numbers.asked).toBe(begun + 1)
        expect(crew.running).toBe(0)
        yield* results.next()
        yield* sleep(1000)
        expect(crew.begun).toBe(begun + 2)
        yield* results.stop()
      })
    }
  })
})

test('results that wait for an earlier one count as waiting', async () => {
  await runVirtual(function* () {
    const crew = new Crew()
    const results = mapConcurrent(new Numbers().items, n => crew.work(n, n === 1 ? 1000 : 1), {
      concurrency: 2,
      buffer: 3,
    })
    yield* results.next()
    expect(crew.begun).toBe(5)
    yield* results.stop()
  })
})

test('toArray takes them as they come: only what runs at once is bounded', async () => {
  await runVirtual(function* () {
    const crew = new Crew()
    const numbers = Array.from({ length: 50 }, (_, n) => n)
    const all = mapConcurrent(numbers, n => crew.work(n, n === 0 ? 1000 : 1), { concurrency: 2, buffer: 0 })
    expect(yield* all.toArray()).toEqual(numbers)
    expect(crew.most).toBe(2)
    expect(crew.log.slice(-1)).toEqual(['end 0'])
  })
})

test('toArray lets more begin, where none could for the results that wait for an earlier one', async () => {
  await runVirtual(function* () {
    const crew = new Crew()
    const numbers = new Numbers(10)
    const results = mapConcurrent(numbers.items, n => crew.work(n, n === 1 ? 1000 : 1), {
      concurrency: 2,
      buffer: 1,
    })
    const first = createTask(results.next())
    yield* sleep(100)
    expect(crew.begun).toBe(3)
    const rest = createTask(results.toArray())
    yield* sleep(100)
    expect(crew.begun).toBe(10)
    expect(yield* first).toEqual({ done: false, value: 1 })
    expect(yield* rest).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10])
  })
})

const programs = fc.record({
  concurrency: fc.integer({ min: 1, max: 4 }),
  buffer: fc.nat(4),
  ordered: fc.boolean(),
  works: fc.array(fc.nat(5), { maxLength: 20 }),
  pauses: fc.array(fc.nat(5), { minLength: 20, maxLength: 20 }),
  isAsync: fc.boolean(),
})

test('never more run than may, nor run and wait than may, and each item has one result', async () => {
  const property = fc.asyncProperty(programs, async ({ works, pauses, isAsync, ...options }) => {
    const crew = new Crew()
    let taken = 0
    function check(): void {
      expect(crew.running).toBeLessThanOrEqual(options.concurrency)
      expect(crew.begun - taken).toBeLessThanOrEqual(options.concurrency + options.buffer)
    }
    const results = mapConcurrent(
      works,
      (ms, index) => {
        // Counted before it begins, so one less than may.
        expect(crew.begun - taken).toBeLessThan(options.concurrency + options.buffer)
        return isAsync ? crew.workAsync(index, ms) : crew.work(index, ms)
      },
      options,
    )
    const got: number[] = []
    await runVirtual(function* () {
      for (;;) {
        const next = yield* results.next()
        if (next.done === true) break
        taken += 1
        got.push(next.value)
        check()
        yield* sleep(pauses[got.length] ?? 0)
        check()
      }
    })
    const indexes = works.map((_, index) => index)
    expect(options.ordered ? got : got.toSorted((a, b) => a - b)).toEqual(indexes)
    expect(crew.most).toBeLessThanOrEqual(options.concurrency)
  })
  await fc.assert(property, draws(300))
})
