import type { AnyFunction, TwinMaker } from '../coroutine/twin.ts'
import type { Waiting } from '../coroutine/wait.ts'
import { GreenletExit } from '../errors/greenlet-exit.ts'
import { misuse } from '../errors/misuse-gevent.ts'
import { atOnce, plainFunction } from '../greenlet/plain-method.ts'
import { plainWait } from '../greenlet/plain-wait.ts'
import { checkList } from '../tasks/runnable.ts'
import { Task } from '../tasks/task.ts'
import { errorOf } from './error-of.ts'
import { Greenlet } from './greenlet.ts'
import type { BlockOptions } from './greenlet-options.ts'
import { getHub } from './hub.ts'
import { RawGreenlet } from './raw-greenlet.ts'
import { throwInto } from './throw-into.ts'
import { Timeout } from './timeout.ts'
import { type Linkable, readyOf, type WaitManyOptions } from './wait.ts'
import { Waiter } from './waiter.ts'

/** How to wait for greenlets. */
export interface JoinAllOptions extends WaitManyOptions {
  /** Whether the first error that one of them ends with is thrown; else errors are no matter. */
  raiseError?: boolean | undefined
}

/**
 * Waits until greenlets are over, all or so many of them, or the time is up: gives those that are, in the order they ended.
 *
 * Suspends: until then. Cancellation: nobody waits any more; the greenlets go on.
 *
 * @throws with `raiseError`, the first error that one of them ends with
 * @example
 * ```ts
 * joinall([spawn(fetchPage, a), spawn(fetchPage, b)])
 * ```
 * @see gevent.joinall
 */
export const joinall: <T extends Linkable>(greenlets: Iterable<T>, options?: JoinAllOptions) => T[] =
  plainWait(
    'joinall',
    (greenlets: Iterable<Linkable>, { raiseError = false, ...options }: JoinAllOptions = {}) =>
      readyOf('joinall(…)', greenlets, options, raiseError ? throwItsError : undefined),
  ) as never

function throwItsError(one: unknown): void {
  if (!(one instanceof Greenlet) || one.successful()) return
  const error = one.exception()
  if (error !== undefined) throw error
}

/** How to kill several. */
export interface KillAllOptions extends BlockOptions {
  /** An error, or a class of errors; else a GreenletExit. */
  exception?: unknown
}

/**
 * Throws an error in greenlets, at their waits, and waits for their ends. One that has not begun never runs.
 *
 * Suspends: until all are over, unless `block` is false. Cancellation: they are killed all the same.
 *
 * @throws a Timeout if the time is up before all are over; MisuseError for what is no greenlet, and then none is killed
 * @example
 * ```ts
 * killall(workers, { timeout: 1000 })
 * ```
 * @see gevent.killall
 */
export function killall(greenlets: Iterable<Task<unknown>>, options?: KillAllOptions): void {
  return atOnce('killall', killing(greenlets, options), killall as AnyFunction)
}

plainFunction(killall as AnyFunction, killing as TwinMaker)

function* killing(
  greenlets: Iterable<Task<unknown>>,
  { exception = GreenletExit, block = true, timeout }: KillAllOptions = {},
): Waiting<void> {
  checkList('killall(…)', greenlets)
  const all = [...greenlets]
  for (const one of all) checkGreenlet('killall(…)', one)
  const rest = all.filter(one => !(one instanceof Greenlet && one._killBeforeStart(errorOf(exception))))
  if (rest.length === 0) return
  if (!block) {
    getHub().runCallback(throwInAll, rest, exception)
    return
  }
  const waiter = new Waiter<Task<unknown>[]>()
  getHub().runCallback(() => waiter.switch(throwInAll(rest, exception)))
  const timer = Timeout._startNewOrDummy(timeout)
  try {
    const alive = yield* waiter._get()
    if (alive.length > 0) yield* readyOf('killall(…)', alive as unknown as Linkable[], {})
  } finally {
    timer.cancel()
  }
}

/** Throws an error in those that are not over, one after another; gives those that are not even then. */
function throwInAll(greenlets: readonly Task<unknown>[], exception: unknown): Task<unknown>[] {
  const alive: Task<unknown>[] = []
  for (const one of greenlets) {
    if (one.done()) continue
    throwIn(one, exception)
    if (!one.done()) alive.push(one)
  }
  return alive
}

function throwIn(greenlet: Task<unknown>, exception: unknown): void {
  const error = errorOf(exception)
  if (greenlet instanceof Greenlet || greenlet instanceof RawGreenlet) greenlet.throw(error)
  else throwInto(greenlet, error)
}

/**
 * Has an error thrown in a greenlet, at its wait, in its turn; waits for nothing. For greenlets that have no `kill` of their
 * own: the main one, and those of `spawnRaw`.
 *
 * @param exception an error, or a class of errors; else a GreenletExit
 * @throws MisuseError for what is no greenlet
 * @example
 * ```ts
 * kill(raw)
 * ```
 * @see gevent.kill
 */
export function kill(greenlet: Task<unknown>, exception: unknown = GreenletExit): void {
  checkGreenlet('kill(…)', greenlet)
  if (greenlet.done()) return
  if (greenlet instanceof Greenlet && greenlet._killBeforeStart(errorOf(exception))) return
  getHub().runCallback(throwIn, greenlet, exception)
}

function checkGreenlet(what: string, value: unknown): void {
  if (!(value instanceof Task)) throw misuse('notToBeKilled', what, value)
}
