import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { Channel, createTask, getEventLoop, mapConcurrent, sleep, withSignal } from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { errorOf } from '../tasks/endings.ts'
import { reports } from '../tasks/reports.ts'
import { Crew, Numbers } from './crew.ts'

const reason = new Error('changed my mind')

describe('a signal that is aborted already', () => {
  test('rejects at once, and nothing is asked for or begun', async () => {
    const told = await reports(function* () {
      const crew = new Crew()
      const numbers = new Numbers()
      const signal = AbortSignal.abort(reason)
      for (const color of ['generator', 'async'])
        for (const use of ['next', 'toArray', 'forEach'] as const) {
          const results = mapConcurrent(numbers.items, n => crew.work(n, 1), { concurrency: 2, signal })
          const wait = use === 'forEach' ? results.forEach(async () => {}) : results[use]()
          expect(yield* errorOf(color === 'async' ? createTask(async () => await wait) : wait)).toBe(reason)
        }
      expect([numbers.asked, crew.begun]).toEqual([0, 0])
      expect(getEventLoop().time()).toBe(0)
    })
    expect(told).toEqual([])
  })

  test('in for await rejects as well', async () => {
    const crew = new Crew()
    const results = mapConcurrent([1, 2], n => crew.work(n, 1), {
      concurrency: 2,
      signal: AbortSignal.abort(reason),
    })
    await expect(
      runVirtual(async () => {
        for await (const _ of results);
      }),
    ).rejects.toBe(reason)
    expect(crew.begun).toBe(0)
  })

  test('leaves the source: a stream is destroyed, a channel closed', async () => {
    await runVirtual(function* () {
      const stream = Readable.from([1, 2, 3])
      const channel = new Channel<number>()
      for (const source of [stream, channel]) {
        const options = { concurrency: 1, signal: AbortSignal.abort(reason) }
        expect(yield* errorOf(mapConcurrent(source, async n => n, options).toArray())).toBe(reason)
      }
      expect(stream.destroyed).toBe(true)
      expect(channel.closed).toBe(true)
    })
  })
})

describe('a signal that is aborted', () => {
  test('cancels what is under way, waits for it, leaves the source, and its reason is thrown', async () => {
    for (const color of ['generator', 'async'] as const) {
      await runVirtual(function* () {
        const crew = new Crew()
        const numbers = new Numbers()
        const controller = new AbortController()
        const results = mapConcurrent(
          numbers.items,
          n => (color === 'async' ? crew.workAsync(n, 100, 50) : crew.work(n, 100, 50)),
          { concurrency: 3, signal: controller.signal },
        )
        getEventLoop().callLater(10, () => controller.abort(reason))
        expect(yield* errorOf(results.toArray())).toBe(reason)
        expect(getEventLoop().time()).toBe(60)
        expect(crew.log.slice(-3)).toEqual(['cleaned 1', 'cleaned 2', 'cleaned 3'])
        expect(numbers.wasLeft).toBe(true)
      })
    }
  })

  test('by the source as it is asked, ends it too', async () => {
    await runVirtual(function* () {
      const crew = new Crew()
      const controller = new AbortController()
      let given = 0
      function* items() {
        for (; given < 100; ) {
          given += 1
          if (given === 2) controller.abort(reason)
          yield given
        }
      }
      const results = mapConcurrent(items(), n => crew.work(n, 1), {
        concurrency: 3,
        signal: controller.signal,
      })
      expect(yield* errorOf(results.toArray())).toBe(reason)
      expect(given).toBe(2)
      expect(crew.begun).toBeLessThan(2)
    })
  })

  test('by an async source as it is asked, ends it though nothing ever comes of that', async () => {
    await runVirtual(function* () {
      const controller = new AbortController()
      const next = () => {
        controller.abort(reason)
        return new Promise<never>(() => {})
      }
      const results = mapConcurrent({ [Symbol.asyncIterator]: () => ({ next }) }, async n => n, {
        concurrency: 1,
        signal: controller.signal,
      })
      expect(yield* errorOf(results.toArray())).toBe(reason)
    })
  })

  test('between two results is thrown after those that were ready', async () => {
    await runVirtual(function* () {
      const controller = new AbortController()
      const results = mapConcurrent([1, 2, 3, 4], n => new Crew().work(n, 10 * n), {
        concurrency: 3,
        signal: controller.signal,
      })
      expect(yield* results.next()).toEqual({ done: false, value: 1 })
      yield* sleep(15)
      controller.abort(reason)
      expect(yield* results.next()).toEqual({ done: false, value: 2 })
      expect(yield* errorOf(results.next())).toBe(reason)
      expect(yield* results.next()).toEqual({ done: true, value: undefined })
    })
  })

  test('after the end does nothing, and is not listened to any more', async () => {
    const controller = new AbortController()
    const listeners = new Set<unknown>()
    const { signal } = controller
    signal.addEventListener = (_type: string, listener: unknown) => void listeners.add(listener)
    signal.removeEventListener = (_type: string, listener: unknown) => void listeners.delete(listener)
    const told = await reports(function* () {
      const whole = mapConcurrent([1, 2], async n => n, { concurrency: 1, signal })
      expect(yield* whole.toArray()).toEqual([1, 2])
      const left = mapConcurrent([1, 2], async n => n, { concurrency: 1, signal })
      yield* left.next()
      expect(listeners.size).toBe(1)
      yield* left.stop()
      expect(listeners.size).toBe(0)
      controller.abort(reason)
      for (const results of [whole, left])
        expect(yield* results.next()).toEqual({ done: true, value: undefined })
    })
    expect(told).toEqual([])
  })

  test('is one of two: that of a single next ends that alone', async () => {
    await runVirtual(function* () {
      const results = mapConcurrent([1, 2], n => new Crew().work(n, 10), { concurrency: 1 })
      const controller = new AbortController()
      getEventLoop().callLater(5, () => controller.abort(reason))
      expect(yield* errorOf(withSignal(controller.signal, results.next()))).toBe(reason)
      expect(yield* results.toArray()).toEqual([1, 2])
    })
  })
})
