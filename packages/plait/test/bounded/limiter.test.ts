import { describe, expect, test } from 'vitest'
import {
  createTask,
  gather,
  getEventLoop,
  isCancelled,
  type Operation,
  RateLimiter,
  select,
  sleep,
  timeout,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { errorOf } from '../tasks/endings.ts'

/** The times at which so many, who all come at once, have their turns. */
function* turnsAt(limiter: RateLimiter, count: number): Operation<number[]> {
  const times: number[] = []
  yield* gather(
    ...Array.from({ length: count }, () =>
      createTask(function* () {
        yield* limiter.acquire()
        times.push(getEventLoop().time())
      }),
    ),
  )
  return times
}

describe('without burst', () => {
  test('the whole limit may be taken at once, and then none until the first is old enough', async () => {
    const limiter = new RateLimiter({ limit: 3, intervalMs: 100 })
    expect(await runVirtual(turnsAt(limiter, 8))).toEqual([0, 0, 0, 100, 100, 100, 200, 200])
  })

  test('each stretch of the interval counts, wherever it begins', async () => {
    await runVirtual(function* () {
      const limiter = new RateLimiter({ limit: 2, intervalMs: 100 })
      yield* limiter.acquire()
      yield* sleep(90)
      yield* limiter.acquire()
      // A limiter that counts from the hour would let two more in at 100.
      expect(yield* turnsAt(limiter, 3)).toEqual([100, 190, 200])
    })
  })

  test('turns that were not taken are not saved up', async () => {
    await runVirtual(function* () {
      const limiter = new RateLimiter({ limit: 2, intervalMs: 100 })
      yield* sleep(10_000)
      expect(yield* turnsAt(limiter, 4)).toEqual([10_000, 10_000, 10_100, 10_100])
    })
  })

  test('an endless limit, and an interval of nothing, hold nobody up', async () => {
    const free = [
      new RateLimiter({ limit: Number.POSITIVE_INFINITY, intervalMs: 100 }),
      new RateLimiter({ limit: 1, intervalMs: 0 }),
      new RateLimiter({ limit: 1, intervalMs: 0, burst: 1 }),
      new RateLimiter({ limit: Number.POSITIVE_INFINITY, intervalMs: 100, burst: 2 }),
      new RateLimiter({ limit: 1, intervalMs: 100, burst: Number.POSITIVE_INFINITY }),
    ]
    for (const limiter of free) expect(await runVirtual(turnsAt(limiter, 50))).toEqual(Array(50).fill(0))
  })
})

describe('with burst', () => {
  test('so many at once, and the rest evenly', async () => {
    const limiter = new RateLimiter({ limit: 4, intervalMs: 100, burst: 2 })
    expect(await runVirtual(turnsAt(limiter, 6))).toEqual([0, 0, 25, 50, 75, 100])
  })

  test('what was not taken is saved up, to the size of the burst and no more', async () => {
    await runVirtual(function* () {
      const limiter = new RateLimiter({ limit: 10, intervalMs: 100, burst: 3 })
      expect(yield* turnsAt(limiter, 3)).toEqual([0, 0, 0])
      yield* sleep(20)
      expect(yield* turnsAt(limiter, 3)).toEqual([20, 20, 30])
      yield* sleep(970)
      expect(yield* turnsAt(limiter, 5)).toEqual([1000, 1000, 1000, 1010, 1020])
    })
  })

  test('shares of an interval that are no whole milliseconds do not add up to an error', async () => {
    const limiter = new RateLimiter({ limit: 3, intervalMs: 1000, burst: 1 })
    const times = await runVirtual(turnsAt(limiter, 3001))
    expect(times.at(-1)).toBeCloseTo(1_000_000, 3)
  })
})

test('turns are had in the order of asking', async () => {
  await runVirtual(function* () {
    const limiter = new RateLimiter({ limit: 1, intervalMs: 10 })
    const order: number[] = []
    const tasks = [0, 1, 2, 3].map(n =>
      createTask(function* () {
        yield* sleep(n)
        yield* limiter.acquire()
        order.push(n)
      }),
    )
    yield* sleep(2.5)
    expect(limiter.statistics().waiters.map(task => task.name)).toEqual([tasks[1]?.name, tasks[2]?.name])
    yield* gather(...tasks)
    expect(order).toEqual([0, 1, 2, 3])
  })
})

describe('tryAcquire()', () => {
  test('takes a turn that can be had, and says whether it did', async () => {
    await runVirtual(function* () {
      const limiter = new RateLimiter({ limit: 2, intervalMs: 100 })
      expect([1, 2, 3, 4].map(() => limiter.tryAcquire())).toEqual([true, true, false, false])
      yield* sleep(99)
      expect(limiter.tryAcquire()).toBe(false)
      yield* sleep(1)
      expect(limiter.tryAcquire()).toBe(true)
    })
  })

  test('does not take a turn from those who wait', async () => {
    await runVirtual(function* () {
      const limiter = new RateLimiter({ limit: 1, intervalMs: 100 })
      const got: number[] = []
      const tried: boolean[] = []
      limiter.tryAcquire()
      const loop = getEventLoop()
      for (const turns of [0, 1, 2])
        loop.callLater(100, () => {
          const attempt = (left: number): unknown =>
            left === 0 ? tried.push(limiter.tryAcquire()) : loop.callSoon(() => attempt(left - 1))
          attempt(turns)
        })
      yield* limiter.acquire()
      got.push(loop.time())
      yield* sleep(50)
      expect(got).toEqual([100])
      expect(tried).toEqual([false, false, false])
    })
  })
})

describe('one who goes without', () => {
  test('leaves its turn to the next, and uses none up', async () => {
    await runVirtual(function* () {
      const limiter = new RateLimiter({ limit: 1, intervalMs: 100 })
      const times: number[] = []
      const take = function* (): Operation<void> {
        yield* limiter.acquire()
        times.push(getEventLoop().time())
      }
      yield* take()
      const cancelled = createTask(limiter.acquire())
      const expired = createTask(timeout(50, limiter.acquire()))
      const controller = new AbortController()
      const aborted = createTask(limiter.acquire({ signal: controller.signal }))
      const chosen = createTask(select({ turn: limiter.acquire(), late: sleep(50) }))
      const last = [createTask(take()), createTask(take())]
      yield* sleep(1)
      expect(limiter.statistics().waiters).toHaveLength(6)
      cancelled.cancel()
      controller.abort('enough')
      expect(isCancelled(yield* errorOf(cancelled))).toBe(true)
      expect(yield* errorOf(aborted)).toBe('enough')
      expect(yield* errorOf(expired)).toMatchObject({ name: 'TimeoutError' })
      expect((yield* chosen).kind).toBe('late')
      expect(limiter.statistics().waiters).toHaveLength(2)
      yield* gather(...last)
      expect(times).toEqual([0, 100, 200])
      expect(limiter.statistics()).toEqual({ waitMs: 100, waiters: [] })
    })
  })

  test('in the very turn in which it was called, gives that turn back', async () => {
    for (let turns = 0; turns < 4; turns += 1) {
      await runVirtual(function* () {
        const limiter = new RateLimiter({ limit: 1, intervalMs: 100 })
        const times: string[] = []
        const take = function* (name: string): Operation<void> {
          yield* limiter.acquire()
          times.push(`${name} ${getEventLoop().time()}`)
        }
        yield* take('a')
        const b = createTask(take('b'))
        const c = createTask(take('c'))
        createTask(function* () {
          yield* sleep(100)
          for (let n = 0; n < turns; n += 1) yield* sleep(0)
          b.cancel()
        })
        yield* c
        expect([
          ['a 0', 'c 100'],
          ['a 0', 'b 100', 'c 200'],
        ]).toContainEqual(times)
        expect(times).toHaveLength(b.cancelled() ? 2 : 3)
      })
    }
  })

  test('by a signal that is aborted already has no turn', async () => {
    await runVirtual(function* () {
      const limiter = new RateLimiter({ limit: 1, intervalMs: 100 })
      expect(yield* errorOf(limiter.acquire({ signal: AbortSignal.abort('no') }))).toBe('no')
      expect(limiter.tryAcquire()).toBe(true)
    })
  })

  test('was never asked for: a cold call takes no turn', async () => {
    await runVirtual(function* () {
      const limiter = new RateLimiter({ limit: 1, intervalMs: 100 })
      limiter.acquire()
      expect(limiter.statistics()).toEqual({ waitMs: 0, waiters: [] })
      expect(limiter.tryAcquire()).toBe(true)
    })
  })
})

test('its statistics say how long one would wait now', async () => {
  await runVirtual(function* () {
    for (const [burst, waits] of [
      [undefined, [0, 0, 100, 60]],
      [2, [0, 0, 50, 10]],
    ] as const) {
      const limiter = new RateLimiter({ limit: 2, intervalMs: 100, burst })
      const told = [limiter.statistics().waitMs]
      limiter.tryAcquire()
      told.push(limiter.statistics().waitMs)
      limiter.tryAcquire()
      told.push(limiter.statistics().waitMs)
      yield* sleep(40)
      told.push(limiter.statistics().waitMs)
      expect(told).toEqual(waits)
    }
  })
})

test('its text form says who it is, and how many wait', async () => {
  await runVirtual(function* () {
    const limiter = new RateLimiter({ limit: 1, intervalMs: 10, name: 'api' })
    yield* limiter.acquire()
    createTask(limiter.acquire())
    yield* sleep(1)
    expect(String(limiter)).toBe('<RateLimiter "api" [waiters:1]>')
    expect(String(new RateLimiter({ limit: 1, intervalMs: 10 }))).toBe('<RateLimiter [waiters:0]>')
  })
})

describe('is refused:', () => {
  const loosely = (options: unknown) => () => new RateLimiter(options as never)

  test.each([0, -1, 0.5, Number.NaN, '10', null, undefined])('a limit of %s', limit => {
    expect(loosely({ limit, intervalMs: 10 })).toThrow(/limit.*whole number/)
  })

  test.each([0, -1, 0.5, Number.NaN, '10', null])('a burst of %s', burst => {
    expect(loosely({ limit: 1, intervalMs: 10, burst })).toThrow(/burst.*whole number/)
  })

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY, '10', null, undefined])('an interval of %s', ms => {
    expect(loosely({ limit: 1, intervalMs: ms })).toThrow(/intervalMs/)
  })
})
