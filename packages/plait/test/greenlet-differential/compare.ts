import type { Program, Trace, TraceEvent } from './program.ts'
import { pseudoCode } from './pseudo-code.ts'

/** Where two traces part; undefined if they are the same. */
export function firstDifference(ours: Trace, theirs: Trace): number | undefined {
  const length = Math.max(ours.length, theirs.length)
  for (let index = 0; index < length; index += 1) {
    if (eventText(ours[index]) !== eventText(theirs[index])) return index
  }
  return undefined
}

/** One event, as a line. */
export function eventText(event: TraceEvent | undefined): string {
  if (event === undefined) return '(nothing more)'
  const [who, what, ...details] = event
  return `${who} ${what}${details.map(detail => ` ${JSON.stringify(detail) ?? 'null'}`).join('')}`
}

/** The two traces side by side around the first difference, which is marked. */
export function sideBySide(python: Trace, plait: Trace, before = 30, after = 6): string {
  const at = firstDifference(python, plait) ?? Math.max(python.length, plait.length)
  const from = Math.max(0, at - before)
  const until = Math.min(Math.max(python.length, plait.length), at + after + 1)
  const rows = Array.from(
    { length: until - from },
    (_, row) => [eventText(python[from + row]), eventText(plait[from + row])] as const,
  )
  const width = Math.min(70, Math.max('Python'.length, ...rows.map(([left]) => left.length)))
  const line = (mark: string, left: string, right: string): string =>
    `${mark} ${left.padEnd(width)} | ${right}`
  return [
    line(' ', 'Python', 'Plait'),
    ...rows.map(([left, right], row) => line(from + row === at ? '>' : ' ', left, right)),
  ].join('\n')
}

/** A program on which the two differ, told in full. */
export function report(program: Program, python: Trace, plait: Trace): string {
  return `${pseudoCode(program)}\n\n${sideBySide(python, plait)}\n\n${JSON.stringify(program)}\n`
}
