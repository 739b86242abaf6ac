import { FedSource } from '../bridges/fed-source.ts'
import type { Waiting } from '../coroutine/wait.ts'

/** So many values wait for whoever reads them; then the oldest go. */
const MOST_KEPT = 1000

/** What a job has reported. */
export class Progress<P> extends FedSource<P> {
  /** @internal */ readonly _isOutside: boolean

  constructor(what: string, isOutside: boolean) {
    super(what)
    this._isOutside = isOutside
  }

  /** @internal */
  _report(value: P): void {
    if (this._intake.size >= MOST_KEPT) this._intake.dropOldest()
    this._intake.put(value)
  }

  /** @internal Whoever leaves is told no more; the job goes on. */
  override *_leave(): Waiting<void> {
    this._ended()
    this._intake.clear()
  }

  /** @internal */
  override _awaited(): string {
    return this._what
  }
}
