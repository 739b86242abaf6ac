import { checkCallback } from '../errors/check-callback.ts'
import { misuse } from '../errors/misuse-scopes.ts'
import type { ContextManager } from './contextmanager.ts'
import { Enterable } from './enterable.ts'
import { ExitList } from './exit-list.ts'
import { type Exit, type Failure, leave, waits } from './failure.ts'

/**
 * Collects what is to be left at its end, and leaves it then, last in first out, each told the error under way. An exit
 * may swallow the error for those after it, or throw one in its place, whose `cause` it then is unless it has one; all
 * of them run in any case.
 *
 * `with` a body it is told the body's error. With `using stack = new ExitStack()` it is told none: a disposer never is.
 *
 * @example
 * ```ts
 * using stack = new ExitStack()
 * const files = names.map(name => stack.enter(opened(name)))
 * stack.callback(console.log, 'all closed')
 * ```
 * @see contextlib.ExitStack
 */
export class ExitStack extends Enterable<ExitStack> implements Disposable {
  readonly #exits = new ExitList<Exit>('ExitStack')

  /** @internal */
  override get name(): string {
    return 'ExitStack'
  }

  /**
   * Enters a manager and gives its value, or takes something disposable and gives that; it is left at the end.
   * @throws MisuseError if it is neither, or waits; if the stack is closed, and then it is not entered
   */
  enter<T>(manager: ContextManager<T>): T
  enter<D extends Disposable>(thing: D): D
  enter(what: unknown): unknown {
    this.#exits.checkOpen()
    if (what instanceof Enterable) {
      const value: unknown = what._enter()
      this.#exits.add(failure => what._leave(failure))
      return value
    }
    const dispose: unknown = (what as Partial<Disposable> | undefined)?.[Symbol.dispose]
    if (typeof dispose !== 'function') throw misuse('notEnterable', 'ExitStack', what)
    this.callback(() => dispose.call(what))
    return what
  }

  /** At the end, calls `exit` with the error under way, or undefined; if it returns true, that error is swallowed. */
  push(exit: (error: unknown) => unknown): void {
    checkCallback('push', exit)
    this.#exits.add(failure => exit(failure?.error))
  }

  /** At the end, calls `fn` with these arguments, whatever happened. */
  callback<A extends readonly unknown[]>(fn: (...args: A) => unknown, ...args: A): void {
    checkCallback('callback', fn)
    this.#exits.add(() => {
      const product = fn(...args)
      return waits(product) ? product : undefined
    })
  }

  /** Moves all exits to a new stack, and this one keeps none: for what is to stay open once all of it went well. */
  popAll(): ExitStack {
    const stack = new ExitStack()
    this.#exits.moveTo(stack.#exits)
    return stack
  }

  /** Leaves everything now, as after a body that ended well. A second time there is nothing to leave. */
  close(): void {
    this._leaveAtOnce(undefined)
  }

  [Symbol.dispose](): void {
    this.close()
  }

  /** @internal */
  override _enter(): this {
    this.#exits.checkOpen()
    return this
  }

  /** @internal */
  override _leave(failure: Failure | undefined): boolean {
    let under = failure
    for (let exit = this.#exits.take(); exit !== undefined; exit = this.#exits.take()) {
      try {
        if (leave(this.name, exit, under)) under = undefined
      } catch (error) {
        under = { error }
      }
    }
    if (under !== undefined) throw under.error
    return true
  }
}
