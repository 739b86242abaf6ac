import { CancelledError } from '../errors/cancelled-error.ts'
import { GreenletExit } from '../errors/greenlet-exit.ts'
import { checkDelay } from '../loop/check-delay.ts'
import type { Scheduler } from '../loop/scheduler.ts'
import { currentLoop } from '../tasks/current.ts'
import { deadlockOf } from '../tasks/deadlock.ts'
import type { EventLoop } from '../tasks/event-loop.ts'
import type { Task } from '../tasks/task.ts'
import { Callback } from './callback.ts'
import { config, onSetting } from './config.ts'
import { type DueCall, HubTimer } from './hub-timer.ts'
import { LoopExit } from './loop-exit.ts'
import { PeriodicMonitoringThread } from './monitor.ts'
import { readTracking } from './spawning-stack.ts'
import { throwInto } from './throw-into.ts'

/** Callbacks that are queued go before timers that are due, for as many of them, or so many milliseconds. */
const MOST_CALLBACKS = 50
const LONGEST_MS = 5
/** Whatever the time, which may be virtual. */
const MOST_EVER = 10_000

/**
 * What greenlets give control to when they wait: the loop they run on, as gevent has it. Its callbacks are called first come
 * first served, its timers by priority; what these resume runs at once, inside of them.
 *
 * @example
 * ```ts
 * getHub().runCallback(() => console.log('in the hub, where nothing can wait'))
 * ```
 * @see gevent.hub.Hub
 */
export class Hub {
  readonly loop: EventLoop
  /** @internal Those who wait for all others. */
  readonly _joiners: Set<{ switch(isOver: boolean): void }> = new Set()
  /** @internal */ pendingCallbacks = 0
  /** Errors that are none to `handleError`. */
  notErrors: readonly (abstract new (...args: never[]) => unknown)[] = [GreenletExit, CancelledError]
  readonly #due: DueCall[] = []
  readonly #closing = new Set<() => void>()
  #monitor: PeriodicMonitoringThread | undefined
  #isFlushing = false
  #waited = 0
  #waitedSince = 0

  /** @internal */
  constructor(loop: EventLoop) {
    this.loop = loop
    loop._whenStuck = main => this.#exit(main)
    loop._whenClosed = () => {
      this._stopMonitoring()
      for (const close of this.#closing) close()
    }
    readTracking()
    if (config.monitorThread) this.startPeriodicMonitoringThread()
  }

  /**
   * Calls a function in the hub, after those that were asked for before. In there nothing can wait.
   */
  runCallback<A extends unknown[]>(fn: (...args: A) => unknown, ...args: A): Callback {
    const callback = new Callback(this, fn as (...args: never[]) => unknown, args)
    this.loop._push(callback)
    return callback
  }

  /** A timer that is not started yet. `priority`: of those due together, the higher goes first. */
  timer(ms: number, priority = 0): HubTimer {
    checkDelay('timer', ms)
    return new HubTimer(this, ms, priority)
  }

  /**
   * Told of every error that has ended a greenlet, a callback or a link: prints it, but for a GreenletExit. Can be replaced.
   *
   * @param context the greenlet, or what else has failed
   */
  handleError(context: unknown, error: unknown): void {
    if (this.notErrors.some(kind => error instanceof kind)) return
    const name = error instanceof Error ? error.name : String(error)
    this.loop.callExceptionHandler({ message: `${String(context)} failed with ${name}`, exception: error })
  }

  /**
   * Has another thread watch for greenlets that keep this loop from running, as `config.monitorThread` does for every hub.
   * Started twice it is the same.
   *
   * @throws MisuseError where there are no threads
   */
  startPeriodicMonitoringThread(): PeriodicMonitoringThread {
    if (this.#monitor?.shouldRun !== true) this.#monitor = new PeriodicMonitoringThread(this.loop)
    return this.#monitor
  }

  /** @internal */
  _stopMonitoring(): void {
    this.#monitor?.kill()
    this.#monitor = undefined
  }

  /** @internal Has a function called when the loop is closed; gives what takes that back. */
  _onClose(close: () => void): () => void {
    this.#closing.add(close)
    return () => void this.#closing.delete(close)
  }

  toString(): string {
    return `<Hub of ${this.loop.isRunning() ? 'a running' : 'a stopped'} loop>`
  }

  /** @internal */
  timerIsDue(call: DueCall): void {
    this.#due.push(call)
    if (this.#isFlushing) return
    this.#isFlushing = true
    this.#waited = 0
    this.#waitedSince = this.loop.time()
    // Those that have become due since this turn began stand before the hub.
    this.loop._queueDue()
    this.loop._push(this)
  }

  /** @internal Calls the timers that are due, those too that have become so meanwhile, when no callback is left. */
  run(): void {
    if (this.loop._queueDue() || this.pendingCallbacks > 0) {
      this.#waited += 1
      const isSoon = this.#waited < MOST_CALLBACKS || this.loop.time() - this.#waitedSince < LONGEST_MS
      if (isSoon && this.#waited < MOST_EVER) {
        this.loop._push(this)
        return
      }
    }
    this.#isFlushing = false
    const due = this.#due.splice(0).sort((a, b) => b.priority - a.priority)
    for (const one of due) {
      if (one.isDropped) continue
      try {
        one.call()
      } catch (error) {
        this.handleError(one, error)
      }
    }
  }

  /** Nothing can ever run again: those are told who wait for that; else the main greenlet is thrown it, at its wait. */
  #exit(main: Task<unknown>): boolean {
    if (this._joiners.size > 0) {
      for (const joiner of this._joiners) this.runCallback(() => joiner.switch(true))
      this._joiners.clear()
      return true
    }
    const { tasks, circles } = deadlockOf(this.loop)
    // In a turn of its own: the loop has gone to sleep, and would not look whether it is stuck again.
    this.runCallback(throwInto, main, new LoopExit(tasks, circles))
    return true
  }
}

const hubs = new WeakMap<Scheduler, Hub>()
let last: Hub | undefined

/**
 * The hub of the running code.
 *
 * @example
 * ```ts
 * getHub().handleError = (context, error) => log.error(String(context), error)
 * ```
 * @see gevent.get_hub
 */
export function getHub(): Hub {
  return hubOf(currentLoop())
}

/** The hub that something was used on before, as long as its loop runs; else that of the running code. */
export function hubStill(before: Hub | undefined): Hub {
  return before?.loop.isRunning() === true ? before : getHub()
}

/** The hub of a loop: made when first asked for. */
export function hubOf(loop: Scheduler): Hub {
  if (last?.loop === loop) return last
  let hub = hubs.get(loop)
  if (hub === undefined) {
    hub = new Hub(loop as EventLoop)
    hubs.set(loop, hub)
  }
  last = hub
  return hub
}

onSetting('monitorThread', () => {
  const hub = hubs.get(currentLoop())
  if (config.monitorThread) hub?.startPeriodicMonitoringThread()
  else hub?._stopMonitoring()
})
