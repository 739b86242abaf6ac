import { escapeHtml } from './html.ts'
import { type Book, type SitePage, slug } from './readme-pages.ts'

/** A site, ready to be served: the HTML of each path. */
export interface Site {
  readonly html: ReadonlyMap<string, string>
  /** Pages that no other page needs to be found: a site can afford to have trouble with them. */
  readonly leaves: readonly string[]
}

/**
 * Lays the books out as a site. `/` links to the front page of each book, a front page to all pages of its book and
 * to the books of its dependencies, each page to the one before and the one after: from `/` everything is found.
 */
export function layOut(books: readonly Book[]): Site {
  const html = new Map<string, string>()
  const leaves: string[] = []
  const fronts = new Map<string, string>()
  for (const book of books) fronts.set(book.name, (book.pages[0] as SitePage).path)

  const list = [...fronts].map(([name, path]) => `<li>${anchor(path, name)}</li>`).join('\n')
  html.set(
    '/',
    page(
      'The installed packages',
      `<p>What the READMEs say, page by page.</p>\n<nav><ul>\n${list}\n</ul></nav>`,
    ),
  )

  for (const [n, book] of books.entries()) {
    const next = books[(n + 1) % books.length] as Book
    for (const [i, one] of book.pages.entries()) {
      const links = [anchor('/home', 'all packages'), anchor(fronts.get(book.name) as string, book.name)]
      const before = book.pages[i - 1]
      const following = book.pages[i + 1]
      if (before !== undefined) links.push(anchor(before.path, `before: ${before.title}`))
      if (following !== undefined) links.push(anchor(following.path, `next: ${following.title}`))
      if (i === 0) {
        links.push(...book.pages.slice(1).map(({ path, title }) => anchor(path, title)))
        for (const name of book.dependencies) {
          const front = fronts.get(name)
          if (front !== undefined) links.push(anchor(front, `needs ${name}`))
        }
        links.push(anchor(fronts.get(next.name) as string, `next package: ${next.name}`))
      } else leaves.push(one.path)
      const nav = `<nav>${links.join(' · ')}</nav>`
      const title = one.title === book.name ? one.title : `${one.title} · ${book.name}`
      html.set(one.path, page(title, `${nav}\n${renderMarkdown(one.markdown, book)}`))
    }
  }
  return { html, leaves }
}

function page(title: string, body: string): string {
  const safe = escapeHtml(title)
  return (
    `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>${safe}</title></head>\n` +
    `<body><h1>${safe}</h1>\n${body}\n</body></html>\n`
  )
}

function anchor(path: string, text: string): string {
  return `<a href="${escapeHtml(encodeURI(path))}">${escapeHtml(text)}</a>`
}

/** Just enough Markdown to read a README: paragraphs, list items, code blocks and links. All else stays as typed. */
function renderMarkdown(markdown: string, book: Book): string {
  const out: string[] = []
  let paragraph: string[] = []
  const endParagraph = (): void => {
    if (paragraph.length > 0) out.push(`<p>${inline(paragraph.join('\n'), book)}</p>`)
    paragraph = []
  }
  let code: { fence: string; lines: string[] } | undefined
  for (const line of markdown.split('\n')) {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1]
    if (code !== undefined) {
      if (mark?.startsWith(code.fence)) {
        out.push(`<pre>${escapeHtml(code.lines.join('\n'))}</pre>`)
        code = undefined
      } else code.lines.push(line)
    } else if (mark !== undefined) {
      endParagraph()
      code = { fence: mark, lines: [] }
    } else if (line.trim() === '') endParagraph()
    else {
      if (/^\s*([-*+]|\d+\.|\|)\s/.test(line)) endParagraph()
      paragraph.push(line)
    }
  }
  if (code !== undefined) out.push(`<pre>${escapeHtml(code.lines.join('\n'))}</pre>`)
  endParagraph()
  return out.join('\n')
}

/** Links to other sites and to headings of the same README stay links; others lead nowhere here and become text. */
function inline(text: string, book: Book): string {
  const plain = text
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<\/?[a-z][^>]*>/gi, '')
    .replace(/!\[([^\]]*)\](\([^)]*\)|\[[^\]]*\])/g, '$1')
  let html = ''
  let at = 0
  for (const match of plain.matchAll(/\[([^[\]]*)\]\(\s*([^()\s]+)[^()]*\)/g)) {
    const [whole, label, href] = match as unknown as [string, string, string]
    html += escapeHtml(plain.slice(at, match.index))
    at = match.index + whole.length
    const target = label.trim() === '' ? undefined : linkTarget(href, book)
    html += target === undefined ? escapeHtml(label) : anchor(target, label)
  }
  return html + escapeHtml(plain.slice(at))
}

function linkTarget(href: string, book: Book): string | undefined {
  if (/^https?:\/\//i.test(href)) return href
  if (!href.startsWith('#')) return undefined
  const wanted = slug(href.slice(1))
  return book.pages.find(one => slug(one.title) === wanted)?.path
}
