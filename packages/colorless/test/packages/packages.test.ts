import { describe, expect, test } from 'vitest'
import { PACKAGES, WAYS } from './list.ts'
import { faults, type Measured, measure } from './measure.ts'

/*
 * Packages as they come, transformed as they are loaded. What one gives must be what it gives untransformed: called from outside, inside a
 * greenlet, and inside one that is switched away from at every call, or at some. That says something only where the calls enter twins.
 */
describe.each(PACKAGES)('%s', name => {
  let measured: Promise<Measured> | undefined

  test.each(WAYS)(
    'gives what it gives untransformed: %s',
    async way => {
      measured ??= measure({ name, scale: 1, ways: WAYS })
      const { untransformed, report } = await measured
      expect(untransformed.failure).toBe(undefined)
      expect(untransformed.length).toBeGreaterThan(1000)
      expect(faults(way, report.runs[way], untransformed)).toEqual([])
    },
    300_000,
  )
})
