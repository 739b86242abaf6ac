import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readConfiguration } from './loader/configuration.ts'
import { matcher } from './patterns.ts'
import type { Node } from './transform/ast.ts'
import { importedNames, packagesCalled } from './why/imported-packages.ts'
import { ModuleText } from './why/module-text.ts'
import { type NamedFunction, namedFunctions } from './why/named-functions.ts'
import { meantBy, nearest, parseQuestion } from './why/question.ts'
import type { Explanation, FunctionReport, Unread } from './why/report.ts'
import { sourceFiles } from './why/source-files.ts'

/** Where to look. */
export interface ExplainOptions {
  /** Files, and folders that are looked through; else the folder. */
  files?: readonly string[] | undefined
  /** The folder that they are named from; else that of the process. Its package.json says what is transformed. */
  cwd?: string | undefined
}

/**
 * Says of a function whether it can be suspended, and why or why not: what stands in the way of a twin, what in it may
 * wait first, and which packages it calls into.
 *
 * @param question `load`, `Store.save`, `store.ts:Store.save`, or `store.ts:12` for what is in that line
 * @throws ConfigurationError if the configuration has a mistake
 * @example
 * ```ts
 * const answer = explain('Store.save', { files: ['src'] })
 * if (answer.kind === 'found') for (const { name, verdict, obstacle } of answer.functions) console.log(name, verdict, obstacle)
 * ```
 */
export function explain(question: string, options: ExplainOptions = {}): Explanation {
  const { cwd = process.cwd(), files = [cwd] } = options
  const { packages, exclude, root, assume } = readConfiguration(join(cwd, 'package.json'))
  const asked = parseQuestion(question)
  const functions: FunctionReport[] = []
  const unread: Unread[] = []
  const known: string[] = []
  for (const path of sourceFiles(files, cwd, matcher(exclude, root))) {
    const module = read(path, assume, unread)
    if (module === undefined) continue
    known.push(...namedFunctions(module.program).map(({ qualified }) => qualified))
    const meant = meantBy(asked, module)
    if (meant.length === 0) continue
    const imported = importedNames(module.program)
    for (const one of meant) functions.push(reportOf(one, module, imported, packages))
  }
  if (functions.length > 0) return { kind: 'found', functions, unread }
  const { name } = asked
  return { kind: 'unknown', nearest: name === undefined ? [] : nearest(name, known), unread }
}

function read(
  path: string,
  assume: Parameters<typeof readModule>[1],
  unread: Unread[],
): ModuleText | undefined {
  try {
    return readModule(path, assume)
  } catch (error) {
    unread.push({ path, reason: (error as Error).message.split('\n')[0] ?? '' })
    return undefined
  }
}

function readModule(path: string, assume: ConstructorParameters<typeof ModuleText>[2]): ModuleText {
  return new ModuleText(path, readFileSync(path, 'utf8'), assume)
}

function reportOf(
  { node, qualified }: NamedFunction,
  module: ModuleText,
  imported: ReadonlyMap<string, string>,
  listed: readonly string[],
): FunctionReport {
  const { reach } = module
  const reaches = reach.reachesIn(node)
  const obstacle = reaches || node.async === true ? reach.obstacle(node) : undefined
  return {
    name: qualified,
    ...module.placeOf(node.start),
    verdict: obstacle !== undefined ? 'hindered' : reaches ? 'suspendable' : 'plain',
    obstacle,
    first: firstOf(reach.firstIn(node), module),
    packages: packagesCalled(node, imported, listed),
  }
}

function firstOf(node: Node | undefined, module: ModuleText): FunctionReport['first'] {
  if (node === undefined) return undefined
  const place = module.placeOf(node.start)
  return { ...place, what: whatIs(node, module), sourceLine: module.lineText(place.line) }
}

/** What a node does that may wait, in words. */
function whatIs(node: Node, module: ModuleText): string {
  switch (node.type) {
    case 'CallExpression':
      return `the call of ${module.textOf(node.callee)}`
    case 'NewExpression':
      return `the construction of ${module.textOf(node.callee)}`
    case 'TaggedTemplateExpression':
      return `the template of ${module.textOf(node.tag)}`
    case 'ForOfStatement':
      return `the loop over ${module.textOf(node.right)}`
    case 'ArrayExpression':
      return 'the spread of an iterable'
    case 'ArrayPattern':
      return 'the array pattern, which takes items from an iterable'
    case 'YieldExpression':
      return `the delegation to ${module.textOf(node.argument)}`
    default:
      return module.textOf(node)
  }
}
