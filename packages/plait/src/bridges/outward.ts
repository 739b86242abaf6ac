import { isCancelled } from '../errors/cancelled-error.ts'
import { asyncStrand, currentLoop } from '../tasks/current.ts'

/** An error as the world outside is told it: there, a cancel of ours would pass for a cancel of whoever hears it. */
export function outward(error: unknown): unknown {
  if (!isCancelled(error)) return error
  return error.reason instanceof Error
    ? error.reason
    : new DOMException('whoever worked for it was cancelled', 'AbortError')
}

/** Begins something outside any task, so that what it awaits is not cancelled with the task that happened to ask for it. */
export function beginOutside<T>(begin: () => T | PromiseLike<T>): Promise<T> {
  const loop = currentLoop()
  const context = asyncStrand() === undefined ? undefined : loop._asyncContext
  try {
    return Promise.resolve(context === undefined ? begin() : context.runAs(loop, begin))
  } catch (error) {
    return Promise.reject(error)
  }
}
