import { childrenOf, type Node, parseProgram } from '../snippets/positions.ts'
import { compile, tracePlainly } from './compare.ts'

/** The kinds of syntax nodes that a program reaches as it runs: those of the statements that it executes. */
export async function reachedBy(program: string): Promise<Set<string>> {
  const { text, kinds } = instrument(program)
  const hit = new Set<number>()
  ;(globalThis as { hit?: unknown }).hit = (n: number) => hit.add(n)
  await tracePlainly(compile(text))
  return new Set([...hit].flatMap(n => [...(kinds[n] as Set<string>)]))
}

const BEFORE = 'module.exports = '

/** Each statement in a block tells that it is reached; what a statement holds of its own are the kinds reached with it. */
function instrument(program: string): { text: string; kinds: Set<string>[] } {
  const kinds: Set<string>[] = []
  const marks: { at: number; text: string }[] = []
  const visit = (node: Node, own: Set<string>): void => {
    own.add(
      node.type === 'Property' || node.type === 'MethodDefinition'
        ? `${node.type} ${String(node.kind)}`
        : node.type,
    )
    for (const [field, child] of childrenOf(node)) {
      const isListed = field === 'body' || field === 'consequent'
      if (!isListed || !LISTS.has(node.type) || child.type.endsWith('Declaration')) {
        visit(child, own)
        continue
      }
      marks.push({ at: child.start - BEFORE.length, text: `hit(${kinds.length}); ` })
      const inner = new Set<string>()
      kinds.push(inner)
      visit(child, inner)
    }
  }
  // A directive stays the first.
  const source = program.replace("'use strict'\n", '')
  visit(parseProgram(`${BEFORE}${source}`, 'commonjs'), new Set())
  let text = source
  for (const { at, text: mark } of marks.sort((a, b) => b.at - a.at))
    text = text.slice(0, at) + mark + text.slice(at)
  return { text, kinds }
}

const LISTS: ReadonlySet<string> = new Set(['BlockStatement', 'FunctionBody', 'StaticBlock', 'SwitchCase'])
