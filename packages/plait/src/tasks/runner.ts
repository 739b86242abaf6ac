import type { DeadlockError } from '../errors/deadlock-error.ts'
import { misuse } from '../errors/misuse.ts'
import type { Clock } from '../loop/clock.ts'
import type { Host } from '../loop/host.ts'
import { makeTask, type TaskOptions } from './create-task.ts'
import { deadlockOf } from './deadlock.ts'
import { EventLoop, onLoop } from './event-loop.ts'
import { FAILED, STATE } from './future.ts'
import type { Runnable } from './runnable.ts'
import { isAbandoned, type Task } from './task.ts'
import { watchFuture } from './watch-future.ts'

/** How to make a Runner, and so the loop of a program. */
export interface RunnerOptions {
  /** Looks for mistakes that are silent by nature: swallowed cancels, slow steps, things never waited for. */
  debug?: boolean | undefined
  /** In debug mode, steps that take longer than this many milliseconds are reported. */
  slowStepMs?: number | undefined
  /** 'virtual' jumps from deadline to deadline and waits for none. */
  clock?: 'monotonic' | 'virtual' | Clock | undefined
  host?: Host | undefined
}

/**
 * Runs several programs, one after another, on one loop. Closing it cancels what they left running and waits for that.
 *
 * @example
 * ```ts
 * await using runner = new Runner({ debug: true })
 * const config = await runner.run(loadConfig())
 * await runner.run(serve(config))
 * ```
 * @see asyncio.Runner
 */
export class Runner implements AsyncDisposable {
  readonly #loop: EventLoop
  #isRunning = false
  #closing: Promise<void> | undefined
  /** A program was told of a deadlock that even its cancel could not end: nothing more is to be said of it. */
  #hasToldOfStuck = false

  constructor(options: RunnerOptions = {}) {
    this.#loop = new EventLoop(options)
    if (options.slowStepMs !== undefined) this.#loop.slowStepMs = options.slowStepMs
  }

  getLoop(): EventLoop {
    return this.#loop
  }

  /**
   * Runs a program to its end and gives its result.
   * @throws what it throws; DeadlockError if nothing on the loop can ever run again
   */
  async run<T>(main: Runnable<T>, options: TaskOptions = {}): Promise<T> {
    if (this.#closing !== undefined) throw misuse('runnerClosed')
    if (this.#isRunning || this.#loop.isRunning()) throw misuse('loopRunning', 'Runner.run')
    const task = onLoop(this.#loop, () => makeTask(this.#loop, main, options))
    this.#isRunning = true
    const deadlock = await this.#complete(task)
    this.#isRunning = false
    if (deadlock === undefined) return task.result()
    // Its own end (the cancel that freed it, mostly) matters less than why it had to be freed.
    task._taken()
    this.#hasToldOfStuck = !task.done()
    throw deadlock
  }

  /**
   * Cancels what is left, waits for it, and closes the loop. Closing twice waits for the same end.
   * @throws MisuseError while a program runs
   */
  async close(): Promise<void> {
    if (this.#isRunning) throw misuse('loopRunning', 'Runner.close')
    this.#closing ??= this.#close()
    await this.#closing
  }

  async #close(): Promise<void> {
    const loop = this.#loop
    for (let left = this.#tasks(); left.length > 0; left = this.#tasks()) {
      // One that is at its cleanup already is not to be interrupted in it.
      for (const task of left) if (!isAbandoned(task)) task.cancel()
      for (const task of left) {
        const deadlock = await this.#complete(task)
        if (!task.done()) {
          const message = 'the run ends with tasks that cannot end'
          if (!this.#hasToldOfStuck) loop.callExceptionHandler({ message, exception: deadlock })
          loop.close()
          return
        }
        if ((task._flags & STATE) !== FAILED) continue
        const message = `${task.name} failed while it was cancelled at the end of the run`
        loop.callExceptionHandler({ message, exception: task._takeError(), title: task.name })
      }
    }
    if (loop._hasExecutor) {
      await this.#complete(onLoop(loop, () => makeTask(loop, loop.shutdownDefaultExecutor())))
    }
    loop.close()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  /**
   * Runs the loop until a task is done. If nothing can ever run again, gives the reason, and cancels the task so that it
   * ends; one that does not even then is left.
   */
  async #complete(task: Task<unknown>): Promise<DeadlockError | undefined> {
    if (task.done()) return undefined
    const loop = this.#loop
    let deadlock: DeadlockError | undefined
    const onStuck = (): boolean => {
      if (!loop._isStuck || task.done()) return false
      if (loop._whenStuck?.(task) === true) return true
      if (deadlock === undefined) {
        deadlock = deadlockOf(loop)
        task.cancel()
        // Asked again even if the cancel moved nothing, in which case the host would have nothing to ask about.
        loop._host.schedule(onStuck)
      } else loop.stop()
      return true
    }
    loop._stuck = onStuck
    const forget = loop._host.onExhausted?.(onStuck)
    const unwatch = onLoop(loop, () => watchFuture(task, () => loop.stop()))
    await loop.runForever()
    unwatch()
    forget?.()
    loop._stuck = undefined
    return deadlock
  }

  #tasks(): Task<unknown>[] {
    return [...this.#loop._roster] as Task<unknown>[]
  }
}
