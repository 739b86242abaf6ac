import { type HostScope, running } from '../coroutine/surroundings.ts'
import { checkCallback } from '../errors/check-callback.ts'
import { misuse } from '../errors/misuse.ts'
import { Alarm } from './alarm.ts'
import { checkDelay } from './check-delay.ts'
import { type Clock, clockOf } from './clock.ts'
import { defaultHost } from './default-host.ts'
import { Handle, TimerHandle } from './handle.ts'
import { type AsyncContext, type Host, isHost } from './host.ts'
import { type Instrument, listening } from './instrument.ts'
import { hereScope } from './node-context.ts'
import { Pace } from './pace.ts'
import { Patience } from './patience.ts'
import { type Entry, ReadyRing } from './ready-ring.ts'
import { Roster } from './roster.ts'
import type { Ground } from './surround.ts'
import { type TimerEntry, TimerHeap } from './timer-heap.ts'

/**
 * The loop whose turn it is on this thread. On hosts without a context of promises, also whose async function was
 * resumed last: until the next turn the running microtasks are its.
 */
export const active: { loop: Scheduler | undefined; resumed: unknown } = {
  loop: undefined,
  resumed: undefined,
}

type Callback<A extends unknown[]> = (...args: A) => unknown

/**
 * The turns of a loop: a ring of what is ready, a heap of what is due later, and the host that lends it the thread.
 *
 * A turn is CPython's: due timers go behind what is ready, then exactly as many entries run as are ready now. Turns
 * are strung together while there is work, for a slice of some milliseconds; then the host has its turn, and the loop
 * goes on where it stopped, in the middle of a turn if need be.
 */
export class Scheduler implements Ground {
  readonly clock: Clock
  /** @internal */ readonly _host: Host
  /** @internal */ readonly _scope: HostScope
  /** @internal */ readonly _roster: Roster = new Roster()
  /** @internal How tasks are made here, if not in the usual way. Kept for the tasks, which know its type. */
  _taskFactory: unknown = undefined
  /** @internal */ readonly _ring: ReadyRing = new ReadyRing()
  /** @internal How many of its waits are for the world outside. */ _outside = 0
  /** @internal Timers that are nothing to wait for where there is nothing else. */ _idleTimers = 0
  readonly #timers = new TimerHeap()
  readonly #pace = new Pace()
  readonly #patience: Patience
  readonly #alarm: Alarm
  #instrument: Instrument | undefined
  #now = 0
  /** Where in the ring the turn under way ends. */
  #turnEnd: number = this._ring.tail
  /** Where the batch under way ends: the turn, or the entry before which the clock is looked at. */
  #batchBegin = 0
  #batchEnd = 0
  /** A drain is under way or asked for: a push need not ask. */
  #awake = false
  /** Something is to be done when this turn is over: stop, or let microtasks run. */
  #turnEndsSpecially = false
  #mustLeave = false
  /** An entry has let the host in, and goes on before all others: but for timers that are due, which it must not starve. */
  #isPaused = false
  /** The drain under way ends because the host is to have its turn, not because there is nothing to do. */
  #goesOn = false
  #state: 'stopped' | 'running' | 'stopping' | 'closed' = 'stopped'
  #stopped: (() => void) | undefined

  constructor(
    options: { clock?: 'monotonic' | 'virtual' | Clock | undefined; host?: Host | undefined } = {},
  ) {
    this.clock = clockOf(options.clock)
    this._host = options.host ?? defaultHost()
    if (!isHost(this._host)) throw misuse('badHost', this._host)
    this._scope = this._asyncContext?.ground(this) ?? hereScope()
    this.#patience = new Patience(this._host)
    this.#alarm = new Alarm(this._host, this.#enter)
  }

  /** @internal */
  get _asyncContext(): AsyncContext | undefined {
    return this._host.asyncContext
  }

  /** Told of what happens here; costs nothing while there is none. */
  get instrument(): Instrument | undefined {
    return this.#instrument
  }

  set instrument(instrument: Instrument | undefined) {
    this.#instrument = instrument
    if (instrument !== undefined) listening.ever = true
  }

  /** The loop's time in milliseconds: monotonic, or virtual. */
  time(): number {
    this.#now = this.clock.now()
    return this.#now
  }

  /**
   * Calls `fn` in the next turn, in the order asked.
   *
   * @example
   * ```ts
   * getEventLoop().callSoon(console.log, 'next turn')
   * ```
   * @see loop.call_soon
   */
  callSoon<A extends unknown[]>(fn: Callback<A>, ...args: A): Handle {
    this.#checkOpen()
    checkCallback('callSoon', fn)
    const handle = new Handle(this, fn as (...args: never[]) => unknown, args)
    this._push(handle)
    return handle
  }

