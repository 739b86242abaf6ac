import { misuse } from '../errors/misuse-executors.ts'
import { inlineSource } from './inline-source.ts'
import type { Reference } from './reference.ts'
import { referenceOf } from './remote.ts'

const inlineReferences = new WeakMap<object, Reference>()

/** The reference of a function that is to run elsewhere; refuses one that nothing but this place can run. */
export function toReference(method: string, fn: unknown): Reference {
  if (typeof fn !== 'function') throw misuse('notAFunction', method, fn)
  const known = referenceOf(fn) ?? inlineReferences.get(fn)
  if (known !== undefined) return known
  const { name, code } = inlineSource(fn as (...args: never[]) => unknown)
  const reference: Reference = { kind: 'inline', name, code }
  inlineReferences.set(fn, reference)
  return reference
}

const numbers = new WeakMap<Reference, number>()
const numbersByCode = new Map<string, number>()
let lastNumber = 0

/** The number by which this thread speaks of a reference: inline functions of the same source have the same. */
export function numberOf(reference: Reference): number {
  const known = numbers.get(reference)
  if (known !== undefined) return known
  const alike = reference.kind === 'inline' ? numbersByCode.get(reference.code) : undefined
  if (alike === undefined) lastNumber += 1
  const number = alike ?? lastNumber
  if (reference.kind === 'inline') numbersByCode.set(reference.code, number)
  numbers.set(reference, number)
  return number
}
