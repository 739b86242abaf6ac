import type { Waiting } from '../coroutine/wait.ts'
import { ReadyRing } from '../loop/ready-ring.ts'
import { currentLoop } from './current.ts'
import { FINISHED, Future } from './future.ts'

/** An unbounded queue inside the runtime: putting never waits, and an item is never lost to a taker who was cancelled. */
export class Mailbox<T> {
  readonly #items = new ReadyRing<T>()
  readonly #takers: Future<void>[] = []

  put(item: T): void {
    this.#items.push(item)
    this.#wakeNext()
  }

  *take(): Waiting<T> {
    while (this.#items.size === 0) {
      const turn = new Future<void>({ loop: currentLoop() })
      this.#takers.push(turn)
      try {
        yield* turn
      } catch (error) {
        turn.cancel()
        const place = this.#takers.indexOf(turn)
        if (place !== -1) this.#takers.splice(place, 1)
        // A turn that was given and not used passes on.
        if (this.#items.size > 0 && !turn.cancelled()) this.#wakeNext()
        throw error
      }
    }
    return this.#items.shift()
  }

  #wakeNext(): void {
    for (let taker = this.#takers.shift(); taker !== undefined; taker = this.#takers.shift()) {
      if (taker.done()) continue
      taker._finish(FINISHED, undefined)
      return
    }
  }
}
