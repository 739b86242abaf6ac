import type { Awaitable, Waiting, WaitOptions } from '../coroutine/wait.ts'
import { cancelledError } from '../errors/cancelled-error.ts'
import { misuse } from '../errors/misuse.ts'
import { Call } from './call.ts'
import { currentLoop, currentStrand } from './current.ts'
import { FAILED, FINISHED } from './future.ts'
import { OutsideWait } from './outside-wait.ts'
import { isPromiseLike } from './runnable.ts'
import { partOf, type Task } from './task.ts'
import { signalled } from './with-signal.ts'

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

function follow<T>(
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

/**
 * Brings a promise in. Given a function, calls it when waited for, with a signal that is aborted if the wait is
 * cancelled: what can be cancelled is. The function's own library waits are cancelled with it.
 *
 * Suspends: always. Cancellation: takes effect at once; a promise that heeds no signal goes on outside, unheard.
 *
 * @throws what the promise rejects with; the signal's reason if it is aborted
 * @example
 * ```ts
 * const response = yield* until(signal => fetch(url, { signal }))
 * const text = yield* until(response.text())
 * ```
 */
export function until<T>(
  source: PromiseLike<T> | ((signal: AbortSignal) => PromiseLike<T>),
  options?: WaitOptions,
): Awaitable<T> {
  const isFunction = typeof source === 'function'
  if (!isFunction && !isPromiseLike(source)) throw misuse('notAPromise', source)
  const wait = new Call('until(…)', () => (isFunction ? began(source) : settled(source)))
  return options?.signal === undefined ? wait : signalled('until(…)', options.signal, wait)
}

/** Waits for a promise; reports call it `what`. */
export function* settled<T>(promise: PromiseLike<T>, what = 'a promise'): Waiting<T> {
  return yield* follow(promise, what)
}

function* began<T>(source: (signal: AbortSignal) => PromiseLike<T>): Waiting<T> {
  const loop = currentLoop()
  const strand = currentStrand() as Task<unknown> | undefined
  const part = strand === undefined ? undefined : partOf<T>(strand, source)
  const controller = new AbortController()
  const begin = (): PromiseLike<T> => source(controller.signal)
  const context = loop._asyncContext
  const promise = context === undefined || part === undefined ? begin() : context.runAs(part, begin)
  if (!isPromiseLike(promise)) throw misuse('notAPromise', promise)
  // Followed only so that the waits of the function, later ones too, are told of a cancel: its end is heard below.
  part?._watch({ _notify: () => part._taken() })
  part?._follow(promise)
  return yield* follow(promise, 'a promise', reason => {
    part?.cancel(reason)
    controller.abort(reason ?? cancelledError(undefined))
  })
}
