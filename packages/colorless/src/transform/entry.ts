import { boundNames, type Node } from './ast.ts'
import type { Context } from './context.ts'
import type { Emitter, Handler } from './emitter.ts'

/*
 * The module a program is started with: its top level is the main greenlet. Everything but its imports becomes the body of one twin,
 * which `main` runs; what it exports is handed out to variables of the module.
 *
 *   import { f } from 'x'; export const a = f()
 *   ⇒ import { f } from 'x'; let v0; export { v0 as a }; await main(function*() { const a = …; v0=a; }, this)
 */

/** Exported names by the name they have inside. */
type Exports = ReadonlyMap<string, string>

export function writeEntry(
  statements: readonly Node[],
  context: Context,
  emitter: Emitter,
  start: number,
  isModule: boolean,
): void {
  const held = new Map<string, string>()
  const outside: string[] = []
  for (const statement of statements) {
    if (isOutside(statement)) {
      emitter.gap(statement.start, statement.end, context)
      emitter.text('\n')
    }
    for (const [local, exported] of exportsOf(statement)) outside.push(hold(local, exported, held, emitter))
  }
  if (outside.length > 0) emitter.text(`export{${outside.join(',')}};`)
  const activation = emitter.activation()
  const main: Context = { ...context, suspends: true, isEntry: true, exports: held, activation }
  emitter.text(`${isModule ? 'await ' : ''}${emitter.runtime('main')}(function*main(){`)
  const hole = emitter.writer.hole()
  for (const statement of statements) {
    const fn = declaredIn(statement)
    if (fn?.type === 'FunctionDeclaration' && fn.id && held.has(fn.id.name))
      emitter.text(`${held.get(fn.id.name)}=${fn.id.name};`)
  }
  emitter.list(statements, main, start, emitter.writer.source.length, {
    after: statement => tell(declaredIn(statement) ?? statement, main, emitter),
  })
  hole.text = activation.declaration()
  emitter.text('\n},this);')
}

/** Imports and what is passed on from other modules. */
function isOutside(statement: Node): boolean {
  if (statement.type === 'ImportDeclaration' || statement.type === 'ExportAllDeclaration') return true
  return statement.type === 'ExportNamedDeclaration' && statement.source !== null
}

function declaredIn(statement: Node): Node | undefined {
  const isExport =
    statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration'
  return isExport ? statement.declaration : undefined
}

/** The exports of a statement: the name inside, and the one outside. */
function* exportsOf(statement: Node): Generator<[string, string]> {
  if (isOutside(statement)) return
  if (statement.type === 'ExportDefaultDeclaration') {
    yield [statement.declaration.id?.name ?? 'default', 'default']
    return
  }
  if (statement.type !== 'ExportNamedDeclaration') return
  for (const { local, exported } of statement.specifiers)
    yield [local.name, exported.type === 'Literal' ? exported.raw : exported.name]
  for (const name of statement.declaration ? namesOf(statement.declaration) : []) yield [name, name]
}

function* namesOf(declaration: Node): Generator<string> {
  if (declaration.type === 'VariableDeclaration')
    for (const one of declaration.declarations) yield* boundNames(one.id)
  else if (declaration.id) yield declaration.id.name
}

function hold(local: string, exported: string, held: Map<string, string>, emitter: Emitter): string {
  let variable = held.get(local)
  if (variable === undefined) {
    variable = emitter.moduleVariable()
    held.set(local, variable)
  }
  return `${variable} as ${exported}`
}

/** A statement of the main greenlet that exports: without the word, and told to whoever imports it. */
export function writeExport(node: Node, context: Context, emitter: Emitter): void {
  const { declaration } = node
  const exports = context.exports as Exports
  if (!declaration) return
  if (node.type === 'ExportDefaultDeclaration' && !declaration.id) {
    emitter.text(`${exports.get('default')}=`)
    emitter.emit(declaration, context)
    emitter.text(';')
    return
  }
  emitter.emit(declaration, context)
}

/** Hands out what a statement has declared. */
function tell(declaration: Node, context: Context, emitter: Emitter): void {
  if (declaration.type !== 'VariableDeclaration' && declaration.type !== 'ClassDeclaration') return
  for (const name of namesOf(declaration)) {
    const variable = context.exports?.get(name)
    if (variable !== undefined) emitter.text(`;${variable}=${name};`)
  }
}

/** What is written outside of the main greenlet. */
export const importDeclaration: Handler = (node, context, emitter) => {
  if (context.isEntry !== true) emitter.copy(node, context)
}
