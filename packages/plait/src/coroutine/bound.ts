import type { AnyFunction } from './twin.ts'

/** A call that is still to be made: what a task may be given to run in place of a function without arguments. */
export class Bound {
  readonly fn: AnyFunction
  readonly args: readonly unknown[]

  constructor(fn: AnyFunction, args: readonly unknown[]) {
    this.fn = fn
    this.args = args
  }
}
