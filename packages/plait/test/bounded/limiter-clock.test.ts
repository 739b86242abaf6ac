import { expect, test } from 'vitest'
import { RateLimiter, run } from '../../src/index.ts'

test('a turn that falls due between looking and standing in line is not missed', async () => {
  // Every look at this clock takes time.
  let time = 0
  const clock = {
    now: () => {
      time += 3
      return time
    },
  }
  const turns = await run(
    function* () {
      const limiter = new RateLimiter({ limit: 1, intervalMs: 4 })
      let taken = 0
      while (taken < 50) {
        yield* limiter.acquire()
        taken += 1
      }
      return taken
    },
    { clock },
  )
  expect(turns).toBe(50)
})
