import { nativeStack } from '../coroutine/native-stack.ts'
import { adopt, resume, THREW, thrown } from '../coroutine/stack.ts'
import { type AnyFunction, lend, type Steps } from '../coroutine/twin.ts'
import { PASSED, passing, type Strand } from '../coroutine/wait.ts'
import { cannotSuspend } from '../errors/cannot-suspend-error.ts'

/**
 * Runs the steps of a twin on the spot, where it cannot be suspended: every wait beneath throws CannotSuspendError. In
 * code that the colorless transform writes.
 *
 * @example
 * ```ts
 * const plain = (...args) => sync(twin(...args))
 * ```
 */
function plaitSync(gen: Steps): unknown {
  const { depth } = nativeStack
  nativeStack.noSuspend += 1
  try {
    const result = gen.next()
    return result.done === true ? result.value : unwind(gen, result)
  } finally {
    nativeStack.noSuspend -= 1
    nativeStack.depth = depth
  }
}

/** A wait that did not ask whether it may begin has begun: it ends with the error, and what it stands in goes on from there. */
function unwind(gen: Steps, first: IteratorResult<unknown, unknown>): unknown {
  const strand: Strand = { _gen: gen, _leaf: undefined }
  const error = cannotSuspend('a wait', { isSync: true, inTask: true, isTransformed: true })
  let result = first
  if (passing.result === result || result.value === PASSED) adopt(strand)
  do result = resume(strand, true, error)
  while (result.done !== true)
  if (result === THREW) throw thrown.error
  return result.value
}

type Plain = (this: unknown, ...args: unknown[]) => unknown
type Maker = (name: string, gen: Plain) => Plain

/*
 * A name that is known only when the function is made is set quickest by the literal it stands in, and a length by its
 * parameters: 400 ns, where to define both takes 1,200.
 */
/* biome-ignore-start lint/complexity/noArguments: the parameters are there for the length alone */
const FUNCTIONS: readonly Maker[] = [
  (name, gen) =>
    ({
      [name]: function (this: unknown): unknown {
        return plaitSync(Reflect.apply(gen, this, arguments) as Steps)
      },
    })[name] as Plain,
  (name, gen) =>
    ({
      [name]: function (this: unknown, _a: unknown): unknown {
        return plaitSync(Reflect.apply(gen, this, arguments) as Steps)
      },
    })[name] as Plain,
  (name, gen) =>
    ({
      [name]: function (this: unknown, _a: unknown, _b: unknown): unknown {
        return plaitSync(Reflect.apply(gen, this, arguments) as Steps)
      },
    })[name] as Plain,
]

/** Those that cannot be constructed, and have no prototype. */
const METHODS: readonly Maker[] = [
  (name, gen) =>
    ({
      [name](this: unknown): unknown {
        return plaitSync(Reflect.apply(gen, this, arguments) as Steps)
      },
    })[name] as Plain,
  (name, gen) =>
    ({
      [name](this: unknown, _a: unknown): unknown {
        return plaitSync(Reflect.apply(gen, this, arguments) as Steps)
      },
    })[name] as Plain,
  (name, gen) =>
    ({
      [name](this: unknown, _a: unknown, _b: unknown): unknown {
        return plaitSync(Reflect.apply(gen, this, arguments) as Steps)
      },
    })[name] as Plain,
]
/* biome-ignore-end lint/complexity/noArguments: the parameters are there for the length alone */

/**
 * A function made inside a twin: called by whoever knows nothing of twins it runs on the spot, see `sync`; its twin is
 * `gen`. In code that the colorless transform writes.
 *
 * @param kind 0: a function, which `new` may construct; 1: an arrow function, whose `gen` heeds no `this`; 2: a method
 * @example
 * ```ts
 * const next = wrap(function* (n) { return n + 1 }, 'next', 1, 1)
 * ```
 */
export function wrap(
  gen: (...args: never[]) => unknown,
  name: string,
  length: number,
  kind: 0 | 1 | 2,
): AnyFunction {
  const makers = kind === 0 ? FUNCTIONS : METHODS
  const maker = makers[length]
  if (maker !== undefined) return lend(maker(name, gen as Plain), gen)
  const fn = (makers[0] as Maker)(name, gen as Plain)
  Object.defineProperty(fn, 'length', { value: length, configurable: true })
  return lend(fn, gen)
}

export { plaitSync as sync }
