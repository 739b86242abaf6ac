/** All repetitions of all rounds of one side, for one thing measured. */
export interface Row {
  readonly caseId: string
  /** The size of the full run, also where a quick one did less: targets name it. */
  readonly nominalSize: number
  readonly size: number
  readonly metric: string
  readonly side: string
  readonly unit: string
  readonly values: number[]
}

/** A side without a value. Absent and left out: nothing is wrong, it is not measured here. Failed: something is. */
export interface Gap {
  readonly caseId: string
  readonly nominalSize: number
  readonly side: string
  readonly kind: 'absent' | 'left out' | 'failed'
  readonly why: string
}

export interface Results {
  readonly rows: Row[]
  readonly gaps: Gap[]
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/** Adds the lines a program printed; gives how many values they held. */
export function addLines(
  rows: Row[],
  printed: string,
  from: Omit<Row, 'metric' | 'unit' | 'values'>,
): number {
  let count = 0
  for (const line of printed.split('\n')) {
    const [mark, metric, unit, ...numbers] = line.split('\t')
    if (mark !== 'R' || metric === undefined || unit === undefined) continue
    const values = numbers.map(Number).filter(Number.isFinite)
    count += values.length
    const row = rows.find(
      row =>
        row.caseId === from.caseId &&
        row.nominalSize === from.nominalSize &&
        row.side === from.side &&
        row.metric === metric,
    )
    if (row === undefined) rows.push({ ...from, metric, unit, values })
    else row.values.push(...values)
  }
  return count
}
