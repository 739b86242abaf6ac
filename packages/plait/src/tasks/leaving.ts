import { Call } from './call.ts'
import { asyncStrand } from './current.ts'
import { settleOperation } from './settle-operation.ts'
import type { Task } from './task.ts'

/**
 * A call that cleans up. An async function's wait that begins under a cancel not yet thrown never runs; this one does,
 * and the cancel is thrown at its first wait, as it would be in a generator; if it has none, at the next after it.
 */
export class Leaving extends Call<void> {
  // biome-ignore lint/suspicious/noThenProperty: a wait is awaitable by design
  override then<R1 = void, R2 = never>(
    // biome-ignore lint/suspicious/noConfusingVoidType: what it gives is nothing to look at
    onFulfilled?: ((value: void) => R1 | PromiseLike<R1>) | null,
    onRejected?: ((error: unknown) => R2 | PromiseLike<R2>) | null,
  ): Promise<R1 | R2> {
    const strand = asyncStrand() as Task<unknown> | undefined
    const pending = strand?._takePendingCancel()
    const end = settleOperation<void>(this)
    if (pending !== undefined && strand?._waiting?.cancel?.(pending.reason) !== true)
      strand?._postpone(pending.reason)
    return end.then(onFulfilled, onRejected)
  }
}
