import type { Waiting } from '../coroutine/wait.ts'
import { atOnce, plainMethods } from '../greenlet/plain-method.ts'
import { called } from './called.ts'
import { Held } from './held.ts'

/**
 * What looks like a semaphore and never makes anybody wait: for whatever takes one, where there is no limit.
 *
 * @example
 * ```ts
 * const limit = isLimited ? new Semaphore(10) : new DummySemaphore()
 * ```
 * @see gevent.lock.DummySemaphore
 */
export class DummySemaphore {
  locked(): boolean {
    return false
  }

  ready(): boolean {
    return true
  }

  release(): void {}

  rawlink(_link: unknown): void {}

  unlink(_link: unknown): void {}

  acquire(_options?: unknown): boolean {
    return true
  }

  /** @internal */
  *_acquire(_options?: unknown): Waiting<boolean> {
    return true
  }

  wait(_timeout?: number): number {
    return 1
  }

  /** @internal */
  *_wait(_timeout?: number): Waiting<number> {
    return 1
  }

  /**
   * Calls a function, and gives what it does.
   *
   * Suspends: as the function does.
   */
  hold<T>(fn: () => T): T {
    return atOnce('DummySemaphore.hold', this._hold(fn), this.hold)
  }

  /** @internal */
  _hold<T>(fn: () => T): Generator<never, T, unknown> {
    return called(fn, [])
  }

  lock(): Disposable {
    return new Held(this)
  }

  toString(): string {
    return '<DummySemaphore>'
  }
}

plainMethods(DummySemaphore.prototype, ['hold'])
