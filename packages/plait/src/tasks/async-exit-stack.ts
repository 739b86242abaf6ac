import type { ContextManager } from '../coroutine/contextmanager.ts'
import { Enterable } from '../coroutine/enterable.ts'
import { ExitList } from '../coroutine/exit-list.ts'
import type { Failure } from '../coroutine/failure.ts'
import type { Awaitable, Waiting } from '../coroutine/wait.ts'
import { checkCallback } from '../errors/check-callback.ts'
import { misuse } from '../errors/misuse-scopes.ts'
import type { AsyncContextManager } from './async-contextmanager.ts'
import { AsyncEnterable, type AsyncExit, leaveWaiting, perform } from './async-enterable.ts'
import { Call } from './call.ts'
import { Leaving } from './leaving.ts'

/**
 * Collects what is to be left at its end, and leaves it then, last in first out, waiting for each. An exit is told the
 * error under way; it may swallow that for those after it, or throw one in its place, whose `cause` it then is unless it
 * has one. All of them run in any case: a cancel that comes meanwhile is thrown at the wait of the exit under way, is
 * then the error under way itself, and the others follow.
 *
 * `with` a body it is told the body's error. With `await using stack = new AsyncExitStack()` it is told none: a
 * disposer never is.
 *
 * @example
 * ```ts
 * yield* new AsyncExitStack().with(function* (stack) {
 *   for (const name of names) yield* stack.enter(loggedIn(name))
 *   stack.callback(function* () { yield* report('all logged out') })
 *   yield* work()
 * })
 * ```
 * @see contextlib.AsyncExitStack
 */
export class AsyncExitStack extends AsyncEnterable<AsyncExitStack> implements AsyncDisposable {
  readonly #exits = new ExitList<AsyncExit>('AsyncExitStack')

  /** @internal */
  override get name(): string {
    return 'AsyncExitStack'
  }

  /**
   * Enters a manager of either kind and gives its value, or takes something disposable and gives that; it is left at
   * the end.
   *
   * Suspends: as entering does. Cancellation: goes there; what is entered already is left with the stack. If the stack
   * was closed meanwhile, what was entered is left at once.
   *
   * @throws MisuseError if it can be neither entered nor disposed of; if the stack is closed
   */
  enter<T>(manager: ContextManager<T> | AsyncContextManager<T>): Awaitable<T>
  enter<D extends Disposable | AsyncDisposable>(thing: D): Awaitable<D>
  enter(what: unknown): Awaitable<unknown> {
    return new Call('AsyncExitStack.enter(…)', () => this.#enter(what))
  }

  /**
   * At the end, calls `exit`, of any color, with the error under way, or undefined; if it gives true, that error is
   * swallowed.
   */
  push(exit: (error: unknown) => unknown): void {
    checkCallback('push', exit)
    this.#exits.add(failure => perform(exit, this.name, failure?.error))
  }

  /** At the end, calls `fn`, of any color, with these arguments, whatever happened. */
  callback<A extends readonly unknown[]>(fn: (...args: A) => unknown, ...args: A): void {
    checkCallback('callback', fn)
    this.#exits.add(() => this.#call(fn, args))
  }

  /** Moves all exits to a new stack, and this one keeps none: for what is to stay open once all of it went well. */
  popAll(): AsyncExitStack {
    const stack = new AsyncExitStack()
    this.#exits.moveTo(stack.#exits)
    return stack
  }

  /**
   * Leaves everything now, as after a body that ended well. A second time there is nothing to leave.
   *
   * Suspends: as the exits do. Cancellation: the exit under way is interrupted, the others still run.
   */
  close(): Awaitable<void> {
    return new Leaving('AsyncExitStack.close()', () => this.#close(), false)
  }

  [Symbol.asyncDispose](): Awaitable<void> {
    return new Leaving('AsyncExitStack', () => this.#close(), true)
  }

  /** @internal */
  override *_enter(): Waiting<this> {
    this.#exits.checkOpen()
    return this
  }

  /** @internal */
  override *_leave(failure: Failure | undefined): Waiting<true> {
    let under = failure
    for (let exit = this.#exits.take(); exit !== undefined; exit = this.#exits.take()) {
      try {
        if (yield* leaveWaiting(exit, under)) under = undefined
      } catch (error) {
        under = { error }
      }
    }
    if (under !== undefined) throw under.error
    return true
  }

  *#enter(what: unknown): Waiting<unknown> {
    this.#exits.checkOpen()
    let value: unknown = what
    let exit: AsyncExit
    if (what instanceof AsyncEnterable) {
      value = yield* what._enter()
      exit = failure => what._leave(failure)
    } else if (what instanceof Enterable) {
      value = what._enter()
      exit = failure => this.#leave(what, failure)
    } else {
      const thing = what as Partial<AsyncDisposable & Disposable> | undefined
      const dispose: unknown = thing?.[Symbol.asyncDispose] ?? thing?.[Symbol.dispose]
      if (typeof dispose !== 'function') throw misuse('notEnterable', 'AsyncExitStack', what)
      exit = () => this.#call(() => dispose.call(what), [])
    }
    if (this.#exits.isOpen) this.#exits.add(exit)
    else yield* this.#refused(exit)
    return value
  }

  /** What it may give to be waited for is no answer: the `close()` of `closing`, say. */
  *#leave(what: Enterable<unknown>, failure: Failure | undefined): Waiting<boolean> {
    let answer: unknown
    yield* perform(() => {
      answer = what._leave(failure)
      return answer
    }, this.name)
    return answer === true
  }

  *#refused(exit: AsyncExit): Waiting<never> {
    const error = misuse('stackClosed', this.name)
    yield* leaveWaiting(exit, { error })
    throw error
  }

  *#call<A extends readonly unknown[]>(fn: (...args: A) => unknown, args: A): Waiting<void> {
    yield* perform(fn, this.name, ...args)
  }

  *#close(): Waiting<void> {
    yield* this._leave(undefined)
  }
}
