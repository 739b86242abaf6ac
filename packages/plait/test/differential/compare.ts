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
  const [time, who, what, ...details] = event
  return `${time} ${who} ${what}${details.map(detail => ` ${JSON.stringify(detail)}`).join('')}`
}

/** The two traces side by side around the first difference, which is marked. */
export function sideBySide(cpython: Trace, plait: Trace, before = 40, after = 6): string {
  const at = firstDifference(cpython, plait) ?? Math.max(cpython.length, plait.length)
  const from = Math.max(0, at - before)
  const rows = Array.from(
    { length: Math.min(Math.max(cpython.length, plait.length), at + after + 1) - from },
    (_, row) => [eventText(cpython[from + row]), eventText(plait[from + row])] as const,
  )
  const width = Math.min(70, Math.max('CPython'.length, ...rows.map(([left]) => left.length)))
  const line = (mark: string, left: string, right: string): string =>
    `${mark} ${left.padEnd(width)} | ${right}`
  return [
    line(' ', 'CPython', 'Plait'),
    ...rows.map(([left, right], row) => line(from + row === at ? '>' : ' ', left, right)),
  ].join('\n')
}

/** A program on which the two differ, told in full. */
export function report(program: Program, cpython: Trace, plait: Trace): string {
  return `${pseudoCode(program)}\n\n${sideBySide(cpython, plait)}\n\n${JSON.stringify(program)}\n`
}
