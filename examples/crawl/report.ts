import { byteCount, count, seconds } from './figures.ts'
import type { Tally } from './tally.ts'

/** One by one: measured on a sample, or worked out from how long each page took in the concurrent crawl. */
export type OneByOne =
  | { readonly kind: 'sample'; readonly tally: Tally }
  | { readonly kind: 'summed'; readonly of: Tally }

export interface Report {
  readonly oneByOne: OneByOne
  readonly together: Tally
  readonly concurrency: number
  readonly interrupted: boolean
}

/** What one by one takes, or would take, for as many pages as the concurrent crawl visited. */
export function oneByOneMs({ oneByOne, together }: Report): number | undefined {
  if (oneByOne.kind === 'summed') return oneByOne.of.summedMs
  const { tally } = oneByOne
  if (tally.visited === 0 || together.visited === 0) return undefined
  return (tally.elapsedMs / tally.visited) * together.visited
}

/** The table: pages, bytes, errors, peak concurrency, both times and the speed-up. */
export function reportTable(report: Report): string {
  const { oneByOne, together, concurrency } = report
  const sample = oneByOne.kind === 'sample' ? oneByOne.tally : undefined
  const wholeMs = oneByOneMs(report)
  const done = together.started && !report.interrupted
  const rows: [string, string, string][] = [
    ['', sample === undefined ? 'one by one' : 'one by one (sample)', `${concurrency} at once`],
    ['pages', sample ? count(sample.pages.length) : '', count(together.pages.length)],
    ['bytes', sample ? byteCount(sample.bytes) : '', byteCount(together.bytes)],
    ['errors', sample ? count(sample.broken.length) : '', count(together.broken.length)],
    ['peak concurrency', sample ? count(sample.peak) : '', count(together.peak)],
    ['time', sample ? seconds(sample.elapsedMs) : '', seconds(together.elapsedMs)],
    [
      'time for all',
      wholeMs === undefined ? '–' : `${seconds(wholeMs)} *`,
      done ? seconds(together.elapsedMs) : '–',
    ],
    ['speed-up', '', wholeMs === undefined ? '–' : `${(wholeMs / together.elapsedMs).toFixed(1)}×`],
  ]
  const widths = [0, 1, 2].map(column => Math.max(...rows.map(row => (row[column] as string).length)))
  const lines = rows.map(
    ([name, left, right]) =>
      `${name.padEnd(widths[0] as number)}  ${left.padStart(widths[1] as number)}  ${right.padStart(widths[2] as number)}`,
  )
  if (wholeMs !== undefined) lines.push('', `* ${footnote(report)}`)
  return lines.join('\n')
}

function footnote({ oneByOne, together }: Report): string {
  if (oneByOne.kind === 'summed')
    return 'not measured: the times of the single pages, added up, so that no page is fetched twice'
  const { tally } = oneByOne
  return `extrapolated: ${count(tally.visited)} pages took ${seconds(tally.elapsedMs)} one by one, and there are ${count(together.visited)}`
}

/** The broken pages and why, and what was passed over. */
export function reportTroubles(tally: Tally): string {
  const lines: string[] = []
  if (tally.broken.length > 0) {
    lines.push(`${count(tally.broken.length)} broken:`)
    const width = Math.min(60, Math.max(...tally.broken.map(({ url }) => shortPath(url).length)))
    for (const { url, why } of tally.broken) lines.push(`  ${shortPath(url).padEnd(width)}  ${why}`)
  }
  if (tally.passedOver.length > 0) {
    lines.push(`${count(tally.passedOver.length)} passed over:`)
    for (const { url, why } of tally.passedOver.slice(0, 10)) lines.push(`  ${shortPath(url)}  ${why}`)
    if (tally.passedOver.length > 10) lines.push(`  and ${count(tally.passedOver.length - 10)} more`)
  }
  return lines.join('\n')
}

/** An address without its origin, in readable letters. */
export function shortPath(url: string): string {
  const { pathname, search } = new URL(url)
  try {
    return decodeURI(pathname) + search
  } catch {
    return pathname + search // not every address decodes
  }
}
