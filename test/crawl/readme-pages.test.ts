import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { extractLinks } from '../../examples/crawl/page-content.ts'
import { type Book, readBooks, slug, splitReadme } from '../../examples/crawl/readme-pages.ts'
import { layOut } from '../../examples/crawl/site-pages.ts'
import { planAnswers } from '../../examples/crawl/site-trouble.ts'

const NODE_MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url))
const titles = (markdown: string): string[] => splitReadme('pkg', markdown).map(({ title }) => title)

test('a README is split at its headings, of either form', () => {
  const pages = splitReadme(
    'pkg',
    'before\n\n# One\ntext\n## Two ##\nmore\n\nThree\n=====\nlast\n\nFour\n----\nend',
  )
  expect(pages).toEqual([
    { path: '/pkg/', title: 'pkg', markdown: 'before' },
    { path: '/pkg/one', title: 'One', markdown: 'text' },
    { path: '/pkg/two', title: 'Two', markdown: 'more' },
    { path: '/pkg/three', title: 'Three', markdown: 'last' },
    { path: '/pkg/four', title: 'Four', markdown: 'end' },
  ])
})

test('a # inside a code block is no heading', () => {
  expect(titles('# Use\n```sh\n# install\nnpm i\n```\ntext\n# After\nx')).toEqual(['Use', 'After'])
  expect(titles('# Use\n~~~~\n~~~\n# no\n~~~~\n# After\nx')).toEqual(['Use', 'After'])
})

test('a rule and a list are no underline', () => {
  expect(titles('# A\ntext\n\n---\nmore\n- item\n---\nx')).toEqual(['A'])
})

test('a heading is titled by its words', () => {
  expect(titles('# [`sleep()`](https://x.test) ![badge](b.svg) **now** <a name="x"></a>\ntext')).toEqual([
    'sleep() badge now',
  ])
})

test('a heading without text of its own is no page', () => {
  expect(titles('# Name\n\n## Install\nnpm i')).toEqual(['Install'])
  expect(splitReadme('pkg', '# Name\n')).toEqual([])
})

test('headings of one name have addresses of their own', () => {
  const paths = splitReadme('pkg', '# Top\nx\n# API\na\n# Api\nb\n# api!\nc').map(({ path }) => path)
  expect(paths).toEqual(['/pkg/', '/pkg/api', '/pkg/api-2', '/pkg/api-3'])
})

test('an address is made of the words of a heading', () => {
  expect([slug('Hello, World!'), slug('नमस्ते जी'), slug('***')]).toEqual([
    'hello-world',
    expect.stringContaining('-'),
    'section',
  ])
})

test('the installed packages make a site of at least 300 pages, all found from its start', () => {
  const site = layOut(readBooks(NODE_MODULES))
  expect(site.html.size).toBeGreaterThanOrEqual(300)
  expect(reachable(site.html)).toEqual(new Set(site.html.keys()))
})

test('every page is still found, or found to be in trouble, when the troubled ones show no links', () => {
  const site = layOut(readBooks(NODE_MODULES))
  expect(reachable(site.html, new Set(site.leaves))).toEqual(new Set(site.html.keys()))
})

test('the site has every trouble that it promises, the same for the same seed', () => {
  const paths = Array.from({ length: 400 }, (_, n) => `/p/${n}`)
  const answers = planAnswers(paths, paths.slice(1), 7)
  const kinds = new Set([...answers.values()].map(({ kind }) => kind))
  expect(kinds).toEqual(new Set(['fine', 'slow', 'failing', 'reset', 'cut-off', 'moved', 'looping']))
  expect(answers.get('/p/0')?.kind).toBe('fine')
  const ordinary = [...answers.values()].filter(({ kind }) => kind !== 'slow').map(({ delayMs }) => delayMs)
  expect(Math.min(...ordinary)).toBeGreaterThanOrEqual(20)
  expect(Math.max(...ordinary)).toBeLessThanOrEqual(60)
  expect(planAnswers(paths, paths.slice(1), 7)).toEqual(answers)
  expect(planAnswers(paths, paths.slice(1), 8)).not.toEqual(answers)
})

test('what a README says cannot become part of the page around it', () => {
  const markdown =
    '<script>alert(1)</script>\n[x" onclick="y](https://e.test/"><script>)\n```\n</pre><script>\n```'
  const book: Book = { name: 'p', pages: splitReadme('p', markdown), dependencies: [] }
  expect(layOut([book]).html.get('/p/')).not.toMatch(/<script|" onclick/)
})

/** The paths found by following links from `/`, where `silent` pages show none. */
function reachable(html: ReadonlyMap<string, string>, silent: ReadonlySet<string> = new Set()): Set<string> {
  const found = new Set(['/'])
  for (const path of found) {
    if (silent.has(path)) continue
    for (const link of extractLinks(html.get(path) as string, `http://x.test${encodeURI(path)}`)) {
      const target = decodeURI(new URL(link).pathname)
      if (target !== '/home') found.add(target)
    }
  }
  return found
}
