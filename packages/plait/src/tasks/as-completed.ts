import type { Awaitable, Waiting, WaitOptions } from '../coroutine/wait.ts'
import { TimeoutError } from '../errors/timeout-error.ts'
import { checkDelay } from '../loop/check-delay.ts'
import type { TimerHandle } from '../loop/handle.ts'
import { Call } from './call.ts'
import { ensureFuture } from './create-task.ts'
import { currentLoop } from './current.ts'
import type { Future } from './future.ts'
import { Mailbox } from './mailbox.ts'
import { checkList, checkSignal, type ResultOf, type Runnable } from './runnable.ts'
import { END, ItemSource, type Source } from './source.ts'
import { watchFuture } from './watch-future.ts'
import { withOptions } from './with-signal.ts'

export interface AsCompletedOptions extends WaitOptions {
  /** After so long, asking for the next one throws TimeoutError. */
  timeoutMs?: number | undefined
}

/**
 * Tasks in the order they end in. Those given as operations are made tasks when this is called, as with asyncio.
 *
 * Suspends: asking for the next one, until one has ended. Cancellation: leaves the tasks running.
 *
 * @throws TimeoutError, from asking for the next one, when the time is over
 * @example
 * ```ts
 * for await (const task of asCompleted([load(a), load(b)])) console.log(await task)
 * ```
 * @see asyncio.as_completed
 */
export function asCompleted<const R extends Runnable<unknown>>(
  runnables: Iterable<R>,
  options: AsCompletedOptions = {},
): Source<Future<ResultOf<R>>> {
  checkList('asCompleted(…)', runnables)
  checkSignal(options.signal)
  if (options.timeoutMs !== undefined) checkDelay('timeoutMs', options.timeoutMs)
  return new Completions(runnables as Iterable<Runnable<unknown>>, options) as unknown as Source<
    Future<ResultOf<R>>
  >
}

class Completions extends ItemSource<Future<unknown>> {
  override readonly _what = 'asCompleted(…)'
  /** What has ended and was not asked for; undefined stands for one that time ran out for. */
  readonly #ended = new Mailbox<Future<unknown> | undefined>(
    'asCompleted(…).next()',
    'the next of its tasks to end',
  )
  readonly #todo = new Map<Future<unknown>, () => void>()
  readonly #signal: AbortSignal | undefined
  #left: number
  #timer: TimerHandle | undefined

  constructor(runnables: Iterable<Runnable<unknown>>, options: AsCompletedOptions) {
    super()
    this.#signal = options.signal
    // What is listed twice is there once; but each time a function is listed it begins something new.
    const listed = new Set<Runnable<unknown>>()
    const futures = new Set<Future<unknown>>()
    for (const what of runnables) {
      if (!listed.has(what) || typeof what === 'function') futures.add(ensureFuture(what))
      listed.add(what)
    }
    this.#left = futures.size
    for (const future of futures)
      this.#todo.set(
        future,
        watchFuture(future, () => this.#onDone(future)),
      )
    if (options.timeoutMs !== undefined && futures.size > 0) {
      this.#timer = currentLoop().callLater(options.timeoutMs, () => this.#onTimeout())
    }
  }

  next(): Awaitable<IteratorResult<Future<unknown>, undefined>> {
    return withOptions(new Call('asCompleted(…).next()', () => this.#next()), { signal: this.#signal })
  }

  *#next(): Waiting<IteratorResult<Future<unknown>, undefined>> {
    if (this.#left === 0) return END
    this.#left -= 1
    const future = yield* this.#ended.take()
    if (future === undefined) throw new TimeoutError('not all of the tasks ended in time')
    return { done: false, value: future }
  }

  #onDone(future: Future<unknown>): void {
    if (!this.#todo.delete(future)) return
    this.#ended.put(future)
    if (this.#todo.size === 0) this.#timer?.cancel()
  }

  #onTimeout(): void {
    for (const unwatch of this.#todo.values()) {
      unwatch()
      this.#ended.put(undefined)
    }
    this.#todo.clear()
  }
}
