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
  if (isPlain(o)) {
    const getter = getterOf.call(o, key)
    if (twinOf(getter) !== undefined) return m0(o, getter)
  }
  return (o as Record<PropertyKey, unknown>)[key]
}

/** `o[key] = value`, where there may be a setter with a twin; gives S if that has suspended. As `get`. */
export function set(o: unknown, key: PropertyKey, value: unknown): unknown {
  if (isPlain(o)) {
    const setter = setterOf.call(o, key)
    if (twinOf(setter) !== undefined) return m1(o, setter, value)
  }
  ;(o as Record<PropertyKey, unknown>)[key] = value
  return undefined
}

const isProxy: (value: unknown) => boolean =
  nodeModule<{ types: { isProxy(value: unknown): boolean } }>('util')?.types.isProxy ?? (() => false)

/** Whether it may be asked for its accessors. A proxy has the say itself; only Node can tell that it is one. */
function isPlain(o: unknown): boolean {
  return o !== undefined && o !== null && !isProxy(o)
}
