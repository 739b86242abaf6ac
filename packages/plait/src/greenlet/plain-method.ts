import { nativeStack } from '../coroutine/native-stack.ts'
import { type AnyFunction, give, type Steps, type TwinMaker } from '../coroutine/twin.ts'
import { plainWaits } from '../coroutine/twin-frame.ts'
import { refuse } from './plain-wait.ts'

/*
 * A method that waits is written as its steps, a generator `_name`, and as the plain method `name`, which is what code that
 * cannot be suspended calls: `return atOnce('Queue.get', this._get(), this.get)`.
 */

/** Has calls of these methods of a class suspend in a greenlet: each is given its steps for a twin. */
export function plainMethods<T extends object>(prototype: T, names: readonly (keyof T & string)[]): void {
  for (const name of names) {
    plainFunction(
      prototype[name] as AnyFunction,
      (prototype as Record<string, unknown>)[`_${name}`] as TwinMaker,
    )
  }
}

/** Has calls of a function suspend in a greenlet: gives it these steps for a twin. */
export function plainFunction(plain: AnyFunction, steps: TwinMaker): void {
  plainWaits.add(plain)
  give(plain, function (this: unknown, ...args: unknown[]): Steps {
    // Beneath a function that cannot be suspended it does what it can do at once, like any plain call.
    return nativeStack.noSuspend > 0 ? atOnceSteps(plain, this, args) : Reflect.apply(steps, this, args)
  })
}

function* atOnceSteps(plain: AnyFunction, self: unknown, args: unknown[]): Generator<never, unknown> {
  return Reflect.apply(plain, self, args as never[])
}

/**
 * What these steps give, if they need not wait; if they would, they are told that nothing can be suspended here, where they
 * stand, and have to undo what they began.
 *
 * @param below the plain method, which the stack of the error begins beneath
 */
export function atOnce<T>(name: string, steps: Iterator<unknown, T, never>, below: AnyFunction): T {
  const { depth, noSuspend } = nativeStack
  // What waits in a function that these steps call is refused there, so that its own cleanup is done.
  nativeStack.noSuspend = noSuspend + 1
  let result: IteratorResult<unknown, T>
  try {
    result = steps.next()
  } finally {
    nativeStack.noSuspend = noSuspend
    nativeStack.depth = depth
  }
  if (result.done === true) return result.value
  try {
    refuse(name, below, noSuspend > 0)
  } catch (error) {
    const after = steps.throw?.(error)
    if (after?.done === true) return after.value
    throw error
  }
}
