import type { Waiting } from '../coroutine/wait.ts'
import { showAsText } from '../errors/show.ts'
import { atOnce, plainMethods } from '../greenlet/plain-method.ts'
import { AbstractLinkable } from './linkable.ts'

/**
 * A flag that greenlets wait for.
 *
 * Fairness: those who wait go on in the order they came, in the hub's next turn; whoever comes while that is due goes
 * behind them. Set and cleared at once, it still lets go on all who waited.
 *
 * @example
 * ```ts
 * const ready = new Event()
 * spawn(() => { ready.wait(); console.log('go') })
 * ready.set()
 * ```
 * @see gevent.event.Event
 */
export class Event extends AbstractLinkable {
  #flag = false

  isSet(): boolean {
    return this.#flag
  }

  override ready(): boolean {
    return this.#flag
  }

  /** Lets go on all who wait, and who come until it is cleared. */
  set(): void {
    this.#flag = true
    this._checkAndNotify()
  }

  /** From now on whoever comes waits. */
  clear(): void {
    this.#flag = false
  }

  /**
   * Waits until it is set, for so many milliseconds at most: gives whether it was.
   *
   * Suspends: unless it is set, and nobody who has waited is still to go on. Cancellation: nobody waits any more.
   */
  wait(timeout?: number): boolean {
    return atOnce('Event.wait', this._wait(timeout), this.wait)
  }

  /** @internal */
  *_wait(timeout?: number): Waiting<boolean> {
    return (yield* this._waiting(timeout)) as boolean
  }

  /** @internal */
  override _waitReturnValue(waited: boolean, succeeded: boolean): boolean {
    return !waited || succeeded
  }

  override toString(): string {
    return `<Event ${this.#flag ? 'set' : 'clear'}, ${this.linkcount()} waiting>`
  }

  /** @internal */
  override _describe(): string {
    return 'an event that nobody has set'
  }
}

plainMethods(Event.prototype, ['wait'])
showAsText(Event.prototype)
