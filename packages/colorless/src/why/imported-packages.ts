import { isBuiltin } from 'node:module'
import { boundNames, type Node, unwrap } from '../transform/ast.ts'
import { own } from '../transform/reach.ts'
import type { PackageReport } from './report.ts'

/** From the names that a module binds by imports, and by \`require\` at its top level, to what they are taken from. */
export function importedNames(program: Node): Map<string, string> {
  const found = new Map<string, string>()
  for (const statement of program.body as Node[]) {
    if (statement.type === 'ImportDeclaration')
      for (const { local } of statement.specifiers) found.set(local.name, statement.source.value)
    if (statement.type !== 'VariableDeclaration') continue
    for (const { id, init } of statement.declarations) {
      const specifier = init ? requiredBy(init) : undefined
      if (specifier !== undefined) for (const name of boundNames(id)) found.set(name, specifier)
    }
  }
  return found
}

/** The packages that a function calls into by such a name. */
export function packagesCalled(
  fn: Node,
  imported: ReadonlyMap<string, string>,
  listed: readonly string[],
): PackageReport[] {
  const found = new Map<string, PackageReport>()
  for (const part of [...fn.params, fn.body] as Node[])
    for (const node of own(part)) {
      const specifier = imported.get(rootName(calleeOf(node)) ?? '')
      if (specifier === undefined || /^[./]|^file:|^data:/.test(specifier)) continue
      const name = isBuiltin(specifier) ? specifier : packageOf(specifier)
      if (!found.has(name)) found.set(name, { name, kind: kindOf(name, listed) })
    }
  return [...found.values()]
}

function kindOf(name: string, listed: readonly string[]): PackageReport['kind'] {
  if (isBuiltin(name)) return 'builtin'
  if (name === 'plait') return 'plait'
  return listed.includes(name) ? 'listed' : 'unlisted'
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

/** `require('x')`, and a member of it. */
function requiredBy(expression: Node): string | undefined {
  const inner = unwrap(expression)
  if (inner.type === 'MemberExpression') return requiredBy(inner.object)
  if (inner.type !== 'CallExpression' || inner.callee.name !== 'require') return undefined
  const [specifier] = inner.arguments as Node[]
  return typeof specifier?.value === 'string' ? specifier.value : undefined
}

function calleeOf(node: Node): Node | undefined {
  if (node.type === 'CallExpression' || node.type === 'NewExpression') return node.callee
  return node.type === 'TaggedTemplateExpression' ? node.tag : undefined
}

/** The name that a callee begins with: `a` of `a.b.c`. */
function rootName(callee: Node | undefined): string | undefined {
  if (callee === undefined) return undefined
  const inner = unwrap(callee)
  if (inner.type === 'MemberExpression') return rootName(inner.object)
  if (inner.type === 'ChainExpression') return rootName(inner.expression)
  return inner.type === 'Identifier' ? inner.name : undefined
}
