import { type Comment, type Options, parse, parseExpressionAt, tokenizer } from 'acorn'
import { read } from '../inputs.ts'

const FILES = [
  'node_modules/postcss/lib/container.js',
  'node_modules/immer/dist/immer.mjs',
  'node_modules/marked/lib/marked.esm.js',
  'node_modules/acorn/dist/acorn.js',
  'node_modules/handlebars/dist/handlebars.js',
  'node_modules/js-yaml/dist/js-yaml.mjs',
]

const BROKEN = [
  'let a = ;',
  'class { }',
  'for (const x of) {}',
  'var s = "open',
  'a => { return',
  '({ get a(b) {} })',
  'x = /[/',
  'await = 1; export { a }',
]

export function input(scale: number): string[] {
  return FILES.slice(0, scale === 1 ? 3 : FILES.length).map(read)
}

export function run(sources: string[]): string {
  return sources.map(source => trees(source) + tokens(source)).join('\n') + errors() + expressions()
}

function trees(source: string): string {
  const comments: Comment[] = []
  const options: Options = {
    ecmaVersion: 'latest',
    sourceType: 'module',
    allowReturnOutsideFunction: true,
    locations: true,
  }
  const tree = parse(source, {
    ...options,
    onComment: comments,
    onInsertedSemicolon: () => {},
    onTrailingComma: () => {},
  })
  return JSON.stringify([tree, comments])
}

/** The tokens of a beginning, which may break off in the middle of one. */
function tokens(source: string): string {
  let text = ''
  const onComment = (_isBlock: boolean, comment: string): void => {
    text += comment.length
  }
  try {
    for (const token of tokenizer(source.slice(0, 20_000), { ecmaVersion: 'latest', onComment }))
      text += `${token.type.label} ${token.start};`
  } catch (error) {
    text += String(error)
  }
  return text
}

function errors(): string {
  return BROKEN.map(source => {
    try {
      return String(parse(source, { ecmaVersion: 2022 }).end)
    } catch (error) {
      return String(error)
    }
  }).join('\n')
}

function expressions(): string {
  const source =
    'a?.b.c(1, ...d) + w`x$' +
    '{y}z` + (async () => { for await (const [q = 1, {r, ...s}] of t) yield_: break yield_ })()'
  return JSON.stringify(parseExpressionAt(source, 0, { ecmaVersion: 'latest' }))
}
