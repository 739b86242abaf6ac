import type { Waiting } from '../coroutine/wait.ts'
import { atOnce, plainMethods } from '../greenlet/plain-method.ts'
import { runnable } from './call-method.ts'
import { Greenlet } from './greenlet.ts'
import type { Zipped } from './items.ts'
import type { Link } from './links.ts'
import { Queue } from './queue.ts'
import { Semaphore } from './semaphore.ts'

/** What runs a function of the user's: a greenlet, or what stands for a job elsewhere. */
export interface Spawned<R = unknown> {
  rawlink(link: Link<never>): void
  successful(): boolean
  readonly value: R | undefined
  exception(): unknown
}

/** What is to be done: a function to be called with each list of arguments, and how to have that run. */
export interface Mapping {
  readonly items: Zipped
  readonly spawn: (args: readonly unknown[]) => Waiting<Spawned>
  /** How many results may wait for the reader; undefined: as many as there are. */
  readonly maxsize: number | undefined
}

type Outcome =
  | { readonly kind: 'value'; readonly value: unknown }
  /** `isLast`: of the iteration itself. */
  | { readonly kind: 'error'; readonly error: unknown; readonly isLast: boolean }
  | { readonly kind: 'end' }

/** `index`: whose place it has. */
type Placed = Outcome & { readonly index: number }

const OVER: IteratorReturnResult<undefined> = Object.freeze({ done: true, value: undefined })

/**
 * The results of `imapUnordered`, as they come: an iterator whose `next` waits. A greenlet of its own has the functions run;
 * it goes on if the iteration is left early, and can be taken up again.
 *
 * @example
 * ```ts
 * for (const page of pool.imapUnordered(fetchPage, urls)) console.log(page.title)
 * ```
 * @see gevent.pool.IMapUnordered
 */
export class IMapUnordered<R> implements IterableIterator<R, undefined> {
  /** What takes the items, and has the function run with each. Killed, it takes no more. */
  readonly greenlet: Greenlet<void>
  /** @internal */ readonly _queue: Queue<Placed> = new Queue<Placed>()
  #mapping: Mapping | undefined
  /** Holds back those that would give more results than may wait. */
  #room: Semaphore | undefined
  #running = 0
  #lastIndex = -1
  #isFinished = false
  #hasFailed = false
  #isOver = false
  #readers = 0

  /** @internal */
  constructor(mapping: Mapping) {
    this.#mapping = mapping
    this.#room = mapping.maxsize ? new Semaphore(mapping.maxsize) : undefined
    this.greenlet = new Greenlet(feeding, this)
    this.greenlet.start()
  }

  [Symbol.iterator](): this {
    return this
  }

  /**
   * The next result.
   *
   * Suspends: until there is one. Cancellation: nobody waits any more, and no result is lost.
   *
   * @throws what the function has thrown, in the place of its result; what the iteration of the items has
   */
  next(): IteratorResult<R, undefined> {
    return atOnce('imap', this._next(), this.next)
  }

  /** @internal */
  *_next(): Waiting<IteratorResult<R, undefined>> {
    if (this.#isOver || (this.#hasFailed && this.#running <= 0 && this._queue.empty())) return OVER
    this.#room?.release()
    const outcome = yield* this.#read()
    if (outcome.kind === 'value') return { done: false, value: outcome.value as R }
    if (outcome.kind === 'error') {
      if (outcome.isLast) this.#hasFailed = true
      throw outcome.error
    }
    this.#isOver = true
    // Others who wait are told as well.
    if (this.#readers > 0) this._queue.put(outcome)
    return OVER
  }

  *#read(): Waiting<Placed> {
    this.#readers += 1
    try {
      return yield* this._take()
    } finally {
      this.#readers -= 1
    }
  }

  /** @internal */
  *_take(): Waiting<Placed> {
    return yield* this._queue._get()
  }

  toString(): string {
    return `<${this.constructor.name} ${this.#running} running, ${this._queue.qsize()} ready>`
  }

  /** @internal The steps of its greenlet. */
  *_feed(): Waiting<void> {
    const { items, spawn } = this.#mapping as Mapping
    try {
      for (;;) {
        const args = yield* items.next()
        if (args === undefined) break
        yield* this.#begin(spawn, args, this.#lastIndex + 1)
      }
      this.#finish()
      yield* items.close()
    } catch (error) {
      this.#fail(error)
      yield* quietly(items.close())
      throw error
    } finally {
      this.#mapping = undefined
      this.#room = undefined
    }
  }

  *#begin(spawn: Mapping['spawn'], args: readonly unknown[], index: number): Waiting<void> {
    this.#lastIndex = index
    let isCounted = false
    try {
      if (this.#room !== undefined) yield* this.#room._acquire()
      this.#running += 1
      isCounted = true
      const spawned = yield* spawn(args)
      spawned.rawlink(() => this.#ended(spawned, index))
    } catch (error) {
      // It never gives a result: what comes last has its place.
      this.#lastIndex -= 1
      if (isCounted) this.#running -= 1
      throw error
    }
  }

  /** In the hub. */
  #ended(spawned: Spawned, index: number): void {
    this.#running -= 1
    const isLast = this.greenlet.ready() && this.#running <= 0 && !this.#isFinished
    if (isLast) this.#isFinished = true
    if (spawned.successful()) this._queue.put({ kind: 'value', value: spawned.value, index })
    else this._queue.put({ kind: 'error', error: spawned.exception(), isLast: false, index })
    if (isLast) this.#putLast({ kind: 'end' })
  }

  #finish(): void {
    if (this.#isFinished || this.#running > 0) return
    this.#isFinished = true
    this.#putLast({ kind: 'end' })
  }

  #fail(error: unknown): void {
    if (this.#isFinished) return
    this.#isFinished = true
    this.#putLast({ kind: 'error', error, isLast: true })
  }

  #putLast(outcome: Outcome): void {
    this._queue.put({ ...outcome, index: this.#lastIndex + 1 })
  }
}
plainMethods(IMapUnordered.prototype, ['next'])

/**
 * The results of `imap`, in the order of the items: an iterator whose `next` waits. See `IMapUnordered`.
 *
 * @example
 * ```ts
 * for (const page of pool.imap(fetchPage, urls)) console.log(page.title)
 * ```
 * @see gevent.pool.IMap
 */
export class IMap<R> extends IMapUnordered<R> {
  /** Those that came before their turn. */
  readonly #early = new Map<number, Placed>()
  #index = 0

  /** @internal */
  override *_take(): Waiting<Placed> {
    let outcome = this.#early.get(this.#index)
    this.#early.delete(this.#index)
    while (outcome === undefined) {
      const next = yield* this._queue._get()
      if (next.index === this.#index) outcome = next
      else this.#early.set(next.index, next)
    }
    // The end stands for whoever asks.
    if (outcome.kind !== 'end') this.#index += 1
    return outcome
  }
}

const feeding = runnable('imap', (results: never) => (results as IMapUnordered<unknown>)._feed())

/** An error that is on its way already is the one that counts. */
function* quietly(steps: Waiting<void>): Waiting<void> {
  try {
    yield* steps
  } catch {}
}
