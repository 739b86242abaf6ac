/**
 * Does the comparison find what it is for? Puts faults into a copy of gevent, one at a time, and asks that each be
 * found within so many random programs.
 *
 *   node faults.ts [--seed S] [--count N] [--only TEXT]
 */
import { findFaults } from '../differential/find-faults.ts'
import { faults } from './planted-faults.ts'

findFaults({
  folder: 'gevent-differential',
  parts: [
    ...['packages/colorless/package.json', 'packages/colorless/src'],
    'packages/colorless/test/loader/from-source.ts',
  ],
  faults,
  count: 3000,
  limitMs: 300_000,
})
