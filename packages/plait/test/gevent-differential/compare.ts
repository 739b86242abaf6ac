import { eventText, firstDifference } from '../differential/compare.ts'
import type { Program, Trace } from './program.ts'
import { pseudoCode } from './pseudo-code.ts'

export { firstDifference }

/** The two traces side by side around the first difference, which is marked. */
export function sideBySide(gevent: Trace, plait: Trace, before = 40, after = 6): string {
  const longest = Math.max(gevent.length, plait.length)
  const at = firstDifference(gevent, plait) ?? longest
  const from = Math.max(0, at - before)
  const rows = Array.from(
    { length: Math.min(longest, at + after + 1) - from },
    (_, row) => [eventText(gevent[from + row]), eventText(plait[from + row])] as const,
  )
  const width = Math.min(70, Math.max('gevent'.length, ...rows.map(([left]) => left.length)))
  const line = (mark: string, left: string, right: string): string =>
    `${mark} ${left.padEnd(width)} | ${right}`
  return [
    line(' ', 'gevent', 'Plait'),
    ...rows.map(([left, right], row) => line(from + row === at ? '>' : ' ', left, right)),
  ].join('\n')
}

/** A program on which the two differ, told in full. */
export function report(program: Program, gevent: Trace, plait: Trace): string {
  return `${pseudoCode(program)}\n\n${sideBySide(gevent, plait)}\n\n${JSON.stringify(program)}\n`
}
