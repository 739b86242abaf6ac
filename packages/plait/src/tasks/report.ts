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
export function describeError(error: unknown, indent = ''): string {
  if (!(error instanceof Error)) return `${indent}${String(error)}`
  const lines = (error.stack ?? `${error.name}: ${error.message}`).split('\n').map(line => indent + line)
  if (error instanceof AggregateError) {
    error.errors.forEach((inner, i) => {
      lines.push(`${indent}  [${i + 1} of ${error.errors.length}]`, describeError(inner, `${indent}  `))
    })
  }
  if (error.cause !== undefined && !isCancel(error.cause)) {
    lines.push(`${indent}caused by:`, describeError(error.cause, `${indent}  `))
  }
  return lines.join('\n')
}

/** That a time limit was kept by a cancel is no news. */
function isCancel(cause: unknown): boolean {
  return cause instanceof Error && cause.name === 'CancelledError'
}
