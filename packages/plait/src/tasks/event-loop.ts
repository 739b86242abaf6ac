import { NOWHERE } from '../coroutine/surroundings.ts'
import type { Awaitable, Waiting } from '../coroutine/wait.ts'
import { checkCallback } from '../errors/check-callback.ts'
import { misuse } from '../errors/misuse.ts'
import type { Clock } from '../loop/clock.ts'
import type { Handle } from '../loop/handle.ts'
import type { Host } from '../loop/host.ts'
import { active, Scheduler } from '../loop/scheduler.ts'
import { Call } from './call.ts'
import { createTaskOn, ensureFuture, type TaskFactory, type TaskOptions } from './create-task.ts'
import { currentLoop, hostLoop } from './current.ts'
import { type DebugSession, debugInstrument } from './debug.ts'
import { checkExecutor, checkSubmitter, defaultExecutor } from './default-executor.ts'
import { DoneCallback } from './done-callback.ts'
import type { Executor, JobResult } from './executor.ts'
import { Future } from './future.ts'
import { type ExceptionContext, printException } from './report.ts'
import type { Runnable } from './runnable.ts'
import { Task } from './task.ts'
import { failureReport, reportFailures } from './unretrieved.ts'
import { watchFuture } from './watch-future.ts'

/** What a loop is made with. */
export interface EventLoopOptions {
  /** 'virtual' jumps from deadline to deadline and waits for none. */
  clock?: 'monotonic' | 'virtual' | Clock | undefined
  host?: Host | undefined
  debug?: boolean | undefined
}

/** Told of every error that has nowhere else to go. */
export type ExceptionHandler = (loop: EventLoop, context: ExceptionContext) => void

/**
 * An event loop: runs tasks, callbacks and timers in turns on its thread. `run` makes one of its own; outside any, the
 * thread's host loop serves.
 *
 * Loops share their thread, so unlike asyncio's they may wait for each other's futures, and running one does not block.
 *
 * @example
 * ```ts
 * const loop = new EventLoop({ clock: new VirtualClock() })
 * loop.callLater(1000, console.log, 'a second later, at once')
 * await loop.runUntilComplete(sleep(2000))
 * loop.close()
 * ```
 * @see asyncio.EventLoop
 */
export class EventLoop extends Scheduler {
  #handler: ExceptionHandler | undefined
  #debug: DebugSession | undefined
  #executor: Executor | undefined
  /** @internal Told when nothing can ever run again. */
  _stuck: (() => void) | undefined
  /** @internal Asked first, with the task the program began in: whether it knows of a way to go on. */
  _whenStuck: ((main: Task<unknown>) => boolean) | undefined
  /** @internal Told when it has been closed. */
  _whenClosed: (() => void) | undefined

  constructor(options: EventLoopOptions = {}) {
    super(options)
    if (options.debug === true) this.debug = true
  }

  /** `callSoon` for callers on another thread or in a callback of the host: here the same, since a push wakes the loop. */
  callSoonThreadsafe<A extends unknown[]>(fn: (...args: A) => unknown, ...args: A): Handle {
    return this.callSoon(fn, ...args)
  }

  /** A future of this loop. */
  createFuture<T>(): Future<T> {
    return new Future<T>({ loop: this })
  }

  /** A task of this loop. */
  createTask<T>(what: Runnable<T>, options?: TaskOptions): Task<T> {
    return createTaskOn(this, what, options)
  }

  getTaskFactory(): TaskFactory | undefined {
    return this._taskFactory as TaskFactory | undefined
  }

  /** Has every task of this loop made by `factory`; undefined for the usual way. */
  setTaskFactory(factory: TaskFactory | undefined): void {
    if (factory !== undefined) checkCallback('setTaskFactory', factory)
    this._taskFactory = factory
  }

