import { describe, expect, test } from 'vitest'
import {
  createTask,
  getEventLoop,
  type Operation,
  RateLimiter,
  run,
  sleep,
  TimeoutError,
  timeout,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'

/** Takes so many turns, and says how long that took, by this loop's clock. */
function* take(limiter: RateLimiter, count: number): Operation<number> {
  const start = getEventLoop().time()
  for (let n = 0; n < count; n += 1) yield* limiter.acquire()
  return getEventLoop().time() - start
}

describe('a limiter that is used by one run after another', () => {
  const hour = 3_600_000

  test.each([undefined, 2])('with a burst of %s, knows what was taken before', async burst => {
    const limiter = new RateLimiter({ limit: 2, intervalMs: hour, burst })
    await runVirtual(function* () {
      yield* sleep(10 * hour)
      expect(yield* take(limiter, 2)).toBe(0)
    })
    // It is ten hours earlier, by another clock. Little time has passed in the world since, so almost the whole wait is still to come.
    const waited = await runVirtual(take(limiter, 1))
    const whole = burst === undefined ? hour : hour / 2
    expect(waited).toBeGreaterThan(whole - 60_000)
    expect(waited).toBeLessThanOrEqual(whole)
  })

  test('has no place for those whom the end of a run has cancelled', async () => {
    const limiter = new RateLimiter({ limit: 1, intervalMs: hour })
    await runVirtual(function* () {
      yield* limiter.acquire()
      for (let n = 0; n < 3; n += 1) createTask(limiter.acquire())
      yield* sleep(1)
      expect(limiter.statistics().waiters).toHaveLength(3)
    })
    expect(limiter.statistics().waiters).toEqual([])
    expect(await runVirtual(take(limiter, 1))).toBeLessThanOrEqual(hour)
  })
})

describe('a limiter that is used by two loops at once', () => {
  test('keeps its limit over both', async () => {
    const limiter = new RateLimiter({ limit: 1, intervalMs: 20 })
    const times: number[] = []
    function* user(): Operation<void> {
      for (let n = 0; n < 3; n += 1) {
        yield* limiter.acquire()
        times.push(performance.now())
      }
    }
    await Promise.all([run(user), run(user)])
    expect(times).toHaveLength(6)
    const [first = 0] = times
    // Each turn is taken at its time or later; a millisecond for clocks that are read one after the other.
    for (const [n, time] of times.entries()) expect(time - first).toBeGreaterThan(20 * n - 1)
  })

  test('wakes those of one loop, though the other, which asked last, has ended', async () => {
    const limiter = new RateLimiter({ limit: 1, intervalMs: 40 })
    const first = run(take(limiter, 2))
    await expect(run(timeout(5, limiter.acquire()))).rejects.toThrow(TimeoutError)
    let isDone = false
    const end = first.then(() => {
      isDone = true
    })
    await Promise.race([end, run(sleep(2000))])
    expect(isDone).toBe(true)
  })
})
