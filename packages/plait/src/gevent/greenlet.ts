import type { Waiting } from '../coroutine/wait.ts'
import { GreenletExit, greenletExit } from '../errors/greenlet-exit.ts'
import { atOnce, plainMethods } from '../greenlet/plain-method.ts'
import { CANCELLED, FAILED, FINISHED, STATE } from '../tasks/future.ts'
import { Task } from '../tasks/task.ts'
import { Bound } from './bound.ts'
import { callText, checkRun, withoutObjects } from './call-text.ts'
import type { Callback } from './callback.ts'
import { errorOf } from './error-of.ts'
import { GreenletLinks } from './greenlet-links.ts'
import type { BlockOptions, GreenletResult } from './greenlet-options.ts'
import { getHub, type Hub } from './hub.ts'
import type { HubTimer } from './hub-timer.ts'
import { takeIdent } from './idents.ts'
import { type Link, rawLink, spawnedLink } from './links.ts'
import { nothing, ownRun } from './own-run.ts'
import { Parked } from './parked.ts'
import { keepSpawningStack, spawningStackOf, tracking } from './spawning-stack.ts'
import { isInHub, throwInto } from './throw-into.ts'
import { Timeout } from './timeout.ts'
import { treeLocalsOf } from './tree-locals.ts'
import { Waiter } from './waiter.ts'

/*
 * How far a start has come:
 *
 *   NOT ──start()──▶ queued (a callback) or timed (a timer) ──▶ BEGAN
 *    └──── kill ────▶ NEVER ◀──────────── kill ──┘
 */
const NOT = 'not started'
const BEGAN = 'began'
const NEVER = 'killed before it began'

/** Told of every greenlet that is started. */
const spawnCallbacks = new Set<(greenlet: Greenlet) => unknown>()

/**
 * A greenlet of gevent: a function that runs beside others, in plain code, on the loop of whoever made it. It is a task as
 * well, so that other code can await it (`yield* greenlet`, `await greenlet`), cancel it, and see what it waits for.
 *
 * One that is killed ends with a GreenletExit as its value, and is successful. An error that ends one is told to the hub,
 * which prints it.
 *
 * @example
 * ```ts
 * const greenlet = spawn((n: number) => { sleep(5); return n + 1 }, 4)
 * console.log(greenlet.get()) // 5
 * ```
 * @see gevent.Greenlet
 */
export class Greenlet<R = unknown> extends Task<R> {
  readonly hub: Hub
  /** What all greenlets share that were spawned by this one, and by those. */
  get spawnTreeLocals(): Record<PropertyKey, unknown> {
    this.#tree ??= {}
    return this.#tree
  }

  #tree: Record<PropertyKey, unknown> | undefined = treeLocalsOf()
  #start: typeof NOT | typeof BEGAN | typeof NEVER | Callback | HubTimer = NOT
  #ident: number | undefined
  #called: Bound
  /** It runs its own method. */
  readonly #isOwn: boolean
  /** Made when first needed. */
  #ends: GreenletLinks | undefined

  /**
   * Not started: see `spawn`.
   * @param run a class that extends this may have a method `_run` instead
   */
  constructor(run?: ((...args: never[]) => R) | undefined, ...args: unknown[]) {
    const hub = getHub()
    if (run !== undefined) checkRun('new Greenlet', run)
    super(run ?? ownRun, hub.loop)
    this.#called = new Bound(run ?? nothing, args)
    this.#isOwn = run === undefined
    this.hub = hub
    if (tracking.isOn) keepSpawningStack(this)
    // Until it is started it is nobody who waits.
    this._loop._roster.remove(this)
  }

  /** A greenlet that is started: see `spawn`. */
  static spawn<A extends readonly unknown[], R>(
    fn: (...args: A) => R,
    ...args: A
  ): Greenlet<GreenletResult<R>> {
    const greenlet = new Greenlet(fn as unknown as () => GreenletResult<R>, ...args)
    greenlet.start()
    return greenlet
  }

  /** A greenlet that starts after so many milliseconds: see `spawnLater`. */
  static spawnLater<A extends readonly unknown[], R>(
    ms: number,
    fn: (...args: A) => R,
    ...args: A
  ): Greenlet<GreenletResult<R>> {
    const greenlet = new Greenlet(fn as unknown as () => GreenletResult<R>, ...args)
    greenlet.startLater(ms)
    return greenlet
  }

