import { plainRecordOf } from '../coroutine/twin.ts'
import type { Waiting } from '../coroutine/wait.ts'
import { atOnce, plainMethods } from '../greenlet/plain-method.ts'
import { until } from '../greenlet/until.ts'
import { checkCount } from '../sync/check-count.ts'
import { isOwnIterator, isPromiseLike } from '../tasks/runnable.ts'
import { callMethod, runnable } from './call-method.ts'
import { checkRun } from './call-text.ts'
import { called } from './called.ts'
import { Greenlet } from './greenlet.ts'
import type { GreenletResult } from './greenlet-options.ts'
import { IMap, IMapUnordered, type Mapping, type Spawned } from './imap.ts'
import { Zipped } from './items.ts'
import type { Source } from './links.ts'

type AnyFunction = (...args: never[]) => unknown

/** How results are handed on. */
export interface CallbackOptions<R> {
  /** Called with the result, unless there was an error. */
  callback?: ((result: R) => unknown) | undefined
}

/** How results are kept for the reader. */
export interface ImapOptions {
  /** How many results may wait for the reader: greenlets that would give more wait. Else as many as there are. */
  maxsize?: number | undefined
}

type Iterables<A extends readonly unknown[]> = { [K in keyof A]: Iterable<A[K]> }

/** What is to be spawned, and has a result to wait for. */
type Gettable = Spawned & { get(): unknown; link(link: (source: never) => unknown): void }

/** What groups, pools and pools of threads have in common: calls of functions on many items, and of one function elsewhere. */
export abstract class GroupMapping {
  /** Has a function run. */
  abstract spawn(fn: AnyFunction, ...args: readonly unknown[]): Spawned

  /** @internal Whether `apply` calls the function itself. */
  abstract _appliesHere(): boolean

  /** @internal Whether a spawn would wait. */
  abstract _spawnWaits(): boolean

  /** @internal Hands a result to a callback. */
  abstract _handOn(callback: (result: never) => unknown, result: unknown): Waiting<void>

  /**
   * Has a function run, and gives what it returns. In a greenlet of this very group it is called at once: one that waits for
   * room there could wait for itself.
   *
   * Suspends: until there is room, and until the function has returned. Cancellation: it goes on, and nobody waits for it.
   *
   * @param args the arguments of the function, in a list
   * @throws what the function throws
   * @example
   * ```ts
   * const page = pool.apply(fetchPage, [url])
   * ```
   * @see gevent.pool.Group.apply
   */
  apply<A extends readonly unknown[], R>(fn: (...args: A) => R, args?: A): GreenletResult<R> {
    return atOnce('Group.apply', this._apply(fn, args), this.apply)
  }

