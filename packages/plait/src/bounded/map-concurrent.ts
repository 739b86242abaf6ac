import { type SourceLike, sourceOf } from '../bridges/source-of.ts'
import type { Awaitable, Waiting } from '../coroutine/wait.ts'
import { checkCallback } from '../errors/check-callback.ts'
import { PROMISED } from '../queues/dispenser.ts'
import { checkCount } from '../sync/check-count.ts'
import { checkOptions } from '../tasks/check-options.ts'
import { createTask } from '../tasks/create-task.ts'
import { describeTasks } from '../tasks/describe-tasks.ts'
import { FINISHED, STATE } from '../tasks/future.ts'
import { Looking, type Question } from '../tasks/looking.ts'
import { LATER, Place } from '../tasks/place.ts'
import { runBody } from '../tasks/run-body.ts'
import { type Body, checkSignal } from '../tasks/runnable.ts'
import { END, type Flow, WorkedSource } from '../tasks/source.ts'
import type { Task } from '../tasks/task.ts'
import { Results } from './results.ts'

export interface MapConcurrentOptions {
  /** So many calls of the function are under way at once, at most. */
  concurrency: number
  /** Results in the order of their items, which is the default; or in the order they are ready. */
  ordered?: boolean | undefined
  /** So many results may wait to be taken; then nothing new is begun. As many as `concurrency`, if not said. */
  buffer?: number | undefined
  /** Ends it when aborted: what is under way is cancelled, and whoever asks for the next gets the signal's reason. */
  signal?: AbortSignal | undefined
}

/**
 * Calls a function of any color for each item, so many at once, and gives the results. Lazy: nothing begins before the
 * first result is asked for, and nothing more while enough results wait to be taken (`toArray` takes all as they come).
 *
 * The first error cancels the rest, waits for their ends, and is thrown after the results that were ready before it.
 *
 * Suspends: asking for the next one, until it is there. Cancellation: a single `next` loses nothing; leaving `forEach`,
 * `toArray` or `for await` early cancels what is under way and waits for it. Fairness: items are begun in their order.
 *
 * @throws the first error of the function or of the source; the signal's reason
 * @example
 * ```ts
 * yield* mapConcurrent(urls, fetchPage, { concurrency: 8 }).forEach(function* (page) { yield* store(page) })
 * const sizes = await mapConcurrent(files, async file => (await stat(file)).size, { concurrency: 4 }).toArray()
 * ```
 */
export function mapConcurrent<T, R>(
  source: SourceLike<T>,
  fn: Body<[item: T, index: number], R>,
  options: MapConcurrentOptions,
): Flow<R> {
  checkCallback('mapConcurrent', fn)
  checkOptions('mapConcurrent(…)', options ?? null)
  checkCount('concurrency', options.concurrency, 1)
  if (options.buffer !== undefined) checkCount('buffer', options.buffer, 0)
  checkSignal(options.signal)
  return new Mapping(sourceOf(source), fn, options)
}

type Next<R> = IteratorResult<R, undefined>

/** Those who wait for a result: whoever is woken for one finds one, or the end. */
class Taking<R> extends Looking<Next<R>> {
  readonly #results: Results<R>

  constructor(results: Results<R>, question: Question<Next<R>>) {
    super('mapConcurrent(…).next()', question, results.ready.line)
    this.#results = results
  }

  override _pass(place: Place<Next<R>>): Next<R> | typeof LATER {
    if (place._load === PROMISED) this.#results.ready.settle()
    place._load = undefined
    return this._attempt()
  }

  override _leave(place: Place<Next<R>>, wasWoken: boolean): boolean {
    this._line.remove(place)
    if (wasWoken && place._load === PROMISED) {
      this.#results.ready.settle()
      this.#results.ready.serve()
    }
    return true
  }
}

/**
 *   idle ──first asked──▶ open ──source ended, all done──▶ over
 *                          │                                ▲
 *                          └──failed, aborted, left──▶ closing: cancels all, until they have ended
 */
class Mapping<T, R> extends WorkedSource<R> {
  override readonly _what = 'mapConcurrent(…)'
  readonly #source: Flow<T>
  readonly #fn: Body<[item: T, index: number], R>
  readonly #concurrency: number
  readonly #signal: AbortSignal | undefined
  readonly #results: Results<R>
  readonly #running = new Set<Task<R>>()
  #bound: number
  #state: 'idle' | 'open' | 'closing' | 'over' = 'idle'
  /** Takes the error it failed with: only when it is thrown, so that one nobody asks for is reported. */
  #failure: (() => unknown) | undefined
  #feeder: Task<void> | undefined
  /** The feeder has not ended: it may not even be known yet, in the middle of its first step. */
  #isFed = false
  readonly #onAbort = (): void => this.#fail(() => this.#signal?.reason)

