import { makesOperation } from '../coroutine/create.ts'
import { greenletOf } from '../coroutine/greenlet.ts'
import { colorless } from '../coroutine/twin.ts'
import type { Operation } from '../coroutine/wait.ts'
import { misuse } from '../errors/misuse.ts'
import type { AsyncContext } from '../loop/host.ts'
import { isOperation, isPromiseLike } from './runnable.ts'

/** What a task may be parked on: a future, many waits of an async function, or its next turn. */
export interface Waitable {
  cancel?(reason?: unknown): boolean
}

/** What a plain function gave that could not have waited. */
function over<T>(value: T): Operation<T> {
  return { [Symbol.iterator]: () => ({ next: () => ({ done: true, value }) }) }
}

/**
 * Calls a body of any color: gives the operation it makes, or the promise of an async function, whose waits from here on
 * are its owner's. A body that is known to begin nothing needs no context of the host's; a plain function that can be
 * suspended is run as its twin.
 */
export function callBody<A extends readonly unknown[]>(
  body: (...args: A) => unknown,
  args: A,
  owner: object,
  context: AsyncContext | undefined,
): unknown {
  const greenlet = greenletOf(body, args)
  if (greenlet !== undefined) return greenlet
  const isPlain = context === undefined || makesOperation(body)
  const product = isPlain ? body(...args) : context.runAs(owner, () => body(...args))
  if (isOperation(product) || isPromiseLike(product)) return product
  if (colorless.isOn) return over(product)
  throw misuse('returnedNothingToRun', body.name || 'the function', product)
}
