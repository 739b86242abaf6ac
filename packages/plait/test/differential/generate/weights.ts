import type { Operation } from '../program.ts'

type Weights = readonly (readonly [Operation, number])[]

/** How often each operation is written, tuned until the coverage table was even enough. */
export const plainWeights: Weights = [
  ['spawn', 16],
  ['cancel', 14],
  ['uncancel', 4],
  ['cancelling', 2],
  ['read', 5],
  ['setResult', 5],
  ['setError', 3],
  ['renewFuture', 2],
  ['addCallback', 4],
  ['removeCallback', 4],
  ['callSoon', 3],
  ['callLater', 4],
  ['callAt', 3],
  ['cancelHandle', 5],
  ['reschedule', 3],
  ['currentTask', 2],
  ['setVariable', 2],
  ['getVariable', 2.5],
]

export const leavingWeights: Weights = [
  ['raise', 3.5],
  ['return', 2.5],
]

export const waitingWeights: Weights = [
  ['sleep', 20],
  ['turn', 9],
  ['await', 13],
  ['shield', 7],
  ['gather', 9],
  ['wait', 8],
  ['waitFor', 10],
  ['asCompleted', 6],
]

export const compoundWeights: Weights = [
  ['timeout', 11],
  ['group', 10],
  ['try', 26],
  ['repeat', 2.5],
]

/** What callbacks do: no more callbacks, or a program could go on for ever. */
export const callbackWeights: Weights = [
  ['cancel', 8],
  ['setResult', 4],
  ['setError', 2],
  ['spawn', 3],
  ['read', 2],
  ['currentTask', 3],
  ['getVariable', 3],
  ['reschedule', 2],
  ['uncancel', 1],
]
