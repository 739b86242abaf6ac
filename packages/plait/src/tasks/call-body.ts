import { makesOperation } from '../coroutine/create.ts'
import { colorless } from '../coroutine/twin.ts'
import { misuse } from '../errors/misuse.ts'
import type { AsyncContext } from '../loop/host.ts'
import { given } from './given.ts'
import { isOperation, isPromiseLike } from './runnable.ts'

/** What a task may be parked on: a future, many waits of an async function, or its next turn. */
export interface Waitable {
  cancel?(reason?: unknown): boolean
}

/**
 * Calls a body of any color: gives the operation it makes, or the promise of an async function, whose waits from here on
 * are its owner's. A body that is known to begin nothing needs no context of the host's. A plain function gives its
 * result: one that can be suspended does not come here, but is run as its twin.
 */
export function callBody<A extends readonly unknown[]>(
  body: (...args: A) => unknown,
  args: A,
  owner: object,
  context: AsyncContext | undefined,
): unknown {
  const isPlain = context === undefined || makesOperation(body)
  const product = isPlain ? body(...args) : context.runAs(owner, () => body(...args))
  if (isOperation(product) || isPromiseLike(product)) return product
  if (colorless.isOn) return given(product)
  throw misuse('returnedNothingToRun', body.name || 'the function', product)
}
