import type { AnyClass } from './construction.ts'
import { isObject } from './is-object.ts'
import { makingOf } from './making.ts'

/*
 * A class of transformed code is constructed by its twins in two steps: the engine makes the object, by the class's own
 * constructor, which asks K first and then does nothing but that, and the twins do the rest to it. While `K.on` is set no
 * code of the program's may run; only what stands before a constructor's own text does, and fields that call nothing.
 *
 *   a base class      if (K.on) return K.base()
 *   a derived class   if (K.on) { const g = K.given(); if (g !== void 0) return g; super(...K.args()); K.done(); return }
 *   a field           x = K.on ? void 0 : f()
 */

/** What is wanted of a derived class's constructor. */
interface Wanted {
  /** The object that `super(…)` has made already; undefined if the engine is to make it now. */
  readonly object: object | undefined
  /** What is given to `super(…)`. */
  readonly args: readonly unknown[]
}

let wanted: Wanted | undefined
/** The constructor that was asked for has been entered: the next one is its parent's. */
let isEntered = false

/**
 * How constructors learn that only an object is wanted of them. In code that the colorless transform writes.
 *
 * @example
 * ```ts
 * class Point { constructor(x) { if (K.on) return K.base(); this.x = read(x) } }
 * ```
 */
export const K: {
  on: boolean
  base(): object | undefined
  given(): object | undefined
  args(): readonly unknown[]
  done(): void
  kept(object: object, key: PropertyKey): unknown
} = {
  on: false,
  /** A base class: its own object is the one, unless there is one that was made already. */
  base() {
    if (wanted !== undefined) return wanted.object
    K.on = false
    return undefined
  },
  /** A derived class: the object, if it was made already and this is the parent of the one that was asked for. */
  given() {
    if (isEntered) return wanted?.object
    isEntered = true
    return undefined
  },
  args() {
    const { object, args } = wanted as Wanted
    if (object === undefined) K.on = false
    return args
  },
  done() {
    K.on = false
  },
  /** What a field is until its initialiser runs: what the parent has left under its name. */
  kept(object, key) {
    return Object.getOwnPropertyDescriptor(object, key)?.value
  },
}

/**
 * What stands for each argument of a constructor that is to do nothing: it can be taken apart by any pattern, and no
 * default is evaluated for it, so that nothing of the program's runs before the constructor asks.
 */
const anything: object = new Proxy(() => undefined, {
  get: (_target, key) => (key === Symbol.iterator ? () => eight[Symbol.iterator]() : anything),
})
const eight: readonly object[] = Array.from({ length: 8 }, () => anything)

/** An object of a base class as the engine makes it, with those fields that call nothing. */
export function baseObject(C: AnyClass, newTarget: AnyClass): object {
  return plaitAsk(
    undefined,
    C,
    newTarget === C || makingOf(newTarget) !== undefined ? newTarget : still(newTarget),
  )
}

/** A bound function or a proxy may have code of the program's behind its `prototype`: it is read beforehand. */
function still(newTarget: AnyClass): AnyClass {
  const { prototype } = newTarget
  if (!isObject(prototype)) return newTarget
  function Still(): void {}
  Still.prototype = prototype
  return Still as unknown as AnyClass
}

/** Lets a derived class's constructor add its fields, those that call nothing, to an object that its parent has made. */
export function addFields(C: AnyClass, object: object): object {
  return plaitAsk({ object, args: eight }, C, C)
}

/** Constructs a derived class whose parent has no twins: the parent and all the fields as ever. */
export function withPlainParent(C: AnyClass, args: readonly unknown[], newTarget: AnyClass): object {
  return plaitAsk({ object: undefined, args }, C, newTarget)
}

/** Its name tells whoever reads a stack where a plain parent's constructor was called. */
function plaitAsk(what: Wanted | undefined, C: AnyClass, newTarget: AnyClass): object {
  wanted = what
  isEntered = false
  K.on = true
  try {
    return Reflect.construct(C as new () => object, eight, newTarget as new () => object)
  } finally {
    K.on = false
    wanted = undefined
  }
}
