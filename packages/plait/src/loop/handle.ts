import { apart, type Seat, type Surroundings } from '../coroutine/surroundings.ts'
import { type Ground, takeSurroundings } from './surround.ts'
import type { TimerEntry } from './timer-heap.ts'

/** What a handle needs of the loop it was made on. */
export interface HandleOwner extends Ground {
  /** @internal */
  _callbackFailed(error: unknown, callback: { readonly name: string }): void
  /** @internal */
  _timerDropped(): void
}

/**
 * A callback in a loop's queue, as `callSoon` gives it.
 *
 * @example
 * ```ts
 * const handle = loop.callSoon(console.log, 'soon')
 * handle.cancel()
 * ```
 * @see asyncio.Handle
 */
export class Handle implements TimerEntry, Seat {
  /** @internal */ readonly _loop: HandleOwner
  /** @internal */ _context: Surroundings
  #fn: ((...args: never[]) => unknown) | undefined
  #args: readonly unknown[]

  /** @internal */
  constructor(loop: HandleOwner, fn: (...args: never[]) => unknown, args: readonly unknown[]) {
    this._loop = loop
    this._context = takeSurroundings(loop)
    this.#fn = fn
    this.#args = args
  }

  /** @internal */
  get _dropped(): boolean {
    return this.#fn === undefined
  }

  /** The callback is not called any more. Cancelling twice, or too late, does nothing. */
  cancel(): void {
    this.#fn = undefined
    this.#args = []
  }

  cancelled(): boolean {
    return this.#fn === undefined
  }

  /** The name of the callback, for reports. */
  get name(): string {
    return this.#fn?.name || 'a callback'
  }

  /** @internal */
  run(): void {
    const fn = this.#fn
    if (fn === undefined) return
    try {
      apart(this, this._context.scope, all => fn(...all), this.#args as never[])
    } catch (error) {
      this._loop._callbackFailed(error, this)
    }
  }
}

/**
 * A callback with a time, as `callLater` and `callAt` give it.
 *
 * @example
 * ```ts
 * const handle = loop.callLater(100, refresh)
 * handle.when() // on the loop's clock, in milliseconds
 * ```
 * @see asyncio.TimerHandle
 */
export class TimerHandle extends Handle {
  readonly #when: number
  #isInHeap = true

  /** @internal */
  constructor(loop: HandleOwner, when: number, fn: (...args: never[]) => unknown, args: readonly unknown[]) {
    super(loop, fn, args)
    this.#when = when
  }

  /** The time it is due, on the loop's clock. */
  when(): number {
    return this.#when
  }

  override cancel(): void {
    if (this.#isInHeap && !this.cancelled()) this._loop._timerDropped()
    super.cancel()
  }

  /** @internal */
  override run(): void {
    this.#isInHeap = false
    super.run()
  }
}
