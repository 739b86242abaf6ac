import type { Operation, Way } from '../program.ts'

type Weights<K> = readonly (readonly [key: K, weight: number])[]

/** How often each operation is written, tuned until the coverage table was even enough. */
const operations: Weights<Operation> = [
  ['switch', 34],
  ['throw', 9],
  ['try', 15],
  ['repeat', 3],
  ['within', 20],
  ['create', 9],
  ['setRun', 3],
  ['setParent', 5],
  ['look', 4],
  ['setVariable', 3],
  ['getVariable', 3],
  ['setContext', 3],
  ['readContext', 2],
  ['trace', 3],
  ['pause', 3],
  ['raise', 2],
  ['return', 1.5],
]

/** What a program has most of, besides switches. */
export type Theme = 'anything' | 'contexts' | 'parents' | 'tracing'

export const themes: Weights<Theme> = [
  ['anything', 5],
  ['contexts', 2.5],
  ['parents', 1.5],
  ['tracing', 1],
]

const stressed: Readonly<Record<Theme, readonly Operation[]>> = {
  anything: [],
  contexts: ['setVariable', 'getVariable', 'setContext', 'readContext'],
  parents: ['setParent', 'create', 'setRun', 'return'],
  tracing: ['trace', 'throw'],
}

/** The operations of a program, or those that hold no block. */
export function operationsOf(theme: Theme, isFlat: boolean): Weights<Operation> {
  return operations
    .filter(([op]) => !isFlat || (op !== 'try' && op !== 'repeat' && op !== 'within'))
    .map(([op, weight]) => [op, stressed[theme].includes(op) ? weight * 3.5 : weight] as const)
}

/** What a block is for, in which something is sure to go on elsewhere. */
export const leaving: Weights<'switch' | 'throw'> = [
  ['switch', 4],
  ['throw', 1],
]

export const wayWeights: Weights<Way> = [
  ['function', 3],
  ['method', 2],
  ['closure', 1.5],
  ['constructor', 1.5],
  ['getter', 1.5],
  ['setter', 1.5],
  ['super', 1.5],
  ['iterator', 2],
  ['generator', 2],
  ['coroutine', 2],
  ['bound', 1.5],
  ['spread', 1.5],
  ['map', 2],
  ['forEach', 2],
  ['filter', 1.5],
  ['reduce', 1.5],
  ['some', 1.5],
  ['every', 1.5],
  ['find', 1.5],
  ['sort', 2],
  ['flatMap', 1.5],
  ['replace', 2],
  ['from', 2],
  ['mapForEach', 1.5],
]
