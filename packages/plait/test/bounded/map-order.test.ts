import { describe, expect, test } from 'vitest'
import { currentTask, mapConcurrent, type Operation, sleep } from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'

/** What each item takes: the first the longest. */
const delays = [50, 10, 30, 20, 40]

function* later(ms: number): Operation<number> {
  yield* sleep(ms)
  return ms
}

describe('results', () => {
  test('come in the order of their items, whenever they are ready', async () => {
    const all = mapConcurrent(delays, later, { concurrency: 3 }).toArray()
    expect(await runVirtual(all)).toEqual(delays)
  })

  test('come as soon as they are ready, where order is not asked for', async () => {
    const all = mapConcurrent(delays, later, { concurrency: 5, ordered: false }).toArray()
    expect(await runVirtual(all)).toEqual([10, 20, 30, 40, 50])
  })

  test('that are ready at one time come in the order they were begun', async () => {
    const all = mapConcurrent('abcde'.split(''), (letter, index) => slowly(letter, 10 * (index % 2)), {
      concurrency: 5,
      ordered: false,
    }).toArray()
    expect(await runVirtual(all)).toEqual(['a', 'c', 'e', 'b', 'd'])
  })

  test('may be undefined, null, and whatever is falsy', async () => {
    const values = [undefined, null, 0, '', false, Number.NaN]
    for (const ordered of [true, false]) {
      const all = mapConcurrent(values, async value => value, { concurrency: 2, ordered }).toArray()
      expect(await runVirtual(all)).toEqual(values)
    }
  })

  test('of no items at all are none', async () => {
    for (const ordered of [true, false])
      expect(await runVirtual(mapConcurrent([], later, { concurrency: 2, ordered }).toArray())).toEqual([])
  })
})

function* slowly<T>(value: T, ms: number): Operation<T> {
  yield* sleep(ms)
  return value
}

describe('the function', () => {
  test('may be of any color', async () => {
    const colors = {
      *generator(n: number) {
        yield* sleep(1)
        return n
      },
      async async(n: number) {
        await sleep(1)
        return n
      },
      given: (n: number) => slowly(n, 1),
      promised: (n: number) => Promise.resolve(n),
    }
    for (const color of Object.values(colors)) {
      const all = mapConcurrent([1, 2, 3], color, { concurrency: 2 }).toArray()
      expect(await runVirtual(all)).toEqual([1, 2, 3])
    }
  })

  test('is told the item and its place', async () => {
    const all = mapConcurrent(new Set(['a', 'b', 'c']), async (item, index) => `${item}${index}`, {
      concurrency: 2,
    }).toArray()
    expect(await runVirtual(all)).toEqual(['a0', 'b1', 'c2'])
  })

  test('runs in a task of its own for each item', async () => {
    const tasks = await runVirtual(
      mapConcurrent([1, 2, 3], async () => ({ task: currentTask() }), { concurrency: 3 }).toArray(),
    )
    expect(new Set(tasks.map(({ task }) => task)).size).toBe(3)
  })
})

test('in async functions, with for await, it is the same', async () => {
  const seen: number[] = []
  await runVirtual(async () => {
    for await (const ms of mapConcurrent(delays, later, { concurrency: 2 })) seen.push(ms)
  })
  expect(seen).toEqual(delays)
})

test('outside of any run it is the same', async () => {
  const seen: number[] = []
  for await (const n of mapConcurrent([1, 2, 3], async n => n * 2, { concurrency: 2 })) seen.push(n)
  expect(seen).toEqual([2, 4, 6])
})
