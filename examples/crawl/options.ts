import { parseArgs } from 'node:util'

/** What the command line asks for. */
export type Request =
  | { readonly kind: 'crawl'; readonly options: CrawlOptions }
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'mistake'; readonly line: string }

export interface CrawlOptions {
  /** The site to crawl; `undefined` for the one that comes with the crawler. */
  readonly site: string | undefined
  readonly concurrency: number
  readonly perSecond: number
  readonly maxDepth: number
  readonly maxPages: number
  readonly timeoutMs: number
  /** The folder to write data.html to. */
  readonly out: string
}

const HELP = `Crawls a site: first a sample of it one by one, then all of it, many pages at once.

  npm start                        the site that comes with it: the READMEs of the installed packages
  npm start -- https://example.org another site, all at once and within limits

                     own site   another
  --concurrency N          64         4   pages fetched at once
  --per-second N     no limit        20   pages begun in any second
  --depth N          no limit         3   links away from the start
  --pages N          no limit       200   pages in all
  --timeout MS           1500     10000   time for a page, redirections included
  --out FOLDER            out       out   where data.html is written
`

type Limits = Omit<CrawlOptions, 'site' | 'out'>
const OWN: Limits = {
  concurrency: 64,
  perSecond: Infinity,
  maxDepth: Infinity,
  maxPages: Infinity,
  timeoutMs: 1500,
}
// Another's site: as much as a hurried reader would ask for.
const ANOTHER: Limits = {
  concurrency: 4,
  perSecond: 20,
  maxDepth: 3,
  maxPages: 200,
  timeoutMs: 10_000,
}

class Mistake extends Error {}

export function readRequest(args: readonly string[]): Request {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        concurrency: { type: 'string' },
        'per-second': { type: 'string' },
        depth: { type: 'string' },
        pages: { type: 'string' },
        timeout: { type: 'string' },
        out: { type: 'string', default: 'out' },
        help: { type: 'boolean', short: 'h' },
      },
    })
    if (values.help === true) return { kind: 'help', text: HELP }
    const site = siteOf(positionals)
    const defaults = site === undefined ? OWN : ANOTHER
    if (values.out === '') throw new Mistake('--out needs the name of a folder')
    const options = {
      site,
      concurrency: whole('--concurrency', values.concurrency, 1, 1000) ?? defaults.concurrency,
      perSecond: whole('--per-second', values['per-second'], 1, 1_000_000) ?? defaults.perSecond,
      maxDepth: whole('--depth', values.depth, 0, 1_000_000) ?? defaults.maxDepth,
      maxPages: whole('--pages', values.pages, 1, 1_000_000) ?? defaults.maxPages,
      timeoutMs: whole('--timeout', values.timeout, 1, 3_600_000) ?? defaults.timeoutMs,
      out: values.out,
    }
    return { kind: 'crawl', options }
  } catch (error) {
    const isOurs = error instanceof Mistake
    if (!isOurs && !isParseError(error)) throw error
    // Node explains at length how to pass a value that begins with a dash; its first sentence says what is wrong.
    const what = isOurs ? error.message : (error.message.split(/\. |\n/)[0] as string).replace(/\.$/, '')
    return { kind: 'mistake', line: `${what}; --help lists what there is` }
  }
}

function siteOf(positionals: readonly string[]): string | undefined {
  const [site, ...more] = positionals
  if (site === undefined) return undefined
  if (more.length > 0)
    throw new Mistake(`one site at a time, not ${positionals.length}: ${positionals.join(' ')}`)
  const url = URL.canParse(site) ? new URL(site) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new Mistake(`"${site}" is no site to crawl: give an address that begins with https:// or http://`)
  url.hash = ''
  return url.href
}

function whole(flag: string, text: string | undefined, min: number, max: number): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= min && value <= max) return value
  throw new Mistake(`${flag} takes a whole number from ${min} to ${max}, not "${text}"`)
}

function isParseError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
}
