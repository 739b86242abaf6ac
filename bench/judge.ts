import { median, type Results, type Row } from './results.ts'
import type { Target } from './targets.ts'

/** What became of a target. `unmeasured`: a side is not to be had here, or was not asked for; no fault of Plait's. */
export type Verdict =
  | { readonly kind: 'met' | 'missed'; readonly target: Target; readonly measured: number }
  | { readonly kind: 'unmeasured' | 'failed'; readonly target: Target; readonly why: string }

/** Judges a target by the medians of one run. */
export function judge(target: Target, results: Results): Verdict {
  const { of, limit, atLeast } = target
  const own = find(target, target.metric, target.side, results)
  const reference = of === undefined ? undefined : find(target, of.metric ?? target.metric, of.side, results)
  for (const found of [own, reference]) {
    if (found !== undefined && found.kind !== 'row') return { kind: found.kind, target, why: found.why }
  }
  const value = medianOf(own)
  const measured = reference === undefined ? value : value / medianOf(reference)
  // Of what is not a number, neither holds.
  const isMet = atLeast === undefined ? measured <= limit : measured >= atLeast
  return { kind: isMet ? 'met' : 'missed', target, measured }
}

/** Whether `--check` may pass: nothing was missed, and no side that had to run broke down. */
export function isAcceptable(verdicts: readonly Verdict[]): boolean {
  return verdicts.every(({ kind }) => kind === 'met' || kind === 'unmeasured')
}

type Found =
  | { readonly kind: 'row'; readonly row: Row }
  | { readonly kind: 'unmeasured' | 'failed'; readonly why: string }

function find({ caseId, size }: Target, metric: string, side: string, { rows, gaps }: Results): Found {
  const isHere = (at: { caseId: string; nominalSize: number; side: string }): boolean =>
    at.caseId === caseId && at.side === side && (size === undefined || at.nominalSize === size)
  // A side that broke down in a later round has values, but not to be trusted.
  const gap = gaps.find(isHere)
  if (gap !== undefined) {
    return { kind: gap.kind === 'failed' ? 'failed' : 'unmeasured', why: `${side}: ${gap.why}` }
  }
  const row = rows.find(row => isHere(row) && row.metric === metric)
  if (row !== undefined) return { kind: 'row', row }
  const hasRun = rows.some(row => row.caseId === caseId)
  return hasRun
    ? { kind: 'failed', why: `${side} has no "${metric}"${size === undefined ? '' : ` at ${size}`}` }
    : { kind: 'unmeasured', why: `${caseId} was not run` }
}

function medianOf(found: Found | undefined): number {
  return found?.kind === 'row' ? median(found.row.values) : Number.NaN
}
