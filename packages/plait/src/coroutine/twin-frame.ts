import { FOREIGN, KNOWN } from './frame-state.ts'
import { type AnyFunction, plainRecordOf, type Steps } from './twin.ts'
import { type Frame, passing, type Strand } from './wait.ts'

/** A call of a plain function that has suspended: what a driver resumes in place of the call. */
export class TwinFrame implements Frame {
  readonly _gen: Steps
  readonly _fn: { readonly name: string }
  _flags: number
  _caller: Frame | undefined = undefined
  _inner: Frame | undefined = undefined
  _strand: Strand | undefined = undefined
  _result: unknown = undefined

  constructor(gen: Steps, fn: { readonly name: string }, isNative = false) {
    this._gen = gen
    this._fn = fn
    this._flags = isNative ? KNOWN : FOREIGN
  }

  get name(): string {
    return this._fn.name || 'anonymous'
  }
}

/** Puts a call around what has suspended and is on its way up. Where nothing is, the wait stands in this call itself. */
export function passUp(frame: TwinFrame): void {
  const inner = passing.top
  if (inner === undefined) passing.leaf = frame
  else {
    inner._caller = frame
    frame._inner = inner
  }
  passing.top = frame
}

/** The library's own plain waits: where one stands, the function that called it does. */
export const plainWaits: WeakSet<object> = new WeakSet()

/** Whether this is the frame of a wait itself, which no stack need show. */
export function isPlainWait(frame: Frame): boolean {
  return frame instanceof TwinFrame && plainWaits.has(frame._fn)
}

/** The outermost frame of a greenlet: a call of a plain function that can be suspended, run by a strand. Undefined for others. */
export function greenletFrame(
  fn: AnyFunction,
  args: readonly unknown[],
  strand: Strand,
): TwinFrame | undefined {
  const record = plainRecordOf(fn)
  if (record === undefined) return undefined
  const frame = new TwinFrame(Reflect.apply(record.gen, undefined, args), fn, record.isNative)
  frame._strand = strand
  return frame
}
