import type { Awaitable, Operation, Waiting } from '../coroutine/wait.ts'
import { misuse } from '../errors/misuse.ts'
import { TimeoutError } from '../errors/timeout-error.ts'
import { checkDelay } from '../loop/check-delay.ts'
import type { Scheduler } from '../loop/scheduler.ts'
import type { TimerEntry } from '../loop/timer-heap.ts'
import { Call } from './call.ts'
import { currentLoop } from './current.ts'
import { Interrupt } from './interrupt.ts'
import { runBody, strandOf } from './run-body.ts'
import type { Body } from './runnable.ts'

/** One deadline of a timeout: dropped when the timeout gets another. */
class Deadline implements TimerEntry {
  _dropped = false
  readonly #expire: () => void

  constructor(expire: () => void) {
    this.#expire = expire
  }

  run(): void {
    if (!this._dropped) this.#expire()
  }
}

/**
 * The time limit around a body: tells when it ends, and moves it.
 *
 * Times are those of the loop's clock: `scope.when() + 100` is a hundred milliseconds later than before.
 *
 * @example
 * ```ts
 * yield* timeout(500, function* (scope) {
 *   const size = yield* measure()
 *   scope.reschedule(getEventLoop().time() + size * 10)
 *   yield* work()
 * })
 * ```
 * @see asyncio.Timeout
 */
export class Timeout {
  readonly #loop: Scheduler
  #state: 'created' | 'active' | 'expiring' | 'expired' | 'finished' = 'created'
  #when: number | undefined
  #deadline: Deadline | undefined
  #interrupt: Interrupt | undefined

  /** @internal */
  constructor(when: number | undefined) {
    this.#loop = currentLoop()
    this.#when = when
  }

  /** The time it ends at, on the loop's clock; undefined if it never does. */
  when(): number | undefined {
    return this.#when
  }

  /** Whether time has run out. */
  expired(): boolean {
    return this.#state === 'expiring' || this.#state === 'expired'
  }

  /**
   * Moves the end to another time of the loop's clock: at once if that is past, never for undefined.
   * @throws MisuseError outside its body, or after it has expired
   */
  reschedule(when: number | undefined | null): void {
    if (this.#state === 'created') throw misuse('timeoutNotEntered')
    if (this.#state !== 'active') throw misuse('timeoutOver', this.#state)
    if (when !== undefined && when !== null) checkDelay('reschedule(when)', when)
    this.#when = when ?? undefined
    this.#drop()
    if (this.#when === undefined) return
    const deadline = new Deadline(() => this.#expire())
    this.#deadline = deadline
    if (this.#when <= this.#loop.time()) this.#loop._push(deadline)
    else this.#loop._pushTimer(this.#when, deadline)
  }

  /** @internal */
  _enter(): void {
    this.#interrupt = new Interrupt(strandOf('timeout(…)'))
    this.#state = 'active'
    this.reschedule(this.#when)
  }

  /** @internal Leaves the body, with the error it ended with, if any; whether that is this timeout's doing. */
  _leave(error?: unknown): boolean {
    this.#drop()
    this.#state = this.#state === 'expiring' ? 'expired' : 'finished'
    return (this.#interrupt as Interrupt).leave(error)
  }

  #expire(): void {
    this.#deadline = undefined
    this.#state = 'expiring'
    this.#interrupt?.fire()
  }

  #drop(): void {
    const deadline = this.#deadline
    if (deadline === undefined) return
    this.#deadline = undefined
    deadline._dropped = true
    this.#loop._timerDropped()
  }
}

/**
 * Runs a body, in this task, for at most `ms` milliseconds; then cancels what the body waits for and throws
 * TimeoutError. The body is an operation, or a function of any color, called with the scope, which can be rescheduled.
 *
 * Suspends: as the body does. Cancellation: goes to the body as ever; a cancel from elsewhere that meets the deadline
 * is not turned into a TimeoutError. An async body is interrupted itself, and nothing beside it.
 *
 * @param ms the limit; undefined or null for none
 * @throws TimeoutError if time ran out; what the body throws
 * @example
 * ```ts
 * const page = yield* timeout(seconds(2), fetchPage(url))
 * ```
 * @see asyncio.timeout
 */
export function timeout<T>(
  ms: number | undefined | null,
  body: Operation<T> | Body<[scope: Timeout], T>,
): Awaitable<T> {
  if (ms !== undefined && ms !== null) checkDelay('timeout(ms, …)', ms)
  return new Call('timeout(…)', () =>
    limited(new Timeout(ms === undefined || ms === null ? undefined : currentLoop().time() + ms), body),
  )
}

/**
 * As `timeout`, until a time of the loop's clock.
 *
 * @example
 * ```ts
 * const deadline = getEventLoop().time() + seconds(10)
 * for (const url of urls) yield* timeoutAt(deadline, fetchPage(url))
 * ```
 * @see asyncio.timeout_at
 */
export function timeoutAt<T>(
  when: number | undefined | null,
  body: Operation<T> | Body<[scope: Timeout], T>,
): Awaitable<T> {
  if (when !== undefined && when !== null) checkDelay('timeoutAt(when, …)', when)
  return new Call('timeoutAt(…)', () => limited(new Timeout(when ?? undefined), body))
}

function* limited<T>(scope: Timeout, body: Operation<T> | Body<[scope: Timeout], T>): Waiting<T> {
  scope._enter()
  let result: T
  try {
    result = yield* runBody(body, 'timeout(…)', scope)
  } catch (error) {
    if (scope._leave(error)) throw new TimeoutError(undefined, { cause: error })
    throw error
  }
  scope._leave()
  return result
}