  /** Calls `fn` after `ms` milliseconds; those due at the same time in the order asked. */
  callLater<A extends unknown[]>(ms: number, fn: Callback<A>, ...args: A): TimerHandle {
    checkDelay('callLater', ms)
    checkCallback('callLater', fn)
    return this.callAt(this.time() + ms, fn, ...args)
  }

  /** Calls `fn` at a time of the loop's clock. */
  callAt<A extends unknown[]>(when: number, fn: Callback<A>, ...args: A): TimerHandle {
    checkDelay('callAt', when)
    checkCallback('callAt', fn)
    const handle = new TimerHandle(this, when, fn as (...args: never[]) => unknown, args)
    this._pushTimer(when, handle)
    return handle
  }

  isRunning(): boolean {
    return this.#state === 'running' || this.#state === 'stopping'
  }

  isClosed(): boolean {
    return this.#state === 'closed'
  }

  /** Ends `runForever` when the turn under way is over. What is queued stays queued. */
  stop(): void {
    if (this.#state !== 'running') return
    this.#state = 'stopping'
    this.#turnEndsSpecially = true
    this.#wake()
  }

  /** Drops everything queued. The loop must not be running. */
  close(): void {
    if (this.isRunning()) throw misuse('loopRunning', 'close')
    this.#state = 'closed'
    this._ring.clear()
    this.#timers.clear()
    this.#alarm.clear()
  }

  /** @internal Runs until `stop()`; then calls back. */
  _start(stopped?: () => void): void {
    this.#checkOpen()
    if (this.isRunning()) throw misuse('loopRunning', 'runForever')
    this.#state = 'running'
    this.#stopped = stopped
    this.#wake()
  }

  /** @internal */
  _push(entry: Entry): void {
    this._ring.push(entry)
    if (!this.#awake) this.#wake()
  }

  /** @internal */
  _pushTimer(when: number, entry: TimerEntry): void {
    this.#checkOpen()
    this.#timers.push(when, entry)
    if (!this.#awake) this.#wake()
  }

  /** @internal */
  _timerDropped(): void {
    this.#timers.noteDropped()
  }

  /** @internal Puts timers that have become due in the turn under way behind what is ready; whether there are any. */
  _queueDue(): boolean {
    return this.#timers.moveDue(this.#now, this._ring)
  }

  /** @internal A wait for the world outside (a promise, mostly) begins. */
  _outsideBegins(): void {
    this._outside += 1
    this.#patience.renew()
  }

  /** @internal And ends: under virtual time the loop may be stuck now, and nothing else would make it look. */
  _outsideEnds(): void {
    this._outside -= 1
    if (this._outside === 0 && this.clock.advanceTo !== undefined) this.#wake()
  }

  /** @internal Whether nothing but a callback of the host could wake this loop. */
  get _isStuck(): boolean {
    return !this.#awake && (!this.#alarm.isSet || this.#timers.areIdle(this))
  }

  /** @internal An entry whose turn was interrupted goes first when the host has had its own. */
  _pause(entry: Entry): void {
    this._ring.unshift(entry)
    this.#isPaused = true
    this.#stopBatch()
  }

  /**
   * @internal An async function was begun or resumed: it goes on when the host runs microtasks, which it does after
   * this turn; at once where only the order of things tells whose microtasks they are.
   */
  _resumedAsync(strand: unknown): void {
    this.#turnEndsSpecially = true
    if (this._asyncContext !== undefined) return
    active.resumed = strand
    this.#mustLeave = true
    this.#stopBatch()
  }

  /** @internal One more satisfied wait: whether it is time to let the host in. */
  _spend(): boolean {
    this.#pace.fuel -= 1
    if (this.#pace.fuel > 0 || active.loop !== this) return false
    return this.#pace.look()
  }

  /** @internal What becomes of an error with nowhere to go; the event loop reports it. */
  _callbackFailed(error: unknown, _callback: { readonly name: string }): void {
    throw error
  }

  /** @internal Nothing is ready, nothing is due, and the host has nothing under way. */
  _onStuck(): void {}

  #checkOpen(): void {
    if (this.#state === 'closed') throw misuse('loopClosed')
  }

  #wake(): void {
    if (!this.isRunning() || this.#awake) return
    this.#awake = true
    this.#patience.renew()
    this._host.schedule(this.#enter)
  }

  readonly #enter = (): void => this._scope.runInAsyncScope(drain, undefined, this)

  /** @internal */
  _drain(): void {
    if (!this.isRunning()) {
      this.#awake = false
      return
    }
    this.#alarm.clear()
    const { loop: outer } = active
    const { strand, seat } = running
    active.loop = this
    active.resumed = undefined
    running.strand = undefined
    running.seat = undefined
    this.#awake = true
    this.#pace.begin()
    this.#batchBegin = this._ring.head
    this.#batchEnd = 0
    this.#now = this.clock.now()
    this.#goesOn = true
    try {
      if (this.#isPaused && this.clock.advanceTo === undefined) this.#timers.runDue(this.#now)
      this.#isPaused = false
      while (this.#nextBatch()) this.#runBatch()
    } catch (error) {
      // What the runtime's own entries throw (a cancel too deep for the stack, say) must not end the loop.
      this._callbackFailed(error, { name: 'the event loop' })
    } finally {
      active.loop = outer
      running.strand = strand
      running.seat = seat
      if (this.#goesOn) this._host.schedule(this.#enter)
    }
  }

  /** Every switch. A method, since the best code is for what is called often, not for a long loop (30 ns, not 50). */
  #runBatch(): void {
    const ring = this._ring
    for (;;) {
      while (ring.head < this.#batchEnd) ring.shift().run()
      // With no timer to look after, the next turn follows at once: where tasks hand over, each is one entry long.
      const left = this.#pace.fuel - (ring.head - this.#batchBegin)
      if (ring.head !== this.#turnEnd || this.#turnEndsSpecially || this.#timers.size > 0) return
      if (left <= 0 || ring.head === ring.tail) return
      this.#turnEnd = ring.tail
      this.#batchEnd = Math.min(ring.tail, ring.head + left)
    }
  }

  /** Sets how far to run before the next look around; false when there is nothing to run, or the host has its turn. */
  #nextBatch(): boolean {
    const ring = this._ring
    const pace = this.#pace
    pace.fuel -= ring.head - this.#batchBegin
    this.#batchBegin = ring.head
    if (pace.fuel <= 0 && this.#isSliceOver()) return false
    if (ring.head === this.#turnEnd) {
      if (this.#turnEndsSpecially) {
        this.#turnEndsSpecially = false
        if (this.#state === 'stopping') this.#halt()
        return false
      }
      if (!this.#beginTurn()) {
        this.#sleep()
        return false
      }
      this.#batchBegin = ring.head
    }
    this.#batchEnd = Math.min(this.#turnEnd, ring.head + pace.fuel)
    return true
  }

  #isSliceOver(): boolean {
    const isOver = this.#pace.look()
    this.#now = this.clock.now()
    const mustLeave = this.#mustLeave
    this.#mustLeave = false
    return mustLeave || isOver
  }

  /** Ends the batch under way after the entry that runs now. */
  #stopBatch(): void {
    this.#batchEnd = 0
    this.#pace.fuel = 0
  }

  /** Puts due timers behind what is ready and sets the end of the turn; whether there is one. */
  #beginTurn(): boolean {
    const timers = this.#timers
    const ring = this._ring
    if (timers.size > 0) {
      timers.discardDropped()
      if (ring.size === 0 && timers.size > 0 && timers.next > this.#now) {
        this.#now = this.clock.now()
        if (timers.next > this.#now && this.#mayAdvance()) {
          this.clock.advanceTo?.(timers.next)
          this.#now = timers.next
          this.#patience.renew()
        }
      }
      timers.moveDue(this.#now, ring)
    }
    ring.rewind()
    this.#turnEnd = ring.tail
    return ring.head < ring.tail
  }

  #mayAdvance(): boolean {
    if (this.clock.advanceTo === undefined || this.#timers.next === Number.POSITIVE_INFINITY) return false
    return !this.#timers.areIdle(this) && (this._outside === 0 || this.#patience.isOver())
  }

  #sleep(): void {
    this.#goesOn = false
    this.#awake = false
    this._ring.shrink()
    this.#turnEnd = this._ring.tail
    this.#turnEndsSpecially = false
    const next = this.#timers.size > 0 ? this.#timers.next : Number.POSITIVE_INFINITY
    const isIdle = this.#timers.areIdle(this)
    if (this.clock.advanceTo !== undefined) this.#sleepVirtually(isIdle ? Number.POSITIVE_INFINITY : next)
    else if (next !== Number.POSITIVE_INFINITY) this.#alarm.set(next - this.#now, isIdle)
  }

  /** Virtual time waits for the real world while that has something under way, and no longer. */
  #sleepVirtually(next: number): void {
    if (next === Number.POSITIVE_INFINITY) {
      // A promise in the way wakes the loop itself, or the host tells when nothing can settle it any more.
      if (this._outside > 0) return
      if (this.#patience.isQuiet()) return this._onStuck()
    }
    if (this.#patience.isFresh) {
      this.#awake = true
      this._host.schedule(this.#enter)
    } else this.#alarm.set(this.#patience.pauseMs)
  }

  #halt(): void {
    this.#goesOn = false
    this.#state = 'stopped'
    this.#awake = false
    this.#stopped?.()
  }
}

const drain = (scheduler: Scheduler): void => scheduler._drain()
