/**
 * A crawler as a coroutine program: `npm start`, or `plait run examples/crawl.ts`.
 *
 * By default it crawls a site of its own, served by a separate process: a sample one by one, then everything with
 * many workers at once. `npm start -- https://example.org` crawls another site, within limits. Ctrl-C and SIGTERM
 * cancel it: every fetch under way is aborted, and what was found is still shown and written.
 */
import { type Operation, until } from 'plait'
import { type CrawlPlan, crawlSite } from './crawl/crawl-site.ts'
import { prepareFolder, writeDataPage } from './crawl/data-page.ts'
import { count } from './crawl/figures.ts'
import { type CrawlOptions, readRequest } from './crawl/options.ts'
import { startOwnSite, stopOwnSite } from './crawl/own-site.ts'
import { withProgress } from './crawl/progress.ts'
import { type Report, reportTable, reportTroubles } from './crawl/report.ts'
import { locate } from './crawl/start-page.ts'
import { Tally } from './crawl/tally.ts'

const SAMPLE_PAGES = 40
const LEAST_PAGES = 300
const USER_AGENT = 'plait-crawl'

export default function* main(...args: string[]): Operation<void> {
  const request = readRequest(args)
  switch (request.kind) {
    case 'help':
      process.stdout.write(request.text)
      break
    case 'mistake':
      fail(request.line)
      break
    case 'crawl':
      yield* crawl(request.options)
  }
}

function* crawl(options: CrawlOptions): Operation<void> {
  const problem = prepareFolder(options.out)
  if (problem !== undefined) fail(problem)
  else if (options.site === undefined) yield* crawlOwnSite(options)
  else yield* crawlAnother(options, options.site)
}

/** Ends with 1 and one line that says why. */
function fail(line: string): void {
  process.stderr.write(`crawl: ${line}\n`)
  process.exitCode = 1
}

/** The site that comes with the crawler: a sample of it one by one, then all of it at once. */
function* crawlOwnSite(options: CrawlOptions): Operation<void> {
  const site = yield* startOwnSite()
  const sample = new Tally()
  const together = new Tally()
  let interrupted = true
  try {
    if (site.pages < LEAST_PAGES)
      throw new Error(`the site has ${site.pages} pages, not ${LEAST_PAGES}: are the packages installed?`)
    console.log(`${count(site.pages)} pages, made of the installed packages' READMEs, at ${site.url}`)
    const plan = planOf(options, site.url, () => true)
    const samplePlan = { ...plan, concurrency: 1, maxPages: Math.min(SAMPLE_PAGES, plan.maxPages) }
    yield* withProgress('one by one', sample, crawlSite(samplePlan, sample))
    yield* withProgress('all at once', together, crawlSite(plan, together))
    interrupted = false
  } finally {
    yield* stopOwnSite(site)
    const report = { oneByOne: { kind: 'sample', tally: sample }, together, interrupted } as const
    yield* finish({ ...report, concurrency: options.concurrency }, options)
  }
  const unlimited = options.maxPages === Infinity && options.maxDepth === Infinity
  if (unlimited && together.pages.length < LEAST_PAGES)
    throw new Error(
      `only ${together.pages.length} of ${site.pages} pages could be crawled, not ${LEAST_PAGES}`,
    )
}

/** Somebody else's site: each page once, as its robots.txt allows. */
function* crawlAnother(options: CrawlOptions, address: string): Operation<void> {
  const tally = new Tally()
  let interrupted = true
  const visit = planOf(options, address, () => true).visit
  const start = yield* locate(address, visit)
  if (start.kind === 'unreachable') {
    fail(`${address} cannot be crawled: ${start.why}`)
    return
  }
  try {
    yield* withProgress('crawling', tally, crawlSite(planOf(options, start.url, start.allows), tally))
    interrupted = false
  } finally {
    const report = { oneByOne: { kind: 'summed', of: tally }, together: tally, interrupted } as const
    yield* finish({ ...report, concurrency: options.concurrency }, options)
  }
}

function planOf(options: CrawlOptions, start: string, allows: (url: string) => boolean): CrawlPlan {
  const { concurrency, perSecond, maxPages, maxDepth, timeoutMs } = options
  const visit = { timeoutMs, maxRedirects: 5, maxBytes: 5_000_000, userAgent: USER_AGENT }
  return { start, concurrency, perSecond, maxPages, maxDepth, allows, visit }
}

/** Shows what was found and writes it down; the last thing a crawl does, cancelled or not. */
function* finish(report: Report, { out }: CrawlOptions): Operation<void> {
  const { oneByOne, together, interrupted } = report
  const best = together.pages.length === 0 && oneByOne.kind === 'sample' ? oneByOne.tally : together
  const note = interrupted ? 'Stopped early: this is what was found so far.' : 'The whole crawl.'
  const troubles = reportTroubles(best)
  if (troubles !== '') console.log(`\n${troubles}`)
  if (together.leftOut > 0)
    console.log(`${count(together.leftOut)} links left out by the limits on depth and pages`)
  console.log(`\n${reportTable(report)}\n`)
  if (interrupted) console.log('Stopped early: what was found so far is kept.')
  const file = yield* until(writeDataPage(out, best.pages, note))
  console.log(`${count(best.pages.length)} pages written to ${file}`)
}
