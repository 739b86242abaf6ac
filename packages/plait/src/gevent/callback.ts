import type { Entry } from '../loop/ready-ring.ts'

/** What a callback needs of its hub. */
export interface CallbackOwner {
  /** How many callbacks are queued. */
  pendingCallbacks: number
  handleError(context: unknown, error: unknown): void
}

/**
 * A function in the line of a hub, as `hub.runCallback(…)` gives it.
 *
 * @example
 * ```ts
 * const callback = getHub().runCallback(console.log, 'soon')
 * callback.stop()
 * ```
 * @see gevent.core.callback
 */
export class Callback implements Entry {
  readonly #hub: CallbackOwner
  #fn: ((...args: never[]) => unknown) | undefined
  #args: readonly unknown[]

  /** @internal */
  constructor(hub: CallbackOwner, fn: (...args: never[]) => unknown, args: readonly unknown[]) {
    this.#hub = hub
    this.#fn = fn
    this.#args = args
    hub.pendingCallbacks += 1
  }

  /** Whether it is still to be called. */
  get pending(): boolean {
    return this.#fn !== undefined
  }

  /** It is not called any more. Too late, it does nothing. */
  stop(): void {
    if (this.#fn === undefined) return
    this.#fn = undefined
    this.#args = []
    this.#hub.pendingCallbacks -= 1
  }

  toString(): string {
    return textOf(this.#fn)
  }

  /** @internal */
  run(): void {
    const fn = this.#fn
    if (fn === undefined) return
    const args = this.#args
    this.stop()
    try {
      fn(...(args as never[]))
    } catch (error) {
      this.#hub.handleError(textOf(fn), error)
    }
  }
}

function textOf(fn: { readonly name: string } | undefined): string {
  return `<Callback ${fn === undefined ? 'that is over' : fn.name || 'of a function'}>`
}
