import { recordOf, type Steps } from '../coroutine/twin.ts'
import type { Construction } from './construction.ts'

/** The twin of a constructor: its first parameter is the cell of the construction, `this` the object if there is one yet. */
export type ConstructorTwin = (this: unknown, cell: Construction, ...args: unknown[]) => Steps

/** The twin of a class's fields, called on the object. */
export type FieldsTwin = (this: unknown) => Steps

/** How `new` goes for a class of transformed code. */
export class Making {
  readonly isDerived: boolean
  readonly constructorTwin: ConstructorTwin | undefined
  readonly fieldsTwin: FieldsTwin | undefined
  /** Its constructor asks first whether only an object is wanted. */
  readonly hasPrologue: boolean
  /** It has a constructor of its own that has no twin: the engine constructs it. */
  readonly isPlain: boolean

  constructor(
    isDerived: boolean,
    constructorTwin: ConstructorTwin | undefined,
    fieldsTwin: FieldsTwin | undefined,
    hasPrologue: boolean,
    isPlain: boolean,
  ) {
    this.isDerived = isDerived
    this.constructorTwin = constructorTwin
    this.fieldsTwin = fieldsTwin
    this.hasPrologue = hasPrologue
    this.isPlain = isPlain
  }
}

/** How `new` goes for this class, if it is one of transformed code. */
export function makingOf(fn: unknown): Making | undefined {
  const making = recordOf(fn)?.making
  return making instanceof Making ? making : undefined
}
