import { apart, type Seat, type Surroundings } from '../coroutine/surroundings.ts'
import type { Entry } from '../loop/ready-ring.ts'
import type { Scheduler } from '../loop/scheduler.ts'

/** A callback of a future: queued when the future is done, called in its turn. */
export class DoneCallback implements Entry, Seat {
  readonly fn: (future: unknown) => unknown
  _context: Surroundings
  _isDropped = false
  readonly #loop: Scheduler
  #future: unknown

  constructor(loop: Scheduler, fn: (future: unknown) => unknown, context: Surroundings) {
    this.#loop = loop
    this.fn = fn
    this._context = context
  }

  get name(): string {
    return this.fn.name || 'a done callback'
  }

  _notify(future: unknown): void {
    if (this._isDropped) return
    // The same object may be registered with several futures, each of which queues it once.
    const entry = this.#future === undefined ? this : new DoneCallback(this.#loop, this.fn, this._context)
    entry.#future = future
    this.#loop._push(entry)
  }

  run(): void {
    const future = this.#future
    this.#future = undefined
    try {
      apart(this, this._context.scope, this.fn, future)
    } catch (error) {
      this.#loop._callbackFailed(error, this)
    }
  }
}
