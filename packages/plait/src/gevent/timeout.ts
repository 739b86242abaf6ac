import type { Waiting } from '../coroutine/wait.ts'
import { misuse } from '../errors/misuse-gevent.ts'
import { quietly } from '../errors/quiet.ts'
import { atOnce, plainMethods } from '../greenlet/plain-method.ts'
import { checkDelay } from '../loop/check-delay.ts'
import { currentStrand } from '../tasks/current.ts'
import type { Task } from '../tasks/task.ts'
import { called } from './called.ts'
import { getHub } from './hub.ts'
import type { HubTimer } from './hub-timer.ts'
import { RawGreenlet } from './raw-greenlet.ts'
import { throwInto } from './throw-into.ts'

/** What a timeout does that is none. */
export interface Cancellable {
  cancel(): void
}

const NO_TIMEOUT: Cancellable = { cancel: () => {} }

/** Of timeouts due together with a sleep, the sleep goes first. */
const LATE = -1

/**
 * Thrown in the greenlet that has started it, at its wait, when its time is up; or what it was given is. It is no ordinary
 * error: whoever catches errors has to let a timeout pass that is not their own.
 *
 * @example
 * ```ts
 * const timeout = Timeout.startNew(1000)
 * try {
 *   return load(url)
 * } catch (error) {
 *   if (error !== timeout) throw error
 *   return 'too slow'
 * } finally {
 *   timeout.close()
 * }
 * ```
 * @see gevent.Timeout
 */
export class Timeout extends Error implements Disposable {
  /** After how many milliseconds; undefined for never. */
  readonly ms: number | undefined
  /** What is thrown in place of the timeout: an error, or a class of errors; a text is added to its own; `false`: see `hold`. */
  readonly exception: unknown
  #timer: HubTimer | undefined
  #isClosed = false

  constructor(ms?: number | undefined, exception?: unknown) {
    super()
    if (ms !== undefined) checkDelay('new Timeout', ms)
    this.ms = ms
    this.exception = exception
    Object.defineProperty(this, 'message', {
      value: textOf(ms, exception),
      writable: true,
      configurable: true,
    })
  }

  /** One that has begun to count; given one, that one, started if it was not. */
  static startNew(timeout?: number | Timeout | undefined, exception?: unknown): Timeout {
    const made = timeout instanceof Timeout ? timeout : new Timeout(timeout, exception)
    if (!made.pending) made.start()
    return made
  }

  /** @internal One that has begun to count, or nothing, where no time was given. */
  static _startNewOrDummy(ms: number | undefined): Cancellable {
    return ms === undefined || ms === null ? NO_TIMEOUT : quietly(() => Timeout.startNew(ms))
  }

  /** Whether it counts. */
  get pending(): boolean {
    return this.#timer?.pending === true
  }

  /**
   * Begins to count, for the current greenlet.
   * @throws MisuseError if it does already, or is closed
   */
  start(): void {
    if (this.pending) throw misuse('timeoutPending', String(this))
    const strand = currentStrand() as Task<unknown> | undefined
    if (this.ms === undefined || strand === undefined) return
    if (this.#isClosed) throw misuse('timeoutClosed', String(this))
    this.#timer = getHub().timer(this.ms, LATE)
    this.#timer.start(expire, strand, this.#thrown())
  }

  /** Counts no more. It can be started again. */
  cancel(): void {
    this.#timer?.stop()
    this.#timer = undefined
  }

  /** Counts no more, and cannot be started again. */
  close(): void {
    this.cancel()
    this.#isClosed = true
  }

  [Symbol.dispose](): void {
    this.close()
  }

  /**
   * Calls a function under this timeout, started if it was not, and closed at the end. Gives what the function does; a
   * timeout made with `false` ends it in silence, and gives undefined.
   *
   * Suspends: as the function does. Cancellation: the timeout is closed.
   *
   * @throws what the function throws, and the timeout itself
   * @example
   * ```ts
   * const line = new Timeout(5000, false).hold(() => readLine())
   * ```
   * @see gevent.Timeout as a context manager
   */
  hold<T>(fn: () => T): T | undefined {
    return atOnce('Timeout.hold', this._hold(fn), this.hold)
  }

  /** @internal */
  *_hold<T>(fn: () => T): Waiting<T | undefined> {
    if (!this.pending) this.start()
    try {
      return yield* called(fn, [])
    } catch (error) {
      if (error === this && this.exception === false) return undefined
      throw error
    } finally {
      this.close()
    }
  }

  override toString(): string {
    return `<Timeout ${textOf(this.ms, this.exception)}${this.pending ? ', pending' : ''}>`
  }

  #thrown(): unknown {
    const { exception } = this
    if (
      exception === undefined ||
      exception === null ||
      exception === false ||
      typeof exception === 'string'
    ) {
      return this
    }
    return typeof exception === 'function' ? new (exception as new () => unknown)() : exception
  }
}
Timeout.prototype.name = 'Timeout'

plainMethods(Timeout.prototype, ['hold'])

function expire(greenlet: Task<unknown>, error: unknown): void {
  if (greenlet instanceof RawGreenlet) greenlet.throw(error)
  else throwInto(greenlet, error)
}

function textOf(ms: number | undefined, exception: unknown): string {
  const time = ms === undefined ? 'no time' : `${ms} ms`
  return typeof exception === 'string' ? `${time}: ${exception}` : time
}
