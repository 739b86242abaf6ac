import { type AnyFunction, give, nextOf, type Steps, type TwinMaker } from '../coroutine/twin.ts'
import { handedOn, RETURNING } from './delegate.ts'
import { S } from './enter.ts'
import { plaitPlainly } from './install.ts'
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
type Way = 'next' | 'throw' | 'return'
type NativeStep = (this: unknown, ...values: unknown[]) => Result

const prototype = Object.getPrototypeOf(Object.getPrototypeOf((function* () {})())) as Record<Way, NativeStep>
const natives: Readonly<Record<Way, NativeStep>> = {
  next: prototype.next,
  throw: prototype.throw,
  return: prototype.return,
}

/** What a generator object is run by. */
export class Inner implements IterableIterator<unknown> {
  readonly steps: Steps
  /** A step is under way, or suspended. */
  isBusy = false
  /** The object stands in its `yield*`: before that it only has to get there. */
  isEntered = false
  #object: object | undefined = undefined

  constructor(steps: Steps) {
    this.steps = steps
  }

  /** Makes itself what the object is run by, which from now on stands in its `yield*` until a step taken in there is the last. */
  run(object: Steps): void {
    stamp(object, this)
    this.#object = object
    nextOf.call(object)
    this.isEntered = true
  }

  [Symbol.iterator](): this {
    return this
  }

  next(value?: unknown): Result {
    return this.isEntered ? this.#step('next', value) : FIRST
  }

  throw(error: unknown): Result {
    return this.#step('throw', error)
  }

  return(value: unknown): Result {
    return this.#step('return', value)
  }

  #step(way: Way, value: unknown): Result {
    // Such an error is no end, but ends the object's own body: from here on the object's steps do without it.
    if (this.isBusy && this.#object !== undefined) Object.defineProperties(this.#object, detached)
    return sync(new Step(this, way, value)) as Result
  }
}

const FIRST: Result = { done: false, value: undefined }

/** One step of a generator of transformed code, as a call that may suspend. */
class Step implements Steps {
  readonly #inner: Inner
  readonly #way: Way
  readonly #value: unknown
  /** How the inner generator is resumed; undefined before the step has begun. */
  #resumedBy: Way | undefined = undefined

  constructor(inner: Inner, way: Way, value: unknown) {
    this.#inner = inner
    this.#way = way
    this.#value = value
  }

  next(input?: unknown): Result {
    if (this.#resumedBy !== undefined) return this.#take(this.#resumedBy, input)
    const inner = this.#inner
    if (inner.isBusy) throw new TypeError('Generator is already running')
    inner.isBusy = true
    return this.#take(this.#way, this.#value)
  }

  throw(error: unknown): Result {
    if (this.#resumedBy === undefined) throw error
    return this.#take('throw', error)
  }

  #take(way: Way, value: unknown): Result {
    const inner = this.#inner
    let result: Result
    try {
      result = (inner.steps[way] as (value: unknown) => Result)(value)
    } catch (error) {
      inner.isBusy = false
      throw error
    }
    const isForeign = result === handedOn.result
    handedOn.result = undefined
    if (!isForeign && result.value === S) {
      this.#resumedBy = result === RETURNING ? 'return' : 'next'
      return result
    }
    inner.isBusy = false
    return { done: true, value: result }
  }
}

function twinOfStep(way: Way): TwinMaker {
  return function (...values) {
    const inner = innerOf(this) as Inner | undefined
    return inner === undefined
      ? plaitPlainly(natives[way] as AnyFunction, this, values)
      : new Step(inner, way, values[0])
  }
}

/** What an object has for its own whose body has ended before its time. */
const detached: PropertyDescriptorMap = {}
for (const way of ['next', 'throw', 'return'] as const) {
  const twin = twinOfStep(way)
  give(prototype[way], twin)
  const { value } = Object.getOwnPropertyDescriptor(
    {
      [way](this: unknown, ...values: unknown[]): unknown {
        return sync(Reflect.apply(twin, this, values))
      },
    },
    way,
  ) as { value: NativeStep }
  detached[way] = { value: give(value, twin), writable: true, configurable: true }
}