  /** Has a function called with every greenlet that is started. */
  static addSpawnCallback(callback: (greenlet: Greenlet) => unknown): void {
    spawnCallbacks.add(callback)
  }

  static removeSpawnCallback(callback: (greenlet: Greenlet) => unknown): void {
    spawnCallbacks.delete(callback)
  }

  /** What it does where it was given no function. */
  _run(..._args: never[]): unknown {
    return undefined
  }

  /** A small number that no other greenlet has, for as long as anybody knows this one. */
  get minimalIdent(): number {
    this.#ident ??= takeIdent(this.hub, this)
    return this.#ident
  }

  override get name(): string {
    return typeof this._name === 'number' ? `Greenlet-${this.minimalIdent}` : this._name
  }

  override set name(name: string) {
    this._name = name
  }

  /** Whether it was started, and is not over. */
  get started(): boolean {
    return this.#start !== NOT && !this.done()
  }

  /** Whether it will never run again. */
  get dead(): boolean {
    return this.done() || this.#start === NEVER || this.#wasStopped
  }

  /** Whether it is over. */
  ready(): boolean {
    return this.dead
  }

  /** Whether it is over, and without an error. One that was killed is; one that was cancelled is not. */
  successful(): boolean {
    return (this._flags & STATE) === FINISHED
  }

  /** What it gave, once it is over: of one that was killed, the GreenletExit. */
  get value(): R | undefined {
    return this.successful() ? (this._value as R) : undefined
  }

  /** The error it ended with, once it has; unlike a future's, to be asked at any time. */
  override exception(): unknown {
    const state = this._flags & STATE
    return state === FAILED ? this._value : state === CANCELLED ? this._cancelError() : undefined
  }

  /** The greenlet or task that made this one, while both are alive. */
  get spawningGreenlet(): Task<unknown> | undefined {
    return this.parent
  }

  /** Where it was made, line by line, innermost first: while `config.trackGreenletTree` is set. */
  get spawningStack(): readonly string[] | undefined {
    return spawningStackOf(this)
  }

  /** Has it begin, in its turn. Started twice it does nothing. */
  start(): void {
    if (this.#start !== NOT) return
    this.#startsNow()
    this.#start = this.hub.runCallback(() => this.#begin())
  }

  /** Has it begin after so many milliseconds. */
  startLater(ms: number): void {
    if (this.#start !== NOT) return
    const timer = this.hub.timer(ms)
    this.#startsNow()
    this.#start = timer
    timer.start(() => this.#begin())
  }

  #startsNow(): void {
    this._loop._roster.add(this)
    for (const callback of spawnCallbacks) callback(this as Greenlet)
  }

  #begin(): void {
    this.#start = BEGAN
    this.run()
  }

  /**
   * What it gives, when it is over.
   *
   * Suspends: until it is over. Cancellation: nobody waits any more; the greenlet goes on.
   *
   * @throws the error it ended with; a Timeout if that comes first
   */
  get(options?: BlockOptions): R {
    return atOnce('Greenlet.get', this._get(options), this.get)
  }

  /** @internal */
  *_get({ block = true, timeout }: BlockOptions = {}): Waiting<R> {
    if (!this.ready()) {
      if (!block) throw new Timeout()
      const timer = yield* this.#over(timeout)
      if (timer !== undefined) throw timer
    }
    return this.result()
  }

  /**
   * Waits until it is over, well or not, or for so many milliseconds.
   *
   * Suspends: until it is over. Cancellation: nobody waits any more.
   */
  join(timeout?: number): void {
    atOnce('Greenlet.join', this._join(timeout), this.join)
  }

  /** @internal */
  *_join(timeout?: number): Waiting<void> {
    if (!this.ready()) yield* this.#over(timeout)
  }

  /** Waits until it is over; gives the timeout if that came first. */
  *#over(timeout: number | undefined): Waiting<unknown> {
    const parked = new Parked<unknown>(this as Task<unknown>)
    this.rawlink(parked.link)
    try {
      const timer = Timeout._startNewOrDummy(timeout)
      try {
        yield* parked
        return undefined
      } catch (error) {
        if (error !== timer) throw error
        this.unlink(parked.link)
        return error
      } finally {
        timer.cancel()
      }
    } catch (error) {
      this.unlink(parked.link)
      throw error
    }
  }