  /**
   * Has a function called by an executor, by the loop's own if none is given: a future of what it returns.
   *
   * @throws MisuseError if there is no executor (`plait/executors` was not imported), and for what cannot be sent to it
   * @example
   * ```ts
   * const digest = yield* getEventLoop().runInExecutor(undefined, hash, data)
   * ```
   * @see loop.run_in_executor
   */
  runInExecutor<A extends readonly unknown[], R>(
    executor: Pick<Executor, 'submit'> | undefined | null,
    fn: (...args: A) => R,
    ...args: NoInfer<A>
  ): Future<JobResult<R>> {
    if (executor === undefined || executor === null) this.#executor ??= defaultExecutor.make()
    else checkSubmitter(executor)
    const taker = (executor ?? this.#executor) as Executor
    return onLoop(this, () => taker.submit(fn, ...args))
  }

  /** Has `runInExecutor` and `toThread` use this executor, where they are given none. */
  setDefaultExecutor(executor: Executor): void {
    checkExecutor(executor)
    this.#executor = executor
  }

  /**
   * Ends the executor that was made for this loop, or that it was given: `run` does so at its end.
   *
   * Suspends: until its jobs have ended.
   */
  shutdownDefaultExecutor(): Awaitable<void> {
    return new Call('loop.shutdownDefaultExecutor()', () => this.#shutdownExecutor())
  }

  *#shutdownExecutor(): Waiting<void> {
    const executor = this.#executor
    this.#executor = undefined
    if (executor !== undefined) yield* executor.shutdown()
  }

  /** @internal Whether there is an executor to be shut down. */
  get _hasExecutor(): boolean {
    return this.#executor !== undefined
  }

  /** Runs until `stop()`; the promise resolves then. */
  runForever(): Promise<void> {
    return new Promise(resolve => this._start(resolve))
  }

  /**
   * Runs until this is done and gives its result; the loop then stops, and may be run again.
   * @throws what it failed with; MisuseError if the loop is stopped before
   */
  async runUntilComplete<T>(what: Future<T> | Runnable<T>): Promise<T> {
    if (this.isClosed()) throw misuse('loopClosed')
    if (this.isRunning()) throw misuse('loopRunning', 'runUntilComplete')
    const future = onLoop(this, () => ensureFuture(what))
    const unwatch = onLoop(this, () => watchFuture(future, () => this.stop()))
    await this.runForever()
    unwatch()
    if (!future.done()) throw misuse('loopStopped')
    return future.result()
  }

  /** Whether mistakes that cost time to find are looked for: swallowed cancels, slow steps, things never waited for. */
  get debug(): boolean {
    return this.#debug !== undefined
  }

  set debug(on: boolean) {
    if (on === this.debug) return
    if (on) this.#debug = debugInstrument(this)
    else {
      this.#debug?.end()
      this.#debug = undefined
    }
  }

  /** In debug mode, steps that take longer than this many milliseconds are reported. */
  get slowStepMs(): number {
    return this.#debug?.slowStepMs ?? 100
  }

  set slowStepMs(ms: number) {
    if (this.#debug !== undefined) this.#debug.slowStepMs = ms
  }

  getExceptionHandler(): ExceptionHandler | undefined {
    return this.#handler
  }

  /** Has `handler` told of errors that have nowhere else to go, in place of the standard error stream. */
  setExceptionHandler(handler: ExceptionHandler | undefined): void {
    if (handler !== undefined) checkCallback('setExceptionHandler', handler)
    this.#handler = handler
  }

  /** What happens to such errors where no handler was set: printed, with the task they came from. */
  defaultExceptionHandler(context: ExceptionContext): void {
    printException(context)
  }

  callExceptionHandler(context: ExceptionContext): void {
    if (this.#handler === undefined) {
      this.defaultExceptionHandler(context)
      return
    }
    try {
      this.#handler(this, context)
    } catch (error) {
      this.defaultExceptionHandler(context)
      this.defaultExceptionHandler({ message: 'the exception handler itself failed', exception: error })
    }
  }

  override close(): void {
    super.close()
    reportFailures(this)
    this._whenClosed?.()
    this.debug = false
    this.instrument = undefined
    keepShapes(this)
  }

  /** @internal */
  override _callbackFailed(error: unknown, callback: { readonly name: string }): void {
    this.callExceptionHandler({ message: `${callback.name} failed`, exception: error })
  }

  /** @internal */
  override _onStuck(): void {
    this._stuck?.()
  }
}

/**
 * A loop that has ended, and a task and a callback with it: kept because the engine lets go of the shape of objects when
 * the last of them is collected, and of all code compiled for it. A program that was idle for a while would begin slow
 * again (a step at 110 ns where it was 30).
 */
const kept: { shapes: readonly unknown[] } = { shapes: [] }

function keepShapes(loop: EventLoop): void {
  const task = new Task<void>((function* (): Generator<undefined, void> {})(), loop, 'shape')
  const callback = new DoneCallback(loop, () => {}, NOWHERE)
  task.run()
  callback._notify(task)
  callback.run()
  kept.shapes = [loop, task, callback]
}

/** Runs a function as if this loop had its turn, so that what it makes is of this loop. */
export function onLoop<R>(loop: Scheduler, fn: () => R): R {
  const before = active.loop
  active.loop = loop
  try {
    return loop._scope.runInAsyncScope(fn, undefined, undefined)
  } finally {
    active.loop = before
  }
}

/**
 * The loop of the running code; outside any, the thread's host loop, which always runs.
 *
 * @example
 * ```ts
 * getEventLoop().callLater(100, refresh)
 * ```
 * @see asyncio.get_event_loop
 */
export function getEventLoop(): EventLoop {
  return currentLoop() as EventLoop
}

hostLoop.make = () => {
  const loop = new EventLoop()
  loop._start()
  // At the end of the process nobody will take an error any more.
  loop._host.onExhausted?.(() => {
    reportFailures(loop)
    return false
  })
  return loop
}

failureReport.tell = ({ title, error, loop }) => {
  const context = { message: `the error of ${title} was never taken`, exception: error, title }
  ;(loop as EventLoop).callExceptionHandler(context)
}
