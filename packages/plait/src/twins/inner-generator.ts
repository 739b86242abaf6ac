import { nextOf, type Steps } from '../coroutine/twin.ts'
import { S } from './enter.ts'
import { handedOn, RETURNING } from './handed-on.ts'
import { innerOf, stamp } from './stamp.ts'
import { sync } from './sync.ts'

/*
 * A generator of transformed code, made by the twin of its function, is two: the *inner* generator, in which the program's
 * own `yield` stays what it is and a suspension is `yield S`, and the object that the program holds, a generator of the
 * engine's whose whole body is `yield* inner`. So the object is a generator in every respect, and whoever knows
 * nothing of twins steps it as one: the engine hands the steps on to `next`, `throw` and `return` of Inner, which take them
 * on the spot. Twins find the engine's own `next`, `throw` and `return` to have twins, and those step the inner one.
 */

type Result = IteratorResult<unknown, unknown>

/** The engine's `next`, `throw` and `return` of generators. */
export type NativeStep = (this: unknown, value?: unknown) => Result
export type Way = 'next' | 'throw' | 'return'

export const generatorPrototype: Record<Way, NativeStep> = Object.getPrototypeOf(
  Object.getPrototypeOf((function* () {})()),
)
export const natives: Readonly<Record<Way, NativeStep>> = {
  next: generatorPrototype.next,
  throw: generatorPrototype.throw,
  return: generatorPrototype.return,
}

/** What an object has for its own whose body has ended before its time. */
export const detached: PropertyDescriptorMap = {}

/** What a generator object is run by. */
export class Inner implements IterableIterator<unknown> {
  /** A generator of the engine's. */
  readonly steps: Steps
  /** A step is under way, or suspended. */
  isBusy = false
  /** The object stands in its `yield*`: before that it only has to get there. */
  isEntered = false
  object: object | undefined = undefined

  constructor(steps: Steps) {
    this.steps = steps
  }

  /** Makes itself what the object is run by, which from now on stands in its `yield*` until a step taken in there is the last. */
  run(object: Steps): void {
    stamp(object, this)
    this.object = object
    nextOf.call(object)
    this.isEntered = true
  }

  [Symbol.iterator](): this {
    return this
  }

  next(value?: unknown): Result {
    return this.isEntered ? stepPlainly(this, natives.next, value) : FIRST
  }

  throw(error: unknown): Result {
    return stepPlainly(this, natives.throw, error)
  }

  return(value: unknown): Result {
    return stepPlainly(this, natives.return, value)
  }
}

const FIRST: Result = { done: false, value: undefined }

function stepPlainly(inner: Inner, way: NativeStep, value: unknown): Result {
  // Such an error is no end, but ends the object's own body: from here on the object's steps do without it.
  if (inner.isBusy && inner.object !== undefined) Object.defineProperties(inner.object, detached)
  return sync(new Step(inner, way, value)) as Result
}

/** By what a generator object of transformed code is run; undefined for any other value. */
export function innerGenerator(value: unknown): Inner | undefined {
  return innerOf(value) as Inner | undefined
}

/** One step of a generator of transformed code, as a call that may suspend; once over, what such a call gives. */
export class Step implements Steps {
  done = false
  value: unknown
  readonly inner: Inner
  /** How the inner generator is stepped; once suspended, how it is resumed. */
  way: NativeStep
  hasBegun = false

  constructor(inner: Inner, way: NativeStep, value: unknown) {
    this.value = value
    this.inner = inner
    this.way = way
  }

  next(input?: unknown): Result {
    if (this.hasBegun) return this.take(this.way, input)
    if (this.inner.isBusy) throw new TypeError('Generator is already running')
    this.hasBegun = true
    this.inner.isBusy = true
    return this.take(this.way, this.value)
  }

  throw(error: unknown): Result {
    if (!this.hasBegun) throw error
    return this.take(natives.throw, error)
  }

  take(way: NativeStep, value: unknown): Result {
    const { inner } = this
    let result: Result
    try {
      result = way.call(inner.steps, value)
    } catch (error) {
      inner.isBusy = false
      throw error
    }
    if (result !== handedOn.result && result.value === S) {
      this.way = result === RETURNING ? natives.return : natives.next
      return result
    }
    handedOn.result = undefined
    inner.isBusy = false
    this.done = true
    this.value = result
    return this as Result
  }
}
