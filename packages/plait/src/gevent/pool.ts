import type { Waiting } from '../coroutine/wait.ts'
import { atOnce, plainMethods } from '../greenlet/plain-method.ts'
import { checkCount } from '../sync/check-count.ts'
import { checkOptions } from '../tasks/check-options.ts'
import { DummySemaphore } from './dummy-semaphore.ts'
import type { Greenlet } from './greenlet.ts'
import type { BlockOptions } from './greenlet-options.ts'
import { type GreenletClass, Group, type Member } from './group.ts'
import { Full } from './queue-errors.ts'
import { Semaphore } from './semaphore.ts'

/**
 * There was no room in a pool: at once, or for as long as was waited.
 *
 * @example
 * ```ts
 * try {
 *   pool.add(greenlet, { timeout: 1000 })
 * } catch (error) {
 *   if (!(error instanceof PoolFull)) throw error
 * }
 * ```
 * @see gevent.pool.PoolFull
 */
export class PoolFull extends Full {}
PoolFull.prototype.name = 'PoolFull'

/** How a pool is made. */
export interface GeventPoolOptions {
  /** What `spawn` makes: Greenlet, or a class that extends it. */
  greenletClass?: GreenletClass | undefined
}

/**
 * A group that has so many greenlets at most: whoever would add one more waits until one has ended.
 *
 * Fairness: those who wait are served in the order they came.
 *
 * @example
 * ```ts
 * const pool = new Pool(10)
 * for (const url of urls) pool.spawn(fetchPage, url) // waits while ten are running
 * pool.join()
 * ```
 * @see gevent.pool.Pool
 */
export class Pool extends Group {
  /** How many greenlets it may have; undefined: any number. One of 0 never has any. */
  readonly size: number | undefined
  readonly #semaphore: Semaphore | DummySemaphore

  constructor(size?: number | undefined, options: GeventPoolOptions = {}) {
    super()
    if (size !== undefined) checkCount('new Pool(size)', size, 0)
    checkOptions('new Pool(…)', options)
    this.size = size
    if (options.greenletClass !== undefined) this.greenletClass = options.greenletClass
    this.#semaphore = size === undefined ? new DummySemaphore() : new Semaphore(size)
  }

  /**
   * Takes a greenlet in, when there is room: best one that is not started, since it could end before it is in.
   *
   * Suspends: while there is no room. Cancellation: it is not taken in. Fairness: FIFO.
   *
   * @throws PoolFull if there is no room, and `block` is false or the time is up; MisuseError for what is no greenlet
   * @example
   * ```ts
   * pool.add(greenlet, { timeout: 1000 })
   * ```
   * @see gevent.pool.Pool.add
   */
  override add(greenlet: Member, options?: BlockOptions): void {
    atOnce('Pool.add', this._add(greenlet, options), this.add)
  }

  /** @internal */
  override *_add(greenlet: Member, { block = true, timeout }: BlockOptions = {}): Waiting<void> {
    if (!(yield* this.#semaphore._acquire({ block, timeout }))) throw new PoolFull(fullText(this, block))
    try {
      this._track(greenlet)
    } catch (error) {
      this.#semaphore.release()
      throw error
    }
  }

  /** @internal */
  override _discard(greenlet: Member): void {
    super._discard(greenlet)
    this.#semaphore.release()
  }

  /**
   * Takes a greenlet in that is not started, when there is room, and starts it.
   *
   * Suspends: as `add` does. Cancellation: it is not started. Fairness: FIFO.
   *
   * @throws PoolFull as `add` does; MisuseError for what is no greenlet
   * @example
   * ```ts
   * pool.start(new Greenlet(fetchPage, url), { block: false })
   * ```
   * @see gevent.pool.Pool.start
   */
  override start(greenlet: Greenlet, options?: BlockOptions): void {
    atOnce('Pool.start', this._start(greenlet, options), this.start)
  }

  /**
   * Waits until there is room, or the time is up; gives for how many more there is.
   *
   * Suspends: while there is none. Cancellation: nobody waits any more.
   *
   * @param timeout how many milliseconds to wait; else as long as it takes
   * @example
   * ```ts
   * if (pool.waitAvailable(1000) === 0) console.log('busy')
   * ```
   * @see gevent.pool.Pool.wait_available
   */
  override waitAvailable(timeout?: number): number {
    return atOnce('Pool.waitAvailable', this._waitAvailable(timeout), this.waitAvailable)
  }

  /** @internal */
  *_waitAvailable(timeout?: number): Waiting<number> {
    return yield* this.#semaphore._wait(timeout)
  }

  /** Whether no greenlet can be added without waiting. */
  override full(): boolean {
    return this.freeCount() <= 0
  }

  /**
   * How many more greenlets there is room for, about; 1 for a pool without a limit.
   *
   * @example
   * ```ts
   * while (pool.freeCount() > 0) pool.spawn(work)
   * ```
   * @see gevent.pool.Pool.free_count
   */
  freeCount(): number {
    return this.size === undefined ? 1 : Math.max(0, this.size - this.length)
  }

  override toString(): string {
    return this.size === undefined
      ? super.toString()
      : `<${this.constructor.name} ${this.length} of ${this.size}>`
  }
}

plainMethods(Pool.prototype, ['add', 'start', 'waitAvailable'])

function fullText(pool: Pool, waited: boolean): string {
  const since = waited ? ' all this time' : ''
  return `the pool has the ${pool.size} greenlets it may have${since}: wait longer, or make it larger`
}
