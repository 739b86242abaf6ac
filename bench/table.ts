import type { Case } from './catalogue.ts'
import type { Verdict } from './judge.ts'
import { type Gap, median, type Results, type Row } from './results.ts'
import type { Target } from './targets.ts'

/** The table of one case: a block for each thing measured, the best first, and what could not be measured. */
export function showCase({ id, title }: Case, { rows, gaps }: Results): string {
  const lines = ['', `${id}  ${title}`]
  for (const block of blocksOf(rows)) lines.push('', ...showBlock(block))
  if (gaps.length > 0) lines.push('', ...gaps.map(showGap))
  return lines.join('\n')
}

function blocksOf(rows: readonly Row[]): Row[][] {
  const blocks = new Map<string, Row[]>()
  for (const row of rows) {
    const key = `${row.nominalSize} ${row.metric}`
    const block = blocks.get(key)
    if (block === undefined) blocks.set(key, [row])
    else block.push(row)
  }
  return [...blocks.values()]
}

/** The units of which more is better. */
const rising: ReadonlySet<string> = new Set(['MB/s', 'x'])

/** What everything else is measured in: the least that the work takes. */
const floors: ReadonlySet<string> = new Set(['floor', 'raw'])

function showBlock(block: Row[]): string[] {
  const first = block[0] as Row
  const floor = block.find(({ side }) => floors.has(side))
  const head = [
    `${first.metric}, ${first.unit}`,
    'median',
    'min .. max',
    'n',
    floor === undefined ? '' : `x ${floor.side}`,
  ]
  const body = [...block]
    .sort((a, b) => (median(a.values) - median(b.values)) * (rising.has(first.unit) ? -1 : 1))
    .map(({ side, values }) => [
      side,
      showNumber(median(values)),
      `${showNumber(Math.min(...values))} .. ${showNumber(Math.max(...values))}`,
      String(values.length),
      floor === undefined ? '' : showNumber(median(values) / median(floor.values)),
    ])
  return [`  at ${first.size.toLocaleString('en')}`, ...columns([head, ...body], 'lrrrr')]
}

function showGap({ side, nominalSize, kind, why }: Gap): string {
  const mark = kind === 'failed' ? '!!' : '--'
  return `  ${mark} ${side} at ${nominalSize.toLocaleString('en')}: ${kind === 'absent' ? `not measured here (${why})` : why}`
}

/** Pads each column to the left or to the right, as in 'lr'. */
function columns(table: readonly string[][], aligned: string): string[] {
  const widths = (table[0] as string[]).map((_, i) =>
    Math.max(...table.map(cells => (cells[i] ?? '').length)),
  )
  return table.map(cells => {
    const padded = cells.map((cell, i) =>
      aligned[i] === 'l' ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0),
    )
    return `    ${padded.join('   ')}`.trimEnd()
  })
}

/** Three digits that count, thousands apart. */
export function showNumber(value: number): string {
  if (!Number.isFinite(value)) return '?'
  const digits = value === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))))
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

const marks = { met: 'met', missed: 'MISSED', unmeasured: 'not measured', failed: 'FAILED' } as const

/** The targets with what was measured, and then, by name, those that are not met. */
export function showVerdicts(verdicts: readonly Verdict[]): string {
  const table = verdicts.map(verdict => [
    marks[verdict.kind],
    nameOf(verdict),
    'measured' in verdict ? showNumber(verdict.measured) : '',
    showBound(verdict.target),
    'why' in verdict ? verdict.why : '',
  ])
  const bad = verdicts.filter(({ kind }) => kind === 'missed' || kind === 'failed')
  const unmeasured = verdicts.filter(({ kind }) => kind === 'unmeasured').length
  const summary =
    bad.length === 0
      ? `No target is missed${unmeasured === 0 ? '' : `; ${unmeasured} could not be measured`}.`
      : `Missed: ${bad.map(nameOf).join('; ')}.`
  return [
    '',
    'targets',
    '',
    ...columns([['', '', 'measured', 'limit', ''], ...table], 'llrll'),
    '',
    summary,
  ].join('\n')
}

function showBound({ limit, atLeast }: Target): string {
  return atLeast === undefined ? `<= ${limit}` : `>= ${atLeast}`
}

function nameOf({ target: { caseId, size, metric, side, of } }: Verdict): string {
  const at = size === undefined ? '' : ` at ${size.toLocaleString('en')}`
  const reference = of === undefined ? '' : ` / ${of.side}${of.metric === undefined ? '' : ` ${of.metric}`}`
  return `${caseId} ${metric}${at}: ${side}${reference}`
}
