import { type Failure, replaced } from '../coroutine/failure.ts'
import type { Awaitable, Operation, Resume, Wait, Waiting } from '../coroutine/wait.ts'
import { GeneratorExit, generatorExit } from '../errors/generator-exit.ts'
import { misuse } from '../errors/misuse.ts'
import { misuse as misuseScope } from '../errors/misuse-scopes.ts'
import { AsyncEnterable } from './async-enterable.ts'
import { Call } from './call.ts'
import { Leaving } from './leaving.ts'
import { Relay } from './relay.ts'
import { runBody } from './run-body.ts'

type Step = IteratorResult<unknown, unknown>
type Steps = Generator<unknown, unknown, unknown> | AsyncGenerator<unknown, unknown, unknown>

/**
 * What is entered, gives a value, and is left again, and may wait for both: made by `asynccontextmanager(…)`. Give it
 * a body with `with`, a block of an async function with `await using` and `enter`, or a stack with
 * `AsyncExitStack.enter`.
 *
 * @example
 * ```ts
 * const session: AsyncContextManager<Session> = loggedIn('ann')
 * const mail = yield* session.with(function* (ann) { return yield* ann.mail() })
 * ```
 * @see contextlib.AbstractAsyncContextManager
 */
export class AsyncContextManager<T> extends AsyncEnterable<T> {
  /** @internal */ readonly name: string
  readonly #steps: Steps
  #isEntered = false

  /** @internal */
  constructor(steps: Steps, name: string) {
    super()
    this.#steps = steps
    this.name = name
  }

  /**
   * Enters for a block of an async function: `await using entered = await session().enter()` has the value as
   * `entered.value`, and leaves at the block's end. A disposer is not told the error a block ends with, so this leaves
   * as after one that ended well: what cares about the error takes a body, `with`.
   *
   * Suspends: as entering does. Cancellation: while it enters, goes there; once entered, it is left in any case.
   */
  enter(): Awaitable<{ readonly value: T; [Symbol.asyncDispose](): Awaitable<void> }> {
    return new Call(`${this.name}.enter()`, () => this.#enterBlock())
  }

  *#enterBlock(): Waiting<{ readonly value: T; [Symbol.asyncDispose](): Awaitable<void> }> {
    const value = yield* this._enter()
    let isLeft = false
    const leave = function* (this: AsyncContextManager<T>): Waiting<void> {
      if (isLeft) return
      isLeft = true
      yield* this._leave(undefined)
    }
    return { value, [Symbol.asyncDispose]: () => new Leaving(this.name, () => leave.call(this), true) }
  }

  /** @internal */
  override *_enter(): Waiting<T> {
    if (this.#isEntered) throw misuseScope('managerReused', this.name)
    this.#isEntered = true
    const step = yield* this.#step(undefined)
    if (step.done === true) throw misuseScope('managerNeverYielded', this.name)
    return step.value as T
  }

  /** @internal An error that only passes is thrown on, as it is. */
  override *_leave(failure: Failure | undefined): Waiting<true> {
    const step = yield* this.#step(failure)
    if (step.done === true) return true
    let error: unknown = misuseScope('managerYieldedTwice', this.name)
    try {
      yield* this.#step({ error: generatorExit() })
    } catch (closing) {
      if (!(closing instanceof GeneratorExit)) error = replaced(error, { error: closing })
    }
    throw error
  }

  /** On to the next `yield` of its own, or to the end. */
  #step(failure: Failure | undefined): Operation<Step> {
    const steps = this.#steps
    if (!(Symbol.asyncIterator in steps)) return new Relay(steps, failure)
    return runBody(() => (failure === undefined ? steps.next() : steps.throw(failure.error)), this.name)
  }
}

/**
 * Makes a typed function whose calls give managers that may wait, from a generator function that yields once itself:
 * what is before that `yield` enters, what it yields is the value, what is after it leaves. Around it, it waits as ever,
 * with `yield*`. Write `try { yield value } finally { … }`: an error of the body, a cancel too, is thrown in at the
 * `yield`, and there may pass, be replaced, or be caught and swallowed. An `async function*` will do as well.
 *
 * A manager is entered once; call the function again for another. A bare `yield` gives undefined as the value: to give
 * way for a turn, write `yield* sleep(0)` here.
 *
 * @throws MisuseError if `fn` is not a generator function; when used, if it yields not once
 * @example
 * ```ts
 * const loggedIn = asynccontextmanager(function* (name: string) {
 *   const session = yield* login(name)
 *   try { yield session } finally { yield* session.logout() }
 * })
 * const mail = yield* loggedIn('ann').with(function* (session) { return yield* session.mail() })
 * ```
 * @see contextlib.asynccontextmanager
 */
export function asynccontextmanager<This, A extends unknown[] = never[], T = unknown>(
  fn: (this: This, ...args: A) => AsyncGenerator<T, unknown, unknown>,
): (this: This, ...args: A) => AsyncContextManager<T>
export function asynccontextmanager<This, A extends unknown[] = never[], Y = unknown>(
  fn: (this: This, ...args: A) => Generator<Y, unknown, Resume>,
): (
  this: This,
  ...args: A
) => AsyncContextManager<[Exclude<Y, Wait>] extends [never] ? undefined : Exclude<Y, Wait>>
export function asynccontextmanager(
  fn: (...args: unknown[]) => Steps,
): (...args: unknown[]) => AsyncContextManager<unknown> {
  if (!/^\[object (Async)?GeneratorFunction\]$/.test(Object.prototype.toString.call(fn)))
    throw misuse('notAGeneratorFunction', fn, 'asynccontextmanager')
  const make = function (this: unknown, ...args: unknown[]): AsyncContextManager<unknown> {
    return new AsyncContextManager(fn.apply(this, args), `${fn.name || 'the manager'}(…)`)
  }
  Object.defineProperty(make, 'name', { value: fn.name, configurable: true })
  return make
}
