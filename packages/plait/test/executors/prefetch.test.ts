import { expect, test } from 'vitest'
import { ThreadPoolExecutor } from '../../src/executors.ts'
import { gather, run } from '../../src/index.ts'
import { spinFor } from './jobs/spinning.ts'

test('quick jobs that lie before a worker in a long one are taken back, given out again, and each ends once', async () => {
  await run(function* () {
    const pool = new ThreadPoolExecutor({ workers: 2 })
    const times = Array.from({ length: 4000 }, (_, i) => (i % 250 === 249 ? 20 : 0))
    const results = yield* gather(...times.map((ms, i) => pool.submit(spinFor, ms, i)))
    expect(results).toEqual(times.map((_, i) => i))
    expect(pool.statistics()).toMatchObject({ ended: times.length, failed: 0, cancelled: 0, queued: 0 })
    yield* pool.shutdown()
  })
})
