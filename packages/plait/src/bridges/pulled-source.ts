import type { Waiting } from '../coroutine/wait.ts'
import { isCancelled } from '../errors/cancelled-error.ts'
import { show } from '../errors/show.ts'
import { FINISHED } from '../tasks/future.ts'
import { OutsideWait } from '../tasks/outside-wait.ts'
import { shield } from '../tasks/shield.ts'
import { FedSource } from './fed-source.ts'
import { beginOutside } from './outward.ts'
import type { Tap } from './taps.ts'

/** The items of an async iterator, which is asked for one when somebody wants one, and not before. */
export class PulledSource<T> extends FedSource<T> {
  override readonly _isOutside = true
  readonly #items: unknown
  readonly #open: () => Tap<T>
  #tap: Tap<T> | undefined
  /** Its `next` is under way. */
  #isAsked = false
  #left: OutsideWait<void> | undefined

  constructor(items: unknown, open: () => Tap<T>) {
    super('sourceOf(…)')
    this.#items = items
    this.#open = open
  }

  override _awaited(): string {
    return `the next item of ${show(this.#items)}`
  }

  override _wanted(): void {
    if (this.#isAsked) return
    this.#isAsked = true
    beginOutside(() => this.#opened().next()).then(
      step => this.#got(step),
      error => this.#threw(error),
    )
  }

  override *_leave(): Waiting<void> {
    if (!this._intake.isOver) {
      this._ended()
      this.#return()
    }
    this._intake.clear()
    if (this.#left !== undefined) yield* shield(this.#left)
  }

  #opened(): Tap<T> {
    this.#tap ??= this.#open()
    return this.#tap
  }

  #got(step: IteratorResult<T, unknown>): void {
    this.#isAsked = false
    if (step.done === true) this._ended()
    else this._intake.put(step.value)
    if (this._intake.isWanted) this._wanted()
  }

  #threw(error: unknown): void {
    this.#isAsked = false
    if (!this._intake.isOver) this._failed(error)
    else if (this.#left === undefined) this.#report(error)
  }

  /** Has the iterator end. One that is at a `next` ends after that, which may be never: nobody waits for it. */
  #return(): void {
    const ended = beginOutside(() => this.#opened().return?.())
    if (this.#isAsked && this.#tap?.isInterruptible !== true) {
      ended.catch(error => this.#report(error))
      return
    }
    const left = new OutsideWait<void>(`the end of ${show(this.#items)}`)
    this.#left = left
    ended.then(
      () => left.settle(FINISHED, undefined),
      error => left._fail(error),
    )
  }

  #report(error: unknown): void {
    if (!isCancelled(error)) this._loop._callbackFailed(error, { name: `leaving ${show(this.#items)}` })
  }
}
