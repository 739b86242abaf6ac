import { CANCELLED, FAILED, FINISHED, PENDING, STATE } from '../tasks/future.ts'
import { OutsideWait } from '../tasks/outside-wait.ts'
import type { Inquiry } from './inquiry.ts'

/** A sender that waits for whoever has the channel to say what became of its item. */
export class FarSend extends OutsideWait<void> {
  /** What it was cancelled with, though it is not known yet whether that was in time. */
  cancelledWith: { readonly reason: unknown } | undefined
  readonly #takeBack: () => void
  readonly #inquiry: Inquiry | undefined

  constructor(what: string, inquiry: Inquiry | undefined, takeBack: () => void) {
    super(what)
    this.#inquiry = inquiry
    this.#takeBack = takeBack
    inquiry?.waitBegins()
  }

  override cancel(reason?: unknown): boolean {
    if ((this._flags & STATE) !== PENDING) return false
    const isFirst = this.cancelledWith === undefined
    this.cancelledWith = { reason }
    if (isFirst) this.#takeBack()
    return true
  }

  sent(): void {
    this.settle(FINISHED, undefined)
  }

  get wasSent(): boolean {
    return (this._flags & STATE) === FINISHED
  }

  takenBack(): void {
    if ((this._flags & STATE) === PENDING) this._finish(CANCELLED, this.cancelledWith?.reason)
  }

  /** It was not sent; whoever wanted it back all the same is told no more than that it was cancelled. */
  refused(error: unknown): void {
    if (this.cancelledWith === undefined) this.settle(FAILED, error)
    else this.takenBack()
  }

  override _finish(state: number, value: unknown): void {
    this.#inquiry?.waitEnds()
    super._finish(state, value)
  }
}
