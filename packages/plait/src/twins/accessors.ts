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
  const getter = twinnedGetter(o, key)
  if (getter !== undefined) return m0(o, getter)
  return (o as Record<PropertyKey, unknown>)[key]
}

/**
 * `o[key] = value` in a twin, where there may be a setter with a twin: gives S if that has suspended. In code that the
 * colorless transform writes, for names that its module has accessors of.
 *
 * @example
 * ```ts
 * if (set(page, 'text', 'new') === S) yield S
 * ```
 */
export function set(o: unknown, key: PropertyKey, value: unknown): unknown {
  const setter = twinnedSetter(o, key)
  if (setter !== undefined) return m1(o, setter, value)
  ;(o as Record<PropertyKey, unknown>)[key] = value
  return undefined
}

/** The getter of a property, if that has a twin. */
export function twinnedGetter(o: unknown, key: PropertyKey): AnyFunction | undefined {
  const getter = isPlain(o) ? getterOf.call(o, key) : undefined
  return twinOf(getter) === undefined ? undefined : getter
}

/** The setter of a property, if that has a twin. */
export function twinnedSetter(o: unknown, key: PropertyKey): AnyFunction | undefined {
  const setter = isPlain(o) ? setterOf.call(o, key) : undefined
  return twinOf(setter) === undefined ? undefined : setter
}

const isProxy: (value: unknown) => boolean =
  nodeModule<{ types: { isProxy(value: unknown): boolean } }>('util')?.types.isProxy ?? (() => false)

/** Whether it may be asked for its accessors. A proxy has the say itself; only Node can tell that it is one. */
function isPlain(o: unknown): boolean {
  return o !== undefined && o !== null && !isProxy(o)
}

/**
 * `super.key` in a twin, of whatever `home` is the home of the method: as `get`, with `self` for `this`. In code that the
 * colorless transform writes.
 *
 * @example
 * ```ts
 * const names = (r = getSuper(Block.prototype, 'names', this)) === S ? (yield S)._result : r
 * ```
 */
export function getSuper(home: object, key: PropertyKey, self: unknown): unknown {
  const parent = Object.getPrototypeOf(home) as object
  const getter = twinnedGetter(parent, key)
  return getter === undefined ? Reflect.get(parent, key, self) : m0(self, getter)
}
