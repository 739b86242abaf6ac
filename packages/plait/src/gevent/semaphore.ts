import type { Waiting } from '../coroutine/wait.ts'
import { misuse } from '../errors/misuse-gevent.ts'
import { showAsText } from '../errors/show.ts'
import { atOnce, plainMethods } from '../greenlet/plain-method.ts'
import type { BlockOptions } from './greenlet-options.ts'
import { holding, locking } from './held.ts'
import { AbstractLinkable } from './linkable.ts'

/** How to acquire. */
export interface AcquireOptions extends BlockOptions {
  /** As `block`, by the name that locks have for it in gevent. */
  blocking?: boolean | undefined
}

/**
 * So many permits, each for one at a time.
 *
 * Fairness: those who wait go on in the order they came, in the hub's next turn after a release; whoever asks before that
 * may be quicker.
 *
 * @example
 * ```ts
 * const connections = new Semaphore(2)
 * const page = connections.hold(() => fetchPage(url))
 * ```
 * @see gevent.lock.Semaphore
 */
export class Semaphore extends AbstractLinkable {
  /** How many permits are left. */
  counter: number

  constructor(value = 1) {
    super()
    if (!Number.isInteger(value) || value < 0) throw misuse('badPermits', this.constructor.name, value)
    this.counter = value
    this._notifyAll = false
  }

  /** Whether whoever asks would wait. */
  locked(): boolean {
    return this.counter <= 0
  }

  override ready(): boolean {
    return this.counter > 0
  }

  /** Gives a permit back; gives how many there are. */
  release(): number {
    this.counter += 1
    this._checkAndNotify()
    return this.counter
  }

  /**
   * Takes a permit: gives whether it has one.
   *
   * Suspends: while there is none. Cancellation: the place in line is lost, and no permit is.
   */
  acquire(options?: AcquireOptions): boolean {
    return atOnce(`${this.constructor.name}.acquire`, this._acquire(options), this.acquire)
  }

  /** @internal */
  *_acquire({ blocking = true, block = blocking, timeout }: AcquireOptions = {}): Waiting<boolean> {
    if (this.counter <= 0) {
      if (!block) return false
      if (!(yield* this._waiting(timeout))) return false
    }
    this.counter -= 1
    return true
  }

  /**
   * Waits until there is a permit, for so many milliseconds at most, and takes none: gives how many there are.
   *
   * Suspends: while there is none. Cancellation: nobody waits any more.
   */
  wait(timeout?: number): number {
    return atOnce(`${this.constructor.name}.wait`, this._wait(timeout), this.wait)
  }

  /** @internal */
  *_wait(timeout?: number): Waiting<number> {
    if (this.counter <= 0) yield* this._waiting(timeout)
    return this.counter
  }

  /**
   * Calls a function with a permit, which is given back at its end. Gives what the function does.
   *
   * Suspends: while there is none, and as the function does. Cancellation: the permit is given back.
   */
  hold<T>(fn: () => T): T {
    return atOnce(`${this.constructor.name}.hold`, this._hold(fn), this.hold)
  }

  /** @internal */
  _hold<T>(fn: () => T): Waiting<T> {
    return holding(this, fn)
  }

  /**
   * Takes a permit, to be given back once: by `using`, at the end of the block.
   *
   * Suspends: while there is none. Cancellation: the place in line is lost, and no permit is.
   *
   * @example
   * ```ts
   * using held = connections.lock()
   * ```
   */
  lock(): Disposable {
    return atOnce(`${this.constructor.name}.lock`, this._lock(), this.lock)
  }

  /** @internal */
  _lock(): Waiting<Disposable> {
    return locking(this)
  }

  /** @internal */
  override _waitReturnValue(waited: boolean, succeeded: boolean): boolean {
    return !waited || succeeded
  }

  override toString(): string {
    return `<${this.constructor.name} counter=${this.counter}, ${this.linkcount()} waiting>`
  }

  /** @internal */
  override _describe(): string {
    return `a permit of ${this}`
  }
}

plainMethods(Semaphore.prototype, ['acquire', 'wait', 'hold', 'lock'])
showAsText(Semaphore.prototype)
