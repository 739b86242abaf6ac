import { type Awaitable, passing, SUSPENDED, TURNING, type Waiting } from '../coroutine/wait.ts'
import { misuse } from '../errors/misuse-bridges.ts'
import { Channel } from '../queues/channel.ts'
import { Call } from '../tasks/call.ts'
import { isPromiseLike } from '../tasks/runnable.ts'
import { END, type Flow, ItemSource, type Source, WorkedSource } from '../tasks/source.ts'
import { PulledSource } from './pulled-source.ts'
import type { Ending } from './stream-ends.ts'
import { nodeTap, type Tap, webTap } from './taps.ts'

/** Whatever gives items, one after another. What a stream gives is read off its iterator: its reader may give undefined. */
export type SourceLike<T> = Iterable<T> | AsyncIterable<T> | ReadableStream<NoInfer<T>> | Source<T>

type Next<T> = IteratorResult<T, undefined>

/**
 * The items of a list, an iterator, an async iterable, a web or Node stream, or a source, as a Flow: for generators as well
 * as async functions. Nothing is asked for before it is wanted, so a web stream is locked at the first `next`; of a Node
 * stream, errors are heard from the call on.
 *
 * Leaving it early ends what it is made of: an iterator is returned, a stream cancelled or destroyed, a channel closed,
 * and that is waited for. Only an iterator that is at a `next` cannot be interrupted: it ends when that is over, unwaited
 * for; if it fails then, that is reported.
 *
 * Suspends: asking for the next, until it is there; at a list or a sync iterator, never. Cancellation: a single `next`
 * loses nothing: what was asked for goes to whoever asks next. Fairness: first come, first served.
 *
 * @throws MisuseError for what gives no items, a string included; what the source fails with
 * @example
 * ```ts
 * const response = yield* until(signal => fetch(url, { signal }))
 * yield* sourceOf(response.body).forEach(function* (chunk) { yield* lines.send(decode(chunk)) })
 * ```
 * @see Readable.from, ReadableStream.from
 */
export function sourceOf<T>(items: SourceLike<T>): Flow<T> {
  if (items instanceof WorkedSource) return items
  if (items instanceof ItemSource) return new Relayed<T>(items)
  if (typeof items !== 'object' || items === null || isPromiseLike(items)) throw misuse('notASource', items)
  if (isWebStream<T>(items)) return new PulledSource<T>(items, () => webTap(items))
  if (Symbol.asyncIterator in items) {
    if (!isNodeStream(items)) return new PulledSource<T>(items, () => items[Symbol.asyncIterator]() as Tap<T>)
    const source: PulledSource<T> = new PulledSource<T>(items, () => tap)
    const tap = nodeTap<T>(items, error => source._failed(error))
    return source
  }
  if (Symbol.iterator in items) return new Listed(items)
  throw misuse('notASource', items)
}

function isWebStream<T>(items: object): items is ReadableStream<T> {
  return typeof (items as Partial<ReadableStream>).getReader === 'function'
}

function isNodeStream(items: object): items is Ending {
  const { destroy, once } = items as Partial<Ending>
  return typeof destroy === 'function' && typeof once === 'function'
}

/** The items of something that has them already. */
class Listed<T> extends WorkedSource<T> {
  override readonly _what = 'sourceOf(…)'
  readonly #items: Iterable<T>
  #iterator: Iterator<T, unknown> | undefined
  #isOver = false

  constructor(items: Iterable<T>) {
    super()
    this.#items = items
  }

  override next(): Awaitable<Next<T>> {
    return new Call('sourceOf(…).next()', () => this.#next())
  }

  override *_leave(): Waiting<void> {
    if (this.#isOver) return
    this.#isOver = true
    this.#opened().return?.()
  }

  *#next(): Waiting<Next<T>> {
    if (this.#isOver) return END
    // One that throws is over too.
    this.#isOver = true
    const iterator = this.#opened()
    passing.result = undefined
    const step = iterator.next()
    if (isWait(step)) {
      iterator.return?.()
      throw misuse('waitAsItem')
    }
    this.#isOver = step.done === true
    return step.done === true ? END : step
  }

  #opened(): Iterator<T, unknown> {
    this.#iterator ??= this.#items[Symbol.iterator]()
    return this.#iterator
  }
}

function isWait(step: unknown): boolean {
  return step === SUSPENDED || step === TURNING || passing.result === step
}

/** Another source, which ends with this one. */
class Relayed<T> extends WorkedSource<T> {
  readonly #source: ItemSource<T>
  #isLeft = false

  constructor(source: ItemSource<T>) {
    super()
    this.#source = source
  }

  override get _what(): string {
    return this.#source._what
  }

  override next(): Awaitable<Next<T>> {
    return this.#isLeft ? sourceOf<T>([]).next() : this.#source.next()
  }

  override *_leave(): Waiting<void> {
    const source = this.#source
    this.#isLeft = true
    // Those who send learn of it.
    if (source instanceof Channel && !source.closed) source.close()
  }
}