  /** @internal */
  *_apply<A extends readonly unknown[], R>(
    fn: (...args: A) => R,
    args: A = [] as never,
  ): Waiting<GreenletResult<R>> {
    checkRun('apply(…)', fn)
    return (yield* this._appliesHere() ? calledHere(fn as never, args) : this.#spawnAndGet(fn, args)) as never
  }

  *#spawnAndGet(fn: AnyFunction, args: readonly unknown[]): Waiting<unknown> {
    return yield* callMethod((yield* this.#spawned(fn, args)) as Gettable, 'get', [])
  }

  #spawned(fn: AnyFunction, args: readonly unknown[]): Waiting<Spawned> {
    return callMethod(this, 'spawn', [fn, ...args]) as Waiting<Spawned>
  }

  /**
   * As `apply`; then hands the result to a callback, in a greenlet of its own that no group has.
   *
   * Suspends: as `apply` does. Cancellation: as for `apply`.
   *
   * @throws what the function throws
   * @example
   * ```ts
   * pool.applyCb(fetchPage, [url], { callback: show })
   * ```
   * @see gevent.pool.Group.apply_cb
   */
  applyCb<A extends readonly unknown[], R>(
    fn: (...args: A) => R,
    args?: A,
    options?: CallbackOptions<GreenletResult<R>>,
  ): GreenletResult<R> {
    return atOnce('Group.applyCb', this._applyCb(fn, args, options), this.applyCb)
  }

  /** @internal */
  *_applyCb<A extends readonly unknown[], R>(
    fn: (...args: A) => R,
    args: A = [] as never,
    { callback }: CallbackOptions<GreenletResult<R>> = {},
  ): Waiting<GreenletResult<R>> {
    const result = yield* callMethod(this, 'apply', [fn, args])
    if (callback !== undefined) yield* this._handOn(callback, result)
    return result as GreenletResult<R>
  }

  /**
   * Has a function run, and gives the greenlet that will have the result: one of the group or, where the group is full, one
   * that waits for room. It is the greenlet to join; the group need not know it.
   *
   * Suspends: never, as long as only greenlets that end make room.
   *
   * @example
   * ```ts
   * const greenlet = pool.applyAsync(fetchPage, [url], { callback: show })
   * ```
   * @see gevent.pool.Group.apply_async
   */
  applyAsync<A extends readonly unknown[], R>(
    fn: (...args: A) => R,
    args?: A,
    options?: CallbackOptions<GreenletResult<R>>,
  ): Greenlet<GreenletResult<R>> {
    return atOnce('Group.applyAsync', this._applyAsync(fn, args, options), this.applyAsync)
  }

  /** @internal */
  *_applyAsync<A extends readonly unknown[], R>(
    fn: (...args: A) => R,
    args: A = [] as never,
    options: CallbackOptions<GreenletResult<R>> = {},
  ): Waiting<Greenlet<GreenletResult<R>>> {
    checkRun('applyAsync(…)', fn)
    if (this._spawnWaits()) return Greenlet.spawn(applying, this, fn, args, options) as Greenlet<never>
    const spawned = (yield* this.#spawned(fn, args)) as Gettable
    if (options.callback !== undefined) spawned.link(valueTo(options.callback))
    return spawned as unknown as Greenlet<GreenletResult<R>>
  }

  /**
   * Has a function run with every item, all side by side as far as there is room, and gives the list of the results.
   *
   * Suspends: until all have returned. Cancellation: they go on, and nobody waits for them.
   *
   * @throws what the function throws, for the first item in the list for which it does
   * @example
   * ```ts
   * const pages = pool.map(fetchPage, urls)
   * ```
   * @see gevent.pool.Group.map
   */
  map<T, R>(fn: (item: T) => R, items: Iterable<T>): GreenletResult<R>[] {
    return atOnce('Group.map', this._map(fn, items), this.map)
  }

  /** @internal */
  *_map<T, R>(fn: (item: T) => R, items: Iterable<T>): Waiting<GreenletResult<R>[]> {
    checkRun('map(…)', fn)
    return yield* (Greenlet.spawn(mapping, this, fn, items) as Greenlet<never>)._get()
  }

  /** @internal The steps of the greenlet of `map`. */
  *_mapEach(fn: AnyFunction, iterable: Iterable<unknown>): Waiting<unknown[]> {
    const items = yield* Zipped.open([iterable])
    const all: Spawned[] = []
    try {
      for (;;) {
        const item = yield* items.next()
        if (item === undefined) break
        all.push(yield* this.#spawned(fn, item))
      }
    } finally {
      yield* items.close()
    }
    const results: unknown[] = []
    for (const one of all) results.push(yield* callMethod(one, 'get', []))
    return results
  }

  /**
   * As `map`; then calls a callback with the list.
   *
   * Suspends: as `map` does, and as the callback does. Cancellation: as for `map`.
   *
   * @throws what the function throws, and the callback
   * @example
   * ```ts
   * pool.mapCb(fetchPage, urls, { callback: pages => console.log(pages.length) })
   * ```
   * @see gevent.pool.Group.map_cb
   */
  mapCb<T, R>(
    fn: (item: T) => R,
    items: Iterable<T>,
    options?: CallbackOptions<GreenletResult<R>[]>,
  ): GreenletResult<R>[] {
    return atOnce('Group.mapCb', this._mapCb(fn, items, options), this.mapCb)
  }

  /** @internal */
  *_mapCb<T, R>(
    fn: (item: T) => R,
    items: Iterable<T>,
    { callback }: CallbackOptions<GreenletResult<R>[]> = {},
  ): Waiting<GreenletResult<R>[]> {
    const results = (yield* callMethod(this, 'map', [fn, items])) as GreenletResult<R>[]
    if (callback !== undefined) yield* called(callback, [results])
    return results
  }

  /**
   * As `mapCb`, in a greenlet of its own: that will have the list.
   *
   * @example
   * ```ts
   * const pages = pool.mapAsync(fetchPage, urls)
   * sleep(1000)
   * console.log(pages.get().length)
   * ```
   * @see gevent.pool.Group.map_async
   */
  mapAsync<T, R>(
    fn: (item: T) => R,
    items: Iterable<T>,
    options: CallbackOptions<GreenletResult<R>[]> = {},
  ): Greenlet<GreenletResult<R>[]> {
    checkRun('mapAsync(…)', fn)
    return Greenlet.spawn(mappingWithCallback, this, fn, items, options) as Greenlet<never>
  }

  /**
   * Has a function run with every item, side by side as far as there is room, and gives the results as an iterator, in the
   * order of the items, each as soon as it is there. Of several iterables it is called with an item of each, until one of them
   * has no more. The items are taken as there is room: they may come from another imap, and may be without end if the pool,
   * or `maxsize`, has a limit.
   *
   * Suspends: in each step of the iteration, until its result is there. Cancellation: as for any wait; the rest goes on.
   *
   * @throws in the iteration: what the function throws, in the place of its result; what the iteration of the items does
   * @example
   * ```ts
   * for (const page of pool.imap(fetchPage, urls, { maxsize: 10 })) console.log(page.title)
   * ```
   * @see gevent.pool.Group.imap
   */
  imap<A extends readonly unknown[], R>(
    fn: (...args: A) => R,
    ...iterables: Iterables<A>
  ): IMap<GreenletResult<R>>
  imap<A extends readonly unknown[], R>(
    fn: (...args: A) => R,
    ...rest: [...iterables: Iterables<A>, options: ImapOptions]
  ): IMap<GreenletResult<R>>
  imap(fn: AnyFunction, ...rest: readonly unknown[]): IMap<never> {
    return atOnce('Group.imap', this._imap(fn, ...rest), this.imap as AnyFunction)
  }

  /** @internal */
  *_imap(fn: AnyFunction, ...rest: readonly unknown[]): Waiting<IMap<never>> {
    return new IMap(yield* this.#mapping('imap', fn, rest))
  }

  /**
   * As `imap`, in the order in which they come: it costs less, and makes better use of `maxsize`.
   *
   * Suspends: in each step of the iteration, until there is a result. Cancellation: as for any wait; the rest goes on.
   *
   * @throws in the iteration: what the function throws, and what the iteration of the items does
   * @example
   * ```ts
   * for (const page of pool.imapUnordered(fetchPage, urls)) console.log(page.title)
   * ```
   * @see gevent.pool.Group.imap_unordered
   */
  imapUnordered<A extends readonly unknown[], R>(
    fn: (...args: A) => R,
    ...iterables: Iterables<A>
  ): IMapUnordered<GreenletResult<R>>
  imapUnordered<A extends readonly unknown[], R>(
    fn: (...args: A) => R,
    ...rest: [...iterables: Iterables<A>, options: ImapOptions]
  ): IMapUnordered<GreenletResult<R>>
  imapUnordered(fn: AnyFunction, ...rest: readonly unknown[]): IMapUnordered<never> {
    return atOnce('Group.imapUnordered', this._imapUnordered(fn, ...rest), this.imapUnordered as AnyFunction)
  }

  /** @internal */
  *_imapUnordered(fn: AnyFunction, ...rest: readonly unknown[]): Waiting<IMapUnordered<never>> {
    return new IMapUnordered(yield* this.#mapping('imapUnordered', fn, rest))
  }

  *#mapping(what: string, fn: AnyFunction, rest: readonly unknown[]): Waiting<Mapping> {
    checkRun(`${what}(…)`, fn)
    const last = rest.at(-1)
    const hasOptions = typeof last === 'object' && last !== null && !(Symbol.iterator in last)
    const { maxsize } = hasOptions ? (last as ImapOptions) : {}
    if (maxsize !== undefined) checkCount('maxsize', maxsize, 0)
    const items = yield* Zipped.open(hasOptions ? rest.slice(0, -1) : rest)
    return { items, maxsize, spawn: args => this.#spawned(fn, args) }
  }
}

plainMethods(GroupMapping.prototype, [
  'apply',
  'applyCb',
  'applyAsync',
  'map',
  'mapCb',
  'imap',
  'imapUnordered',
])

const mapping = runnable('map', ((group: GroupMapping, fn: AnyFunction, items: Iterable<unknown>) =>
  group._mapEach(fn, items)) as never)
const mappingWithCallback = runnable('mapCb', ((group: GroupMapping, ...args: unknown[]) =>
  callMethod(group, 'mapCb', args)) as never)
const applying = runnable('applyCb', ((group: GroupMapping, ...args: unknown[]) =>
  callMethod(group, 'applyCb', args)) as never)

/** A call right here of a function of any color: what one that cannot wait itself gives is waited for. */
function* calledHere(
  fn: (...args: readonly unknown[]) => unknown,
  args: readonly unknown[],
): Waiting<unknown> {
  const result = yield* called(fn, args)
  if (plainRecordOf(fn) !== undefined || !(isOwnIterator(result) || isPromiseLike(result))) return result
  return yield* called(until as (what: unknown) => unknown, [result])
}

/** A link that hands on the value of what has succeeded. */
function valueTo(callback: (value: never) => unknown): (source: never) => unknown {
  return runnable(callback.name || 'callback', function* (source: never): Waiting<void> {
    const ended = source as Source & { readonly value: never }
    if (ended.successful?.() === true) yield* called(callback, [ended.value])
  })
}
