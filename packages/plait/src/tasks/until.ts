import type { Awaitable, Operation, Waiting, WaitOptions } from '../coroutine/wait.ts'
import { cancelledError } from '../errors/cancelled-error.ts'
import { misuse } from '../errors/misuse.ts'
import { Call } from './call.ts'
import { currentLoop, currentStrand } from './current.ts'
import { follow } from './follow-promise.ts'
import { isPromiseLike } from './runnable.ts'
import { partOf, type Task } from './task.ts'
import { signalled } from './with-signal.ts'

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
  const wait = new Call('until(…)', () => (isFunction ? began(source) : heard(source)))
  return options?.signal === undefined ? wait : signalled('until(…)', options.signal, wait)
}

/** The promise is asked at once: the wait may pause before its first step, and one that failed would be reported meanwhile. */
function heard<T>(promise: PromiseLike<T>): Waiting<T> {
  return passedOn(follow(promise, 'a promise'))
}

function* passedOn<T>(wait: Operation<T>): Waiting<T> {
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
  return yield* follow(promise, 'a promise', reason => {
    part?.cancel(reason)
    controller.abort(reason ?? cancelledError(undefined))
  })
}
