import { makesOperation } from '../coroutine/create.ts'
import { greenletOf } from '../coroutine/greenlet.ts'
import type { Operation, Waiting } from '../coroutine/wait.ts'
import { isCancelled } from '../errors/cancelled-error.ts'
import { misuse } from '../errors/misuse.ts'
import { callBody } from './call-body.ts'
import { currentStrand } from './current.ts'
import { followed } from './followed.ts'
import { FINISHED, STATE } from './future.ts'
import { type Body, isOperation, isPromiseLike } from './runnable.ts'
import { partOf, type Task } from './task.ts'

/** The task, or the part of one, that a scope entered here interrupts. */
export function strandOf(what: string): Task<unknown> {
  const strand = currentStrand() as Task<unknown> | undefined
  if (strand === undefined) throw misuse('scopeOutsideTask', what)
  return strand
}

/**
 * Runs a scope's body in the task that enters it, whatever its color. An async body becomes a part of the task: its
 * waits are its own, so a scope interrupts its body and nothing beside it.
 */
export function* runBody<A extends readonly unknown[], T>(
  body: Operation<T> | Body<A, T>,
  what: string,
  ...args: A
): Waiting<T> {
  if (typeof body !== 'function') {
    if (isOperation(body)) return yield* body as Operation<T>
    throw isPromiseLike(body) ? misuse('promiseAsTask') : misuse('notRunnable', body)
  }
  if (makesOperation(body)) return yield* body(...args) as Operation<T>
  const greenlet = greenletOf<T>(body, args)
  if (greenlet !== undefined) return yield* followed(greenlet)
  const strand = strandOf(what)
  const part = partOf<T>(strand, body)
  const product = callBody(body, args, part, strand._loop._asyncContext)
  if (isOperation(product)) return yield* product as Operation<T>
  part._follow(product as PromiseLike<T>)
  try {
    return yield* part
  } catch (error) {
    // A body that has ended is not cancelled any more: whatever came in between is for what follows it.
    if (!isCancelled(error) || (part._flags & STATE) !== FINISHED) throw error
    strand._postpone(error.reason)
    return part.result()
  }
}
