import { ContextManager } from './contextmanager.ts'

/**
 * A manager that does nothing but give a value: for where one may be needed or not.
 *
 * @example
 * ```ts
 * const source = typeof from === 'string' ? opened(from) : nullcontext(from)
 * source.with(file => parse(file))
 * ```
 * @see contextlib.nullcontext
 */
export function nullcontext(): ContextManager<undefined>
export function nullcontext<T>(value: T): ContextManager<T>
export function nullcontext(value?: unknown): ContextManager<unknown> {
  return new ContextManager(
    'nullcontext(…)',
    () => value,
    () => undefined,
  )
}
