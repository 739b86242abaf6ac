import type { Waiting } from '../coroutine/wait.ts'
import { FAILED, FINISHED } from './future.ts'
import { OutsideWait } from './outside-wait.ts'

/**
 * Who waits for a promise: it is asked once, however often it is waited for. A promise never forgets who asked, so
 * asking anew for each wait of a long-lived one would pile up.
 */
const waits = new WeakMap<object, Set<OutsideWait<unknown>>>()

function hear(promise: PromiseLike<unknown>, all: Set<OutsideWait<unknown>>): void {
  waits.set(promise, all)
  const settle = (state: typeof FINISHED | typeof FAILED, value: unknown): void => {
    waits.delete(promise)
    for (const wait of all) wait.settle(state, value)
  }
  promise.then(
    value => settle(FINISHED, value),
    error => settle(FAILED, error),
  )
}

/** A wait for a promise; `withdraw` is called where it is cancelled. */
export function follow<T>(
  promise: PromiseLike<T>,
  what: string,
  withdraw?: (reason: unknown) => void,
): OutsideWait<T> {
  const wait = new OutsideWait<T>(what)
  wait.undo = reason => {
    waits.get(promise)?.delete(wait)
    withdraw?.(reason)
  }
  const others = waits.get(promise)
  if (others !== undefined) others.add(wait)
  else hear(promise, new Set<OutsideWait<unknown>>([wait]))
  return wait
}

/** Waits for a promise; reports call it `what`. */
export function* settled<T>(promise: PromiseLike<T>, what = 'a promise'): Waiting<T> {
  return yield* follow(promise, what)
}
