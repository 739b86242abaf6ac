import { recordOf, type Steps, type TwinMaker } from '../coroutine/twin.ts'
import { after, type Suspendable } from './after.ts'
import { type AnyClass, Construction } from './construction.ts'
import { e, S } from './enter.ts'
import { isConstructor } from './is-constructor.ts'
import { isObject } from './is-object.ts'
import { Making, makingOf } from './making.ts'
import { setNewTarget } from './new-target.ts'
import { callSite } from './not-a-function.ts'
import { addFields, baseObject, withPlainParent } from './skeleton.ts'

type Constructor = new (...args: unknown[]) => object

/**
 * `new F(…args)` in a twin: the object, or S. In code that the colorless transform writes.
 *
 * @example
 * ```ts
 * const page = (r = make(Page, [url])) === S ? (yield S)._result : r
 * ```
 */
export function make(F: unknown, args: readonly unknown[]): unknown {
  return construct(F, args, F)
}

/** As `Reflect.construct`, or S. */
export function construct(F: unknown, args: readonly unknown[], newTarget: unknown): unknown {
  if (typeof F !== 'function') throw notAConstructor(F)
  const record = recordOf(F)
  if (record === undefined) return plaitConstruct(F as Constructor, args, newTarget)
  const { making, gen } = record
  if (making instanceof Making) return byTwins(F as never, making, args, newTarget as AnyClass)
  if (gen === undefined || !isOrdinary(F)) return plaitConstruct(F as Constructor, args, newTarget)
  return ordinary(F as never, gen, args, newTarget as AnyClass)
}

/** Has no twin to construct it by. The name tells whoever reads a stack where the constructor was called. */
function plaitConstruct(F: Constructor, args: readonly unknown[], newTarget: unknown): object {
  if (newTarget !== F) return Reflect.construct(F, args, newTarget as Constructor)
  try {
    return new F(...args)
  } catch (error) {
    // The engine would call it by the name it has here. If it is no constructor, no other error can have been thrown.
    if (error instanceof TypeError && !isConstructor(F)) throw notAConstructor(F)
    throw error
  }
}

/** Whether it has a prototype as a function that `new` may construct has it: methods and arrow functions have none. */
function isOrdinary(fn: object): boolean {
  return (
    Object.hasOwn(fn, 'prototype') &&
    !Object.prototype.propertyIsEnumerable.call(fn, 'prototype') &&
    !generators.has(Object.getPrototypeOf(fn))
  )
}

/** What generator functions have for a prototype; they have one of that name too. */
const generators = new Set<unknown>([
  Object.getPrototypeOf(function* () {}),
  Object.getPrototypeOf(async function* () {}),
])

function ordinary(F: AnyClass, gen: TwinMaker, args: readonly unknown[], newTarget: AnyClass): unknown {
  const { prototype } = F
  const object =
    newTarget === F && isObject(prototype)
      ? Object.create(prototype)
      : Reflect.construct(Object, [], newTarget as Constructor)
  setNewTarget(newTarget)
  let steps: Steps
  try {
    steps = Reflect.apply(gen, object, args)
  } finally {
    setNewTarget(undefined)
  }
  return objectOr(object, e(steps, F))
}

/** What a constructor returned, if that is an object; otherwise the one it was called on. */
function objectOr(object: object, result: unknown): unknown {
  if (result === S) return after(choosing(object))
  return isObject(result) ? result : object
}

function* choosing(object: object): Suspendable<object> {
  const result = (yield S)._result
  return isObject(result) ? result : object
}

/** Constructs a class of transformed code. */
function byTwins(C: AnyClass, making: Making, args: readonly unknown[], newTarget: AnyClass): unknown {
  const { isDerived, constructorTwin, fieldsTwin, hasPrologue, isPlain } = making
  if (!hasPrologue || isPlain) return plaitConstruct(C as Constructor, args, newTarget)
  if (isDerived) return derived(C, making, args, newTarget)
  if (constructorTwin === undefined && fieldsTwin === undefined)
    return plaitConstruct(C as Constructor, args, newTarget)
  const object = baseObject(C, newTarget)
  const of = new Construction(C, newTarget)
  of.bind(object)
  if (fieldsTwin !== undefined && e(fieldsTwin.call(object), C) === S)
    return after(constructing(constructorTwin, of, args))
  if (constructorTwin === undefined) return object
  return objectOr(object, e(constructorTwin.call(object, of, ...args), C))
}