  readonly #taking: Taking<R>
  readonly #room = new Looking<undefined>('room in mapConcurrent(…)', {
    ask: () => (this.#hasRoom() ? undefined : LATER),
    describe: () => `somebody to take the ${this.#results.size} results of mapConcurrent(…)`,
    holders: () => [],
  })
  readonly #end = new Looking<undefined>('mapConcurrent(…).stop()', {
    ask: () => (this.#state === 'over' ? undefined : LATER),
    describe: () => `the ends of ${describeTasks(this.#workers())}`,
    holders: () => this.#workers(),
  })

  constructor(source: Flow<T>, fn: Body<[item: T, index: number], R>, options: MapConcurrentOptions) {
    super()
    this.#source = source
    this.#fn = fn
    this.#concurrency = options.concurrency
    this.#bound = options.concurrency + (options.buffer ?? options.concurrency)
    this.#signal = options.signal
    this.#results = new Results(options.ordered !== false)
    this.#taking = new Taking(this.#results, {
      ask: () => this.#take(),
      describe: () => `a result of mapConcurrent(…): ${describeTasks(this.#workers())}`,
      holders: () => this.#workers(),
    })
  }

  override next(): Awaitable<Next<R>> {
    return new Place(this.#taking)
  }

  override *_toArray(): Waiting<R[]> {
    this.#bound = Number.POSITIVE_INFINITY
    this.#room._line.releaseNext()
    return yield* super._toArray()
  }

  override *_leave(): Waiting<void> {
    this.#results.clear()
    if (this.#state === 'idle') {
      this.#state = 'over'
      yield* this.#source.stop()
    } else this.#close()
    yield* new Place(this.#end)
    this.#results.clear()
  }

  #take(): Next<R> | typeof LATER {
    if (this.#state === 'idle') this.#open()
    if (this.#results.ready.free > 0) {
      const value = this.#results.ready.take()
      this.#room._line.releaseNext()
      return { done: false, value }
    }
    if (this.#state !== 'over') return LATER
    const failure = this.#failure
    this.#failure = undefined
    if (failure !== undefined) throw failure()
    return END
  }

  #open(): void {
    this.#state = 'open'
    if (this.#signal?.aborted === true) this.#onAbort()
    else this.#signal?.addEventListener('abort', this.#onAbort)
    // Begun at once: cancelled before its first step, it could not stop the source.
    const options = { name: 'the source of mapConcurrent(…)', eagerStart: true }
    const isStillborn = this.#isClosing
    this.#isFed = true
    const feeder = createTask<void>(isStillborn ? this.#source.stop() : this.#feed(), options)
    this.#feeder = feeder
    // Aborted by its very first step.
    if (this.#isClosing && !isStillborn) feeder.cancel()
    feeder._watch({ _notify: () => this.#onFed(feeder) })
  }

  get #isClosing(): boolean {
    return this.#state === 'closing'
  }

  *#feed(): Waiting<void> {
    let isOver = false
    try {
      for (let index = 0; ; index += 1) {
        yield* new Place(this.#room)
        const next = yield* this.#source.next()
        isOver = next.done === true
        // An abort in the middle of a step has found nothing yet to cancel.
        if (next.done === true || this.#isClosing) return
        const task = createTask(this.#call(next.value, index))
        this.#running.add(task)
        task._watch({ _notify: () => this.#onDone(task, index) })
      }
    } finally {
      if (!isOver) yield* this.#source.stop()
    }
  }

  *#call(item: T, index: number): Waiting<R> {
    return yield* runBody(this.#fn, 'mapConcurrent(…)', item, index)
  }

  #onDone(task: Task<R>, index: number): void {
    this.#running.delete(task)
    if ((task._flags & STATE) === FINISHED) {
      this.#results.add(index, task._value as R)
      this.#room._line.releaseNext()
    } else this.#fail(() => task._takeError())
    this.#onSomeEnd()
  }

  #onFed(feeder: Task<void>): void {
    this.#feeder = undefined
    this.#isFed = false
    if ((feeder._flags & STATE) !== FINISHED) this.#fail(() => feeder._takeError())
    this.#onSomeEnd()
  }

  #fail(take: () => unknown): void {
    if (this.#state !== 'open') return
    this.#failure = take
    this.#close()
  }

  #close(): void {
    if (this.#state !== 'open') return
    this.#state = 'closing'
    for (const task of this.#workers()) task.cancel()
  }

  #onSomeEnd(): void {
    if (this.#running.size > 0 || this.#isFed) return
    this.#state = 'over'
    this.#signal?.removeEventListener('abort', this.#onAbort)
    this.#taking.wakeAll()
    this.#end.wakeAll()
  }

  #hasRoom(): boolean {
    const { size } = this.#running
    return size < this.#concurrency && size + this.#results.size < this.#bound
  }

  #workers(): Task<unknown>[] {
    return this.#feeder === undefined ? [...this.#running] : [this.#feeder, ...this.#running]
  }
}
