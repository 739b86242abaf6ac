import { expect, test } from 'vitest'
import { readRequest } from '../../examples/crawl/options.ts'
import { readRobots } from '../../examples/crawl/robots.ts'

test('without arguments it is the own site, without limits', () => {
  expect(readRequest([])).toEqual({
    kind: 'crawl',
    options: {
      site: undefined,
      concurrency: 64,
      perSecond: Infinity,
      maxDepth: Infinity,
      maxPages: Infinity,
      timeoutMs: 1500,
      out: 'out',
    },
  })
})

test("another's site is crawled within limits, which flags change", () => {
  expect(readRequest(['https://example.org#top'])).toMatchObject({
    options: {
      site: 'https://example.org/',
      concurrency: 4,
      perSecond: 20,
      maxDepth: 3,
      maxPages: 200,
      timeoutMs: 10_000,
    },
  })
  const flags = ['--depth', '0', '--pages=7', '--concurrency', '2', '--timeout', '50', '--out', 'x']
  expect(readRequest([...flags, 'http://a.test/b'])).toMatchObject({
    options: {
      site: 'http://a.test/b',
      concurrency: 2,
      perSecond: 20,
      maxDepth: 0,
      maxPages: 7,
      timeoutMs: 50,
      out: 'x',
    },
  })
})

test.each([
  [['--pages', '0'], '--pages', '"0"'],
  [['--pages', '1.5'], '--pages', '"1.5"'],
  [['--depth=-1'], '--depth', '"-1"'],
  [['--concurrency', 'many'], '--concurrency', '"many"'],
  [['--concurrency', '1001'], '--concurrency', '"1001"'],
  [['--timeout', ''], '--timeout', '""'],
  [['--timeout', '1e3'], '--timeout', '"1e3"'],
  [['--timeout'], '--timeout', 'argument missing'],
  [['--pages', '--depth', '3'], '--pages', 'ambiguous'],
  [['--speed', '3'], '--speed', 'Unknown option'],
  [['--out', ''], '--out', 'folder'],
  [['example.org'], '"example.org"', 'https://'],
  [['ftp://example.org'], '"ftp://example.org"', 'https://'],
  [['http://a.test', 'http://b.test'], 'one site at a time', 'http://b.test'],
])('%j is answered in one line that names it', (args, name, value) => {
  const request = readRequest(args)
  expect(request).toMatchObject({ kind: 'mistake', line: expect.stringContaining(name) })
  expect(request).toMatchObject({ line: expect.stringContaining(value) })
  expect(request).toMatchObject({ line: expect.stringMatching(/^[^\n]+--help[^\n]+$/) })
})

test('help names every flag', () => {
  const request = readRequest(['--help'])
  for (const flag of ['--depth', '--pages', '--concurrency', '--timeout', '--out'])
    expect(request).toMatchObject({ kind: 'help', text: expect.stringContaining(flag) })
})

const ROBOTS = `
# all
User-agent: *
Disallow: /private
Allow: /private/open   # but this
Disallow: /*.pdf$
Disallow: /tmp/*/x

User-agent: other
User-agent: Plait-Crawl
Disallow: /ours
Disallow:
`

test.each([
  ['/', true],
  ['/private', false],
  ['/private/deep', false],
  ['/private/open/x', true],
  ['/a/b.pdf', false],
  ['/a/b.pdf?x', true],
  ['/tmp/a/b/x', false],
  ['/tmp/x', true],
  ['/ours', true],
])('robots.txt on %s, for all: %s', (path, allowed) => {
  expect(readRobots(ROBOTS, 'someone').allows(path)).toBe(allowed)
})

test('the group that names the crawler replaces the one for all', () => {
  const rules = readRobots(ROBOTS, 'plait-crawl')
  expect([rules.allows('/ours'), rules.allows('/private'), rules.allows('/')]).toEqual([false, true, true])
})

test('a robots.txt without a rule for us allows everything', () => {
  for (const text of ['', 'User-agent: other\nDisallow: /', '<html>not found</html>'])
    expect(readRobots(text, 'plait-crawl').allows('/x')).toBe(true)
})
