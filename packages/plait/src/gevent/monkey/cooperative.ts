import { nativeStack } from '../../coroutine/native-stack.ts'
import type { AnyFunction, TwinMaker } from '../../coroutine/twin.ts'
import type { Resume, Wait } from '../../coroutine/wait.ts'
import { FAILED, FINISHED, STATE } from '../../tasks/future.ts'
import { OutsideWait } from '../../tasks/outside-wait.ts'

/*
 * What makes a blocking function cooperative: a twin that does the same work by the function's asynchronous form, and waits
 * for it. The function itself stays as it is, and is what runs outside of greenlets, and in one beneath a function that
 * cannot be suspended.
 */

/** Called once: with an error, or with what the blocking function would have given. */
export type Done = (error: unknown, value?: unknown) => void

/** What to do with work that goes on when nobody waits for it any more. */
export interface Begun {
  /** Ends it, if that can be done. */
  readonly undo?: (() => void) | undefined
  /** Puts away what it gave after all. */
  readonly late?: ((value: unknown) => void) | undefined
}

/**
 * Begins the work of one call. What it throws at once means that the arguments are none the asynchronous form takes, and
 * that nothing has begun: then the blocking function is called, which says it in its own words.
 */
export type Begin = (self: unknown, args: readonly unknown[], done: Done) => Begun | undefined

/** How the asynchronous form goes, and where it falls short of the blocking one. */
export interface Form {
  readonly begin: Begin
  /** Whether to leave these arguments to the blocking function. */
  readonly isPlain?: ((args: readonly unknown[]) => boolean) | undefined
  /**
   * Whether the blocking function has other words for this failure. Then it is called after all: it fails at once, and has
   * no effect that the asynchronous form had not.
   */
  readonly isSaidOtherwise?: ((error: unknown, args: readonly unknown[]) => boolean) | undefined
}

/** The twin of a blocking function; `name` is what it is called in reports. */
export function cooperative(
  native: AnyFunction,
  name: string,
  { begin, isPlain, isSaidOtherwise }: Form,
): TwinMaker {
  const twin: TwinMaker = function* (this: unknown, ...args: unknown[]): Generator<Wait, unknown, Resume> {
    const blocking = (): unknown => Reflect.apply(native, this, args as never[])
    if (nativeStack.noSuspend > 0 || isPlain?.(args) === true) return blocking()
    const wait = new OutsideWait<unknown>(`${name}(…)`)
    let begun: Begun | undefined
    let isOver = false
    try {
      begun = begin(this, args, (error, value) => {
        const isError = error !== null && error !== undefined
        // Between a cancel and the turn in which it is thrown here nobody waits any more either.
        if (wait.cancelled()) {
          if (!isError) begun?.late?.(value)
        } else wait.settle(isError ? FAILED : FINISHED, isError ? error : value)
      })
    } catch {
      wait.cancel()
      return blocking()
    }
    const place: { stack?: string } = {}
    Error.captureStackTrace?.(place, twin)
    try {
      const value = yield* wait
      isOver = true
      return value
    } catch (error) {
      isOver = (wait._flags & STATE) === FAILED && wait._value === error
      if (isOver) {
        if (isSaidOtherwise?.(error, args) === true) return blocking()
        placeAt(error, name, place.stack)
      }
      throw error
    } finally {
      if (!isOver) giveUp(wait, begun)
    }
  }
  return twin
}

/** The form that is another function of the same arguments, and a callback: `arity` is how many the blocking one takes. */
export function calledBack(asynchronous: AnyFunction, arity: number): Begin {
  return (self, args, done) => {
    Reflect.apply(asynchronous, self, [...args.slice(0, arity), done] as never[])
    return undefined
  }
}

/** Whoever waited was cancelled or killed, maybe when the work was done and its turn had not come yet. */
function giveUp(wait: OutsideWait<unknown>, begun: Begun | undefined): void {
  if ((wait._flags & STATE) === FINISHED) begun?.late?.(wait._value)
  else {
    wait.cancel()
    begun?.undo?.()
  }
}

/** An error of the thread pool's has no stack but its own head: it is put where the call stood, as the blocking one's is. */
function placeAt(error: unknown, name: string, stack: string | undefined): void {
  if (!(error instanceof Error) || stack === undefined || Object.isFrozen(error)) return
  const lines = stack.split('\n').filter(line => line.startsWith('    at '))
  // The step of the twin, of whose name nobody knows.
  if (lines[0]?.endsWith('.next (<anonymous>)')) lines[0] = `    at ${name}`
  const [head] = (error.stack ?? `${error.name}: ${error.message}`).split('\n    at ')
  error.stack = [head, ...lines].join('\n')
}
