import { expect, test } from 'vitest'
import { faults as geventFaults } from '../gevent-differential/planted-faults.ts'
import { faults as greenletFaults } from '../greenlet-differential/planted-faults.ts'
import { kernelFaults } from './faults/kernel.ts'
import { queueFaults } from './faults/queues.ts'
import { syncFaults } from './faults/sync.ts'
import { soundText } from './find-faults.ts'

test('every fault that a comparison is to find has a place in the sources, and changes it', () => {
  const all = [...kernelFaults, ...syncFaults, ...queueFaults, ...greenletFaults, ...geventFaults]
  for (const fault of all)
    expect(
      soundText(fault).replace(fault.find, () => fault.replace),
      fault.what,
    ).not.toBe(soundText(fault))
})
