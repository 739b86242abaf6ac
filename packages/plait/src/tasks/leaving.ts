import type { Operation } from '../coroutine/wait.ts'
import { isCancelled } from '../errors/cancelled-error.ts'
import { Call } from './call.ts'
import { asyncStrand } from './current.ts'
import { settleOperation } from './settle-operation.ts'
import type { Task } from './task.ts'

/**
 * A call that cleans up. What an async function waits for under a cancel not yet thrown (it came in a bare `await`) is
 * never begun; this is, and the cancel is thrown at the next wait after it.
 *
 * Likewise as a disposer, for the cancel that interrupts it: thrown from there, it would become a SuppressedError where
 * the block was cancelled itself, and the task would end failed.
 */
export class Leaving extends Call<void> {
  readonly #isDisposer: boolean

  constructor(name: string, begin: () => Operation<void>, isDisposer: boolean) {
    super(name, begin)
    this.#isDisposer = isDisposer
  }

  // biome-ignore lint/suspicious/noThenProperty: a wait is awaitable by design
  override then<R1 = void, R2 = never>(
    // biome-ignore lint/suspicious/noConfusingVoidType: what it gives is nothing to look at
    onFulfilled?: ((value: void) => R1 | PromiseLike<R1>) | null,
    onRejected?: ((error: unknown) => R2 | PromiseLike<R2>) | null,
  ): Promise<R1 | R2> {
    const strand = asyncStrand() as Task<unknown> | undefined
    return (strand === undefined ? settleOperation<void>(this) : this.#leave(strand)).then(
      onFulfilled,
      onRejected,
    )
  }

  async #leave(strand: Task<unknown>): Promise<void> {
    let pending = strand._takePendingCancel()
    try {
      await settleOperation<void>(this)
    } catch (error) {
      if (!this.#isDisposer || !isCancelled(error) || strand.cancelling() === 0) throw error
      pending ??= error
    } finally {
      if (pending !== undefined && !strand.done()) strand._postpone(pending.reason)
    }
  }
}
