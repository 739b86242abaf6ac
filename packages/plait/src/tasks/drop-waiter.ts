import type { Waiter } from './future.ts'

/** A waiter that is not told any more once it was dropped. */
export interface Droppable extends Waiter {
  _isDropped: boolean
}

/** How many in the list of a future were dropped. Beside it, since hardly any future has such. */
const dropped = new WeakMap<object, number>()

/**
 * Takes a waiter out of line, for next to nothing however long the line is: it stays in the list, deaf, until half of the
 * list is. Thousands may watch one future, and leave one by one.
 */
export function dropWaiter(future: { _waiters: Waiter | Waiter[] | undefined }, waiter: Droppable): void {
  waiter._isDropped = true
  const waiters = future._waiters
  if (!Array.isArray(waiters)) {
    if (waiters === waiter) future._waiters = undefined
    return
  }
  const count = (dropped.get(future) ?? 0) + 1
  if (2 * count <= waiters.length) {
    dropped.set(future, count)
    return
  }
  dropped.delete(future)
  const kept = waiters.filter(other => (other as Partial<Droppable>)._isDropped !== true)
  future._waiters = kept.length === 0 ? undefined : kept
}