  /**
   * Throws an error in it, at its wait, a GreenletExit if none is given, and waits for its end. One that has not begun never
   * runs; it ends with that error.
   *
   * Suspends: until it is over, unless `block` is false. Cancellation: it is killed all the same.
   *
   * @param exception an error, or a class of errors
   */
  kill(exception?: unknown, options?: BlockOptions): void {
    return atOnce('Greenlet.kill', this._kill(exception, options), this.kill)
  }

  /** @internal */
  *_kill(exception: unknown = greenletExit(), { block = true, timeout }: BlockOptions = {}): Waiting<void> {
    const error = errorOf(exception)
    if (this._killBeforeStart(error) || this.ready()) return
    const waiter = block ? new Waiter<void>() : undefined
    this.hub.runCallback(() => {
      this.throw(error)
      waiter?.switch(undefined)
    })
    if (waiter === undefined) return
    yield* waiter._get()
    yield* this._join(timeout)
  }

  /** @internal Whether it is over now, not having begun. */
  _killBeforeStart(error: unknown): boolean {
    this.#cancelStart()
    if (this.dead) this.#dieBefore(error)
    return this.dead
  }

  /** Throws an error in it, at its wait: from the hub at once, from elsewhere in its turn. See `kill`. */
  throw(exception: unknown = greenletExit()): void {
    const error = errorOf(exception)
    if (!isInHub(this._loop)) {
      this.hub.runCallback(() => this.throw(error))
      return
    }
    this.#cancelStart()
    if (this.dead) this.#dieBefore(error)
    else throwInto(this, error)
  }

  override cancel(reason?: unknown): boolean {
    if (this.#start === BEGAN || this.done()) return super.cancel(reason)
    this.#cancelStart()
    this._finish(CANCELLED, reason)
    return true
  }

  /** Calls a function with this greenlet when it is over, in a greenlet of its own, where it may wait. */
  link(link: Link<this>): void {
    this.#links.add(spawnedLink(link, this.hub))
  }

  /** As `link`, if it ends without an error. */
  linkValue(link: Link<this>): void {
    this.#links.add(spawnedLink(link, this.hub, 'value'))
  }

  /** As `link`, if it ends with an error. */
  linkException(link: Link<this>): void {
    this.#links.add(spawnedLink(link, this.hub, 'exception'))
  }

  /** Calls a function with this greenlet when it is over, in the hub, where it cannot wait. */
  rawlink(link: Link<this>): void {
    this.#links.add(rawLink(link))
  }

  /** Takes a link back. */
  unlink(link: Link<this>): void {
    this.#ends?.remove(link)
  }

  unlinkAll(): void {
    this.#ends?.clear()
  }

  /** How many links there are. */
  hasLinks(): number {
    return this.#ends?.size ?? 0
  }

  override toString(): string {
    return `<${this.constructor.name} '${this.name}': ${callText(this.#called)}>`
  }

  get #links(): GreenletLinks {
    this.#ends ??= new GreenletLinks(this, this.hub)
    return this.#ends
  }

  get #wasStopped(): boolean {
    const start = this.#start
    return typeof start === 'object' && !start.pending
  }

  #cancelStart(): void {
    const start = this.#start
    if (start === NOT) this.#start = NEVER
    else if (typeof start === 'object') start.stop()
  }

  #dieBefore(error: unknown): void {
    if (!this.done()) this._fail(error)
  }

  /** @internal */
  override get _args(): readonly unknown[] {
    const { args } = this.#called
    return this.#isOwn ? [this, args] : args
  }

  /** @internal */
  override _fail(error: unknown): void {
    if (error instanceof GreenletExit) {
      this._finish(FINISHED, error)
      return
    }
    this._finish(FAILED, error)
    this.hub.handleError(this, error)
  }

  /** @internal */
  override _finish(state: number, value: unknown): void {
    super._finish(state, value)
    this.#called = withoutObjects(this.#called)
    this.#ends?.notifySoon()
  }

  /** @internal */
  override _explain(error: Error): void {
    if (!(error instanceof GreenletExit)) super._explain(error)
  }
}

plainMethods(Greenlet.prototype, ['get', 'join', 'kill'])
