import { isCancelled } from '../errors/cancelled-error.ts'
import type { Task } from './task.ts'

/**
 * A cancel from inside: a scope cancels the task it stands in, takes the cancel back on leaving, and tells whether the
 * CancelledError that came out was its own. It was not if anybody else cancelled meanwhile.
 */
export class Interrupt {
  readonly #strand: Task<unknown>
  readonly #cancelling: number
  #fired = false

  constructor(strand: Task<unknown>) {
    this.#strand = strand
    this.#cancelling = strand.cancelling()
  }

  get fired(): boolean {
    return this.#fired
  }

  fire(): void {
    this.#fired = true
    this.#strand.cancel()
  }

  /** On leaving, with the error it is left with, if any: whether that is this interrupt's own doing. */
  leave(error?: unknown): boolean {
    if (!this.#fired) return false
    return this.#strand.uncancel() <= this.#cancelling && isCancelled(error)
  }
}
