import { accessSync, constants, mkdirSync, statSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { byteCount, count } from './figures.ts'
import { escapeHtml } from './html.ts'
import type { PageContent } from './page-content.ts'
import { shortPath } from './report.ts'

export interface CrawledPage {
  readonly url: string
  readonly bytes: number
  readonly content: PageContent
}

const STYLE = `body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem }
section { border-top: 1px solid #ccc; margin-top: 2rem }
.from { color: #666; font-size: 0.85rem }
pre { background: #f4f4f4; padding: 0.75rem; overflow-x: auto; font-size: 0.85rem }
p, h2 { overflow-wrap: anywhere }`

/** All pages as one HTML page: a table of contents and a section for each, escaped throughout. */
export function dataPage(pages: readonly CrawledPage[], note: string): string {
  const contents = pages.map(
    ({ content }, n) => `<li><a href="#page-${n + 1}">${escapeHtml(content.title)}</a></li>`,
  )
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${count(pages.length)} crawled pages</title>
<style>
${STYLE}
</style>
</head>
<body>
<h1>${count(pages.length)} crawled pages</h1>
<p>${escapeHtml(note)}</p>
<details><summary>Contents</summary><ol>
${contents.join('\n')}
</ol></details>
${pages.map(sectionOf).join('\n')}
</body>
</html>
`
}

function sectionOf({ url, bytes, content }: CrawledPage, n: number): string {
  // A page's first line is its title again, more often than not.
  const [first, ...rest] = content.blocks
  const blocks = first?.text === content.title ? rest : content.blocks
  const body = blocks.map(({ kind, text }) => {
    const tag = kind === 'code' ? 'pre' : 'p'
    return `<${tag}>${escapeHtml(text)}</${tag}>`
  })
  return `<section id="page-${n + 1}">
<h2>${escapeHtml(content.title)}</h2>
<p class="from">${escapeHtml(shortPath(url))} · ${byteCount(bytes)}</p>
${body.join('\n')}
</section>`
}

/** Makes the folder, so that nobody learns after a long crawl that it cannot be written to; what is wrong, if so. */
export function prepareFolder(folder: string): string | undefined {
  try {
    makeFolder(resolve(folder))
    accessSync(folder, constants.W_OK)
    return undefined
  } catch (error) {
    return `--out ${folder} is no folder to write to: ${(error as Error).message}`
  }
}

/** As mkdir's own `recursive` does, which never returns where the file system denies a folder that it shows, as /proc. */
function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return
  makeFolder(dirname(folder))
  mkdirSync(folder)
}

/** Writes data.html into the folder, whole or not at all, and says where it is. */
export async function writeDataPage(
  folder: string,
  pages: readonly CrawledPage[],
  note: string,
): Promise<string> {
  const file = join(folder, 'data.html')
  const draft = `${file}.${process.pid}.part`
  await writeFile(draft, dataPage(pages, note))
  await rename(draft, file)
  return file
}
