import type { Awaitable, Waiting } from '../coroutine/wait.ts'
import { Call } from './call.ts'
import { ensureFuture } from './create-task.ts'
import { CANCELLED, FAILED, FINISHED, Future, STATE } from './future.ts'
import { checkRunnable, type Runnable } from './runnable.ts'
import { watchFuture } from './watch-future.ts'

/**
 * Waits for a task without handing a cancel on to it: whoever waits is cancelled, the task goes on.
 *
 * Suspends: until it is done. Cancellation: leaves what is shielded running. If that is cancelled itself, so is the wait.
 *
 * @example
 * ```ts
 * yield* shield(save(order)) // a cancel ends the wait, never the saving
 * ```
 * @see asyncio.shield
 */
export function shield<T>(what: Runnable<T>): Awaitable<T> {
  checkRunnable(what)
  return new Call('shield(…)', () => shielded(what))
}

class Shield<T> extends Future<T> {
  readonly inner: Future<T>
  readonly #unwatch: () => void

  constructor(inner: Future<T>) {
    super({ loop: inner._loop })
    this.inner = inner
    this.#unwatch = watchFuture(inner, () => {
      if (this.cancelled()) return
      if (inner.cancelled()) this._finish(CANCELLED, undefined)
      else if ((inner._flags & STATE) === FAILED) this._finish(FAILED, inner._takeError())
      else this._finish(FINISHED, inner._value)
    })
    // In its turn, as every callback: an inner one that ends before then is still heard.
    watchFuture(this as Future<T>, () => {
      if (!inner.done()) this.#unwatch()
    })
  }

  override _describe(): string {
    return `${this.inner._describe()} (shielded)`
  }

  override _blockers(): Iterable<Future<unknown>> {
    return [this.inner]
  }
}

function* shielded<T>(what: Runnable<T>): Waiting<T> {
  const inner = ensureFuture(what)
  if (inner.done()) return yield* inner
  return yield* new Shield(inner)
}