/** Its fields have suspended, and then its constructor runs. */
function* constructing(
  twin: Making['constructorTwin'],
  of: Construction,
  args: readonly unknown[],
): Suspendable<object> {
  yield S
  const object = of.self
  if (twin === undefined) return object
  let result = e(twin.call(object, of, ...args), of.C)
  if (result === S) result = (yield S)._result
  return isObject(result) ? result : object
}

function derived(C: AnyClass, making: Making, args: readonly unknown[], newTarget: AnyClass): unknown {
  const { constructorTwin, fieldsTwin } = making
  // A default constructor has a twin by its parent's, or by its fields'.
  if (constructorTwin === undefined && fieldsTwin === undefined && parentMaking(C) === undefined)
    return plaitConstruct(C as Constructor, args, newTarget)
  const of = new Construction(C, newTarget)
  if (constructorTwin === undefined) return superCall(of, args)
  const result = e(constructorTwin.call(undefined, of, ...args), C)
  return result === S ? after(ending(of)) : ended(of, result)
}

function* ending(of: Construction): Suspendable<object> {
  return ended(of, (yield S)._result)
}

function ended(of: Construction, result: unknown): object {
  if (isObject(result)) return result
  if (result !== undefined) throw new TypeError('Derived constructors may only return object or undefined')
  return of.self
}

/** How the parent is constructed, if it can give its object to a constructor that asks. */
function parentMaking(C: AnyClass): Making | undefined {
  const making = makingOf(Object.getPrototypeOf(C))
  return making?.hasPrologue === true ? making : undefined
}

/**
 * `super(…args)` in the twin of a derived class's constructor: the object, which is `self` of the construction from then
 * on, or S. In code that the colorless transform writes.
 *
 * @example
 * ```ts
 * (r = superCall($c, [url])) === S ? (yield S)._result : r
 * ```
 */
export function superCall(of: Construction, args: readonly unknown[]): unknown {
  const making = parentMaking(of.C)
  if (making === undefined) {
    // A second time the parent is called as ever, but gives no object for fields.
    const object = of.isBound
      ? plaitConstruct(Object.getPrototypeOf(of.C), args, of.newTarget)
      : withPlainParent(of.C, args, of.newTarget)
    of.bind(object)
    return object
  }
  const parent = Object.getPrototypeOf(of.C) as AnyClass
  const object = byTwins(parent, making, args, of.newTarget)
  return object === S ? after(binding(of)) : bound(of, object as object)
}

/**
 * `super.key` in the twin of a derived class's constructor, which is called on nothing.
 *
 * @example
 * ```ts
 * const value = superGet($c, 'size')
 * ```
 */
export function superGet(of: Construction, key: PropertyKey): unknown {
  const { self } = of
  return Reflect.get(Object.getPrototypeOf(of.C.prototype), key, self)
}

function* binding(of: Construction): Suspendable<object> {
  const object = bound(of, (yield S)._result as object)
  return (object === S ? (yield S)._result : object) as object
}

/** The parent has made the object: it gets the fields of this class. */
function bound(of: Construction, object: object): unknown {
  of.bind(object)
  addFields(of.C, object)
  const { fieldsTwin } = makingOf(of.C) as Making
  if (fieldsTwin === undefined) return object
  const result = e(fieldsTwin.call(object), of.C)
  return result === S ? after(giving(object)) : object
}

function* giving(object: object): Suspendable<object> {
  yield S
  return object
}

function notAConstructor(F: unknown): TypeError {
  const name = typeof F === 'function' ? F.name || 'anonymous' : callSite(F)
  return new TypeError(`${name} is not a constructor`)
}
