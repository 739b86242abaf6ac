import type { AnyFunction } from '../coroutine/twin.ts'

/** A call: what a greenlet is to run, and what its text tells. */
export class Bound {
  readonly fn: AnyFunction
  readonly args: readonly unknown[]

  constructor(fn: AnyFunction, args: readonly unknown[]) {
    this.fn = fn
    this.args = args
  }
}
