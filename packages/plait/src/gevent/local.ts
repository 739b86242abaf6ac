import { misuse } from '../errors/misuse-gevent.ts'
import { currentHolder } from '../tasks/holder.ts'

/** Makes objects whose properties are each greenlet's own. */
export interface LocalClass {
  new <T extends object = Record<PropertyKey, unknown>>(...args: unknown[]): T
  readonly prototype: object
}

/** The values of one greenlet. */
type Values = Record<PropertyKey, unknown>

/** Where code outside of any greenlet has its values. */
const OUTSIDE = {}

const inspect = Symbol.for('nodejs.util.inspect.custom')

/** The local whose fields are to be set for one more greenlet: what the constructor of its class goes on with. */
const again: { places: Places | undefined } = { places: undefined }

/** One local, as the greenlets know it: their values, and how to begin in one more. */
class Places {
  readonly #byGreenlet = new WeakMap<object, Values>()
  readonly class: new (
    ...args: unknown[]
  ) => object
  readonly #args: readonly unknown[]
  local: object | undefined

  constructor(made: new (...args: unknown[]) => object, args: readonly unknown[]) {
    this.class = made
    this.#args = args
  }

  get name(): string {
    return this.class.name || 'local'
  }

  /** What a greenlet has, if it has touched this. */
  of(greenlet: object): Values | undefined {
    return this.#byGreenlet.get(greenlet)
  }

  /** An empty place for the current greenlet, which its constructor fills. */
  begin(): void {
    this.#byGreenlet.set(here(), this.#empty())
  }

  /** The values of the current greenlet: in one that has none yet the constructor is called once more. */
  get current(): Values {
    const greenlet = here()
    const found = this.#byGreenlet.get(greenlet)
    if (found !== undefined) return found
    const values = this.#empty()
    this.#byGreenlet.set(greenlet, values)
    try {
      this.#construct()
    } catch (error) {
      this.#byGreenlet.delete(greenlet)
      throw error
    }
    return values
  }

  #empty(): Values {
    return Object.create(this.class.prototype) as Values
  }

  #construct(): void {
    const outer = again.places
    again.places = this
    try {
      Reflect.construct(this.class, this.#args)
    } catch (error) {
      if (error instanceof TypeError && / twice /.test(error.message)) throw misuse('localPrivate', this.name)
      throw error
    } finally {
      again.places = outer
    }
  }
}

function here(): object {
  return currentHolder() ?? OUTSIDE
}

/** Every local that is in use, for whoever reports what a greenlet has. */
const known = new Set<WeakRef<Places>>()
const forgotten = new FinalizationRegistry<WeakRef<Places>>(reference => void known.delete(reference))

/** The values that a greenlet has in each local, with the name of its class. */
export function localsOf(greenlet: object): { name: string; values: Readonly<Values> }[] {
  return [...known].flatMap(reference => {
    const places = reference.deref()
    const values = places?.of(greenlet)
    return places === undefined || values === undefined ? [] : [{ name: places.name, values: { ...values } }]
  })
}

function handler(places: Places): ProxyHandler<object> {
  return {
    get: (_target, key, receiver) => Reflect.get(places.current, key, receiver),
    set: (_target, key, value, receiver) => Reflect.set(places.current, key, value, receiver),
    has: (_target, key) => Reflect.has(places.current, key),
    deleteProperty: (_target, key) => Reflect.deleteProperty(places.current, key),
    ownKeys: () => Reflect.ownKeys(places.current),
    getOwnPropertyDescriptor: (_target, key) => Reflect.getOwnPropertyDescriptor(places.current, key),
    // What cannot be changed again would have to be the target's as well: the engine refuses it when it was asked for.
    defineProperty: (_target, key, descriptor) =>
      Reflect.defineProperty(places.current, key, { ...descriptor, configurable: true }),
    setPrototypeOf: () => false,
    preventExtensions: () => false,
  }
}

/**
 * An object whose properties are each greenlet's own, as `getcurrent()` has it, and each other task's: what one sets, the
 * others do not see. They are let go with the greenlet. Code outside of any shares one place.
 *
 * A class that extends this is constructed anew, with the same arguments, in each greenlet that touches the object: so its
 * fields and its constructor give every greenlet what it begins with. That must not wait. Its methods are shared.
 *
 * @throws MisuseError if a class that extends this does not hand its arguments on to `super(…)`, or has private fields
 * @example
 * ```ts
 * const request = new Local<{ user?: string }>()
 * function handle(user: string) {
 *   request.user = user
 *   sleep(10)
 *   return request.user // whatever the others have set meanwhile
 * }
 * ```
 * @see gevent.local.local
 */
export const Local: LocalClass = class Local {
  constructor(...args: unknown[]) {
    const made: new (...args: unknown[]) => object = new.target
    const { places: one } = again
    if (one !== undefined && one.class === made) {
      // A local of this class that the constructor makes itself is one of its own.
      again.places = undefined
      // biome-ignore lint/correctness/noConstructorReturn: the very object, whose fields are set once more
      return one.local as Local
    }
    if (args.length === 0 && made.length > 0) throw misuse('localArguments', made.name, made.length)
    const places = new Places(made, args)
    const local = new Proxy(Object.create(made.prototype) as object, handler(places))
    places.local = local
    places.begin()
    const reference = new WeakRef(places)
    known.add(reference)
    forgotten.register(places, reference)
    // biome-ignore lint/correctness/noConstructorReturn: what stands for the values of whoever asks
    return local as Local
  }

  /** Printed as the values of whoever prints it. */
  [inspect](): object {
    return { ...this }
  }
} as unknown as LocalClass
