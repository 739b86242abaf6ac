import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A fenced block of TypeScript in the documentation. */
export interface Snippet {
  /** Where it stands: `docs/guide.md:28`. */
  readonly place: string
  readonly code: string
  /** The block of plain text right behind it, which is what it prints. */
  readonly output: string | undefined
}

const FENCED = /^```(\w+)\n([\s\S]*?)^```$/gm

/** The snippets of a page of Markdown. */
export function snippetsOf(page: string, markdown: string): Snippet[] {
  const blocks = [...markdown.matchAll(FENCED)]
  return blocks.flatMap((block, i) => {
    const [whole, language, code = ''] = block
    if (language !== 'ts') return []
    const next = blocks[i + 1]
    const between = markdown.slice(block.index + whole.length, next?.index)
    const output = next?.[1] === 'text' && between.trim() === '' ? next[2] : undefined
    return [{ place: `${page}:${markdown.slice(0, block.index).split('\n').length}`, code, output }]
  })
}

/** The snippets of every page that the documentation has. */
export function documentedSnippets(root: string): Snippet[] {
  const pages = readdirSync(join(root, 'docs')).filter(file => file.endsWith('.md'))
  return ['README.md', 'packages/plait/README.md', ...pages.map(page => `docs/${page}`)].flatMap(page =>
    snippetsOf(page, readFileSync(join(root, page), 'utf8')),
  )
}

/** What a module exports; `isType` of what does not exist at run time. */
export interface Offered {
  readonly name: string
  readonly isType: boolean
}

/** The exports of a module that holds re-exports and nothing else: `export { a, type B } from …`, `export * as c from …`. */
export function exportsOf(source: string): Offered[] {
  const spaces = [...source.matchAll(/^export \* as ([\w$]+)/gm)].map(([, name = '']) => ({
    name,
    isType: false,
  }))
  const named = [...source.matchAll(/^export (type )?\{([^}]*)\}/gm)].flatMap(([, isType, list = '']) =>
    (list.match(/(type )?[\w$]+/g) ?? []).map(one => ({
      name: one.replace('type ', ''),
      isType: isType !== undefined || one.startsWith('type '),
    })),
  )
  return [...spaces, ...named]
}

/**
 * A snippet as a module whose default export is a program. One that imports is a module already, unless its waits are plain: any
 * other is put into a function, generator or async as its waits are or plain where they are, and what it names is imported from
 * where it is offered.
 */
export function moduleOf(
  code: string,
  offers: ReadonlyMap<string, readonly Offered[]>,
  isPlain = false,
): string {
  const { head: own, body } = importsFirst(code)
  if (own !== '' && !(isPlain && !/^(export |.*\bawait )/m.test(body))) return code
  const words = new Set(body.match(/[\w$]+/g))
  for (const name of own.match(/[\w$]+/g) ?? []) words.delete(name)
  const imports = [...offers].flatMap(([path, offered]) => {
    const used = offered.filter(({ name }) => words.delete(name))
    const names = used.map(({ name, isType }) => (isType ? `type ${name}` : name))
    return used.length > 0 ? [`import { ${names.join(', ')} } from '${path}'\n`] : []
  })
  // Not called main, which snippets call their main greenlet.
  if (isPlain) return `${own}${imports.join('')}export default function program(): any {\n${body}}\n`
  const isAsync = !/^\S.*\byield\*|^yield\*/m.test(code) && /^(\S.*)?\bawait\b/m.test(code)
  const head = isAsync
    ? 'export default async function main(): Promise<any>'
    : "export default function* main(): import('plait').Operation<any>"
  return `${imports.join('')}${head} {\n${code}}\n`
}

/** The imports that a snippet begins with, and what comes after. */
function importsFirst(code: string): { head: string; body: string } {
  const [head = ''] = /^(import [^\n]*\n)*/.exec(code) ?? []
  return { head, body: code.slice(head.length) }
}

/** What a snippet says that it prints, behind each `console.log(…)`; what one prints again and again is `one, two, three`. */
export function promisedBy(code: string): string[] {
  return [...code.matchAll(/console\.log\(.*\/\/ (.*)$/gm)].map(([, text = '']) => text)
}
