import type { Waiting } from '../coroutine/wait.ts'
import { GreenletExit } from '../errors/greenlet-exit.ts'
import { misuse } from '../errors/misuse-gevent.ts'
import { showAsText } from '../errors/show.ts'
import { atOnce, plainMethods } from '../greenlet/plain-method.ts'
import { Task } from '../tasks/task.ts'
import { callMethod } from './call-method.ts'
import { checkRun } from './call-text.ts'
import { Event } from './event.ts'
import { Greenlet } from './greenlet.ts'
import type { BlockOptions, GreenletResult } from './greenlet-options.ts'
import { GroupMapping } from './group-mapping.ts'
import type { Link } from './links.ts'
import { getcurrent } from './spawn.ts'
import { Timeout } from './timeout.ts'
import { kill } from './together.ts'
import { readyOf } from './wait.ts'

/** What a group has: greenlets; and those without links, as the main one, which it has until they are discarded. */
export type Member = Task<unknown>

/** What makes the greenlets of a group. */
export type GreenletClass = new <R>(run: (...args: never[]) => R, ...args: unknown[]) => Greenlet<R>

/** How to wait for a group. */
export interface GroupJoinOptions {
  /** How many milliseconds to wait; else as long as it takes. */
  timeout?: number | undefined
  /** Whether the error of one that is in the group now, and ends meanwhile, is thrown. */
  raiseError?: boolean | undefined
}

/** Those of its members that a group may link, and kill. */
interface Linked {
  rawlink?(link: Link<never>): void
  unlink?(link: Link<never>): void
  kill?(exception: unknown, options: BlockOptions): void
}

/**
 * Greenlets that are still running: one that ends leaves the group.
 *
 * @example
 * ```ts
 * const group = new Group()
 * for (const url of urls) group.spawn(fetchPage, url)
 * group.join()
 * ```
 * @see gevent.pool.Group
 */
export class Group extends GroupMapping implements Iterable<Member> {
  /** What `spawn` makes: Greenlet, or a class that extends it. */
  greenletClass: GreenletClass = Greenlet
  /** Those it has, in the order they were added. */
  readonly greenlets: Set<Member> = new Set<Member>()
  /** Each is killed once. */
  readonly #dying = new Set<Member>()
  readonly #empty = new Event()
  /** The same at all times, so that it can be unlinked. */
  readonly #link = (greenlet: Member): void => this._discard(greenlet)

  constructor(greenlets: Iterable<Member> = []) {
    super()
    this.#empty.set()
    for (const greenlet of greenlets) this._track(greenlet)
  }

  /** How many greenlets it has. */
  get length(): number {
    return this.greenlets.size
  }

  /** Whether it has this greenlet. */
  has(greenlet: unknown): boolean {
    return this.greenlets.has(greenlet as Member)
  }

  [Symbol.iterator](): IterableIterator<Member> {
    return this.greenlets.values()
  }

  /**
   * Takes a greenlet in: best one that is not started, since it could end before it is in.
   *
   * Suspends: never, for a group; see `Pool`.
   *
   * @throws MisuseError for what is no greenlet
   * @example
   * ```ts
   * group.add(spawn(fetchPage, url))
   * ```
   * @see gevent.pool.Group.add
   */
  add(greenlet: Member): void {
    atOnce('Group.add', this._add(greenlet), this.add)
  }

  /** @internal */
  *_add(greenlet: Member): Waiting<void> {
    this._track(greenlet)
  }

