import { GeneratorExit, generatorExit } from '../errors/generator-exit.ts'
import { misuse } from '../errors/misuse.ts'
import { Delegation } from './delegation.ts'
import { CLOSED, RUNNING, STARTED, WAITED } from './frame-state.ts'
import { inspectGenerator } from './location.ts'
import { nativeStack } from './native-stack.ts'
import { resume, THREW, thrown } from './stack.ts'
import { isStepping } from './surroundings.ts'
import { nextOf } from './twin.ts'
import { TwinFrame } from './twin-frame.ts'
import { type Frame, type Resume, type Strand, SUSPENDED, TURNING, type Wait } from './wait.ts'
import { born, forgotten } from './watch.ts'

/** Where a coroutine is in its life. */
export type CoroutineState = 'created' | 'running' | 'suspended' | 'closed'

/** Gives coroutines their color for async functions; the tasks put themselves here. */
export const asyncColor: {
  settle: <T>(coroutine: Coroutine<T, Wait, Resume>) => Promise<T>
} = {
  settle: coroutine =>
    Promise.reject(
      new Error(`"${coroutine.name}" cannot be awaited: import "plait", which brings the tasks`),
    ),
}

/**
 * A coroutine: made by a function of `coroutine(…)`, not started. It is waited for once (`yield*`, `await`, a task),
 * or driven by hand with `next`, `send`, `throw` and `close`.
 *
 * Where Python raises StopIteration(value), these return `{ done: true, value }`.
 *
 * @example
 * ```ts
 * const echo = coroutine(function* echo(): Generator<number, string, number> {
 *   let heard = yield 1
 *   while (heard < 100) heard = yield heard
 *   return 'done'
 * })
 * const voice = echo()
 * voice.next()    // { done: false, value: 1 }
 * voice.send(5)   // { done: false, value: 5 }
 * voice.send(100) // { done: true, value: 'done' }
 * ```
 * @see PEP 342, PEP 380
 */
export class Coroutine<T, Y = Wait, N = Resume> implements Frame, Strand {
  /** @internal */ readonly _gen: Iterator<unknown, unknown, unknown>
  /** @internal */ readonly _fn: { readonly name: string }
  /** @internal */ _flags = 0
  /** @internal */ _caller: Frame | undefined = undefined
  /** @internal */ _inner: Frame | undefined = undefined
  /** @internal */ _strand: Strand | undefined = undefined
  /** @internal */ _leaf: Frame | undefined = undefined
  /** @internal While driven by hand: the wait it stands in. Once ended: what it returned. */
  _result: unknown = undefined

  /** @internal */
  constructor(gen: Generator<Y, T, N>, fn: { readonly name: string }) {
    this._gen = gen as Iterator<unknown, unknown, unknown>
    this._fn = fn
    this._leaf = this
    born(this)
  }

  /** The name it was made with, or that of its function. */
  get name(): string {
    return this._fn.name || 'anonymous'
  }

  /** created, running, suspended or closed. A coroutine whose callee runs is running, as in Python. */
  get state(): CoroutineState {
    const strand = this._strand
    if (strand instanceof Coroutine ? (strand._flags & RUNNING) !== 0 : isStepping(strand)) return 'running'
    for (let frame: Frame | undefined = this; frame !== undefined; frame = frame._inner)
      if ((frame._flags & RUNNING) !== 0) return 'running'
    if ((this._flags & CLOSED) !== 0) return 'closed'
    return (this._flags & STARTED) === 0 ? 'created' : 'suspended'
  }

  /** What it waits for while suspended: a coroutine it delegates to, or what the innermost one is parked on. */
  get awaiting(): unknown {
    let inner = this._inner
    while (inner instanceof TwinFrame) inner = inner._inner
    if (inner !== undefined) return inner
    if (this.state !== 'suspended') return undefined
    const strand = this._strand
    if (strand === undefined) return this._result
    return '_waiting' in strand ? strand._waiting : undefined
  }

  /** File, line and column it is suspended at, in the innermost plain function if it calls some, found when asked (about half a millisecond); undefined where it cannot be. */
  get location(): string | undefined {
    if (this.state !== 'suspended') return undefined
    const calls: Frame[] = [this]
    for (let frame = this._inner; frame instanceof TwinFrame; frame = frame._inner) calls.push(frame)
    for (const { _gen } of calls.reverse()) {
      const location = _gen.next === nextOf ? inspectGenerator(_gen)?.location : undefined
      if (location !== undefined) return location
    }
    return undefined
  }

  /** Runs to the next `yield`, or to the end. */
  next(): IteratorResult<Y, T> {
    return this.#drive(false, undefined)
  }

  /**
   * Runs on, with `value` as what the `yield` it stands at gives.
   * @throws MisuseError if it has not started: there is no `yield` yet to give the value to
   */
  send(value: N): IteratorResult<Y, T> {
    if ((this._flags & (STARTED | CLOSED)) === 0 && value !== undefined) {
      throw misuse('sentBeforeStart', this.name, value)
    }
    return this.#drive(false, value)
  }

