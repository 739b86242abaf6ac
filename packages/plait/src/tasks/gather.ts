import type { Awaitable, Waiting } from '../coroutine/wait.ts'
import { cancelledError } from '../errors/cancelled-error.ts'
import { Call } from './call.ts'
import { ensureFuture } from './create-task.ts'
import { currentLoop } from './current.ts'
import { describeTasks } from './describe-tasks.ts'
import { FAILED, FINISHED, Future, HANDED, STATE } from './future.ts'
import { checkRunnable, type ResultOf, type Runnable } from './runnable.ts'
import { watchFuture } from './watch-future.ts'

/** How one of several ended. */
export type Outcome<T> =
  | { readonly kind: 'result'; readonly value: T }
  | { readonly kind: 'error'; readonly error: unknown }

/** What `gather` waits for: cancelling it cancels every child, and it ends when they have. */
class Gathering<T> extends Future<T> {
  readonly children: readonly Future<unknown>[]
  cancelRequested = false

  constructor(children: readonly Future<unknown>[]) {
    super({ loop: currentLoop() })
    this.children = children
  }

  override cancel(reason?: unknown): boolean {
    if (this.done()) return false
    let taken = false
    for (const child of this.children) taken = child.cancel(reason) || taken
    if (taken) this.cancelRequested = true
    return taken
  }

  override _describe(): string {
    return `all of ${describeTasks(this.children)}`
  }

  override _blockers(): Iterable<Future<unknown>> {
    return this.children
  }
}

/**
 * Runs them side by side and gives their results in the order listed. The first error is thrown at once, and the
 * others go on: for "all or none" use a `taskGroup`.
 *
 * Suspends: until all are done, or one has failed. Cancellation: cancels all, and ends with the first that ends
 * cancelled; with `gatherSettled`, when all have ended. A task or coroutine that is listed twice runs once; a function
 * begins anew each time.
 *
 * @throws the first error; CancelledError if one of them was cancelled
 * @example
 * ```ts
 * const [page, image] = yield* gather(fetchPage(url), fetchImage(url))
 * ```
 * @see asyncio.gather
 */
export function gather<const R extends readonly Runnable<unknown>[]>(
  ...runnables: R
): Awaitable<{ -readonly [K in keyof R]: ResultOf<R[K]> }> {
  runnables.forEach(checkRunnable)
  return new Call('gather(…)', () => all(runnables, false)) as unknown as Awaitable<never>
}

/**
 * As `gather`, but an error is an outcome like any other: it ends when all have ended.
 *
 * @example
 * ```ts
 * for (const outcome of yield* gatherSettled(load(a), load(b))) if (outcome.kind === 'error') report(outcome.error)
 * ```
 * @see asyncio.gather with return_exceptions
 */
export function gatherSettled<const R extends readonly Runnable<unknown>[]>(
  ...runnables: R
): Awaitable<{ -readonly [K in keyof R]: Outcome<ResultOf<R[K]>> }> {
  runnables.forEach(checkRunnable)
  return new Call('gatherSettled(…)', () => all(runnables, true)) as unknown as Awaitable<never>
}

function* all(runnables: readonly Runnable<unknown>[], settled: boolean): Waiting<unknown[]> {
  if (runnables.length === 0) return []
  // What is listed twice runs once; but a function is a recipe, and each time it is listed it begins something new.
  const futures = new Map<object, Future<unknown>>()
  const doneAlready: Future<unknown>[] = []
  let outer: Gathering<unknown[]> | undefined
  let finished = 0

  const onDone = (future: Future<unknown>): void => {
    finished += 1
    if (outer === undefined || outer.done()) {
      future._taken() // The one who waits has gone with the first error.
      return
    }
    if (!settled && !hasResult(future)) {
      outer._finish(FAILED, future._takeError())
      return
    }
    if (finished < futures.size) return
    const { children } = outer
    if (outer.cancelRequested) {
      const last = children[children.length - 1] as Future<unknown>
      for (const child of children) child._taken()
      outer._finish(FAILED, last.cancelled() ? last._cancelError() : cancelledError(undefined))
    } else
      outer._finish(
        FINISHED,
        children.map(child => (settled ? outcomeOf(child) : child.result())),
      )
  }

  const children = runnables.map(what => {
    let future = futures.get(what)
    if (future === undefined) {
      future = ensureFuture(what)
      futures.set(typeof what === 'function' ? future : what, future)
      if (future.done()) doneAlready.push(future)
      else watchFuture(future, onDone)
    }
    return future
  })
  outer = new Gathering(children)
  for (const future of doneAlready) onDone(future)
  return yield* outer
}

function hasResult(future: Future<unknown>): boolean {
  return (future._flags & STATE) === FINISHED
}

/** How a future that is done has ended. The very error of a cancel stays with it, for the first who asks the future itself. */
function outcomeOf<T>(future: Future<T>): Outcome<T> {
  switch (future._flags & STATE) {
    case FINISHED:
      return { kind: 'result', value: future._value as T }
    case FAILED:
      return { kind: 'error', error: future._takeError() }
    default:
      return {
        kind: 'error',
        error: cancelledError((future._flags & HANDED) === 0 ? future._value : undefined),
      }
  }
}
