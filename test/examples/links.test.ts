import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const pages = [
  ...['README.md', 'packages/plait/README.md', 'bench/README.md', 'examples/tutorial/README.md'],
  ...readdirSync(join(root, 'docs')).map(page => `docs/${page}`),
].map(page => join(root, page))

test.each(pages.map(page => [relative(root, page), page]))('the links of %s lead somewhere', (_, page) => {
  const targets = [...readFileSync(page, 'utf8').matchAll(/\]\(([^)\s]+)\)/g)].map(
    ([, target = '']) => target,
  )
  expect(targets.filter(target => !/^https?:/.test(target) && !exists(page, target))).toEqual([])
})

function exists(page: string, target: string): boolean {
  const [path = '', anchor] = target.split('#')
  const file = path === '' ? page : join(dirname(page), path)
  return existsSync(file) && (anchor === undefined || anchorsOf(readFileSync(file, 'utf8')).has(anchor))
}

/** The anchors that a page's headings have where Markdown is shown. */
function anchorsOf(markdown: string): Set<string> {
  const headings = [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading)
  return new Set(
    headings.map(heading =>
      heading
        .toLowerCase()
        .replace(/[^\w\s-]/g, '')
        .replace(/\s/g, '-'),
    ),
  )
}
