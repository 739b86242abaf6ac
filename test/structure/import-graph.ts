import { dirname, join, normalize } from 'node:path/posix'
import { type Token, tokenize } from './tokens.ts'

/** A source tree: paths from its root, with forward slashes, and what the files say. */
export type SourceTree = ReadonlyMap<string, string>

/** From each file to the files of the same tree that it imports, type imports and dynamic ones included. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>

export function importGraph(tree: SourceTree): ImportGraph {
  return new Map(
    [...tree].map(([file, source]) => {
      const targets = specifiers(source)
        .filter(specifier => specifier.startsWith('.'))
        .map(specifier => normalize(join(dirname(file), specifier)))
      return [file, [...new Set(targets)]]
    }),
  )
}

/** What a file imports or re-exports, as written: `'./task.ts'`, `'node:url'`. */
export function specifiers(source: string): string[] {
  const tokens = tokenize(source).filter(token => token.kind !== 'comment')
  return tokens
    .filter((token, index) => token.kind === 'string' && isSpecifier(tokens, index))
    .map(t => t.text)
}

// `from '…'` and `import '…'` can be nothing else; `import('…')` is a dynamic import, or an import in a type.
function isSpecifier(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1]
  if (before?.kind === 'word') return before.text === 'from' || before.text === 'import'
  return before?.text === '(' && tokens[index - 2]?.text === 'import' && tokens[index - 3]?.text !== '.'
}

/** The circles of the graph, each as the files along it with the first named again at its end. */
export function circles(graph: ImportGraph): string[][] {
  const found: string[][] = []
  const finished = new Set<string>()
  const path: string[] = []
  const visit = (file: string): void => {
    const start = path.indexOf(file)
    if (start >= 0) {
      found.push([...path.slice(start), file])
      return
    }
    if (finished.has(file)) return
    path.push(file)
    for (const target of graph.get(file) ?? []) visit(target)
    path.pop()
    finished.add(file)
  }
  for (const file of graph.keys()) visit(file)
  return found
}
