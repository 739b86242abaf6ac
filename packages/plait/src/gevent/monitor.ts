import type { Scheduler } from '../loop/scheduler.ts'
import { currentHolder } from '../tasks/holder.ts'
import { watchSteps } from './monitor-steps.ts'
import { giveBack, type ThreadWatch, takeThreadWatch } from './monitor-thread.ts'

/**
 * Another thread that watches the loop of a hub, as `hub.startPeriodicMonitoringThread()` gives it: a greenlet that runs for
 * more than `config.maxBlockingTime` without waiting is reported on the standard error stream while it does, with its stack
 * where the engine can be asked for it, and told to the subscribers of `events` as an `EventLoopBlocked` when it lets go.
 * It does not keep the process alive, and ends with the loop. What an async function does after an `await` it does not see.
 *
 * @example
 * ```ts
 * const monitor = getHub().startPeriodicMonitoringThread()
 * monitor.kill()
 * ```
 * @see gevent._monitor.PeriodicMonitoringThread
 */
export class PeriodicMonitoringThread {
  readonly #watch: ThreadWatch
  readonly #stop: () => void
  #isOn = true

  /** @internal */
  constructor(loop: Pick<Scheduler, 'instrument'>) {
    this.#watch = takeThreadWatch()
    this.#stop = watchSteps(loop, this.#watch)
    this.monitorCurrentGreenletBlocking()
  }

  /** Whether it goes on to watch. */
  get shouldRun(): boolean {
    return this.#isOn
  }

  /** Watches no more. Killed twice it does nothing. */
  kill(): void {
    if (!this.#isOn) return
    this.#isOn = false
    this.#stop()
    this.#watch.ignore()
    giveBack(this.#watch)
  }

  /** The current greenlet may take as long as it likes, up to its next wait. */
  ignoreCurrentGreenletBlocking(): void {
    if (this.#isOn) this.#watch.ignore()
  }

  /** The time of the current greenlet counts, from now on. */
  monitorCurrentGreenletBlocking(): void {
    const greenlet = currentHolder()
    if (this.#isOn && greenlet !== undefined) this.#watch.begins(greenlet)
  }
}
