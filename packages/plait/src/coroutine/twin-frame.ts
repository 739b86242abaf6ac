import { FOREIGN } from './frame-state.ts'
import { type Steps, twinOf } from './twin.ts'
import type { Frame, Strand } from './wait.ts'

/** A call of a plain function that has suspended: what a driver resumes in place of the call. */
export class TwinFrame implements Frame {
  readonly _gen: Steps
  readonly _fn: { readonly name: string }
  _flags: number = FOREIGN
  _caller: Frame | undefined = undefined
  _inner: Frame | undefined = undefined
  _strand: Strand | undefined = undefined
  _result: unknown = undefined

  constructor(gen: Steps, fn: { readonly name: string }) {
    this._gen = gen
    this._fn = fn
  }

  get name(): string {
    return this._fn.name || 'anonymous'
  }
}

/** The library's own plain waits: where one stands, the function that called it does. */
export const plainWaits: WeakSet<object> = new WeakSet()

/** Whether this is the frame of a wait itself, which no stack need show. */
export function isPlainWait(frame: Frame): boolean {
  return frame instanceof TwinFrame && plainWaits.has(frame._fn)
}

/** The outermost frame of a greenlet: a plain function that can be suspended, run by a strand. Undefined for others. */
export function greenletFrame(fn: () => unknown, strand: Strand): TwinFrame | undefined {
  const twin = twinOf(fn)
  if (twin === undefined) return undefined
  const frame = new TwinFrame(twin.call(undefined), fn)
  frame._strand = strand
  return frame
}
