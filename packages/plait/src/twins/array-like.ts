import { make } from './construct.ts'
import { isConstructor } from './is-constructor.ts'
import { isObject } from './is-object.ts'

/*
 * What the language's own methods do with arrays and with what is like them, in the words of its specification.
 */

/** Something with a length and items. */
export type ArrayLike = Record<PropertyKey, unknown>

/** ToLength. */
export function toLength(value: unknown): number {
  const length = Math.trunc(+(value as number)) || 0
  return Math.min(Math.max(length, 0), Number.MAX_SAFE_INTEGER)
}

/** LengthOfArrayLike. */
export function lengthOf(list: ArrayLike): number {
  return toLength(list.length)
}

/** The items that a method makes a list of. */
export interface Result {
  readonly list: ArrayLike
  /** It is an array that nobody else has seen. */
  readonly isOwn: boolean
}

/** CreateDataPropertyOrThrow. An index that is nowhere in the chain may be assigned, which is quicker. */
export function put({ list, isOwn }: Result, index: number, value: unknown): void {
  if (isOwn && !(index in list)) list[index] = value
  else Object.defineProperty(list, index, { value, writable: true, enumerable: true, configurable: true })
}

/** ArraySpeciesCreate, in two: what the result of an array's method is made by, undefined for a plain array. */
export function speciesOf(original: unknown): unknown {
  if (!Array.isArray(original)) return undefined
  let made: unknown = original.constructor
  if (isObject(made)) {
    made = (made as { readonly [Symbol.species]?: unknown })[Symbol.species]
    if (made === null) return undefined
  }
  if (made === Array || made === undefined) return undefined
  if (isConstructor(made)) return made
  throw new TypeError('object.constructor[Symbol.species] is not a constructor')
}

/** The list for a method's result, for what it is made by; may give S in place of the list. */
export function newList(species: unknown, length: number): unknown {
  return species === undefined ? new Array(length) : make(species, [length])
}
