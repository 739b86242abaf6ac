import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kinds } from './pools.ts'
import { allowed, pass, plan, submit } from './random-jobs.ts'

const programs = fc.record({
  workers: fc.integer({ min: 1, max: 3 }),
  concurrency: fc.integer({ min: 1, max: 3 }),
  maxJobsPerWorker: fc.constantFrom(undefined, undefined, 5),
  plans: fc.array(plan, { minLength: 10, maxLength: 40 }),
})

describe.each(kinds)('random mixes of jobs on $kind', ({ make }) => {
  test('each ends once, as its kind allows; the counts add up, and nothing is left', {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(programs, async ({ plans, ...options }) => {
        const pool = make(options)
        const isDeadly = plans.some(({ kind }) => kind.startsWith('dying'))
        const isShared = isDeadly && (options.concurrency > 1 || plans.some(({ door }) => door === 'spawn'))
        const submitted = []
        for (const plan of plans) {
          await pass(plan.before)
          const one = submit(pool, plan)
          submitted.push(one)
          if (plan.cancel === 'now') one.job.cancel()
          else if (plan.cancel !== undefined) void pass(plan.cancel).then(() => one.job.cancel())
        }
        const outcomes = await Promise.all(submitted.map(({ outcome }) => outcome))
        await pool.shutdown()
        const counts = { failed: 0, cancelled: 0, either: 0 }
        for (const [at, one] of submitted.entries()) {
          const outcome = outcomes[at] as (typeof outcomes)[number]
          expect(allowed(one, isShared), `${one.plan.kind} ${outcome}`).toContain(outcome)
          expect(one.ends()).toBe(1)
          // The task of a spawned job may be cancelled when the job is done already, and it has not heard of that yet.
          if (outcome === 'cancelled' && one.plan.door === 'spawn') counts.either += 1
          else if (outcome === 'cancelled') counts.cancelled += 1
          else if (outcome !== 'returned') counts.failed += 1
        }
        const { failed, cancelled, ...rest } = pool.statistics()
        expect(rest).toMatchObject({ workers: [], queued: 0, running: 0, ended: submitted.length })
        for (const [count, least] of [
          [failed, counts.failed],
          [cancelled, counts.cancelled],
        ] as const) {
          expect(count).toBeGreaterThanOrEqual(least)
          expect(count).toBeLessThanOrEqual(least + counts.either)
        }
        if (!isDeadly) expect(pool.statistics().deaths).toBe(0)
      }),
      { numRuns: 6 },
    )
  })
})
