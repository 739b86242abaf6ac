import { htmlPieces } from './html.ts'

/** What a crawler wants of a page: its title, its readable text and the links to follow. */
export interface PageContent {
  readonly title: string
  readonly blocks: readonly Block[]
  /** Absolute addresses of the same origin, without fragments, each once, in the order of the page. */
  readonly links: readonly string[]
}

/** A paragraph, or a piece of code whose line breaks and spaces matter. */
export interface Block {
  readonly kind: 'paragraph' | 'code'
  readonly text: string
}

/** Tags that end a paragraph where they begin or end. */
const BREAKS = new Set(
  (
    'address article aside blockquote body br dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 ' +
    'h6 header hr li main nav ol p pre section table td th tr ul'
  ).split(' '),
)

/** Reads a page. Links marked `rel="nofollow"` are left out: the page asks for it. */
export function readContent(html: string, url: string): PageContent {
  const links = new Set<string>()
  const blocks: Block[] = []
  let base = url
  let title: string | undefined
  let inTitle = false
  let inNav = 0
  let inCode = 0
  let text = ''

  const endBlock = (): void => {
    const kind = inCode > 0 ? 'code' : 'paragraph'
    const trimmed = kind === 'code' ? text.replace(/^\n|\s+$/g, '') : text.replace(/\s+/g, ' ').trim()
    if (trimmed !== '') blocks.push({ kind, text: trimmed })
    text = ''
  }

  for (const piece of htmlPieces(html)) {
    if (piece.kind === 'text') {
      if (inTitle) title = (title ?? '') + piece.text
      else if (inNav === 0) text += piece.text
      continue
    }
    const { name } = piece
    if (BREAKS.has(name) && !(inCode > 0 && name !== 'pre')) endBlock()
    const step = piece.kind === 'open' ? 1 : -1
    if (name === 'pre') inCode = Math.max(0, inCode + step)
    else if (name === 'nav') inNav = Math.max(0, inNav + step)
    else if (name === 'title') inTitle = step > 0 && title === undefined
    if (piece.kind === 'close') continue
    if (name === 'base') base = resolve(piece.attributes.get('href'), url) ?? base
    else if (name === 'a' || name === 'area') {
      const nofollow = /(^|\s)nofollow(\s|$)/i.test(piece.attributes.get('rel') ?? '')
      const link = nofollow ? undefined : resolve(piece.attributes.get('href'), base)
      if (link !== undefined && sameOrigin(link, url)) links.add(link)
    }
  }
  endBlock()
  return { title: title?.replace(/\s+/g, ' ').trim() || url, blocks, links: [...links] }
}

/** The addresses of a page's links within its own site. */
export function extractLinks(html: string, url: string): readonly string[] {
  return readContent(html, url).links
}

/** A link as an absolute http address without its fragment; `undefined` for what a crawler cannot fetch. */
export function resolve(href: string | undefined, base: string): string | undefined {
  if (href === undefined || !URL.canParse(href.trim(), base)) return undefined
  const url = new URL(href.trim(), base)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined
  url.hash = ''
  return url.href
}

export function sameOrigin(a: string, b: string): boolean {
  return new URL(a).origin === new URL(b).origin
}
