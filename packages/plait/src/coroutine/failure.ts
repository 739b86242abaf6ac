import { CancelledError, isCancelled } from '../errors/cancelled-error.ts'
import { misuse } from '../errors/misuse-scopes.ts'
import { quietly } from '../errors/quiet.ts'

/** What a body ended with, if not well: an object, since anything can be thrown, undefined too. */
export interface Failure {
  readonly error: unknown
}

/** Leaves something, told what its body ended with: `true` swallows that, an error thrown takes its place. */
export type Exit = (failure: Failure | undefined) => unknown

/** Whether what a function returned is not over yet: a promise, a generator, any wait of the library. */
export function waits(product: unknown): product is object {
  return (
    typeof product === 'object' &&
    product !== null &&
    (typeof (product as { then?: unknown }).then === 'function' ||
      (product as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag] === 'Generator')
  )
}

/** Leaves at once. Whether the failure was swallowed; throws what took its place, which may be that very error. */
export function leave(name: string, exit: Exit, failure: Failure | undefined): boolean {
  try {
    const answer = exit(failure)
    if (waits(answer)) throw misuse('exitWaits', name, answer)
    return answer === true
  } catch (error) {
    throw replaced(error, failure)
  }
}

/** The error that takes a failure's place: with that as its cause if it has none, so that nothing is lost. */
export function replaced(error: unknown, failure: Failure | undefined): unknown {
  if (failure === undefined || failure.error === error || !(error instanceof Error)) return error
  if (error.cause !== undefined || causes(failure.error).has(error)) return error
  let own = error
  if (!Object.isExtensible(error)) {
    // A cancel without a reason is one frozen object, shared by all of them.
    if (!isCancelled(error)) return error
    own = quietly(() => new CancelledError(error.reason))
  }
  Object.defineProperty(own, 'cause', { value: failure.error, writable: true, configurable: true })
  return own
}

/** An error and all that caused it. */
function causes(error: unknown): Set<unknown> {
  const found = new Set<unknown>()
  for (let one = error; one instanceof Error && !found.has(one); one = one.cause) found.add(one)
  return found
}
