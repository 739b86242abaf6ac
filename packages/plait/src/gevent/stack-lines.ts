import { titleOf } from '../coroutine/stack.ts'
import type { Frame } from '../coroutine/wait.ts'

const LONGEST = 50

/** The library's folder, as stack traces write it. */
const LIBRARY: string = (
  /\(?([^\s()]*)[/\\][^/\\]*:\d+:\d+\)?$/.exec(new Error().stack?.split('\n')[1] ?? '')?.[1] ?? '?'
).replace(/[/\\](?:gevent|chunks)$/, '/')

/** An error made here, for its stack: of so many lines, and read later, which is what takes the time. */
export function stackHere(lines: number = LONGEST): Error {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = lines
  try {
    return new Error()
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
}

/** The lines of a stack that are of the program, with what of the engine is called there; all lines if none are. */
export function linesOf({ stack }: Error): string[] {
  // Whoever has engine stacks made in their own way may have them be anything.
  const all = String(stack)
    .split('\n')
    .filter(line => line.startsWith('    at '))
  const last = all.findLastIndex(isOwn)
  let first = all.findIndex(isOwn)
  if (first === -1) return all
  while (first > 0 && isEngines(all[first - 1] as string)) first -= 1
  return all.slice(first, last + 1).filter(line => isOwn(line) || isEngines(line))
}

function isOwn(line: string): boolean {
  return !line.includes(LIBRARY) && !/\bnode:|<anonymous>/.test(line)
}

/** A function of the language itself: it has no place. That a generator is resumed says nothing. */
function isEngines(line: string): boolean {
  return line.endsWith(' (<anonymous>)') && !line.endsWith('.next (<anonymous>)')
}

/** The plain functions and coroutines that a task has suspended, innermost first: the engine knows nothing of them. */
export function suspendedLines({ _leaf: leaf }: { readonly _leaf: Frame | undefined }): string[] {
  const lines: string[] = []
  for (let frame = leaf?._caller; frame !== undefined; frame = frame._caller) {
    if (frame.name !== '') lines.push(`    at ${titleOf(frame)}`)
  }
  return lines.slice(0, LONGEST)
}
