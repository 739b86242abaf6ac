import type { Waiting } from '../coroutine/wait.ts'
import { misuse } from '../errors/misuse-bridges.ts'
import { FAILED, FINISHED, Future, PENDING, STATE } from './future.ts'

/** A wait for the world outside: it alone knows when, so a loop that waits for it is not stuck. */
export class OutsideWait<T> extends Future<T> {
  /** What is done when it is given up. */
  undo: ((reason: unknown) => void) | undefined
  readonly #what: string

  constructor(what: string) {
    super()
    this.#what = what
    this._loop._outsideBegins()
  }

  /** Ends it, unless that was done. Whoever waits gets the error: it never needs the report of one that nobody took. */
  settle(state: typeof FINISHED | typeof FAILED, value: unknown): void {
    if ((this._flags & STATE) === PENDING) this._finish(state, value)
  }

  override cancel(reason?: unknown): boolean {
    if (!super.cancel(reason)) return false
    try {
      this.undo?.(reason)
    } catch (error) {
      // Whoever cancels has no part in it, and the wait is over.
      this._loop._callbackFailed(error, { name: `giving up ${this.#what}` })
    }
    return true
  }

  override _finish(state: number, value: unknown): void {
    this._loop._outsideEnds()
    super._finish(state, value)
  }

  override _describe(): string {
    return this.#what
  }

  override _title(): string {
    return this.#what
  }
}

/** What begins something outside, is told how it ends, and may give what undoes it. */
export type Begin<T> = (
  resolve: (value: T) => void,
  reject: (error: unknown) => void,
  // biome-ignore lint/suspicious/noConfusingVoidType: a function that returns nothing is one
) => ((reason: unknown) => void) | void

/** Waits for what `begin` calls back with; undoes it if the wait is given up. */
export function* waitOutside<T>(what: string, begin: Begin<T>): Waiting<T> {
  const wait = new OutsideWait<T>(what)
  try {
    const undo: unknown = begin(
      value => wait.settle(FINISHED, value),
      error => wait.settle(FAILED, error),
    )
    if (undo !== undefined && typeof undo !== 'function') throw misuse('notAnUndo', undo)
    wait.undo = undo as (() => void) | undefined
  } catch (error) {
    wait.cancel()
    throw error
  }
  return yield* wait
}
