import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { type HtmlPiece, htmlPieces } from '../../examples/crawl/html.ts'
import { readBooks } from '../../examples/crawl/readme-pages.ts'
import { layOut } from '../../examples/crawl/site-pages.ts'
import { crawl, row, sectionCount } from './crawl.ts'

const site = layOut(readBooks(fileURLToPath(new URL('../../node_modules', import.meta.url))))
const BROKEN = 4 + 3 + 3 + 2 // failing, reset, cut off, looping
/** The tags that data.html has of its own, each with its attributes: whatever a page says must not add another. */
const OWN_TAGS = new Set(
  [
    '',
    'html lang',
    'head',
    'meta charset',
    'meta name content',
    'title',
    'style',
    'body',
    'h1',
    'details',
    'summary',
  ].concat(['ol', 'li', 'a href', 'section id', 'h2', 'p', 'p class', 'pre']),
)
const PAGES = site.html.size - BROKEN

test('the whole site is crawled: every page read, every broken one listed', async () => {
  // So patient that a busy machine changes nothing: every slow page is read.
  const run = crawl('--timeout', '30000')
  const { code, stdout, stderr } = await run.ended
  expect({ code, stderr: stderr.replace(/^(one by one|all at once): .*\n/gm, '') }).toEqual({
    code: 0,
    stderr: '',
  })

  const count = (n: number): string => n.toLocaleString('en')
  expect(row(stdout, 'pages')).toEqual(['40', count(PAGES)])
  expect(row(stdout, 'errors')).toEqual(['0', String(BROKEN)])
  expect(row(stdout, 'peak concurrency')).toEqual(['1', '64'])
  expect(row(stdout, 'bytes')).toEqual([expect.stringMatching(/ kB$/), expect.stringMatching(/ MB$/)])
  expect(row(stdout, 'time for all')).toEqual([expect.stringMatching(/ \*$/), expect.stringMatching(/ s$/)])
  expect(row(stdout, 'speed-up')).toEqual([expect.stringMatching(/^\d+\.\d×$/)])
  expect(stdout).toMatch(/^\* extrapolated: 40 pages took /m)

  expect(stdout).toContain(`${BROKEN} broken:`)
  expect(stdout.match(/500 Internal Server Error$/gm)).toHaveLength(4)
  expect(stdout.match(/connection reset$/gm)).toHaveLength(3)
  expect(stdout.match(/cut off in the middle of the body$/gm)).toHaveLength(3)
  expect(stdout.match(/redirects in a circle of 3$/gm)).toHaveLength(2)
  expect(stdout).toMatch(/\/home {2}leads to .*, which is known$/m)

  const data = run.data()
  expect(sectionCount(data)).toBe(PAGES)
  expect(data).toContain(`<title>${count(PAGES)} crawled pages</title>`)
  const tags = new Set([...htmlPieces(data ?? '')].map(piece => (piece.kind === 'open' ? tagOf(piece) : '')))
  expect([...tags].filter(tag => !OWN_TAGS.has(tag))).toEqual([])
})

test('pages that are too slow are given up and listed', async () => {
  const { code, stdout } = await crawl('--timeout', '1', '--pages', '3').ended
  expect(code).toBe(0)
  expect(row(stdout, 'errors')).toEqual(['1', '1'])
  expect(stdout).toMatch(/^ {2}\/ +no answer within 1 ms$/m)
})

test('pages, depth and the number at once can be limited', async () => {
  const run = crawl('--timeout', '30000', '--pages', '30', '--concurrency', '5', '--depth', '1')
  const { code, stdout } = await run.ended
  expect(code).toBe(0)
  expect(row(stdout, 'pages')).toEqual(['30', '30'])
  expect(row(stdout, 'peak concurrency')).toEqual(['1', '5'])
  expect(stdout).toMatch(/links left out by the limits/)
  expect(sectionCount(run.data())).toBe(30)
})

test.each([
  ['SIGINT', 130, 'one by one', 0],
  ['SIGTERM', 143, 'all at once', 1],
] as const)(
  '%s stops the crawl with %i: what was found is shown and written, and the site is gone',
  async (signal, expected, phase, column) => {
    const run = crawl()
    await run.said(new RegExp(`${phase}: [1-9][\\d,]* of`))
    run.process.kill(signal)
    const { code, stdout } = await run.ended
    expect(code).toBe(expected)
    expect(stdout).toContain('Stopped early')
    const pages = Number(row(stdout, 'pages')[column]?.replace(',', ''))
    expect(pages).toBeGreaterThan(0)
    expect(sectionCount(run.data())).toBe(pages)
    const [url] = /http:\/\/127\.0\.0\.1:\d+\//.exec(stdout) as unknown as [string]
    await expect(fetch(url)).rejects.toThrow('fetch failed')
  },
)

test('the site does not outlive a crawler that is killed', async () => {
  const run = crawl()
  await run.said(/http:\/\/127\.0\.0\.1:\d+\//)
  run.process.kill('SIGKILL')
  const { stdout } = await run.ended
  const [url] = /http:\/\/127\.0\.0\.1:\d+\//.exec(stdout) as unknown as [string]
  // It is told by its parent's end of the channel, a moment later: asked until it is gone, or the test's time is up.
  while (await answers(url));
})

test('a mistake on the command line is one line, and nothing is crawled', async () => {
  const run = crawl('--pages', 'many')
  const { code, stdout, stderr } = await run.ended
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toMatch(/^crawl: --pages takes a whole number.*"many".*\n$/)
  expect(run.data()).toBeUndefined()
})

function tagOf(piece: Extract<HtmlPiece, { kind: 'open' }>): string {
  return [piece.name, ...piece.attributes.keys()].join(' ')
}

async function answers(url: string): Promise<boolean> {
  try {
    await (await fetch(url)).text()
    return true
  } catch {
    return false
  }
}
