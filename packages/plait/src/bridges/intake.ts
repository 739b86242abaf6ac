import type { Scheduler } from '../loop/scheduler.ts'
import { Dispenser, PROMISED } from '../queues/dispenser.ts'
import { currentLoop } from '../tasks/current.ts'
import type { Future } from '../tasks/future.ts'
import { LineGate } from '../tasks/line-gate.ts'
import { LATER, type Place } from '../tasks/place.ts'
import { END } from '../tasks/source.ts'
import type { Task } from '../tasks/task.ts'

type Next<T> = IteratorResult<T, undefined>

/** Where the items of an intake come from. */
export interface Feeder {
  /** No task works for it, so no loop can see whether more will come. */
  readonly _isOutside: boolean
  /** Somebody waits for whom there is nothing. */
  _wanted(): void
  /** What is waited for, in a report. */
  _awaited(): string
  /** The tasks that work for it, for a report. */
  _workers(): readonly Task<unknown>[]
}

/**
 * Where items arrive, and those who wait for them: first come, first served, and in the order the items came in,
 * whoever is cancelled meanwhile. One who is woken finds an item, which no latecomer takes away.
 */
export class Intake<T> extends LineGate<Next<T>> {
  readonly #feeder: Feeder
  readonly #items: Dispenser<T>
  #end: Future<unknown> | undefined

  constructor(feeder: Feeder, name: string) {
    const items = new Dispenser<T>(waitsNoLonger)
    super(name, items.line)
    this.#items = items
    this.#feeder = feeder
  }

  /** How many items nobody has taken. */
  get size(): number {
    return this.#items.size
  }

  get isOver(): boolean {
    return this.#end !== undefined
  }

  get isWanted(): boolean {
    return this._line.first() !== undefined
  }

  put(item: T): void {
    if (this.#end !== undefined) return
    this.#items.put(item)
  }

  dropOldest(): void {
    this.#items.take()
  }

  /** No more will come: after the last item whoever asks gets the end, or the error that `how` failed with. */
  end(how: Future<unknown>): void {
    this.#end ??= how
    for (let place = this._line.takeFirst(); place !== undefined; place = this._line.takeFirst()) {
      waitsNoLonger(place)
      place._load = undefined
      place._wake()
    }
  }

  /** Nobody wants what is here. */
  clear(): void {
    this.#items.clear()
  }

  override _attempt(): Next<T> | typeof LATER {
    return this.#items.free > 0 || this.#end !== undefined ? this.#take() : LATER
  }

  override _join(place: Place<Next<T>>): void {
    super._join(place)
    const outside = this.#feeder._isOutside ? currentLoop() : undefined
    outside?._outsideBegins()
    place._load = outside
    this.#feeder._wanted()
  }

  override _pass(place: Place<Next<T>>): Next<T> {
    if (place._load === PROMISED) this.#items.settle()
    return this.#take()
  }

  override _leave(place: Place<Next<T>>, wasWoken: boolean): boolean {
    this._line.remove(place)
    if (!wasWoken) waitsNoLonger(place as Place<unknown>)
    else if (place._load === PROMISED) {
      this.#items.settle()
      this.#items.serve()
    }
    return true
  }

  override _describe(): string {
    return this.#feeder._awaited()
  }

  override _holders(): readonly Task<unknown>[] {
    return this.#feeder._workers()
  }

  /** What is there, and not promised to somebody else, goes before the end. */
  #take(): Next<T> {
    if (this.#items.free > 0) return { done: false, value: this.#items.take() }
    this.#end?._take()
    return END
  }
}

function waitsNoLonger({ _load }: Place<unknown>): void {
  ;(_load as Scheduler | undefined)?._outsideEnds()
}
