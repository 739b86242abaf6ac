import { misuse } from '../errors/misuse-together.ts'
import { Semaphore } from './semaphore.ts'

/**
 * A semaphore that refuses to be given back more than was taken.
 *
 * @example
 * ```ts
 * new BoundedSemaphore(1).release() // MisuseError
 * ```
 * @see gevent.lock.BoundedSemaphore
 */
export class BoundedSemaphore extends Semaphore {
  readonly #initial: number

  constructor(value = 1) {
    super(value)
    this.#initial = value
  }

  /** @throws MisuseError if all permits are there already */
  override release(): number {
    if (this.counter >= this.#initial) throw misuse('releasedTooOften', this.#initial)
    return super.release()
  }
}
