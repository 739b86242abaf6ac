import type { Selectable } from '../coroutine/wait.ts'
import type { Scheduler } from '../loop/scheduler.ts'
import { currentLoop } from '../tasks/current.ts'
import { FAILED, FINISHED, Future } from '../tasks/future.ts'
import { Place } from '../tasks/place.ts'
import { WorkedSource } from '../tasks/source.ts'
import type { Task } from '../tasks/task.ts'
import { type Feeder, Intake } from './intake.ts'

/** How a source ended: one that failed and was never asked again is reported by its name. */
class Ending extends Future<void> {
  readonly #what: string

  constructor(loop: Scheduler, what: string) {
    super({ loop })
    this.#what = what
  }

  override _title(): string {
    return this.#what
  }
}

/** A source whose items arrive from elsewhere. Asking for the next is withdrawn without loss. */
export abstract class FedSource<T> extends WorkedSource<T> implements Feeder {
  override readonly _what: string
  /** @internal Where errors are reported that nobody takes. */
  readonly _loop: Scheduler = currentLoop()
  /** @internal */ readonly _intake: Intake<T>

  constructor(what: string) {
    super()
    this._what = what
    this._intake = new Intake<T>(this, `${what}.next()`)
  }

  override next(): Selectable<IteratorResult<T, undefined>> {
    return new Place(this._intake)
  }

  /** @internal */
  abstract readonly _isOutside: boolean
  /** @internal */
  abstract _awaited(): string

  /** @internal */
  _wanted(): void {}

  /** @internal */
  _workers(): readonly Task<unknown>[] {
    return []
  }

  /** @internal No more will come. */
  _ended(): void {
    const ending = new Ending(this._loop, this._what)
    ending._finish(FINISHED, undefined)
    this._intake.end(ending)
  }

  /** @internal No more will come, because of this error; `isKnown` to those who are not asking, too. */
  _failed(error: unknown, isKnown = false): void {
    if (this._intake.isOver) return
    const ending = new Ending(this._loop, this._what)
    if (isKnown) ending._finish(FAILED, error)
    else ending._fail(error)
    this._intake.end(ending)
  }
}
