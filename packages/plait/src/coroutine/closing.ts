import { misuse } from '../errors/misuse-scopes.ts'
import { ContextManager } from './contextmanager.ts'

/**
 * A manager around something with `close()`, which it calls when it is left, whatever the body ended with. A `close`
 * that returns a promise or another wait needs an `AsyncExitStack`, which waits for it.
 *
 * @throws MisuseError if it has no `close()`
 * @example
 * ```ts
 * const first = closing(echo()).with(voice => voice.next().value)
 * ```
 * @see contextlib.closing, contextlib.aclosing
 */
export function closing<T extends { close(): unknown }>(thing: T): ContextManager<T> {
  if (typeof thing?.close !== 'function') throw misuse('nothingToClose', thing)
  return new ContextManager(
    'closing(…)',
    () => thing,
    () => {
      const end = thing.close()
      return end === true ? undefined : end
    },
  )
}
