import { parseSync, visitorKeys } from 'oxc-parser'
import { type Snippet, textOf } from './snippet.ts'

/** A node of the syntax tree (ESTree). */
export interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [field: string]: unknown
}

const CALLS: ReadonlySet<string> = new Set([
  'CallExpression',
  'NewExpression',
  'TaggedTemplateExpression',
  'ImportExpression',
])

/** Every place in a syntax node, as `kind.field`, in which a program has a call. */
export function positionsOf(snippet: Snippet): Set<string> {
  const found = new Set<string>()
  const entry = snippet.format === 'commonjs' ? 'program.cjs' : 'program.mjs'
  for (const [name, source] of Object.entries({ ...snippet.files, [entry]: textOf(snippet) })) {
    findCalls(parseProgram(source, name.endsWith('.cjs') ? 'commonjs' : 'module'), found)
  }
  return found
}

export function parseProgram(source: string, sourceType: 'module' | 'commonjs'): Node {
  const { program, errors } = parseSync('program.js', source, { sourceType })
  const [error] = errors
  if (error !== undefined) throw new SyntaxError(error.message)
  return program as unknown as Node
}

/** Whether a node is or holds a call. */
function findCalls(node: Node, found: Set<string>): boolean {
  let has = CALLS.has(node.type)
  for (const [field, child] of childrenOf(node)) {
    if (!findCalls(child, found)) continue
    found.add(`${node.type}.${field}`)
    has = true
  }
  return has
}

/** The nodes directly inside a node. */
export function* childrenOf(node: Node): Generator<[field: string, child: Node]> {
  for (const field of visitorKeys[node.type] ?? []) {
    const value = node[field]
    for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (typeof (child as Node | null | undefined)?.type === 'string') yield [field, child as Node]
    }
  }
}
