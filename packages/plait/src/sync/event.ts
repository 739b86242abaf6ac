import type { Selectable, WaitOptions } from '../coroutine/wait.ts'
import { showAsText } from '../errors/show.ts'
import { checkOptions } from '../tasks/check-options.ts'
import { LineGate } from '../tasks/line-gate.ts'
import { LATER, Place } from '../tasks/place.ts'
import type { Task } from '../tasks/task.ts'
import { LongLine } from '../tasks/waiting-line.ts'
import { withOptions } from '../tasks/with-signal.ts'
import { type NameOptions, textOf, titleOf } from './title.ts'

/** Whether an event is set, and who waits for it. */
export interface EventStatistics {
  readonly isSet: boolean
  /** First come first. */
  readonly waiters: readonly Task<unknown>[]
}

/**
 * A flag that tasks wait for. Setting it lets all of them go on, and whoever comes later, until it is cleared.
 *
 * @example
 * ```ts
 * const ready = new Event()
 * createTask(function* () { yield* ready.wait(); console.log('go') })
 * ready.set()
 * ```
 * @see asyncio.Event
 */
export class Event extends LineGate<true, LongLine> {
  readonly name: string | undefined
  #isSet = false

  constructor(options?: NameOptions) {
    super('event.wait()', new LongLine())
    checkOptions('new Event(…)', options)
    this.name = options?.name
  }

  isSet(): boolean {
    return this.#isSet
  }

  /** Wakes all who wait, in the order they came: also if it is cleared before they run. */
  set(): void {
    if (this.#isSet) return
    this.#isSet = true
    this._line.wake(this._line.size)
  }

  clear(): void {
    this.#isSet = false
  }

  /**
   * Waits until it is set.
   *
   * Suspends: only if it is not. Cancellation: nothing is lost. Fairness: all who wait are woken, first come first.
   *
   * @throws the signal's reason if it is aborted
   */
  wait(options?: WaitOptions): Selectable<true> {
    return withOptions(new Place(this), options)
  }

  statistics(): EventStatistics {
    return { isSet: this.#isSet, waiters: this._line.tasks() }
  }

  override toString(): string {
    return textOf('Event', this.name, this.#isSet ? 'set' : 'unset', this._line.size)
  }

  /** @internal */
  override _attempt(): true | typeof LATER {
    return this.#isSet ? true : LATER
  }

  /** @internal */
  override _pass(): true {
    return true
  }

  /** @internal */
  override _describe(): string {
    return `${titleOf('event', this.name)}, which is not set`
  }
}

showAsText(Event.prototype)
