import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import {
  asCompleted,
  asyncGenerator,
  Channel,
  createTask,
  type Emit,
  gather,
  mapConcurrent,
  type Operation,
  type SourceLike,
  sleep,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { errorOf } from '../tasks/endings.ts'
import { Crew, Numbers } from './crew.ts'

function* delayed(n: number): Operation<number> {
  yield* sleep(10 - n)
  return 10 * n
}

/** One to three, from a source of every kind. */
const kinds: Record<string, () => SourceLike<number>> = {
  'a list': () => [1, 2, 3],
  'a set': () => new Set([1, 2, 3]),
  'the values of a map': () => new Map(Object.entries({ a: 1, b: 2, c: 3 })).values(),
  'a typed array': () => new Uint8Array([1, 2, 3]),
  'a generator': () => new Numbers(3).items,
  'an async generator': async function* () {
    for (const n of [1, 2, 3]) {
      await sleep(1)
      yield n
    }
  },
  'an asyncGenerator': () =>
    asyncGenerator(function* (emit: Emit<number>) {
      for (const n of [1, 2, 3]) yield* emit(n)
    })(),
  'a Node stream': () => Readable.from([1, 2, 3]),
  'a web stream': () =>
    new ReadableStream<number>({
      start(controller) {
        for (const n of [1, 2, 3]) controller.enqueue(n)
        controller.close()
      },
    }),
  'a channel': () => {
    const channel = new Channel<number>()
    createTask(function* () {
      for (const n of [1, 2, 3]) yield* channel.send(n)
      channel.close()
    })
    return channel
  },
  'another mapConcurrent': () => mapConcurrent([0, 1, 2], async n => n + 1, { concurrency: 2 }),
}

describe.each(Object.entries(kinds))('from %s', (_name, make) => {
  test('all items are mapped, so many at once', async () => {
    for (const ordered of [true, false]) {
      const results = await runVirtual(function* () {
        return yield* mapConcurrent(make(), delayed, { concurrency: 2, ordered }).toArray()
      })
      expect(ordered ? results : results.toSorted((a, b) => a - b)).toEqual([10, 20, 30])
    }
  })
})

test('from asCompleted, tasks are mapped as they end', async () => {
  const ends = await runVirtual(function* () {
    const tasks = [1, 2, 3].map(n => createTask(delayed(n)))
    return yield* mapConcurrent(asCompleted(tasks), task => task, { concurrency: 3 }).toArray()
  })
  expect(ends).toEqual([30, 20, 10])
})

test.each([1, {}, null, undefined, 'text', Promise.resolve([])])('%s is refused: it gives no items', what => {
  expect(() => mapConcurrent(what as never, async n => n, { concurrency: 1 })).toThrow(/a source is a list/)
})

describe('a chain of them', () => {
  const stage = (crew: Crew, source: SourceLike<number>, ms: number, concurrency: number) =>
    mapConcurrent(source, n => crew.work(n, ms, 5), { concurrency })

  test('holds its beginning back when its end is slow', async () => {
    await runVirtual(function* () {
      const crews = [new Crew(), new Crew()] as const
      const numbers = new Numbers()
      const results = stage(crews[1], stage(crews[0], numbers.items, 1, 3), 1, 2)
      yield* results.next()
      yield* sleep(1000)
      // The one taken; two at work and two kept in the second stage, all done by now; one asked for; three and three in the first.
      expect(crews[1].begun).toBe(1 + 2 + 2)
      expect(numbers.asked).toBe(5 + 3 + 3)
      yield* results.stop()
      expect(numbers.wasLeft).toBe(true)
    })
  })

  test('ends from its end to its beginning, when it is left', async () => {
    await runVirtual(function* () {
      const crews = [new Crew(), new Crew(), new Crew()] as const
      const numbers = new Numbers()
      const results = stage(crews[2], stage(crews[1], stage(crews[0], numbers.items, 3, 2), 3, 2), 3, 2)
      yield* results.next()
      yield* sleep(1)
      yield* results.stop()
      expect(crews.map(crew => crew.running)).toEqual([0, 0, 0])
      expect(numbers.wasLeft).toBe(true)
    })
  })

  test('carries an error of its beginning to its end, and nothing is left running', async () => {
    await runVirtual(function* () {
      const broken = new Error('broken')
      const [first, second] = [new Crew(), new Crew()]
      const source = mapConcurrent(
        [1, 2, 3, 4],
        function* (n) {
          if (n === 3) throw broken
          return yield* first.work(n, 10 * n, 5)
        },
        { concurrency: 2 },
      )
      expect(yield* errorOf(stage(second, source, 1000, 2).toArray())).toBe(broken)
      expect([first.running, second.running]).toEqual([0, 0])
    })
  })
})

describe('those who ask at once', () => {
  test('get one result each, in the order they asked', async () => {
    await runVirtual(function* () {
      const results = mapConcurrent([1, 2, 3, 4, 5], delayed, { concurrency: 3 })
      const asking = [1, 2, 3, 4, 5, 6].map(() => results.next())
      const got = yield* gather(...asking)
      expect(got.map(next => next.value)).toEqual([10, 20, 30, 40, 50, undefined])
    })
  })

  test('keep their places when several results come at one time', async () => {
    await runVirtual(function* () {
      const results = mapConcurrent([1, 2, 3, 4, 5, 6], n => new Crew().work(n, n <= 2 ? 10 : 10 * n), {
        concurrency: 6,
      })
      const order: string[] = []
      const names = ['a', 'b', 'c', 'd', 'e', 'f']
      yield* gather(
        ...names.map(name =>
          createTask(function* () {
            const { value } = yield* results.next()
            order.push(`${name}${value}`)
          }),
        ),
      )
      expect(order).toEqual(['a1', 'b2', 'c3', 'd4', 'e5', 'f6'])
    })
  })

  test('and one who comes when a result is there does not take it from one who waits', async () => {
    await runVirtual(function* () {
      const results = mapConcurrent([1, 2], n => new Crew().work(n, 10 * n), { concurrency: 2 })
      const order: string[] = []
      const take = function* (name: string): Operation<void> {
        const { value } = yield* results.next()
        order.push(`${name}${value}`)
      }
      const late = createTask(function* () {
        // In the turn in which the first result is ready: after the work's last step, before the waiter's.
        yield* sleep(10)
        yield* sleep(0)
        yield* take('late')
      })
      yield* gather(take('early'), late)
      expect(order).toEqual(['early1', 'late2'])
    })
  })
})

test('100,000 items pass, and only as many are kept as may wait', async () => {
  const count = 100_000
  let sum = 0
  let most = 0
  let begun = 0
  let taken = 0
  function* items() {
    for (let n = 1; n <= count; n += 1) yield n
  }
  await runVirtual(function* () {
    const results = mapConcurrent(
      items(),
      function* (n) {
        begun += 1
        most = Math.max(most, begun - taken)
        if (n % 100 === 0) yield* sleep(1)
        return n
      },
      { concurrency: 10 },
    )
    yield* results.forEach(function* (n) {
      taken += 1
      sum += n
    })
  })
  expect(sum).toBe((count * (count + 1)) / 2)
  expect(most).toBeLessThanOrEqual(20)
})
