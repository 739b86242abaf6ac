import { nodeModule } from '../coroutine/node-module.ts'
import { type AnyFunction, twinOf } from '../coroutine/twin.ts'
import { m0, m1 } from './enter.ts'

type Lookup = (this: unknown, key: PropertyKey) => AnyFunction | undefined
const { __lookupGetter__: getterOf, __lookupSetter__: setterOf } = Object.prototype as unknown as Record<
  '__lookupGetter__' | '__lookupSetter__',
  Lookup
>

/**
 * `o[key]` in a twin, where there may be a getter with a twin: its value, or S. In code that the colorless transform
 * writes, for names that its module has accessors of.
 *
 * @example
 * ```ts
 * const text = (r = get(page, 'text')) === S ? (yield S)._result : r
 * ```
 */
export function get(o: unknown, key: PropertyKey): unknown {
  if (o !== undefined && o !== null) {
    const getter = getterOf.call(o, key)
    if (twinOf(getter) !== undefined && !hasProxy(o)) return m0(o, getter)
  }
  return (o as Record<PropertyKey, unknown>)[key]
}

/** `o[key] = value`, where there may be a setter with a twin; gives S if that has suspended. As `get`. */
export function set(o: unknown, key: PropertyKey, value: unknown): unknown {
  if (o !== undefined && o !== null) {
    const setter = setterOf.call(o, key)
    if (twinOf(setter) !== undefined && !hasProxy(o)) return m1(o, setter, value)
  }
  ;(o as Record<PropertyKey, unknown>)[key] = value
  return undefined
}

const types = nodeModule<{ types: { isProxy(value: unknown): boolean } }>('util')?.types

/** A proxy anywhere in the chain has the say; only Node can tell. */
function hasProxy(o: unknown): boolean {
  if (types === undefined) return false
  for (let link: unknown = o; link !== null; link = Object.getPrototypeOf(link))
    if (types.isProxy(link)) return true
  return false
}