  /** Throws `error` at the `yield` it stands at. One that has not started is closed, and its body never runs. */
  throw(error: unknown): IteratorResult<Y, T> {
    return this.#drive(true, error)
  }

  /**
   * Throws GeneratorExit at the `yield` it stands at and gives what it then returns, if anything. One that has not
   * started is closed, and its body never runs; closing twice does nothing.
   * @throws MisuseError if it yields instead of ending
   */
  close(): T | undefined {
    if ((this._flags & CLOSED) !== 0) return undefined
    if (this.#isDriven) this.#refuse()
    return this._close() as T | undefined
  }

  [Symbol.dispose](): void {
    this.close()
  }

  [Symbol.iterator](): Iterator<Y, T, N> {
    return new Delegation(this) as unknown as Iterator<Y, T, N>
  }

  /** Awaited in an async function: runs in that function's task, elsewhere in a task of its own. */
  // biome-ignore lint/suspicious/noThenProperty: a coroutine is awaitable by design
  then<R1 = T, R2 = never>(
    this: Coroutine<T>,
    onFulfilled?: ((value: T) => R1 | PromiseLike<R1>) | null,
    onRejected?: ((error: unknown) => R2 | PromiseLike<R2>) | null,
  ): Promise<R1 | R2> {
    return asyncColor.settle(this).then(onFulfilled, onRejected)
  }

  toString(): string {
    return `<Coroutine ${this.name} ${this.state}>`
  }

  /** @internal Marks it as waited for, by somebody who will drive it from its first step. */
  _claim(): void {
    if ((this._flags & (STARTED | WAITED | CLOSED)) !== 0) throw misuse('coroutineReused', this.name)
    this._flags |= WAITED
    forgotten(this)
  }

  /** @internal One step by value, for a `for…of` or a generator that nobody of ours drives. */
  _advance(throwing: boolean, input: unknown): IteratorResult<unknown, unknown> {
    if ((this._flags & CLOSED) !== 0) {
      if (throwing) throw input
      return { done: true, value: undefined }
    }
    if ((this._flags & RUNNING) !== 0) throw misuse('alreadyRunning', this.name)
    if ((this._flags & STARTED) === 0) {
      if (throwing) {
        this.#end()
        throw input
      }
      this._flags |= STARTED
      forgotten(this)
    }
    // Resumed by hand out of a wait: the wait is told which one it was, and says so if it is not over.
    const held = this._result
    this._result = undefined
    this._flags |= RUNNING
    // Whatever stands below: a wait in here suspends no further than to whoever steps this.
    const { noSuspend } = nativeStack
    nativeStack.noSuspend = 0
    const result = resume(this, throwing, !throwing && held !== undefined ? held : input)
    nativeStack.noSuspend = noSuspend
    this._flags &= ~RUNNING
    // PEP 479: an end-of-iteration that is thrown is a mistake, never an end.
    if (result === THREW)
      throw isIteratorEnd(thrown.error) ? misuse('stopIteration', this.name) : thrown.error
    if (result === SUSPENDED || result === TURNING) this._result = result.value
    return result
  }

  /** @internal Closes it for whoever drives it. */
  _close(): unknown {
    if ((this._flags & CLOSED) !== 0) return undefined
    if ((this._flags & STARTED) === 0) {
      this.#end()
      return undefined
    }
    let result: IteratorResult<unknown, unknown>
    try {
      result = this._advance(true, generatorExit())
    } catch (error) {
      if (error instanceof GeneratorExit) return undefined
      throw error
    }
    if (result.done === true) return result.value
    throw misuse('ignoredExit', this.name, result.value)
  }

  #drive(throwing: boolean, input: unknown): IteratorResult<Y, T> {
    if (this.#isDriven) this.#refuse()
    const result = this._advance(throwing, input)
    // The shared result is good for the driver's one look; whoever drives by hand may keep theirs.
    return (result === SUSPENDED ? { done: false, value: SUSPENDED.value } : result) as IteratorResult<Y, T>
  }

  get #isDriven(): boolean {
    return this._strand !== undefined || (this._flags & (WAITED | CLOSED)) === WAITED
  }

  #refuse(): never {
    if (this.state === 'running') throw misuse('alreadyRunning', this.name)
    throw misuse('drivenElsewhere', this.name, this.#driver())
  }

  #driver(): string {
    if (this._caller !== undefined) return `coroutine "${this._caller.name}"`
    const strand = this._strand
    return strand === undefined || strand === this ? 'someone else' : String(strand)
  }

  #end(): void {
    this._flags = CLOSED
    forgotten(this)
    // An unstarted generator that is returned from never runs its body.
    this._gen.return?.(undefined)
  }
}

function isIteratorEnd(error: unknown): boolean {
  return (
    typeof error === 'object' && error !== null && 'done' in error && error.done === true && 'value' in error
  )
}
