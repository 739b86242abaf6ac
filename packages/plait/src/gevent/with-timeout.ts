import type { AnyFunction, TwinMaker } from '../coroutine/twin.ts'
import type { Waiting } from '../coroutine/wait.ts'
import { atOnce, plainFunction } from '../greenlet/plain-method.ts'
import { checkRun } from './call-text.ts'
import { called } from './called.ts'
import { Timeout } from './timeout.ts'

/** What `withTimeout` gives if the time is up. */
export interface TimeoutValue<V> {
  timeoutValue: V
}

/**
 * Calls a function, for so many milliseconds at most, and gives what it does. If the time is up gives `timeoutValue`, where
 * there is one.
 *
 * Suspends: as the function does. Cancellation: the timeout is closed.
 *
 * @throws what the function throws; a Timeout if the time is up and no `timeoutValue` was given
 * @example
 * ```ts
 * const page = withTimeout(5000, { timeoutValue: undefined }, fetchPage, url)
 * ```
 * @see gevent.with_timeout
 */
export function withTimeout<A extends readonly unknown[], R>(
  ms: number | undefined,
  fn: (...args: A) => R,
  ...args: A
): R
export function withTimeout<V, A extends readonly unknown[], R>(
  ms: number | undefined,
  otherwise: TimeoutValue<V>,
  fn: (...args: A) => R,
  ...args: A
): R | V
export function withTimeout(ms: number | undefined, ...rest: unknown[]): unknown {
  return atOnce('withTimeout', limited(ms, ...rest), withTimeout as AnyFunction)
}

function* limited(ms: number | undefined, ...rest: unknown[]): Waiting<unknown> {
  const otherwise = typeof rest[0] === 'object' && rest[0] !== null ? (rest.shift() as object) : undefined
  const [fn, ...args] = rest as [AnyFunction, ...unknown[]]
  checkRun('withTimeout(…)', fn)
  const timeout = Timeout.startNew(ms)
  try {
    return yield* called(fn as (...all: unknown[]) => unknown, args)
  } catch (error) {
    if (error !== timeout || otherwise === undefined || !('timeoutValue' in otherwise)) throw error
    return otherwise.timeoutValue
  } finally {
    timeout.cancel()
  }
}

plainFunction(withTimeout as AnyFunction, limited as TwinMaker)
