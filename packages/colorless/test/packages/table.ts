import { enteredShare, type Measured } from './measure.ts'
import type { Run, Way } from './ways.ts'

const WIDTHS = [12, 14, 10, 8, 12, 12, 10] as const

/** The head of the table. */
export const tableHead: string = row(['package', 'way', 'ms', 'x plain', 'switches', 'calls', 'entered'])

/** The lines of a package: a way each. */
export function showPackage({ name, untransformed, report }: Measured, ways: readonly Way[]): string {
  const first = row([name, 'untransformed', untransformed.ms.toFixed(0)])
  const rest = ways.map(way => line(way, report.runs[way], untransformed))
  const { size } = report
  const code = size === undefined ? '' : row(['', 'code', `x ${(size.after / size.before).toFixed(2)}`])
  return [first, ...rest, code].join('\n')
}

function line(way: Way, run: Run | undefined, untransformed: Run): string {
  const label = typeof way === 'number' ? `every ${way}` : way
  if (run === undefined) return row(['', label, 'not run'])
  const share = enteredShare(run)
  return row([
    '',
    label,
    run.ms.toFixed(0),
    (run.ms / untransformed.ms).toFixed(1),
    run.switches.toLocaleString('en'),
    (run.entered + run.plain).toLocaleString('en'),
    Number.isNaN(share) ? '' : `${(100 * share).toFixed(1)} %`,
  ])
}

function row(cells: readonly string[]): string {
  return cells
    .map((cell, n) => (n < 2 ? cell.padEnd(WIDTHS[n] as number) : cell.padStart(WIDTHS[n] as number)))
    .join('')
    .trimEnd()
}
