import type { Awaitable, Resume, Wait, Waiting } from '../coroutine/wait.ts'
import { show, showAsText } from '../errors/show.ts'
import { atOnce, plainMethods } from '../greenlet/plain-method.ts'
import { Call } from '../tasks/call.ts'
import type { BlockOptions } from './greenlet-options.ts'
import { AbstractLinkable } from './linkable.ts'
import type { LinkTarget } from './links.ts'
import { Timeout } from './timeout.ts'

/** What a result may be linked to: it takes its value, or its error. */
interface Ended<T> {
  successful(): boolean
  readonly value: T | undefined
  exception(): unknown
}

/**
 * A value, or an error, that greenlets wait for. Given as a link, it takes what the greenlet gives in the end. Code of the
 * other colors waits for it as for a future: `yield* result`, `await result`.
 *
 * Fairness: those who wait go on in the order they came, in the hub's next turn.
 *
 * @example
 * ```ts
 * const answer = new AsyncResult<number>()
 * spawn(() => 42).link(answer)
 * answer.get() // 42
 * ```
 * @see gevent.event.AsyncResult
 */
export class AsyncResult<T = unknown> extends AbstractLinkable implements LinkTarget, Awaitable<T> {
  /** One that is given both holds both: it is the value that is given on. */
  #given: { readonly value: T } | undefined
  #failed: { readonly error: unknown } | undefined

  override ready(): boolean {
    return this.#given !== undefined || this.#failed !== undefined
  }

  /** Whether it holds a value. */
  successful(): boolean {
    return this.#given !== undefined
  }

  /** The value, once it holds one. */
  get value(): T | undefined {
    return this.#given?.value
  }

  /** The error, once it holds one. */
  exception(): unknown {
    return this.#failed?.error
  }

  /** Gives it a value; whoever waits goes on. */
  set(value: T): void {
    this.#given = { value }
    this._checkAndNotify()
  }

  /** Gives it an error; whoever waits is thrown it. */
  setException(error: unknown): void {
    this.#failed = { error }
    this._checkAndNotify()
  }

  /**
   * The value.
   *
   * Suspends: until there is one, or an error. Cancellation: nobody waits any more.
   *
   * @throws the error it holds; a Timeout if the time is up, or at once if it is not to `block`
   */
  get(options?: BlockOptions): T {
    return atOnce('AsyncResult.get', this._get(options), this.get)
  }

  /** @internal */
  *_get({ block = true, timeout }: BlockOptions = {}): Waiting<T> {
    if (!this.ready() && block) yield* this._waitCore(timeout, false)
    if (this.#given !== undefined) return this.#given.value
    throw this.#failed === undefined ? new Timeout() : this.#failed.error
  }

  /**
   * The value, at once.
   * @throws the error it holds; a Timeout if there is neither
   */
  getNowait(): T {
    return this.get({ block: false })
  }

  /**
   * Waits until it holds something, for so many milliseconds at most: gives the value if it does.
   *
   * Suspends: until then. Cancellation: nobody waits any more.
   */
  wait(timeout?: number): T | undefined {
    return atOnce('AsyncResult.wait', this._wait(timeout), this.wait)
  }

  /** @internal */
  *_wait(timeout?: number): Waiting<T | undefined> {
    return (yield* this._waiting(timeout)) as T | undefined
  }

  /** @internal */
  override _waitReturnValue(): T | undefined {
    return this.value
  }

  /** As `get`, with a time in milliseconds. */
  result(timeout?: number): T {
    return atOnce('AsyncResult.result', this._result(timeout), this.result)
  }

  /** @internal */
  _result(timeout?: number): Waiting<T> {
    return this._get({ timeout })
  }

  /** As `set`. */
  setResult(value: T): void {
    this.set(value)
  }

  /** As `ready`. */
  done(): boolean {
    return this.ready()
  }

  /** Whoever is to set it knows nothing of a cancel: it cannot be. */
  cancel(): boolean {
    return false
  }

  cancelled(): boolean {
    return false
  }

  [Symbol.iterator](): Iterator<Wait, T, Resume> {
    return this.#awaited()[Symbol.iterator]()
  }

  // biome-ignore lint/suspicious/noThenProperty: a result is awaitable by design
  then<R1 = T, R2 = never>(
    onFulfilled?: ((value: T) => R1 | PromiseLike<R1>) | null,
    onRejected?: ((error: unknown) => R2 | PromiseLike<R2>) | null,
  ): Promise<R1 | R2> {
    return this.#awaited().then(onFulfilled, onRejected)
  }

  #awaited(): Call<T> {
    return new Call('AsyncResult.get', () => this._get())
  }

  /** @internal Takes what something linked has given. */
  _linked(source: Ended<T>): void {
    if (source.successful()) this.set(source.value as T)
    else this.setException(source.exception())
  }

  override toString(): string {
    const value = this.#given && `value=${show(this.#given.value)}`
    const error = this.#failed && `exception=${show(this.#failed.error)}`
    const state = [value, error].filter(part => part !== undefined).join(', ') || 'unset'
    return `<AsyncResult ${state}, ${this.linkcount()} waiting>`
  }

  /** @internal */
  override _describe(): string {
    return 'a result that nobody has set'
  }
}

plainMethods(AsyncResult.prototype, ['get', 'wait', 'result'])
showAsText(AsyncResult.prototype)
