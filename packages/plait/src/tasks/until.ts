import type { Awaitable, Waiting, WaitOptions } from '../coroutine/wait.ts'
import { cancelledError } from '../errors/cancelled-error.ts'
import { misuse } from '../errors/misuse.ts'
import type { Scheduler } from '../loop/scheduler.ts'
import { Call } from './call.ts'
import { currentLoop, currentStrand } from './current.ts'
import { FAILED, FINISHED, Future, PENDING, STATE } from './future.ts'
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
  const settle = (state: number, value: unknown): void => {
    waits.delete(promise)
    // Whoever waits gets the error: it never needs the report of one that nobody took.
    for (const wait of all) if ((wait._flags & STATE) === PENDING) wait._finish(state, value)
  }
  promise.then(
    value => settle(FINISHED, value),
    error => settle(FAILED, error),
  )
}

/** A wait for the world outside: it alone knows when, so a loop that waits for it is not stuck. */
class OutsideWait<T> extends Future<T> {
  #promise: PromiseLike<T> | undefined
  #withdraw: ((reason: unknown) => void) | undefined

  constructor(loop: Scheduler) {
    super({ loop })
    loop._outsideBegins()
  }

  follow(promise: PromiseLike<T>, withdraw: ((reason: unknown) => void) | undefined): void {
    this.#promise = promise
    this.#withdraw = withdraw
    const others = waits.get(promise)
    if (others !== undefined) others.add(this)
    else hear(promise, new Set<OutsideWait<unknown>>([this]))
  }

  override cancel(reason?: unknown): boolean {
    if (!super.cancel(reason)) return false
    if (this.#promise !== undefined) waits.get(this.#promise)?.delete(this)
    this.#withdraw?.(reason)
    return true
  }

  override _finish(state: number, value: unknown): void {
    this._loop._outsideEnds()
    super._finish(state, value)
  }

  override _describe(): string {
    return 'a promise'
  }
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

function* settled<T>(promise: PromiseLike<T>): Waiting<T> {
  const wait = new OutsideWait<T>(currentLoop())
  wait.follow(promise, undefined)
  return yield* wait
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
  const wait = new OutsideWait<T>(loop)
  wait.follow(promise, reason => {
    part?.cancel(reason)
    controller.abort(reason ?? cancelledError(undefined))
  })
  return yield* wait
}
