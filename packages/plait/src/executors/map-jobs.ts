import { mapConcurrent } from '../bounded/map-concurrent.ts'
import { type SourceLike, sourceOf } from '../bridges/source-of.ts'
import type { Awaitable, Waiting } from '../coroutine/wait.ts'
import { isCancelled } from '../errors/cancelled-error.ts'
import { checkCount } from '../sync/check-count.ts'
import { perform } from '../tasks/async-enterable.ts'
import { Call } from '../tasks/call.ts'
import { checkOptions } from '../tasks/check-options.ts'
import { END, type Flow, WorkedSource } from '../tasks/source.ts'
import type { AnyFunction } from './reference.ts'

export interface MapOptions {
  /** So many items go to a worker at a time: for functions that are quick, sending each alone would cost more. 1 if not said. */
  chunkSize?: number | undefined
  /** Results in the order of their items, which is the default; or in the order they are ready. */
  ordered?: boolean | undefined
}

/** What a chunk gave: the values before the first failure, and that. */
export interface ChunkResult {
  readonly values: readonly unknown[]
  readonly failure?: { readonly error: unknown } | undefined
}

/** Runs one job: with these arguments, or once for each element of the first. */
export type RunJob = (args: readonly unknown[], isChunk: boolean) => Waiting<unknown>

/** So many jobs for each worker are begun before their results are asked for. */
const AHEAD = 4

export function mapJobs(
  items: SourceLike<unknown>,
  run: RunJob,
  options: MapOptions,
  parallel: number,
): Flow<unknown> {
  checkOptions('executor.map(…)', options)
  const { chunkSize = 1, ordered } = options
  checkCount('chunkSize', chunkSize, 1)
  const bounds = { concurrency: parallel * AHEAD, ordered }
  if (chunkSize === 1) return mapConcurrent(items, item => run([item], false), bounds)
  const chunks = new Chunks(sourceOf(items), chunkSize)
  const calls = (chunk: unknown[]): Waiting<ChunkResult> => run([chunk], true) as Waiting<ChunkResult>
  return new Unchunked(mapConcurrent<unknown[], ChunkResult>(chunks, calls, bounds))
}

/** Calls a function of any color for each element, where the job runs. What it threw comes after what it gave. */
export function* callEach(fn: AnyFunction, items: readonly unknown[]): Waiting<ChunkResult> {
  const values: unknown[] = []
  for (const item of items) {
    try {
      values.push(yield* perform(fn, 'a function that is mapped', item))
    } catch (error) {
      if (isCancelled(error)) throw error
      return { values, failure: { error } }
    }
  }
  return { values }
}

/** Items, so many at a time. */
class Chunks extends WorkedSource<unknown[]> {
  override readonly _what = 'executor.map(…)'
  readonly #items: Flow<unknown>
  readonly #size: number

  constructor(items: Flow<unknown>, size: number) {
    super()
    this.#items = items
    this.#size = size
  }

  override next(): Awaitable<IteratorResult<unknown[], undefined>> {
    return new Call('executor.map(…).next()', () => this.#next())
  }

  override *_leave(): Waiting<void> {
    yield* this.#items.stop()
  }

  *#next(): Waiting<IteratorResult<unknown[], undefined>> {
    const chunk: unknown[] = []
    while (chunk.length < this.#size) {
      const next = yield* this.#items.next()
      if (next.done === true) break
      chunk.push(next.value)
    }
    return chunk.length === 0 ? END : { done: false, value: chunk }
  }
}

/** The values of chunks, one by one. */
class Unchunked extends WorkedSource<unknown> {
  override readonly _what = 'executor.map(…)'
  readonly #chunks: Flow<ChunkResult>
  #values: unknown[] = []
  #at = 0
  #failure: { readonly error: unknown } | undefined

  constructor(chunks: Flow<ChunkResult>) {
    super()
    this.#chunks = chunks
  }

  override next(): Awaitable<IteratorResult<unknown, undefined>> {
    return new Call('executor.map(…).next()', () => this.#next())
  }

  override *_leave(): Waiting<void> {
    this.#values = []
    this.#at = 0
    yield* this.#chunks.stop()
  }

  *#next(): Waiting<IteratorResult<unknown, undefined>> {
    while (this.#at === this.#values.length) {
      if (this.#failure !== undefined) yield* this.#fail(this.#failure.error)
      const next = yield* this.#chunks.next()
      if (next.done === true) {
        // Somebody else may have been given a chunk meanwhile, and have taken one of it.
        if (this.#at === this.#values.length && this.#failure === undefined) return END
        continue
      }
      // Or may have asked: theirs goes before.
      this.#values = [...this.#values.slice(this.#at), ...next.value.values]
      this.#at = 0
      this.#failure ??= next.value.failure
    }
    const value = this.#values[this.#at]
    this.#at += 1
    return { done: false, value }
  }

  *#fail(error: unknown): Waiting<never> {
    this.#failure = undefined
    yield* this.#chunks.stop()
    throw error
  }
}
