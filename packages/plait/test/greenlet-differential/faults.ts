/**
 * Does the comparison find what it is for? Puts faults into a copy of the greenlets, one at a time, and asks that each be
 * found within so many random programs.
 *
 *   node faults.ts [--seed S] [--count N] [--only TEXT]
 */
import { findFaults } from '../differential/find-faults.ts'
import { faults } from './planted-faults.ts'

findFaults({
  folder: 'greenlet-differential',
  parts: ['packages/colorless/package.json', 'packages/colorless/src'],
  faults,
  count: 3_000,
  limitMs: 300_000,
})
