import { CancelledError } from '../errors/cancelled-error.ts'
import { ExceptionGroup } from '../errors/exception-group.ts'
import { GeneratorExit } from '../errors/generator-exit.ts'
import { misuse } from '../errors/misuse-scopes.ts'
import { ContextManager } from './contextmanager.ts'
import type { Failure } from './failure.ts'

type ErrorClass = abstract new (...args: never[]) => Error

/** What ends a coroutine from outside is an Error here, unlike in Python: meant only by whoever names it. */
const signals: readonly ErrorClass[] = [CancelledError, GeneratorExit]

/**
 * A manager that swallows errors of these classes. Of an ExceptionGroup it takes out what matches and throws the rest.
 *
 * CancelledError and GeneratorExit are swallowed only where they are named themselves, not by `suppress(Error)`.
 *
 * @throws MisuseError if it is given anything but classes
 * @example
 * ```ts
 * suppress(QueueEmptyError).with(() => use(queue.getNowait()))
 * ```
 * @see contextlib.suppress
 */
export function suppress(...classes: ErrorClass[]): ContextManager<undefined> {
  for (const one of classes) if (typeof one !== 'function') throw misuse('notAnErrorClass', one)
  return new ContextManager<undefined>(
    'suppress(…)',
    () => undefined,
    failure => failure !== undefined && swallows(classes, failure),
  )
}

function swallows(classes: readonly ErrorClass[], { error }: Failure): boolean {
  const matches = (one: unknown): boolean => isOneOf(classes, one)
  const isGroup = error instanceof ExceptionGroup
  if (matches(error) && !(isGroup && error.leaves().some(leaf => isOneOf(signals, leaf)))) return true
  const rest = isGroup ? error.split(matches)[1] : error
  if (rest === undefined) return true
  if (rest === error) return false
  throw rest
}

function isOneOf(classes: readonly ErrorClass[], error: unknown): boolean {
  const signal = signals.find(one => error instanceof one)
  return classes.some(
    one =>
      error instanceof one && (signal === undefined || one === signal || one.prototype instanceof signal),
  )
}
