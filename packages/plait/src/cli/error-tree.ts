import { fileURLToPath } from 'node:url'
import { inspect } from 'node:util'

/**
 * An error with all that belongs to it: its stack, its cause, and the members of a group as a tree.
 *
 * ```
 * ExceptionGroup: unhandled errors in a task group (2 errors: RangeError, TypeError)
 *     at main (…)
 * ├─ RangeError: too far
 * │      at left (…)
 * └─ TypeError: not that
 *        at right (…)
 * ```
 */
export function errorTree(error: unknown, options: { readonly allFrames: boolean }): string {
  return lines(error, new Set(), options.allFrames ? () => true : isOfProgram).join('\n')
}

type FrameFilter = (line: string) => boolean

/** Where the runtime is: src, or dist once it is built; and src where stacks tell of the sources. As URLs, and as paths. */
const RUNTIME: readonly string[] = ['..', '../../src/']
  .map(folder => new URL(folder, import.meta.url))
  .flatMap(url => [url.href, fileURLToPath(url)])

/** Whether a line of a stack says something of the program: how the runtime came to call it does not. */
function isOfProgram(line: string): boolean {
  if (!/^\s+at /.test(line)) return true
  return (
    !RUNTIME.some(folder => line.includes(folder)) &&
    !/\(node:|at node:|\.(next|throw|return) \(<anonymous>\)$/.test(line)
  )
}

function lines(error: unknown, above: ReadonlySet<unknown>, keeps: FrameFilter): string[] {
  if (!(error instanceof Error)) return `thrown: ${inspect(error)}`.split('\n')
  if (above.has(error)) return [`${title(error)} (shown above)`]
  const seen = new Set(above).add(error)
  const out = [...head(error, keeps)]
  const members = error instanceof AggregateError ? error.errors : []
  const cause = error.cause
  const branches = members.map(member => lines(member, seen, keeps))
  if (cause !== undefined) {
    const [first = '', ...rest] = lines(cause, seen, keeps)
    branches.push([`caused by ${first}`, ...rest])
  }
  for (const [n, branch] of branches.entries()) {
    const isLast = n === branches.length - 1
    for (const [i, line] of branch.entries())
      out.push(`${i === 0 ? (isLast ? '└─ ' : '├─ ') : isLast ? '   ' : '│  '}${line}`)
  }
  return out
}

/** Title and stack, and what else was put on the error, such as a code. */
function head(error: Error, keeps: FrameFilter): string[] {
  const stack = stackOf(error).filter(keeps)
  const extras = Object.entries(error).filter(([key]) => !HIDDEN.has(key))
  if (extras.length === 0) return stack
  const shown = extras.map(
    ([key, value]) => `    ${key}: ${inspect(value, { depth: 1, breakLength: Infinity })}`,
  )
  return [...stack, ...shown]
}

/** Said already, by the title or by the branches. */
const HIDDEN: ReadonlySet<string> = new Set(['name', 'message', 'stack', 'cause', 'errors'])

function stackOf(error: Error): string[] {
  const { stack } = error
  if (typeof stack !== 'string' || stack === '') return title(error).split('\n')
  // A message that was changed after the error was made is not in its stack.
  if (stack.includes(error.message)) return stack.split('\n')
  const frames = stack.split('\n').filter(line => /^\s+at /.test(line))
  return [...title(error).split('\n'), ...frames]
}

function title(error: Error): string {
  return error.message === '' ? error.name : `${error.name}: ${error.message}`
}
