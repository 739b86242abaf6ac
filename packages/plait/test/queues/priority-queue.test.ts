import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createTask, gather, PriorityQueue, sleep, type Task } from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { draws } from '../sync/random-runs.ts'
import { errorOf } from '../tasks/endings.ts'

function drained<T>(queue: PriorityQueue<T>): T[] {
  const all: T[] = []
  while (!queue.empty()) all.push(queue.getNowait())
  return all
}

function filled<T>(items: readonly T[], compare?: (a: T, b: T) => number): PriorityQueue<T> {
  const queue = new PriorityQueue<T>({ compare })
  for (const item of items) queue.putNowait(item)
  return queue
}

describe('the lowest comes first', () => {
  test('numbers, bigints, strings and dates by their own order', () => {
    expect(drained(filled([3, 1, -2, 2.5, Number.NEGATIVE_INFINITY]))).toEqual([
      Number.NEGATIVE_INFINITY,
      -2,
      1,
      2.5,
      3,
    ])
    expect(drained(filled([3n, 1, 2n, 1.5]))).toEqual([1, 1.5, 2n, 3n])
    expect(drained(filled(['b', 'a', 'c', '']))).toEqual(['', 'a', 'b', 'c'])
    const dates = [3, 1, 2].map(day => new Date(2020, 1, day))
    expect(drained(filled(dates)).map(date => date.getDate())).toEqual([1, 2, 3])
  })

  test('lists by their first element, whatever the rest is', () => {
    const jobs: [number, unknown][] = [
      [2, 'b'],
      [1, {}],
      [2, 'a'],
      [0, undefined],
    ]
    expect(drained(filled(jobs))).toEqual([
      [0, undefined],
      [1, {}],
      [2, 'b'],
      [2, 'a'],
    ])
  })

  test('anything by a comparison', () => {
    const jobs = [{ due: 3 }, { due: 1 }, { due: 2 }]
    expect(drained(filled(jobs, (a, b) => b.due - a.due))).toEqual([{ due: 3 }, { due: 2 }, { due: 1 }])
  })

  test('equals in the order put: it is a stable sort, however puts and gets are mixed', () => {
    const acts = fc.array(fc.oneof(fc.nat(4), fc.constant(undefined)), { maxLength: 200 })
    const property = fc.property(acts, acts => {
      const queue = new PriorityQueue<readonly [number, number]>()
      const model: [number, number][] = []
      for (const [n, rank] of acts.entries()) {
        if (rank !== undefined) {
          queue.putNowait([rank, n])
          model.push([rank, n])
        } else if (model.length > 0) {
          model.sort(([a], [b]) => a - b)
          expect(queue.getNowait()).toEqual(model.shift())
        }
      }
      expect(drained(queue)).toEqual(model.sort(([a], [b]) => a - b))
    })
    fc.assert(property, draws(500))
  })
})

describe('what cannot be compared', () => {
  test('is refused when it is put, alone or not, and the queue is as it was', () => {
    for (const wrong of [
      {},
      undefined,
      null,
      Number.NaN,
      Symbol('x'),
      () => 1,
      [{}],
      [],
      true,
      new Date(Number.NaN),
    ]) {
      const queue = new PriorityQueue<unknown>()
      expect(() => queue.putNowait(wrong)).toThrow(/does not know where to put/)
      expect(queue.statistics()).toMatchObject({ size: 0, unfinished: 0 })
    }
    const numbers = filled<unknown>([1, 2])
    expect(() => numbers.putNowait('1')).toThrow(/does not know where to put/)
    expect(drained(numbers)).toEqual([1, 2])
  })

  test('a comparison that gives no number is refused, and the queue is as it was', () => {
    for (const wrong of [true, undefined, Number.NaN, '1', null]) {
      const queue = new PriorityQueue<number>({ compare: () => wrong as never })
      expect(() => queue.putNowait(1)).toThrow(/compare\(a, b\) must return a number/)
      expect(queue.empty()).toBe(true)
    }
  })

  test('a comparison that is no function is refused when the queue is made', () => {
    expect(() => new PriorityQueue({ compare: 'due' as never })).toThrow(/compare.*takes a function.*"due"/)
  })
})

describe('a comparison that throws', () => {
  test('halfway through a put or a get loses nothing, whichever comparison it is', () => {
    const items = [5, 3, 8, 1, 9, 2, 7]
    for (let failAt = 1; failAt < 40; failAt += 1) {
      let left = failAt
      const queue = new PriorityQueue<number>({
        compare: (a, b) => {
          left -= 1
          if (left === 0) throw new Error('compare')
          return a - b
        },
      })
      const put: number[] = []
      const got: number[] = []
      for (const item of items) {
        try {
          queue.putNowait(item)
          put.push(item)
        } catch {}
      }
      while (!queue.empty()) {
        try {
          got.push(queue.getNowait())
        } catch {}
      }
      expect(got).toEqual(put.sort((a, b) => a - b))
      expect(put.length).toBeGreaterThanOrEqual(items.length - 1)
    }
  })

  test('tells whoever put or gets, and the next in line has its turn', async () => {
    await runVirtual(function* () {
      const queue = new PriorityQueue<unknown>({ maxSize: 1 })
      queue.putNowait(1)
      const [bad, good] = [createTask(queue.put({})), createTask(queue.put(2))]
      yield* sleep(1)
      expect(yield* queue.get()).toBe(1)
      expect(yield* errorOf(bad)).toMatchObject({ code: 'incomparable' })
      yield* good
      expect(queue.getNowait()).toBe(2)
    })
    await runVirtual(function* () {
      let isBroken = false
      const broken = new Error('compare')
      const queue = new PriorityQueue<number>({
        compare: (a, b) => {
          if (!isBroken) return a - b
          isBroken = false
          throw broken
        },
      })
      const [first, ...others] = [0, 1, 2, 3].map(() => createTask(queue.get()))
      yield* sleep(1)
      for (const n of [3, 2, 1]) queue.putNowait(n)
      isBroken = true
      expect(yield* errorOf(first as Task<number>)).toBe(broken)
      // What the first could not take is for the last, who was not woken for any of the three.
      expect(yield* gather(...others)).toEqual([1, 2, 3])
    })
  })

  test('does not keep a queue from being shut down at once', async () => {
    await runVirtual(function* () {
      let isBroken = false
      const queue = new PriorityQueue<number>({
        compare: (a, b) => {
          if (isBroken) throw new Error('compare')
          return a - b
        },
      })
      for (const n of [3, 2, 1]) queue.putNowait(n)
      const joiner = createTask(queue.join())
      yield* sleep(1)
      isBroken = true
      queue.shutdown(true)
      yield* joiner
      expect(queue.empty()).toBe(true)
    })
  })

  test('or that puts into the very queue loses nothing either', () => {
    const put: number[] = []
    const tryPut = (item: number): void => {
      try {
        queue.putNowait(item)
        put.push(item)
      } catch {}
    }
    let isFirst = true
    const queue: PriorityQueue<number> = new PriorityQueue({
      compare: (a: number, b: number) => {
        if (isFirst && queue.size > 1) {
          isFirst = false
          tryPut(100)
        }
        return a - b
      },
    })
    for (const item of [5, 4, 3, 2]) tryPut(item)
    expect(drained(queue)).toEqual(put.sort((a, b) => a - b))
  })
})
