import { greenletOf } from '../coroutine/greenlet.ts'
import type { Awaitable, Operation, Waiting } from '../coroutine/wait.ts'
import { isCancelled } from '../errors/cancelled-error.ts'
import { TimeoutError } from '../errors/timeout-error.ts'
import { checkDelay } from '../loop/check-delay.ts'
import { Call } from './call.ts'
import { ensureFuture } from './create-task.ts'
import { followed } from './followed.ts'
import { FINISHED, Future } from './future.ts'
import { type Body, checkRunnable, type Runnable } from './runnable.ts'
import { timeout } from './timeout.ts'
import { watchFuture } from './watch-future.ts'

/**
 * Waits for something for at most `ms` milliseconds, in this task; then cancels it, waits for it to end and throws
 * TimeoutError. A result that was there in time is never lost.
 *
 * Suspends: until it is done or cancelled. Cancellation: cancels what is waited for.
 *
 * @param ms the limit; undefined or null for none. At 0 or less nothing is started that is not under way already
 * @throws TimeoutError if time ran out
 * @example
 * ```ts
 * const answer = yield* waitFor(ask(question), seconds(5))
 * ```
 * @see asyncio.wait_for
 */
export function waitFor<T>(what: Runnable<T>, ms: number | undefined | null): Awaitable<T> {
  if (ms !== undefined && ms !== null) checkDelay('waitFor(…, ms)', ms)
  checkRunnable(what)
  return new Call('waitFor(…)', () =>
    typeof ms === 'number' && ms <= 0
      ? atOnce(what)
      : timeout(ms, typeof what === 'function' ? () => called(what) : what),
  )
}

function called<T>(what: Body<[], T>): Operation<T> | PromiseLike<T> {
  const greenlet = greenletOf<T>(what, [])
  return greenlet === undefined ? what() : followed(greenlet)
}

function* atOnce<T>(what: Runnable<T>): Waiting<T> {
  const future = ensureFuture(what)
  if (future.done()) return future.result()
  yield* cancelAndWait(future)
  try {
    return future.result()
  } catch (error) {
    throw isCancelled(error) ? new TimeoutError(undefined, { cause: error }) : error
  }
}

/** Cancels it and waits for its end, whatever that is. */
function* cancelAndWait(future: Future<unknown>): Waiting<void> {
  const ended = new Future<void>({ loop: future._loop })
  const unwatch = watchFuture(future, () => {
    if (!ended.done()) ended._finish(FINISHED, undefined)
  })
  try {
    future.cancel()
    yield* ended
  } finally {
    unwatch()
  }
}
