import { types } from 'node:util'
import { show } from '../errors/show.ts'

/** A place inside a value, and the way to it: linked to the place above, so that a path costs nothing until it is told. */
export interface ValuePlace {
  readonly value: unknown
  /** From the place above, as it is written: `.name`, `[3]`, `.get("key")`. */
  readonly step: string
  readonly above: ValuePlace | undefined
  readonly depth: number
  /** What was thrown where the value was to be read. */
  readonly failure?: { readonly error: unknown }
}

/**
 * The places inside a value that structured clone comes to, in its order, each object once: objects, and what it refuses
 * (functions, symbols, getters that throw). Left out are primitives, which are always cloned: most of what large values
 * hold. What is inside an object is looked at only when the walk goes on.
 */
export function* walkValue(value: unknown, root: string): Generator<ValuePlace, void, undefined> {
  const seen = new Set<object>()
  const ahead: ValuePlace[] = [{ value, step: root, above: undefined, depth: 0 }]
  for (let place = ahead.pop(); place !== undefined; place = ahead.pop()) {
    const { value } = place
    if (typeof value !== 'object' || value === null) {
      yield place
      continue
    }
    if (seen.has(value)) continue
    seen.add(value)
    yield place
    const parts = partsOf(place, value)
    for (let part = parts.pop(); part !== undefined; part = parts.pop()) ahead.push(part)
  }
}

/** A place as one would write it: `arguments[1].options.onDone`. */
export function pathOf(place: ValuePlace): string {
  const steps: string[] = []
  for (let at: ValuePlace | undefined = place; at !== undefined; at = at.above) steps.push(at.step)
  return steps.reverse().join('')
}

function partsOf(above: ValuePlace, value: object): ValuePlace[] {
  const parts: ValuePlace[] = []
  const depth = above.depth + 1
  const add = (step: string, value: unknown): void => {
    if (!isAlwaysCloned(value)) parts.push({ value, step, above, depth })
  }
  const read = (key: string): void => {
    try {
      const part = (value as Record<string, unknown>)[key]
      // No step is written for a number among a million.
      if (!isAlwaysCloned(part)) add(stepTo(key), part)
    } catch (error) {
      parts.push({ value: undefined, step: stepTo(key), above, depth, failure: { error } })
    }
  }
  if (types.isProxy(value) || isWhole(value)) return parts
  if (types.isMap(value)) addEntries(value, add)
  else if (types.isSet(value)) addItems(value, add)
  else if (types.isNativeError(value)) {
    for (const key of ['name', 'message']) if (isRefusedInError(value, key)) read(key)
    // A getter is not asked for the cause.
    add('.cause', Object.getOwnPropertyDescriptor(value, 'cause')?.value)
  } else for (const key of Object.keys(value)) read(key)
  return parts
}

function addEntries(map: ReadonlyMap<unknown, unknown>, add: (step: string, value: unknown) => void): void {
  let n = 0
  // As structured clone does, past whatever a subclass has made of it.
  for (const [key, item] of Map.prototype.entries.call(map)) {
    add(`.keys()[${n}]`, key)
    if (!isAlwaysCloned(item)) add(isAlwaysCloned(key) ? `.get(${show(key)})` : `.values()[${n}]`, item)
    n += 1
  }
}

function addItems(set: ReadonlySet<unknown>, add: (step: string, value: unknown) => void): void {
  let n = 0
  for (const item of Set.prototype.values.call(set)) {
    add(`.values()[${n}]`, item)
    n += 1
  }
}

/** Of an error, structured clone takes name, message and cause; the first two as text, so that only few things fail. */
function isRefusedInError(error: object, key: string): boolean {
  try {
    return typeof (error as Record<string, unknown>)[key] === 'symbol'
  } catch {
    return true
  }
}

function isAlwaysCloned(value: unknown): boolean {
  return (
    value === null || (typeof value !== 'object' && typeof value !== 'function' && typeof value !== 'symbol')
  )
}

/** Objects that are cloned or refused as a whole: nothing inside them is looked at. */
function isWhole(value: object): boolean {
  return (
    types.isAnyArrayBuffer(value) ||
    ArrayBuffer.isView(value) ||
    types.isDate(value) ||
    types.isRegExp(value) ||
    types.isBoxedPrimitive(value) ||
    isDomException(value)
  )
}

export function isDomException(value: object): boolean {
  try {
    return value instanceof DOMException
  } catch {
    return false // There is a Proxy among its prototypes.
  }
}

/** Shows whatever it is, functions included whose name is not to be had. */
export function told(value: unknown): string {
  try {
    return show(value)
  } catch {
    return `a ${typeof value}`
  }
}

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u
const INDEX = /^(?:0|[1-9]\d*)$/

function stepTo(key: string): string {
  if (INDEX.test(key)) return `[${key}]`
  return IDENTIFIER.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`
}
