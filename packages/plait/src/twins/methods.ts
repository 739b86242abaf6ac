import { type AnyFunction, lend } from '../coroutine/twin.ts'
import { lendG } from './generator.ts'

/** What a method is, as `methods` and `classTwins` are told; 0 where it is just that. */
export const GETTER = 1
export const SETTER = 2
export const GENERATOR = 3

/**
 * Gives the methods and accessors of an object literal their twins: for each, its key, its twin and its kind. A key that was
 * computed stands under a symbol, and a twin that uses `super` is a method of the object under one: both are taken out.
 *
 * @example
 * ```ts
 * const api = methods({ get(url) { … } }, 'get', function* (url) { … }, 0)
 * ```
 */
export function methods(object: object, ...table: readonly unknown[]): object {
  for (let n = 0; n < table.length; n += 3) {
    const given = table[n] as PropertyKey
    const key = (typeof given === 'symbol' ? take(object, given) : given) as PropertyKey
    const twin = table[n + 1]
    stamp(
      object,
      key,
      (typeof twin === 'symbol' ? take(object, twin) : twin) as AnyFunction,
      table[n + 2] as number,
    )
  }
  return object
}

function take(object: object, symbol: symbol): unknown {
  const value = (object as Record<symbol, unknown>)[symbol]
  delete (object as Record<symbol, unknown>)[symbol]
  return value
}

/** A later property of the same name may have replaced the method: then there is nothing to give a twin to. */
function stamp(object: object, key: PropertyKey, gen: AnyFunction, kind: number): void {
  const descriptor = Object.getOwnPropertyDescriptor(object, key)
  const fn: unknown =
    kind === GETTER ? descriptor?.get : kind === SETTER ? descriptor?.set : descriptor?.value
  if (typeof fn !== 'function') return
  if (kind === GENERATOR) lendG(fn as AnyFunction, gen)
  else lend(fn as AnyFunction, gen)
}

/**
 * A computed key as the engine makes it of a value, so that it may be asked for twice.
 *
 * @example
 * ```ts
 * toKey({ toString: () => 'a' }) // 'a'
 * ```
 */
export function toKey(value: unknown): PropertyKey {
  if (typeof value === 'string' || typeof value === 'symbol') return value
  const [key] = Reflect.ownKeys({ [value as string]: 0 })
  return key as PropertyKey
}

/**
 * The strings of a template: the engine's own list, the same at each visit.
 *
 * @example
 * ```ts
 * strings`a${0}b` // ['a', 'b']
 * ```
 */
export function strings(parts: TemplateStringsArray, ..._values: readonly unknown[]): TemplateStringsArray {
  return parts
}
