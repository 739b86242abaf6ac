import type { Waiting } from '../coroutine/wait.ts'
import { misuse } from '../errors/misuse-gevent.ts'
import { atOnce, plainMethods } from '../greenlet/plain-method.ts'
import { Parked } from './parked.ts'

/**
 * Hands one value, or an error, from the hub to the greenlet that waits for it; whichever comes first.
 *
 * @example
 * ```ts
 * const waiter = new Waiter<string>()
 * getHub().timer(100).start(() => waiter.switch('from the hub'))
 * waiter.get() // after a tenth of a second
 * ```
 * @see gevent.hub.Waiter
 */
export class Waiter<T> {
  #parked: Parked<T> | undefined
  #outcome: { readonly value: T } | { readonly error: unknown } | undefined

  /** Forgets what it holds: it can be used again. */
  clear(): void {
    this.#outcome = undefined
  }

  /** Whether it holds a value or an error. */
  ready(): boolean {
    return this.#outcome !== undefined
  }

  /** Whether it holds a value. */
  successful(): boolean {
    return this.#outcome !== undefined && 'value' in this.#outcome
  }

  /** Resumes the greenlet that waits, at once, with this; if none does, keeps it. To be called in the hub. */
  switch(value: T): void {
    if (this.#parked === undefined) this.#outcome = { value }
    else this.#parked.switch(value)
  }

  /** Resumes the greenlet that waits, at once, with an error; if none does, keeps it. To be called in the hub. */
  throw(error: unknown): void {
    if (this.#parked === undefined) this.#outcome = { error }
    else this.#parked.throw(error)
  }

  /**
   * What it holds, or will be given.
   *
   * Suspends: until there is something. Cancellation: nobody waits any more, and what comes is kept.
   *
   * @throws the error that it was given; MisuseError if another greenlet waits here
   */
  get(): T {
    return atOnce('Waiter.get', this._get(), this.get)
  }

  /** @internal */
  *_get(): Waiting<T> {
    const outcome = this.#outcome
    if (outcome !== undefined) {
      if ('error' in outcome) throw outcome.error
      return outcome.value
    }
    if (this.#parked !== undefined) throw misuse('waiterInUse')
    this.#parked = new Parked('a waiter')
    try {
      return yield* this.#parked
    } finally {
      this.#parked = undefined
    }
  }
}

plainMethods(Waiter.prototype, ['get'])
