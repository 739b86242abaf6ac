import { describe, expect, test } from 'vitest'
import {
  createTask,
  currentTask,
  eagerTaskFactory,
  getEventLoop,
  isCancelled,
  mapConcurrent,
  type Operation,
  sleep,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { ending, errorOf } from '../tasks/endings.ts'
import { reports } from '../tasks/reports.ts'
import { Crew, Numbers } from './crew.ts'

const broken = new Error('broken')

/** Works on each, and fails at one of them. */
function failingAt(crew: Crew, bad: number, ms = 10) {
  return function* (n: number): Operation<number> {
    const done = yield* crew.work(n, n === bad ? ms : 10 * n, 100)
    if (n === bad) throw broken
    return done
  }
}

describe('the first error of the function', () => {
  test('cancels the rest, waits for their cleanup, and leaves the source before it is thrown', async () => {
    const crew = new Crew()
    const numbers = new Numbers()
    await runVirtual(function* () {
      const results = mapConcurrent(numbers.items, failingAt(crew, 2, 5), { concurrency: 3 })
      expect(yield* errorOf(results.toArray())).toBe(broken)
      expect(crew.running).toBe(0)
      expect(numbers.wasLeft).toBe(true)
      expect(crew.log.slice(-3)).toEqual(['end 2', 'cleaned 1', 'cleaned 3'])
      expect(crew.begun).toBe(3)
    })
  })

  test('is thrown after the results that were ready before it', async () => {
    for (const ordered of [true, false]) {
      await runVirtual(function* () {
        const crew = new Crew()
        const results = mapConcurrent([1, 2, 3, 4], failingAt(crew, 3, 25), { concurrency: 3, ordered })
        const seen: number[] = []
        const reading = results.forEach(function* (n) {
          seen.push(n)
          yield* sleep(100)
        })
        expect(yield* errorOf(reading)).toBe(broken)
        expect(seen).toEqual([1, 2])
      })
    }
  })

  test('is thrown once; then comes the end', async () => {
    await runVirtual(function* () {
      const results = mapConcurrent([1, 2], failingAt(new Crew(), 1), { concurrency: 1 })
      expect(yield* errorOf(results.next())).toBe(broken)
      expect(yield* results.next()).toEqual({ done: true, value: undefined })
      yield* results.stop()
    })
  })

  test('reaches one of those who ask at once, and the end the others', async () => {
    await runVirtual(function* () {
      const results = mapConcurrent([1], failingAt(new Crew(), 1), { concurrency: 1 })
      const asking = [1, 2, 3].map(() => createTask(results.next()))
      const ends = []
      for (const task of asking) ends.push(yield* ending(task))
      expect(ends).toEqual([
        { error: broken },
        { value: { done: true, value: undefined } },
        { value: { done: true, value: undefined } },
      ])
    })
  })

  test('hides the later ones: errors in the cleanup of what it cancelled are not thrown in its place', async () => {
    const told = await reports(function* () {
      const results = mapConcurrent(
        [1, 2],
        function* (n) {
          try {
            yield* sleep(n)
          } finally {
            // biome-ignore lint/correctness/noUnsafeFinally: a failing cleanup is what is tested
            throw n === 1 ? broken : new Error('in the cleanup')
          }
        },
        { concurrency: 2 },
      )
      expect(yield* errorOf(results.toArray())).toBe(broken)
    })
    // It is an error nobody took, and told as one.
    expect(told.map(({ exception }) => (exception as Error).message)).toEqual(['in the cleanup'])
  })

  test('is reported if nobody ever asks for it, stopped or not', async () => {
    for (const isStopped of [false, true]) {
      const told = await reports(function* () {
        const results = mapConcurrent([1, 2], failingAt(new Crew(), 2), { concurrency: 1 })
        yield* results.next()
        yield* sleep(1000)
        if (isStopped) yield* results.stop()
      })
      expect(told).toMatchObject([{ exception: broken }])
    }
  })
})

test('a function that throws before it returns anything has failed like any other', async () => {
  await runVirtual(function* () {
    const results = mapConcurrent(
      [1],
      (): Promise<number> => {
        throw broken
      },
      { concurrency: 1 },
    )
    expect(yield* errorOf(results.toArray())).toBe(broken)
  })
})

test('a call that is begun eagerly and fails in its very first step has failed like any other', async () => {
  const begun: number[] = []
  const told = await reports(function* () {
    getEventLoop().setTaskFactory(eagerTaskFactory)
    const work = function* (n: number): Operation<number> {
      begun.push(n)
      if (n === 2) throw broken
      return n
    }
    const results = mapConcurrent([1, 2, 3, 4, 5], work, { concurrency: 2 })
    expect(yield* errorOf(results.toArray())).toBe(broken)
  })
  expect(begun).toEqual([1, 2])
  expect(told).toEqual([])
})

test('an error that is no Error is thrown as it is', async () => {
  for (const thrown of [undefined, null, 0, 'text']) {
    await runVirtual(function* () {
      const results = mapConcurrent([1], () => Promise.reject(thrown), { concurrency: 1 })
      expect(yield* ending(results.toArray())).toEqual({ error: thrown })
    })
  }
})

test('a call whose task is cancelled from elsewhere ends it, as an error does', async () => {
  const crew = new Crew()
  await runVirtual(function* () {
    const results = mapConcurrent(
      [1, 2],
      n => {
        if (n === 2) currentTask()?.cancel('enough')
        return crew.work(n, 10)
      },
      { concurrency: 2 },
    )
    const error = yield* errorOf(results.toArray())
    expect(isCancelled(error)).toBe(true)
    expect(crew.running).toBe(0)
    expect(currentTask()?.cancelling()).toBe(0)
  })
})

describe('an error of the source', () => {
  async function* brokenAtOnce() {
    yield 1
    yield 2
    await sleep(0)
    throw broken
  }

  async function* brokenLater() {
    yield 1
    await sleep(15)
    throw broken
  }

  test('of a list is thrown, and nothing is begun any more', async () => {
    const crew = new Crew()
    function* list() {
      yield 1
      throw broken
    }
    const results = mapConcurrent(list(), n => crew.work(n, 10), { concurrency: 1 })
    await expect(runVirtual(results.toArray())).rejects.toBe(broken)
    expect(crew.log).toEqual(['begin 1', 'end 1'])
  })

  test('cancels what is under way, waits for it, and is thrown', async () => {
    for (const source of [brokenAtOnce, brokenLater]) {
      const crew = new Crew()
      await runVirtual(function* () {
        const results = mapConcurrent<number, number>(source(), n => crew.work(n, 100, 50), {
          concurrency: 3,
        })
        expect(yield* errorOf(results.toArray())).toBe(broken)
        expect(crew.running).toBe(0)
        expect(crew.log.at(-1)).toMatch(/^cleaned/)
      })
    }
  })

  test('comes after the results that were ready before it', async () => {
    await runVirtual(function* () {
      const seen: number[] = []
      const results = mapConcurrent(brokenLater(), n => new Crew().work(n, 1), { concurrency: 3 })
      const reading = results.forEach(function* (n) {
        seen.push(n)
      })
      expect(yield* errorOf(reading)).toBe(broken)
      expect(seen).toEqual([1])
    })
  })
})
