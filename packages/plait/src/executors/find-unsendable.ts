import { types } from 'node:util'
import { serialize } from 'node:v8'
import { Channel } from '../queues/channel.ts'
import { isDomException, pathOf, told, type ValuePlace, walkValue } from './walk-value.ts'

/** The place in a value that cannot be sent to a worker or back, and what is there. */
export interface Unsendable {
  /** As it is written: `arguments[1].options.onDone`, `result.rows[3].db`. */
  readonly path: string
  readonly what: string
}

/** What a channel is told to be: it can be sent, but not from everywhere. */
export const A_CHANNEL = 'a channel'

/**
 * Finds what made a clone fail. Looks at kinds first, in the order of structured clone, and asks `canClone` of objects
 * without fields whose kind says nothing: a value of a million items is walked, not cloned again and again. Where that
 * finds nothing, `canClone` is asked of every object, innermost first. Never throws.
 *
 * Undefined for a value that can be cloned, and where `canClone` fails for another reason, such as a value that nests
 * too deep.
 */
export function findUnsendable(
  value: unknown,
  root: string,
  canClone: (value: unknown) => boolean = isCloneable,
): Unsendable | undefined {
  const suspects: ValuePlace[] = []
  for (const place of walkValue(value, root)) {
    const what = refusedByKind(place) ?? refusedAlone(place.value, canClone)
    if (what !== undefined) return { path: pathOf(place), what }
    suspects.push(place)
  }
  if (says(canClone, value)) return undefined
  for (let place = suspects.pop(); place !== undefined; place = suspects.pop())
    if (!says(canClone, place.value)) return { path: pathOf(place), what: told(place.value) }
  return undefined
}

/** What no structured clone takes, told by its kind alone. */
function refusedByKind({ value, failure }: ValuePlace): string | undefined {
  if (failure !== undefined) return `a getter that throws ${told(failure.error)}`
  if (typeof value === 'function' || typeof value === 'symbol') return told(value)
  if (typeof value !== 'object' || value === null) return undefined
  if (types.isProxy(value)) return 'a Proxy'
  if (types.isArgumentsObject(value)) return 'an arguments object'
  if (types.isPromise(value) || types.isGeneratorObject(value)) return told(value)
  if (isChannel(value)) return A_CHANNEL
  return types.isWeakMap(value) || types.isWeakSet(value) ? told(value) : undefined
}

function isChannel(value: object): boolean {
  try {
    return value instanceof Channel
  } catch {
    return false // There is a Proxy among its prototypes.
  }
}

/** An object without fields of its own fails by itself or not at all, so that one answer tells. */
function refusedAlone(value: unknown, canClone: (value: unknown) => boolean): string | undefined {
  if (typeof value !== 'object' || value === null || isSound(value)) return undefined
  return says(canClone, value) ? undefined : told(value)
}

/** Whether its kind says that it is cloned if what is in it is, or it has fields to be looked at first. */
function isSound(value: object): boolean {
  if (Array.isArray(value) || types.isMap(value) || types.isSet(value)) return true
  if (types.isDate(value) || types.isRegExp(value)) return true
  if (types.isNativeError(value)) return !isDomException(value)
  if (types.isArrayBuffer(value)) return !value.detached
  if (ArrayBuffer.isView(value)) return isSoundView(value)
  try {
    if (value instanceof MessagePort) return false
    const prototype = Object.getPrototypeOf(value)
    return prototype === Object.prototype || prototype === null || Object.keys(value).length > 0
  } catch {
    return false
  }
}

/** A view whose memory is gone has no length, or none that can be asked for. */
function isSoundView(view: ArrayBufferView): boolean {
  try {
    return view.byteLength > 0 && types.isArrayBuffer(view.buffer)
  } catch {
    return false
  }
}

/**
 * Only a refusal counts: a clone that runs out of stack has met nothing that could not be cloned. Ports are known to be
 * refused, and Node crashes where a closed one is cloned.
 */
function isCloneable(value: unknown): boolean {
  if (value instanceof MessagePort) return false
  try {
    structuredClone(value)
    return true
  } catch (error) {
    return !(error instanceof DOMException && error.name === 'DataCloneError')
  }
}

/** Between processes less is cloned than among threads: shared memory and compiled modules stay where they are. */
export function isSentToProcesses(value: unknown): boolean {
  if (!isCloneable(value)) return false
  try {
    serialize(value)
    return true
  } catch (error) {
    return error instanceof RangeError // It has run out of stack.
  }
}

function says(canClone: (value: unknown) => boolean, value: unknown): boolean {
  try {
    return canClone(value)
  } catch {
    return false
  }
}
