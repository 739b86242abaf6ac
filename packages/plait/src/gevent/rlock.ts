import type { Waiting } from '../coroutine/wait.ts'
import { misuse } from '../errors/misuse-gevent.ts'
import { showAsText } from '../errors/show.ts'
import { atOnce, plainMethods } from '../greenlet/plain-method.ts'
import { currentHolder, describeHolders, type Holder } from '../tasks/holder.ts'
import { holding, locking } from './held.ts'
import { type AcquireOptions, Semaphore } from './semaphore.ts'

/**
 * A lock that the greenlet which has it may take again; it is free when it was given back as often.
 *
 * Fairness: as a semaphore's.
 *
 * @example
 * ```ts
 * const lock = new RLock()
 * lock.hold(() => lock.hold(() => console.log('twice')))
 * ```
 * @see gevent.lock.RLock
 */
export class RLock {
  readonly #block = new Semaphore(1)
  #owner: { readonly holder: Holder } | undefined
  #count = 0

  /** How often its owner has taken it. */
  get count(): number {
    return this.#count
  }

  /** Whose it is. */
  get owner(): Holder {
    return this.#owner?.holder
  }

  /** Whether somebody has it. */
  locked(): boolean {
    return this.#owner !== undefined
  }

  /**
   * Takes it: gives whether it has it.
   *
   * Suspends: while another greenlet has it. Cancellation: the place in line is lost, and the lock is not.
   */
  acquire(options?: AcquireOptions): boolean {
    return atOnce('RLock.acquire', this._acquire(options), this.acquire)
  }

  /** @internal */
  *_acquire(options?: AcquireOptions): Waiting<boolean> {
    const holder = currentHolder()
    if (this.#isOf(holder)) {
      this.#count += 1
      return true
    }
    if (!(yield* this.#block._acquire(options))) return false
    this.#owner = { holder }
    this.#count = 1
    return true
  }

  /**
   * Gives it back once.
   * @throws MisuseError if it is not the running greenlet's
   */
  release(): void {
    const holder = currentHolder()
    if (!this.#isOf(holder)) throw misuse('lockOfAnother', describe(this.#owner), describeHolders([holder]))
    this.#count -= 1
    if (this.#count > 0) return
    this.#owner = undefined
    this.#block.release()
  }

  /**
   * Calls a function with the lock, which is given back at its end. Gives what the function does.
   *
   * Suspends: while another greenlet has it, and as the function does. Cancellation: the lock is given back.
   */
  hold<T>(fn: () => T): T {
    return atOnce('RLock.hold', this._hold(fn), this.hold)
  }

  /** @internal */
  _hold<T>(fn: () => T): Waiting<T> {
    return holding(this, fn)
  }

  /**
   * Takes it, to be given back once: by `using`, at the end of the block.
   *
   * Suspends: while another greenlet has it. Cancellation: the place in line is lost, and the lock is not.
   */
  lock(): Disposable {
    return atOnce('RLock.lock', this._lock(), this.lock)
  }

  /** @internal */
  _lock(): Waiting<Disposable> {
    return locking(this)
  }

  toString(): string {
    return `<RLock ${this.locked() ? `of ${describe(this.#owner)}, ${this.#count} times` : 'free'}>`
  }

  #isOf(holder: Holder): boolean {
    return this.#owner !== undefined && this.#owner.holder === holder
  }
}

plainMethods(RLock.prototype, ['acquire', 'hold', 'lock'])
showAsText(RLock.prototype)

function describe(owner: { readonly holder: Holder } | undefined): string {
  return owner === undefined ? 'nobody' : describeHolders([owner.holder])
}