  /** @internal */
  _track(greenlet: Member): void {
    if (typeof (greenlet as Linked | undefined)?.rawlink !== 'function' && !(greenlet instanceof Task))
      throw misuse('notAMember', greenlet)
    ;(greenlet as Linked).rawlink?.(this.#link)
    this.greenlets.add(greenlet)
    this.#empty.clear()
  }

  /** @internal */
  _discard(greenlet: Member): void {
    this.greenlets.delete(greenlet)
    this.#dying.delete(greenlet)
    if (this.greenlets.size === 0) this.#empty.set()
  }

  /**
   * Has nothing to do with a greenlet any more.
   *
   * @example
   * ```ts
   * group.discard(greenlet)
   * ```
   * @see gevent.pool.Group.discard
   */
  discard(greenlet: Member): void {
    this._discard(greenlet)
    ;(greenlet as Linked).unlink?.(this.#link)
  }

  /**
   * Takes a greenlet in that is not started, and starts it.
   *
   * Suspends: as `add` does.
   *
   * @throws MisuseError for what is no greenlet
   * @example
   * ```ts
   * group.start(new Greenlet(fetchPage, url))
   * ```
   * @see gevent.pool.Group.start
   */
  start(greenlet: Greenlet): void {
    atOnce('Group.start', this._start(greenlet), this.start)
  }

  /** @internal */
  *_start(greenlet: Greenlet, ...options: readonly unknown[]): Waiting<void> {
    yield* callMethod(this, 'add', [greenlet, ...options])
    greenlet.start()
  }

  /**
   * Has a function run in a greenlet of this group; see `spawn`.
   *
   * Suspends: as `add` does. Cancellation: the function never runs.
   *
   * @throws MisuseError for what is no function
   * @example
   * ```ts
   * const greenlet = group.spawn(fetchPage, url)
   * ```
   * @see gevent.pool.Group.spawn
   */
  override spawn<A extends readonly unknown[], R>(
    fn: (...args: A) => R,
    ...args: A
  ): Greenlet<GreenletResult<R>> {
    return atOnce('Group.spawn', this._spawn(fn, ...args), this.spawn)
  }

  /** @internal */
  *_spawn<A extends readonly unknown[], R>(
    fn: (...args: A) => R,
    ...args: A
  ): Waiting<Greenlet<GreenletResult<R>>> {
    checkRun('spawn(…)', fn)
    const greenlet = new this.greenletClass(fn as unknown as () => GreenletResult<R>, ...args)
    yield* callMethod(this, 'start', [greenlet])
    return greenlet
  }

  /**
   * Waits until the group has been empty, be it for a moment; gives whether it was before the time was up.
   *
   * Suspends: unless it is empty. Cancellation: the greenlets go on.
   *
   * @throws with `raiseError`, the error of one that was in the group when it was called
   * @example
   * ```ts
   * if (!group.join({ timeout: 1000 })) group.kill()
   * ```
   * @see gevent.pool.Group.join
   */
  join(options?: GroupJoinOptions): boolean {
    return atOnce('Group.join', this._join(options), this.join)
  }

  /** @internal */
  *_join({ timeout, raiseError = false }: GroupJoinOptions = {}): Waiting<boolean> {
    const greenlets = raiseError ? [...this.greenlets] : []
    const isEmpty = yield* this.#empty._wait(timeout)
    for (const greenlet of greenlets) {
      const error = greenlet instanceof Greenlet ? greenlet.exception() : undefined
      if (error !== undefined) throw error
    }
    return isEmpty
  }

  /**
   * Throws an error in all greenlets of the group, and in those that come meanwhile, at their waits, a GreenletExit if none is
   * given, and waits until it is empty, or the time is up.
   *
   * Suspends: until then, unless `block` is false. Cancellation: they are killed all the same.
   *
   * @param exception an error, or a class of errors
   * @example
   * ```ts
   * group.kill(undefined, { timeout: 1000 })
   * ```
   * @see gevent.pool.Group.kill
   */
  kill(exception?: unknown, options?: BlockOptions): void {
    atOnce('Group.kill', this._kill(exception, options), this.kill)
  }

  /** @internal */
  *_kill(exception: unknown = GreenletExit, { block = true, timeout }: BlockOptions = {}): Waiting<void> {
    const timer = Timeout._startNewOrDummy(timeout)
    try {
      while (this.greenlets.size > 0) {
        for (const greenlet of [...this.greenlets]) yield* this.#killOnce(greenlet, exception)
        if (!block) break
        yield* readyOf('Group.join', this.greenlets as Iterable<never>, {})
      }
    } catch (error) {
      if (error !== timer) throw error
    } finally {
      timer.cancel()
    }
  }

  *#killOnce(greenlet: Member, exception: unknown): Waiting<void> {
    if (this.#dying.has(greenlet)) return
    if (typeof (greenlet as Linked).kill === 'function') {
      yield* callMethod(greenlet, 'kill', [exception, { block: false }])
    } else kill(greenlet, exception)
    this.#dying.add(greenlet)
  }

  /**
   * Kills one greenlet, if the group has it and has not killed it yet; waits for its end, or until the time is up.
   *
   * Suspends: until then, unless `block` is false. Cancellation: it is killed all the same.
   *
   * @param exception an error, or a class of errors; else a GreenletExit
   * @example
   * ```ts
   * group.killone(greenlet)
   * ```
   * @see gevent.pool.Group.killone
   */
  killone(greenlet: Greenlet, exception?: unknown, options?: BlockOptions): void {
    atOnce('Group.killone', this._killone(greenlet, exception, options), this.killone)
  }

  /** @internal */
  *_killone(
    greenlet: Greenlet,
    exception: unknown = GreenletExit,
    { block = true, timeout }: BlockOptions = {},
  ): Waiting<void> {
    if (this.#dying.has(greenlet) || !this.greenlets.has(greenlet)) return
    yield* this.#killOnce(greenlet, exception)
    if (block) yield* callMethod(greenlet, 'join', [timeout])
  }

  /** Whether no greenlet can be added without waiting: never, for a group. */
  full(): boolean {
    return false
  }

  /**
   * Waits until a greenlet can be added: at once, for a group; see `Pool`.
   *
   * @param timeout how many milliseconds to wait; else as long as it takes
   * @example
   * ```ts
   * group.waitAvailable()
   * ```
   * @see gevent.pool.Group.wait_available
   */
  waitAvailable(_timeout?: number): number | undefined {
    return undefined
  }

  override toString(): string {
    // Not their texts: those may tell of this group, which they were given.
    return `<${this.constructor.name} of ${this.length}>`
  }

  /** @internal */
  override _appliesHere(): boolean {
    return this.has(getcurrent())
  }

  /** @internal */
  override _spawnWaits(): boolean {
    return this.full()
  }

  /** @internal */
  override *_handOn(callback: (result: never) => unknown, result: unknown): Waiting<void> {
    Greenlet.spawn(callback as (result: unknown) => unknown, result)
  }
}

plainMethods(Group.prototype, ['add', 'start', 'spawn', 'join', 'kill', 'killone'])
showAsText(Group.prototype)
