/** A piece of an HTML text: a run of text, or a tag. */
export type HtmlPiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'open'; readonly name: string; readonly attributes: ReadonlyMap<string, string> }
  | { readonly kind: 'close'; readonly name: string }

const TAG_START = /<(\/?)([a-z][^\s/>]*)/iy
const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g
/** What stands between these tags is no HTML. */
const RAW = new Set(['script', 'style', 'textarea', 'template', 'noscript'])

/**
 * Walks over an HTML text piece by piece. Forgiving, as browsers are: what is no tag is text, and no input makes it
 * throw. Comments, and the insides of scripts and styles, are left out.
 */
export function* htmlPieces(html: string): Generator<HtmlPiece, void, undefined> {
  let at = 0
  while (at < html.length) {
    const bracket = html.indexOf('<', at)
    if (bracket > at || bracket === -1) {
      const end = bracket === -1 ? html.length : bracket
      yield { kind: 'text', text: decodeEntities(html.slice(at, end)) }
      at = end
      continue
    }
    if (html.startsWith('<!--', at)) {
      at = after(html, '-->', at + 4)
      continue
    }
    if (html[at + 1] === '!' || html[at + 1] === '?') {
      at = after(html, '>', at + 2)
      continue
    }
    TAG_START.lastIndex = at
    const start = TAG_START.exec(html)
    if (start === null) {
      yield { kind: 'text', text: '<' }
      at += 1
      continue
    }
    const end = tagEnd(html, TAG_START.lastIndex)
    if (end === -1) return // a tag that never ends: browsers drop it too
    const name = (start[2] as string).toLowerCase()
    const attributes = html.slice(TAG_START.lastIndex, end)
    at = end + 1
    if (start[1] === '/') {
      yield { kind: 'close', name }
      continue
    }
    yield { kind: 'open', name, attributes: attributesOf(attributes) }
    if (RAW.has(name)) at = closingTag(html, name, at)
  }
}

/** Where the tag's `>` stands, or -1. One in quotes does not end it; a quote opens only after an equals sign. */
function tagEnd(html: string, from: number): number {
  let afterEquals = false
  for (let at = from; at < html.length; at += 1) {
    const character = html[at] as string
    if (character === '>') return at
    if (afterEquals && (character === '"' || character === "'")) {
      at = html.indexOf(character, at + 1)
      if (at === -1) return -1
    }
    if (character.trim() !== '') afterEquals = character === '='
  }
  return -1
}

function attributesOf(text: string): Map<string, string> {
  const attributes = new Map<string, string>()
  for (const [, name, double, single, bare] of text.matchAll(ATTRIBUTE)) {
    const key = (name as string).toLowerCase()
    // The first of two attributes of one name holds, as in browsers.
    if (!attributes.has(key)) attributes.set(key, decodeEntities(double ?? single ?? bare ?? ''))
  }
  return attributes
}

function after(html: string, end: string, from: number): number {
  const found = html.indexOf(end, from)
  return found === -1 ? html.length : found + end.length
}

function closingTag(html: string, name: string, from: number): number {
  const end = new RegExp(`</${name}[\\s/>]`, 'gi')
  end.lastIndex = from
  return end.exec(html)?.index ?? html.length
}

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  copy: '©',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  laquo: '«',
  raquo: '»',
}

/** Character references become characters; an unknown one stays as it is written. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|([a-z]+));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return NAMED[name] ?? whole
    const code = hex === undefined ? Number.parseInt(decimal, 10) : Number.parseInt(hex, 16)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd'
  })
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Makes any text safe to stand in HTML, as text or as the value of an attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => ESCAPES[character] as string)
}
