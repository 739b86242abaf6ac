/**
 * Splits TypeScript into tokens, far enough to find imports and declarations: comments, strings, templates and
 * regular expressions are told apart, so that an import in a comment or in an error message is not taken for one.
 */

export type TokenKind = 'word' | 'string' | 'template' | 'regex' | 'number' | 'comment' | 'mark'

export interface Token {
  readonly kind: TokenKind
  /** As written; for a string, what stands between its quotes. */
  readonly text: string
  readonly start: number
  readonly end: number
}

const space = /\s+/y
const comment = /\/\/[^\n]*|\/\*[\s\S]*?\*\//y
const string = /'(?:\\[\s\S]|[^'\\\n])*'|"(?:\\[\s\S]|[^"\\\n])*"/y
const regex = /\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/y
const number = /\d[\w.]*/y
const word = /[#@]?[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/uy
const mark = /=>|[\s\S]/uy
const templatePart = /(?:\\[\s\S]|\$(?!\{)|[^`\\$])*/y

// After these a slash starts a regular expression; after any other word, a number or a closing bracket it divides.
const beforeRegex = new Set(
  'return typeof case in of delete void throw new else do yield await instanceof'.split(' '),
)

export function tokenize(source: string): Token[] {
  const tokens: Token[] = []
  // One entry for each template that is open, with the braces open inside its current `${`.
  const templates: number[] = []
  let at = source.startsWith('#!') ? source.indexOf('\n') : 0

  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    return pattern.exec(source)?.[0]
  }
  const push = (kind: TokenKind, length: number, text = source.slice(at, at + length)): void => {
    tokens.push({ kind, text, start: at, end: at + length })
    at += length
  }
  // From a backquote or from the brace that closes a `${`, to the end of the template or to the next `${`.
  const pushTemplate = (): void => {
    const opened = at
    at += 1
    at += match(templatePart)?.length ?? 0
    const isOpen = source.startsWith('${', at)
    if (isOpen) templates.push(0)
    const length = at - opened + (isOpen ? 2 : 1)
    at = opened
    push('template', length)
  }

  while (at < source.length && at >= 0) {
    const blank = match(space)
    if (blank !== undefined) {
      at += blank.length
      continue
    }
    const found = match(comment)
    if (found !== undefined) {
      push('comment', found.length)
      continue
    }
    const quoted = match(string)
    if (quoted !== undefined) {
      push('string', quoted.length, quoted.slice(1, -1))
      continue
    }
    const depth = templates.at(-1)
    if (source[at] === '`') {
      pushTemplate()
      continue
    }
    if (depth !== undefined && source[at] === '}' && depth === 0) {
      templates.pop()
      pushTemplate()
      continue
    }
    if (depth !== undefined && source[at] === '{') templates[templates.length - 1] = depth + 1
    if (depth !== undefined && source[at] === '}') templates[templates.length - 1] = depth - 1
    const pattern = source[at] === '/' && startsRegex(tokens) ? match(regex) : undefined
    if (pattern !== undefined) {
      push('regex', pattern.length)
      continue
    }
    const digits = match(number)
    if (digits !== undefined) {
      push('number', digits.length)
      continue
    }
    const name = match(word)
    if (name !== undefined) push('word', name.length)
    else push('mark', match(mark)?.length ?? 1)
  }
  return tokens
}

function startsRegex(tokens: readonly Token[]): boolean {
  const before = tokens.findLast(token => token.kind !== 'comment')
  if (before === undefined) return true
  if (before.kind === 'word') return beforeRegex.has(before.text)
  if (before.kind === 'template') return before.text.endsWith('${')
  return before.kind === 'mark' && !')]}'.includes(before.text)
}
