import { isCancelled } from '../errors/cancelled-error.ts'
import { show } from '../errors/show.ts'

/** What an exception handler is told. */
export interface ExceptionContext {
  readonly message: string
  readonly exception?: unknown
  /** The name of the task or future it is about. */
  readonly title?: string | undefined
}

/** Prints an error that has nowhere else to go: what it is about, its stack, and what a group is made of. */
export function printException({ message, exception }: ExceptionContext): void {
  console.error(
    exception === undefined ? `plait: ${message}` : `plait: ${message}\n${describeError(exception)}`,
  )
}

/** An error in full: its stack, with coroutines and tasks, its causes, and the errors inside a group, indented. */
export function describeError(error: unknown, indent = '', seen: ReadonlySet<unknown> = new Set()): string {
  if (seen.has(error)) return `${indent}[the same error again]`
  if (!(error instanceof Error)) return `${indent}${show(error)}`
  const inside = new Set(seen).add(error)
  try {
    const lines = (error.stack ?? `${error.name}: ${error.message}`).split('\n').map(line => indent + line)
    const errors: unknown[] = error instanceof AggregateError ? error.errors : []
    errors.forEach((inner, i) => {
      lines.push(`${indent}  [${i + 1} of ${errors.length}]`, describeError(inner, `${indent}  `, inside))
    })
    if (error.cause !== undefined && !isCancelled(error.cause)) {
      lines.push(`${indent}caused by:`, describeError(error.cause, `${indent}  `, inside))
    }
    return lines.join('\n')
  } catch {
    return `${indent}an error that cannot be printed` // Its own accessors threw: that must not take the report down.
  }
}
