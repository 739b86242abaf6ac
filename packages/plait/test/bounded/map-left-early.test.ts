import { describe, expect, test } from 'vitest'
import {
  Channel,
  createTask,
  type Flow,
  gather,
  mapConcurrent,
  type Operation,
  sleep,
  timeout,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { ending } from '../tasks/endings.ts'
import { reports } from '../tasks/reports.ts'
import { Crew, Numbers } from './crew.ts'

const enough = new Error('enough')
/** The body of a slow taker. */
const resting = () => sleep(1000)

/** Who leaves when the first result is there, in every way there is. */
const ways: Record<string, (results: Flow<number>) => Operation<unknown> | PromiseLike<unknown>> = {
  'break in for await': async results => {
    for await (const _ of results) break
  },
  'return in for await': async results => {
    for await (const n of results) return n
    return undefined
  },
  'an error in for await': async results => {
    for await (const _ of results) throw enough
  },
  'a cancel in for await': async results => {
    await timeout(5, async () => {
      for await (const _ of results) await sleep(1000)
    })
  },
  'an error in forEach': results =>
    results.forEach(function* () {
      throw enough
    }),
  'an error in an async forEach': results =>
    results.forEach(async () => {
      throw enough
    }),
  'a cancel in forEach': results => timeout(5, results.forEach(resting)),
  'a cancel of toArray': results => timeout(5, results.toArray()),
  'stop()': function* (results) {
    yield* results.next()
    yield* results.stop()
  },
  'await stop()': async results => {
    await results.next()
    await results.stop()
  },
}

describe.each(Object.entries(ways))('%s', (_name, leave) => {
  test.each(['generator', 'async'])(
    'cancels what is under way, in %s calls, and waits for it',
    async color => {
      const crew = new Crew()
      const numbers = new Numbers()
      const told = await reports(async () => {
        const results = mapConcurrent(
          numbers.items,
          n => (color === 'async' ? crew.workAsync(n, n, 50) : crew.work(n, n, 50)),
          { concurrency: 3, buffer: 4 },
        )
        const what = leave(results)
        await createTask(function* () {
          yield* ending(createTask(() => what))
        })
        expect(crew.running).toBe(0)
        expect(crew.log.at(-1)).toMatch(/^cleaned/)
        expect(numbers.wasLeft).toBe(true)
        const { length } = crew.log
        await sleep(1000)
        expect(crew.log.length).toBe(length)
        expect(await results.next()).toEqual({ done: true, value: undefined })
      })
      expect(told).toEqual([])
    },
  )
})

test('a cancel of one next loses nothing: what was begun goes on', async () => {
  await runVirtual(function* () {
    const crew = new Crew()
    const results = mapConcurrent(new Numbers(4).items, n => crew.work(n, 10), { concurrency: 2 })
    const asking = createTask(results.next())
    yield* sleep(5)
    asking.cancel()
    yield* ending(asking)
    expect(crew.running).toBe(2)
    expect(yield* results.toArray()).toEqual([1, 2, 3, 4])
    expect(crew.log.filter(entry => entry.startsWith('cleaned'))).toEqual([])
  })
})

test('a cancel of one who was called for a result, and has not had it, is no loss to the next', async () => {
  for (let turns = 0; turns < 4; turns += 1) {
    await runVirtual(function* () {
      const results = mapConcurrent([10, 1000], n => new Crew().work(n, n), { concurrency: 2 })
      const first = createTask(results.next())
      const second = createTask(results.next())
      createTask(function* () {
        yield* sleep(5)
        yield* sleep(5)
        for (let n = 0; n < turns; n += 1) yield* sleep(0)
        first.cancel()
      })
      yield* sleep(20)
      const got = first.cancelled() ? second : first
      expect(got.result()).toEqual({ done: false, value: 10 })
      expect([first, second].filter(task => task.done())).toHaveLength(first.cancelled() ? 2 : 1)
      yield* results.stop()
    })
  }
})

test('one that is stopped in the moment in which it begins has left its source', async () => {
  await runVirtual(function* () {
    const channel = new Channel<number>()
    const results = mapConcurrent(channel, async n => n, { concurrency: 1 })
    const asking = createTask(results.next(), { eagerStart: true })
    yield* createTask(results.stop(), { eagerStart: true })
    expect(channel.closed).toBe(true)
    expect(yield* asking).toEqual({ done: true, value: undefined })
  })
})

test('whoever asks while another one stops it gets the end', async () => {
  await runVirtual(function* () {
    const crew = new Crew()
    const results = mapConcurrent(new Numbers().items, n => crew.work(n, 10, 50), { concurrency: 2 })
    const asking = [createTask(results.next()), createTask(results.next())]
    yield* sleep(5)
    const stops = [createTask(results.stop()), createTask(results.stop())]
    for (const task of asking) expect(yield* task).toEqual({ done: true, value: undefined })
    expect(crew.running).toBe(0)
    for (const task of stops) yield* task
  })
})

test('whoever was called for a result that is dropped before they have it, gets the end', async () => {
  for (let turns = 0; turns < 4; turns += 1) {
    await runVirtual(function* () {
      const crew = new Crew()
      const results = mapConcurrent([1, 2, 3], n => crew.work(n, 10 * n, 50), { concurrency: 2 })
      const asking = [createTask(results.next()), createTask(results.next())]
      createTask(function* () {
        yield* sleep(5)
        yield* sleep(5)
        for (let n = 0; n < turns; n += 1) yield* sleep(0)
        yield* results.stop()
      })
      const got = yield* gather(...asking)
      const end = { done: true, value: undefined }
      expect([
        [end, end],
        [{ done: false, value: 1 }, end],
      ]).toContainEqual(got)
      expect(yield* results.next()).toEqual(end)
    })
  }
})

test('stop() waits for the whole cleanup, and a cancel of it leaves the cleanup going on', async () => {
  await runVirtual(function* () {
    const crew = new Crew()
    const results = mapConcurrent(new Numbers().items, n => crew.work(n, 10, 50), { concurrency: 2 })
    yield* results.next()
    yield* sleep(5)
    yield* ending(timeout(10, results.stop()))
    expect(crew.running).toBe(2)
    yield* results.stop()
    expect(crew.running).toBe(0)
    expect(crew.log.slice(-2)).toEqual(['cleaned 3', 'cleaned 4'])
  })
})

test('a call may stop the whole it is a part of', async () => {
  await runVirtual(function* () {
    const crew = new Crew()
    const results: Flow<number> = mapConcurrent(
      new Numbers().items,
      function* (n): Operation<number> {
        if (n === 3) yield* results.stop()
        return yield* crew.work(n, n, 5)
      },
      { concurrency: 2 },
    )
    const seen = yield* ending(results.toArray())
    expect(seen).toEqual({ value: [1] })
    expect(crew.running).toBe(0)
  })
})

test('an async source is returned and waited for', async () => {
  const log: string[] = []
  async function* slow() {
    try {
      for (let n = 1; ; n += 1) {
        await sleep(1)
        yield n
      }
    } finally {
      await sleep(20)
      log.push('returned')
    }
  }
  await runVirtual(function* () {
    const results = mapConcurrent(slow(), async n => n, { concurrency: 2, buffer: 1 })
    yield* results.next()
    yield* sleep(100) // It is full, so that the source rests at a yield.
    yield* results.stop()
    expect(log).toEqual(['returned'])
  })
})

test('an error of the source as it is left is not lost: thrown by whoever leaves, or reported', async () => {
  function* items() {
    try {
      for (;;) yield 1
    } finally {
      // biome-ignore lint/correctness/noUnsafeFinally: a failing cleanup is what is tested
      throw enough
    }
  }
  for (const hasBegun of [true, false]) {
    const thrown: unknown[] = []
    const told = await reports(function* () {
      const source = items()
      source.next()
      const results = mapConcurrent(source, n => sleep(n), { concurrency: 2 })
      if (hasBegun) yield* results.next()
      const end = yield* ending(results.stop())
      if ('error' in end) thrown.push(end.error)
    })
    expect([...thrown, ...told.map(({ exception }) => exception)]).toEqual([enough])
  }
})
