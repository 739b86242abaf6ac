import { type Token, tokenize } from './tokens.ts'

/** One top-level statement of a declaration file, as the compiler writes it. */
export interface Declaration {
  /** `class`, `interface`, `function`, `const`, `type`, … */
  readonly kind: string
  readonly name: string
  /** Without comments, private members, `export` and `declare`; white space evened out. */
  readonly text: string
  /** The comment above it, or an empty text. */
  readonly comment: string
}

/** A name that a file exports or imports, and where it comes from: another file, or a declaration of its own. */
export interface Link {
  readonly name: string
  /** Its name where it comes from; `*` for all of them. */
  readonly original: string
  readonly from: string | undefined
  /** Exported or imported as a type, so that nothing of it is there at run time. */
  readonly isType: boolean
}

export interface DeclarationFile {
  readonly declarations: readonly Declaration[]
  readonly exports: readonly Link[]
  readonly imports: readonly Link[]
}

const blockKinds = new Set(['class', 'interface', 'enum', 'namespace', 'module', 'global'])
const modifiers = new Set(['export', 'declare', 'default', 'abstract', 'async'])

export function readDeclarations(source: string): DeclarationFile {
  const declarations: Declaration[] = []
  const exports: Link[] = []
  const imports: Link[] = []
  for (const { tokens, comment } of statements(source)) {
    const [first, second] = tokens
    if (first?.text === 'import') imports.push(...links(tokens))
    else if (first?.text === 'export' && isList(second, tokens[2])) exports.push(...links(tokens))
    else {
      const declaration = declarationOf(tokens, comment, source)
      declarations.push(declaration)
      if (first?.text === 'export') {
        const isDefault = second?.text === 'default'
        const name = isDefault ? 'default' : declaration.name
        exports.push({ name, original: declaration.name, from: undefined, isType: false })
      }
    }
  }
  return { declarations, exports, imports }
}

function isList(second: Token | undefined, third: Token | undefined): boolean {
  const text = second?.text === 'type' ? third?.text : second?.text
  return text === '{' || text === '*'
}

interface Statement {
  readonly tokens: Token[]
  readonly comment: string
}

// A statement ends at a semicolon outside brackets; that of a class, an interface and the like with its body.
function statements(source: string): Statement[] {
  const found: Statement[] = []
  let tokens: Token[] = []
  let comment = ''
  let depth = 0
  for (const token of tokenize(source)) {
    if (token.kind === 'comment') {
      if (tokens.length === 0) comment = token.text
      continue
    }
    tokens.push(token)
    depth += depthOf(token)
    const isEnd = depth === 0 && (token.text === ';' || (token.text === '}' && isBlock(tokens)))
    if (token.kind !== 'mark' || !isEnd) continue
    if (tokens.length > 1) found.push({ tokens, comment })
    tokens = []
    comment = ''
  }
  if (tokens.length > 0) throw new Error(`unfinished statement: ${source.slice(tokens[0]?.start)}`)
  return found
}

function depthOf(token: Token): number {
  if (token.kind !== 'mark') return 0
  if ('({[<'.includes(token.text)) return 1
  return ')}]>'.includes(token.text) ? -1 : 0 // an arrow is a token of its own
}

function isBlock(tokens: readonly Token[]): boolean {
  return blockKinds.has(tokens.find(token => !modifiers.has(token.text))?.text ?? '')
}

// `export { a, type B as C } from './x'`, `export * as d from './x'`, `import e, { f } from './x'`.
function links(tokens: readonly Token[]): Link[] {
  const from = tokens.find(token => token.kind === 'string')?.text
  const until = tokens.findIndex(token => token.kind === 'string' || token.text === 'from')
  const words = tokens.slice(tokens[1]?.text === 'type' ? 2 : 1, until < 0 ? undefined : until)
  const groups: string[][] = [[]]
  for (const { text } of words) {
    if (text === ',') groups.push([])
    else if (!'{};'.includes(text)) groups.at(-1)?.push(text)
  }
  const isType = tokens[1]?.text === 'type'
  return groups
    .filter(group => group.length > 0)
    .map(group => {
      const hasMark = group[0] === 'type' && group.length > 1 && group[1] !== 'as'
      const name = group.at(-1) ?? ''
      return { name, original: group[hasMark ? 1 : 0] ?? '', from, isType: isType || hasMark }
    })
}

function declarationOf(tokens: readonly Token[], comment: string, source: string): Declaration {
  const start = tokens.findIndex(token => !modifiers.has(token.text) || token.text === 'abstract')
  const rest = tokens.slice(start)
  const words = rest.filter(token => token.text !== 'abstract')
  return { kind: words[0]?.text ?? '', name: words[1]?.text ?? '', text: evenText(rest, source), comment }
}

// Lines as the compiler broke them, so that a change shows where it is; without comments and private members.
function evenText(tokens: readonly Token[], source: string): string {
  let text = ''
  let end: number | undefined
  for (const token of tokens) {
    const gap =
      end === undefined ? '' : source.slice(end, token.start).replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
    const line = gap.lastIndexOf('\n')
    text += line >= 0 ? `\n${gap.slice(line + 1)}` : gap === '' ? '' : ' '
    text += source.slice(token.start, token.end)
    end = token.end
  }
  return text
    .split('\n')
    .filter(line => line.trim() !== '' && !/^\s*(#private|private (?!constructor).*);$/.test(line))
    .map(line => line.replace(/^( +)/, spaces => ' '.repeat(spaces.length / 2)))
    .join('\n')
}
