import { AsyncLocalStorage } from 'node:async_hooks'
import { describe, expect, test } from 'vitest'
import {
  CancelledError,
  createTask,
  gather,
  mapConcurrent,
  Queue,
  run,
  select,
  sleep,
  TaskPool,
  timeout,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { ending, errorOf } from '../tasks/endings.ts'
import { Crew } from './crew.ts'

/*
 * What users of promise pools complain of. Each is said here of what stands in their place.
 */

describe('clearing a pool', () => {
  test('leaves no promise pending: whoever waits for what was dropped is told', async () => {
    await run(async () => {
      const pool = new TaskPool({ limit: 1 })
      const running = pool.spawn(async () => 'ran')
      const dropped = [pool.spawn(async () => 1), pool.spawn(async () => 2)]
      const waiting = Promise.allSettled(dropped)
      await sleep(0)
      pool.clear()
      const ends = await waiting
      expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
      for (const end of ends) expect((end as PromiseRejectedResult).reason).toBeInstanceOf(CancelledError)
      expect(await running).toBe('ran')
    })
  })

  test('while it is paused does not leave join() waiting', async () => {
    await runVirtual(async () => {
      const pool = new TaskPool({ limit: 1 })
      pool.pause()
      void pool.spawn(async () => 1)
      const joined = createTask(pool.join())
      await sleep(10)
      pool.clear()
      await joined
    })
  })
})

describe('a signal that is aborted already', () => {
  const signal = AbortSignal.abort(new Error('too late'))

  test('rejects a task of a pool that has no room for it, and one of a pool that has', async () => {
    await run(async () => {
      const crew = new Crew()
      const pool = new TaskPool({ limit: 1 })
      const first = pool.spawn(() => crew.workAsync('never', 1), { signal })
      await expect(first).rejects.toMatchObject({ reason: signal.reason })
      const running = pool.spawn(async () => await sleep(5))
      await sleep(0)
      const second = pool.spawn(() => crew.workAsync('never', 1), { signal })
      await expect(second).rejects.toMatchObject({ reason: signal.reason })
      expect(crew.begun).toBe(0)
      expect(running.done()).toBe(false)
      await running
    })
  })

  test('rejects a map before anything of it begins', async () => {
    const crew = new Crew()
    const results = mapConcurrent([1, 2], n => crew.workAsync(n, 1), { concurrency: 1, signal })
    await expect(run(results.toArray())).rejects.toBe(signal.reason)
    expect(crew.begun).toBe(0)
  })
})

describe('cancelling one task of a pool', () => {
  test.each(['queued', 'running'])('that is %s does not kill the next', async kind => {
    await runVirtual(function* () {
      const crew = new Crew()
      const pool = new TaskPool({ limit: 1 })
      const tasks = ['a', 'b', 'c'].map(name => pool.spawn(crew.work(name, 10)))
      yield* sleep(1)
      const at = kind === 'queued' ? 1 : 0
      tasks[at]?.cancel()
      yield* pool.join()
      expect(tasks.map(task => task.cancelled())).toEqual([0, 1, 2].map(n => n === at))
    })
  })

  test('of those that wait for one thing, takes nothing from the others', async () => {
    await runVirtual(function* () {
      const pool = new TaskPool({ limit: 3 })
      const jobs = new Queue<string>()
      const tasks = [1, 2, 3].map(() => pool.spawn(jobs.get()))
      yield* sleep(1)
      jobs.putNowait('one')
      tasks[0]?.cancel()
      jobs.putNowait('two')
      yield* ending(pool.join())
      expect(tasks.slice(1).map(task => task.result())).toEqual(['one', 'two'])
    })
  })
})

describe('whoever cancels', () => {
  test('and waits for the end, finds the cleanup done: of a task, a pool and a map', async () => {
    for (const color of ['generator', 'async']) {
      await runVirtual(function* () {
        const crew = new Crew()
        const work = (n: number) => (color === 'async' ? crew.workAsync(n, 1000, 50) : crew.work(n, 1000, 50))
        const pool = new TaskPool({ limit: 2 })
        const task = pool.spawn(() => work(1))
        const other = pool.spawn(() => work(2))
        const results = mapConcurrent([3, 4], work, { concurrency: 2 })
        const asking = createTask(results.next())
        yield* sleep(1)
        expect(crew.running).toBe(4)
        task.cancel()
        yield* ending(task)
        expect(crew.log.at(-1)).toBe('cleaned 1')
        other.cancel()
        yield* pool.join()
        expect(crew.log.at(-1)).toBe('cleaned 2')
        yield* results.stop()
        expect(crew.log.slice(-2)).toEqual(['cleaned 3', 'cleaned 4'])
        expect(yield* asking).toEqual({ done: true, value: undefined })
      })
    }
  })

  test('by a time limit, too', async () => {
    await runVirtual(function* () {
      const crew = new Crew()
      const all = mapConcurrent([1, 2], n => crew.work(n, 1000, 50), { concurrency: 2 }).toArray()
      expect(yield* errorOf(timeout(10, all))).toMatchObject({ name: 'TimeoutError' })
      expect(crew.running).toBe(0)
    })
  })
})

test('the first error of several ends them all: nothing goes on behind the back of whoever waited', async () => {
  await runVirtual(function* () {
    const crew = new Crew()
    const work = function* (n: number) {
      yield* crew.work(n, 10 * n)
      if (n === 2) throw new Error('no')
    }
    yield* errorOf(mapConcurrent([1, 2, 3, 4], work, { concurrency: 3 }).toArray())
    const { length } = crew.log
    yield* sleep(1000)
    expect(crew.log.length).toBe(length)
    expect(crew.log).not.toContain('end 3')
  })
})

test('a race of two reads loses nothing of the one that was slower', async () => {
  await runVirtual(function* () {
    const [left, right] = [new Queue<string>(), new Queue<string>()]
    createTask(function* () {
      yield* sleep(1)
      left.putNowait('left')
      right.putNowait('right')
    })
    const first = yield* select({ left: left.get(), right: right.get() })
    const other = first.kind === 'left' ? right : left
    expect(other.size).toBe(1)
  })
})

test('each task finds its own AsyncLocalStorage value again, whoever ended and let it begin', async () => {
  const store = new AsyncLocalStorage<string>()
  for (const color of ['generator', 'async']) {
    await runVirtual(function* () {
      const pool = new TaskPool({ limit: 1 })
      const seen: (string | undefined)[] = []
      const see = () => seen.push(store.getStore())
      const body =
        color === 'async'
          ? async () => {
              see()
              await sleep(1)
              see()
            }
          : function* () {
              see()
              yield* sleep(1)
              see()
            }
      const tasks = ['ann', 'bob', 'cy'].map(name => store.run(name, () => pool.spawn(body)))
      yield* gather(...tasks)
      expect(seen).toEqual(['ann', 'ann', 'bob', 'bob', 'cy', 'cy'])
      const mapped = store.run('map', () =>
        mapConcurrent([1, 2, 3], async () => see(), { concurrency: 1 }).toArray(),
      )
      seen.length = 0
      yield* store.run('map', () => createTask(mapped))
      expect(seen).toEqual(['map', 'map', 'map'])
    })
  }
})
