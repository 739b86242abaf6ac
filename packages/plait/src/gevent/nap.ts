import type { TimerEntry } from '../loop/timer-heap.ts'
import { FINISHED, PENDING, STATE } from '../tasks/future.ts'
import type { Hub } from './hub.ts'
import type { DueCall } from './hub-timer.ts'
import { Parked } from './parked.ts'

/*
 * The two commonest waits are each one object: what the greenlet is parked on, and what stands in the line of the hub or
 * among its timers.
 */

/** A greenlet that has given way: it stands in the line of callbacks itself. */
export class Turn extends Parked<void> {
  readonly #hub: Hub

  constructor(hub: Hub) {
    super('its next turn')
    this.#hub = hub
    hub.pendingCallbacks += 1
    hub.loop._push(this)
  }

  run(): void {
    this.#hub.pendingCallbacks -= 1
    if ((this._flags & STATE) === PENDING) this._finish(FINISHED, undefined)
  }
}

/** A greenlet that sleeps: it is its own timer. */
export class Nap extends Parked<void> implements TimerEntry, DueCall {
  readonly priority = 0
  readonly #hub: Hub
  #isInHeap = true

  constructor(hub: Hub, ms: number) {
    super('a sleep')
    this.#hub = hub
    hub.loop._pushTimer(hub.loop.time() + ms, this)
  }

  get isDropped(): boolean {
    return (this._flags & STATE) !== PENDING
  }

  get _dropped(): boolean {
    return (this._flags & STATE) !== PENDING
  }

  run(): void {
    this.#isInHeap = false
    if (!this.isDropped) this.#hub.timerIsDue(this)
  }

  call(): void {
    this._finish(FINISHED, undefined)
  }

  /** @internal Nobody waits for it any more. */
  _drop(): void {
    this.cancel()
  }

  override cancel(reason?: unknown): boolean {
    if (!super.cancel(reason)) return false
    if (this.#isInHeap) this.#hub.loop._timerDropped()
    return true
  }
}
