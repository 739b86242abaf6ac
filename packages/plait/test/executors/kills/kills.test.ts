import { expect, test } from 'vitest'
import { draws } from '../../sync/random-runs.ts'
import { prove } from './proof.ts'

const KILLS = 8
const { seed, numRuns } = draws(KILLS)

test.for(['threads', 'processes'] as const)(
  'jobs of %s that are killed at any moment are lost to nobody, done no more often than asked, and told as they ended',
  { timeout: 120_000 * (numRuns / KILLS) },
  async kind => {
    const { breaches, strikes, jobs } = await prove(kind, numRuns, seed)
    expect(breaches).toEqual([])
    expect([...strikes.values()].reduce((sum, times) => sum + times)).toBe(numRuns)
    expect(jobs).toBeGreaterThan(numRuns)
  },
)
