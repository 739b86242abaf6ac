import { ReadyRing } from '../loop/ready-ring.ts'
import { LookAgainGate } from './line-gate.ts'
import { LATER, Place } from './place.ts'

/** An unbounded queue inside the runtime: putting never waits, and an item is never lost to a taker who was cancelled. */
export class Mailbox<T> extends LookAgainGate<T> {
  readonly #items = new ReadyRing<T>()
  readonly #what: string

  constructor(name: string, what: string) {
    super(name)
    this.#what = what
  }

  put(item: T): void {
    this.#items.push(item)
    this._line.releaseNext()
  }

  take(): Place<T> {
    return new Place(this)
  }

  override _attempt(): T | typeof LATER {
    return this.#items.size === 0 ? LATER : this.#items.shift()
  }

  override _hasTurn(): boolean {
    return this.#items.size > 0
  }

  override _describe(): string {
    return this.#what
  }
}
