import { nativeStack } from '../coroutine/native-stack.ts'
import { type AnyFunction, colorless, give, type Steps } from '../coroutine/twin.ts'
import { plainWaits } from '../coroutine/twin-frame.ts'
import { cannotSuspend, type Spot } from '../errors/cannot-suspend-error.ts'
import { currentStrand } from '../tasks/current.ts'

/**
 * Makes a plain function of a wait: in a greenlet a call of it waits, anywhere else it throws before anything begins.
 *
 * @param name what it is called in messages
 * @param steps begins the wait and gives its iterator, which is resumed as any wait's
 */
export function plainWait<A extends readonly [unknown?, unknown?, unknown?], T>(
  name: string,
  steps: (...args: A) => Iterator<unknown, T, never>,
): (...args: A) => T {
  const begin = steps as unknown as (a: unknown, b: unknown, c: unknown) => Steps
  // A rest of arguments would cost two lists a call.
  const wait = (a: unknown, b: unknown, c: unknown): Steps => {
    if (nativeStack.noSuspend > 0) refuse(name, wait, true)
    return begin(a, b, c)
  }
  const plain = { [name]: (..._args: A): T => refuse(name, plain) }[name] as (...args: A) => T
  Object.defineProperty(plain, 'length', { value: steps.length, configurable: true })
  plainWaits.add(plain)
  return give(plain, wait)
}

/** Throws the error for a wait that was called where nothing can be suspended; `below` is its function. */
export function refuse(name: string, below: AnyFunction, isSync = false): never {
  throw cannotSuspend(`${name}(…)`, spotOf(isSync), below)
}

function spotOf(isSync: boolean): Spot {
  return { isSync, inTask: currentStrand() !== undefined, isTransformed: colorless.isOn }
}
