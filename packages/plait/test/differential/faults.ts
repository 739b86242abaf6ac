/**
 * Does the comparison find what it is for? Puts faults into a copy of the runtime, one at a time, and asks that each
 * be found within so many random programs.
 *
 *   node faults.ts [--seed S] [--count N] [--only TEXT]
 *
 * The faults break the rules of asyncio that ports get wrong; the numbers are those of a list of such traps.
 */
import { kernelFaults } from './faults/kernel.ts'
import { queueFaults } from './faults/queues.ts'
import { syncFaults } from './faults/sync.ts'
import { findFaults } from './find-faults.ts'

findFaults({
  folder: 'differential',
  faults: [...kernelFaults, ...syncFaults, ...queueFaults],
  count: 6000,
  limitMs: 180_000,
  title: ({ trap, what }) => `trap ${trap}  ${what}`,
})
