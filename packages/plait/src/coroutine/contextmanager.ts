import { GeneratorExit, generatorExit } from '../errors/generator-exit.ts'
import { misuse } from '../errors/misuse.ts'
import { misuse as misuseScope } from '../errors/misuse-scopes.ts'
import { Enterable } from './enterable.ts'
import { type Exit, type Failure, replaced } from './failure.ts'
import { resume, THREW, thrown } from './stack.ts'
import { type Frame, type Strand, SUSPENDED, TURNING } from './wait.ts'

/**
 * What is entered, gives a value, and is left again: made by `contextmanager(…)`, `closing`, `suppress` and
 * `nullcontext`. Give it a body with `with`, a block with `using` and `enter`, or a stack with `ExitStack.enter`.
 *
 * @example
 * ```ts
 * const held: ContextManager<Connection> = connection('db')
 * const rows = held.with(db => db.query('select 1'))
 * ```
 * @see contextlib.AbstractContextManager
 */
export class ContextManager<T> extends Enterable<T> {
  /** @internal */ readonly name: string
  readonly #enter: () => T
  readonly #leave: Exit

  /** @internal */
  constructor(name: string, enter: () => T, leave: Exit) {
    super()
    this.name = name
    this.#enter = enter
    this.#leave = leave
  }

  /**
   * Enters for a block: `using entered = tag('b').enter()` has the value as `entered.value`, and leaves at the block's
   * end. A disposer is not told the error a block ends with, so this leaves as after one that ended well: what cares
   * about the error takes a body, `with`.
   */
  enter(): Disposable & { readonly value: T } {
    const value = this._enter()
    let isLeft = false
    return {
      value,
      [Symbol.dispose]: () => {
        if (!isLeft) {
          isLeft = true
          this._leaveAtOnce(undefined)
        }
      },
    }
  }

  /** @internal */
  override _enter(): T {
    return this.#enter()
  }

  /** @internal */
  override _leave(failure: Failure | undefined): unknown {
    return this.#leave(failure)
  }
}

/**
 * Makes a typed function whose calls give context managers, from a generator function that yields once: what is before
 * the `yield` enters, what it yields is the value, what is after it leaves. Write `try { yield value } finally { … }`,
 * since an error of the body is thrown in at the `yield`: there it may pass, be replaced, or be caught and swallowed.
 *
 * A manager is entered once; call the function again for another. What has to wait before or after its `yield` is made
 * with `asynccontextmanager`.
 *
 * @throws MisuseError if `fn` is not a generator function; when used, if it yields not once, or waits
 * @example
 * ```ts
 * const tag = contextmanager(function* (name: string) {
 *   console.log(`<${name}>`)
 *   try { yield name.length } finally { console.log(`</${name}>`) }
 * })
 * tag('b').with(length => console.log(length)) // <b> 1 </b>
 * ```
 * @see contextlib.contextmanager
 */
export function contextmanager<This, A extends unknown[] = never[], T = unknown>(
  fn: (this: This, ...args: A) => Generator<T, unknown, unknown>,
): (this: This, ...args: A) => ContextManager<T>
export function contextmanager(
  fn: (...args: unknown[]) => Generator<unknown, unknown, unknown>,
): (...args: unknown[]) => ContextManager<unknown> {
  if (Object.prototype.toString.call(fn) !== '[object GeneratorFunction]')
    throw misuse('notAGeneratorFunction', fn, 'contextmanager')
  const make = function (this: unknown, ...args: unknown[]): ContextManager<unknown> {
    const steps = new Steps(fn.apply(this, args), `${fn.name || 'the manager'}(…)`)
    return new ContextManager(
      steps.name,
      () => steps.enter(),
      failure => steps.leave(failure),
    )
  }
  Object.defineProperty(make, 'name', { value: fn.name, configurable: true })
  return make
}

/** The generator of a manager: its own strand, so that coroutines it delegates to are resumed as ever. */
class Steps implements Strand {
  readonly name: string
  readonly _gen: Iterator<unknown, unknown, unknown>
  _leaf: Frame | undefined = undefined
  #isEntered = false

  constructor(gen: Iterator<unknown, unknown, unknown>, name: string) {
    this._gen = gen
    this.name = name
  }

  enter(): unknown {
    if (this.#isEntered) throw misuseScope('managerReused', this.name)
    this.#isEntered = true
    const result = this.#step(undefined)
    if (result.done === true) throw misuseScope('managerNeverYielded', this.name)
    return result.value
  }

  /** An error that only passes is thrown on, as it is. */
  leave(failure: Failure | undefined): true {
    if (this.#step(failure).done === true) return true
    throw this.#givenUp('managerYieldedTwice')
  }

  #step(failure: Failure | undefined): IteratorResult<unknown, unknown> {
    const result = resume(this, failure !== undefined, failure?.error)
    if (result === THREW) throw thrown.error
    if (result === SUSPENDED || result === TURNING) throw this.#givenUp('managerWaits')
    return result
  }

  /** Closes the generator where it stands: it is not resumed again. */
  #givenUp(code: 'managerYieldedTwice' | 'managerWaits'): unknown {
    const error = misuseScope(code, this.name)
    const isAsked = resume(this, true, generatorExit()) !== THREW || thrown.error instanceof GeneratorExit
    return isAsked ? error : replaced(error, thrown)
  }

  toString(): string {
    return this.name
  }
}
