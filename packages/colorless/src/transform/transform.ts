import { parseSync } from 'oxc-parser'
import { directivesOf, type Node } from './ast.ts'
import { chainKeeping } from './chains.ts'
import type { Context } from './context.ts'
import { Emitter } from './emitter.ts'
import { writeEntry } from './entry.ts'
import { Facts } from './facts.ts'
import { giveDeclared } from './functions.ts'
import { handlers } from './handlers.ts'
import { type Assumptions, own, Reach } from './reach.ts'
import { type SourceMap, Writer } from './writer.ts'

/** How a module is transformed. */
export interface TransformOptions {
  /** The name of the file: for errors and source maps. */
  filename: string
  /** What the module is; else told by its text. */
  format?: 'module' | 'commonjs' | undefined
  /** The module that transformed code takes its runtime from; else `plait/twins`. */
  runtime?: string | undefined
  /** Its top level is the main greenlet. */
  entry?: boolean | undefined
  /** Functions tell the runtime's `counted` how they are entered. */
  count?: boolean | undefined
  /** What may be taken for granted; else nothing. */
  assume?: Partial<Assumptions> | undefined
}

/** A transformed module. */
export interface Transformed {
  code: string
  map: SourceMap
}

/**
 * Gives every function of a JavaScript module that can reach a switch its twin.
 *
 * @throws SyntaxError if the text has a fault
 * @example
 * ```ts
 * const { code, map } = transform(source, { filename: 'store.js' })
 * ```
 */
export function transform(source: string, options: TransformOptions): Transformed {
  const { filename, format } = options
  const parsed = parseSync(filename.replace(/\.[cm]?ts$/, '.js'), source, {
    lang: 'js',
    astType: 'js',
    preserveParens: true,
    sourceType: format === 'commonjs' ? 'commonjs' : format === 'module' ? 'module' : 'unambiguous',
  })
  const [error] = parsed.errors
  if (error !== undefined)
    throw new SyntaxError(`${filename}: ${error.message}${error.codeframe ? `\n${error.codeframe}` : ''}`)
  const program = parsed.program as unknown as Node
  const isModule = format === undefined ? program.sourceType === 'module' : format === 'module'
  const facts = new Facts(program, options.entry === true)
  const reach = new Reach(facts, { builtins: false, closed: false, ...options.assume })
  const writer = new Writer(source)
  const emitter = new Emitter({
    writer,
    facts,
    reach,
    comments: parsed.comments as unknown as Node[],
    handlers,
    declare: giveDeclared,
    chain: chainKeeping,
    isCounting: options.count === true,
  })
  writeProgram(program, emitter, isModule, options.runtime ?? 'plait/twins', options.entry === true)
  return { code: writer.code(), map: writer.map(filename) }
}

function writeProgram(
  program: Node,
  emitter: Emitter,
  isModule: boolean,
  runtime: string,
  isEntry: boolean,
): void {
  const { writer } = emitter
  const context: Context = {
    suspends: false,
    wraps: false,
    isNested: false,
    activation: emitter.activation(),
    privates: new Map(),
    instead: new Map(),
  }
  let at = 0
  if (program.hashbang) {
    writer.copy(0, program.hashbang.end)
    writer.text('\n')
    at = program.hashbang.end
  }
  const directives = directivesOf(program.body)
  for (const directive of directives) {
    writer.copy(at, directive.end)
    at = directive.end
  }
  if (directives.length > 0 && writer.lastCharacter !== ';') writer.text(';')
  const prelude = writer.hole()
  const statements: readonly Node[] = program.body.slice(directives.length)
  // The runtime is taken in any case: it says that there is transformed code.
  if (isEntry) emitter.runtime('S')
  if (isEntry && !awaitsItself(program)) writeEntry(statements, context, emitter, at, isModule)
  else emitter.list(statements, context, at, writer.source.length)
  prelude.text = preludeOf(emitter, isModule, runtime)
}

/** `for await` and `await using` at the top level: only the engine can run them, so that nothing there can be suspended. */
function awaitsItself(program: Node): boolean {
  for (const statement of program.body)
    for (const node of own(statement)) {
      if (node.type === 'ForOfStatement' && node.await === true) return true
      if (node.type === 'VariableDeclaration' && node.kind === 'await using') return true
    }
  return false
}

function preludeOf(emitter: Emitter, isModule: boolean, runtime: string): string {
  const { prefix, symbols, moduleVariables } = emitter
  if (symbols.size > 0) emitter.runtime('keys')
  const names = [...emitter.imports]
  if (names.length === 0) return ''
  const from = JSON.stringify(runtime)
  const taken = names.map(name => `${name}${isModule ? ' as ' : ':'}${prefix}${name}`).join(',')
  const lines = [isModule ? `import{${taken}}from${from};` : `const{${taken}}=require(${from});`]
  if (symbols.size > 0)
    lines.push(
      `const[${[...symbols.keys()].join(',')}]=${prefix}keys(${[...symbols.values()].map(name => JSON.stringify(name)).join(',')});`,
    )
  if (moduleVariables.size > 0) lines.push(`let ${[...moduleVariables].join(',')};`)
  return lines.join('')
}
