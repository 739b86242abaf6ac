import { type AnyFunction, give, giveMaking, twinOf } from '../coroutine/twin.ts'
import { giveG } from './generator.ts'
import { Making } from './making.ts'
import { GENERATOR, GETTER, SETTER } from './methods.ts'

/** A method of a class: its key, the symbol its twin stands under, if it has one, whether it is static (1), and its kind. */
type Row = readonly [key: PropertyKey, symbol: symbol | undefined, isStatic: 0 | 1, kind: number]

/**
 * Fresh symbols under which a class keeps its twins until it is made, one for each name. In code that the colorless transform writes.
 *
 * @example
 * ```ts
 * const [$load] = keys('load')
 * ```
 */
export function keys(...names: readonly string[]): symbol[] {
  return names.map(name => Symbol(name))
}

/**
 * Gives the methods of a class their twins, which stand beside them as generator methods, and takes those away; says how
 * the class is constructed. In code that the colorless transform writes.
 *
 * @param hasPrologue its constructor asks K first
 * @param isPlain it has a constructor of its own that has no twin
 * @example
 * ```ts
 * class Page { load() { … } *[$load]() { … } }
 * classTwins(Page, [['load', $load, 0, 0]], undefined, undefined, false)
 * ```
 */
export function classTwins<C extends AnyFunction>(
  C: C,
  table: readonly Row[],
  constructorKey: symbol | undefined,
  fieldsKey: symbol | undefined,
  hasPrologue: boolean,
  isPlain = false,
): C {
  const prototype = C.prototype as object
  // The last method of a name is the one; and one that has a twin already is of another place, put here by a static block.
  const later: [Kinds, Kinds] = [new Map(), new Map()]
  for (const [key, symbol, isStatic, kind] of table.toReversed()) {
    const owner = isStatic === 1 ? C : prototype
    const gen = symbol && taken(owner, symbol)
    if (isReplaced(later[isStatic], key, kind)) continue
    const method = methodAt(owner, key, kind)
    if (typeof gen === 'function' && typeof method === 'function' && twinOf(method) === undefined) {
      if (kind === GENERATOR) giveG(method as AnyFunction, gen as AnyFunction)
      else give(method as AnyFunction, gen as AnyFunction)
    }
  }
  const constructorTwin = constructorKey && taken(prototype, constructorKey)
  const fieldsTwin = fieldsKey && taken(prototype, fieldsKey)
  giveMaking(
    C,
    new Making(
      isDerived(C),
      constructorTwin as Making['constructorTwin'],
      fieldsTwin as Making['fieldsTwin'],
      hasPrologue,
      isPlain,
    ),
  )
  return C
}

/** The kinds of the later methods of each name, as bits. */
type Kinds = Map<PropertyKey, number>

/** Whether a later method stands in the place of one; that one is later than what comes before it. */
function isReplaced(later: Kinds, key: PropertyKey, kind: number): boolean {
  const kinds = later.get(key) ?? 0
  later.set(key, kinds | (1 << kind))
  // A getter and a setter stand beside each other.
  const beside = kind === GETTER ? 1 << SETTER : kind === SETTER ? 1 << GETTER : 0
  return (kinds & ~beside) !== 0
}

function taken(owner: object, symbol: symbol): unknown {
  const value: unknown = Object.getOwnPropertyDescriptor(owner, symbol)?.value
  Reflect.deleteProperty(owner, symbol)
  return value
}

/** A later member of the same name may have replaced the method: then there may be nothing to give a twin to. */
function methodAt(owner: object, key: PropertyKey, kind: number): unknown {
  const descriptor = Object.getOwnPropertyDescriptor(owner, key)
  if (kind === GETTER) return descriptor?.get
  if (kind === SETTER) return descriptor?.set
  return descriptor?.value
}

/** `extends null` has a parent too: none but the engine's function and object have a base class's. */
function isDerived(C: AnyFunction): boolean {
  return (
    Object.getPrototypeOf(C) !== Function.prototype ||
    Object.getPrototypeOf(C.prototype as object) !== Object.prototype
  )
}
