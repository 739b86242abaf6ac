import { misuse } from '../errors/misuse-executors.ts'
import { LIVE } from '../errors/show.ts'
import { A_CHANNEL, findUnsendable, isSentToProcesses } from './find-unsendable.ts'

/** What stands in for a thing that cannot be cloned but is known on both sides: where in the values, and which it is. */
export type Standin = readonly [index: number, key: string | undefined, what: unknown]

/** Things that can be handed to the other end though they cannot be cloned: channels. */
export interface Handles {
  /** What the other end is to be told of it; undefined for what is no handle. */
  handOut(value: unknown): unknown
  /** What the other end was to be told was not sent. */
  notTold(what: unknown): void
  /** What the other end has told of. */
  takeIn(what: unknown): unknown
}

/** A large list is data: handles are given as arguments, or as properties of an argument. */
const MOST_SEARCHED = 64

export interface Parcel {
  readonly values: readonly unknown[]
  readonly standins: readonly Standin[] | undefined
}

/** Values as they are sent: with handles, themselves or one step inside a plain object or a list, taken out. Never throws. */
export function pack(values: readonly unknown[], handles: Handles): Parcel {
  const standins: Standin[] = []
  try {
    const packed = takeOut(values, standins, handles)
    return { values: packed, standins: standins.length === 0 ? undefined : standins }
  } catch (error) {
    // From a getter, or a Proxy. It is thrown where the clone would have met it, and where whoever sends awaits that.
    untold(standins, handles)
    return { values: values.map(() => failing(error)), standins: undefined }
  }
}

/** What cannot be cloned: that error is thrown. */
function failing(error: unknown): object {
  const get = (): never => {
    throw error
  }
  return Object.defineProperty({}, 'failing', { enumerable: true, get })
}

/** What was packed could not be sent: the other end is not told of the handles in it. */
export function untold(standins: readonly Standin[] | undefined, handles: Handles): void {
  if (standins !== undefined) for (const [, , what] of standins) handles.notTold(what)
}

function takeOut(values: readonly unknown[], standins: Standin[], handles: Handles): readonly unknown[] {
  let packed: unknown[] | undefined
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index]
    if (typeof value !== 'object' || value === null) continue
    const what = handles.handOut(value)
    if (what !== undefined) {
      standins.push([index, undefined, what])
      packed ??= [...values]
      packed[index] = undefined
    } else if (isLive(value)) throw misuse('notData', value)
    else if (isSearched(value)) {
      let copy: Record<string, unknown> | undefined
      for (const key of Object.keys(value)) {
        const property = (value as Record<string, unknown>)[key]
        const inner = handles.handOut(property)
        if (inner === undefined && isLive(property)) throw misuse('notData', property)
        if (inner === undefined) continue
        standins.push([index, key, inner])
        copy ??= (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>
        copy[key] = undefined
      }
      if (copy === undefined) continue
      packed ??= [...values]
      packed[index] = copy
    }
  }
  return packed ?? values
}

/** The values that were packed. */
export function unpack(
  values: readonly unknown[],
  standins: readonly Standin[] | undefined,
  handles: Handles,
): readonly unknown[] {
  if (standins === undefined) return values
  const unpacked = [...values]
  for (const [index, key, what] of standins) {
    const handle = handles.takeIn(what)
    if (key === undefined) unpacked[index] = handle
    else (unpacked[index] as Record<string, unknown>)[key] = handle
  }
  return unpacked
}

/** The error for values that could not be cloned, which names the place in them. */
export function unsendable(error: unknown, value: unknown, root: string, way: string): unknown {
  if (!(error instanceof Error) || !isCloneFailure(error)) return error
  const found = findUnsendable(value, root, way === 'process' ? isSentToProcesses : undefined)
  if (found === undefined) return error
  const failure =
    found.what === A_CHANNEL
      ? misuse('channelTooDeep', found.path, way)
      : misuse('unsendable', found.path, found.what, way)
  failure.cause = error
  return failure
}

/** Between processes it is a plain error of the serializer. */
function isCloneFailure({ name, message }: Error): boolean {
  return name === 'DataCloneError' || message.endsWith(' could not be cloned.')
}

/** Whether this is a lock, a queue, a task: something that is nothing without its thread. */
function isLive(value: unknown): boolean {
  return typeof value === 'object' && value !== null && LIVE in value
}

function isSearched(value: object): boolean {
  if (Array.isArray(value)) return value.length <= MOST_SEARCHED
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
