import type { Waiting } from '../coroutine/wait.ts'
import { atOnce, plainMethods } from '../greenlet/plain-method.ts'
import { holding, locking } from './held.ts'

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
  _hold<T>(fn: () => T): Waiting<T> {
    return holding(this, fn)
  }

  lock(): Disposable {
    return atOnce('DummySemaphore.lock', this._lock(), this.lock)
  }

  /** @internal */
  _lock(): Waiting<Disposable> {
    return locking(this)
  }

  toString(): string {
    return '<DummySemaphore>'
  }
}

plainMethods(DummySemaphore.prototype, ['hold', 'lock'])
