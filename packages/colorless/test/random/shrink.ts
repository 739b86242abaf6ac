import { childrenOf, type Node, parseProgram } from '../snippets/positions.ts'

/** What of a program may be left out: a piece of its text, and what stands in its place. */
interface Cut {
  readonly start: number
  readonly end: number
  readonly text: string
}

/**
 * The smallest program found that still fails, by leaving out statements and parts of expressions as long as it does.
 *
 * @param program the text of a function
 */
export async function shrink(
  program: string,
  fails: (program: string) => Promise<boolean>,
  withinMs = 60_000,
): Promise<string> {
  const end = performance.now() + withinMs
  const stillFails = async (candidate: string): Promise<boolean> =>
    performance.now() < end && isProgram(candidate) && fails(candidate)
  let smallest = program
  for (let size = Number.POSITIVE_INFINITY; smallest.length < size; ) {
    size = smallest.length
    smallest = await pass(smallest, stillFails)
  }
  return smallest
}

/** Tries every cut once, the greater ones first; after one that holds, goes on in what is left. */
async function pass(program: string, fails: (program: string) => Promise<boolean>): Promise<string> {
  let text = program
  let cuts = cutsOf(text)
  for (let n = 0; n < cuts.length; n++) {
    const cut = cuts[n] as Cut
    const without = text.slice(0, cut.start) + cut.text + text.slice(cut.end)
    if (!(await fails(without))) continue
    text = without
    cuts = cutsOf(text)
    n -= 1
  }
  return text
}

function isProgram(text: string): boolean {
  try {
    parse(text)
    return true
  } catch {
    return false
  }
}

const BEFORE = 'module.exports = '

function parse(program: string): Node {
  return parseProgram(`${BEFORE}${program}`, 'commonjs')
}

function cutsOf(program: string): Cut[] {
  const cuts: Cut[] = []
  const text = (node: Node): string => program.slice(node.start - BEFORE.length, node.end - BEFORE.length)
  const cut = (start: number, end: number, instead: string): void => {
    if (instead.length < end - start)
      cuts.push({ start: start - BEFORE.length, end: end - BEFORE.length, text: instead })
  }
  const visit = (node: Node, isExpression: boolean): void => {
    for (const field of LISTS[node.type] ?? [])
      cutList((node[field] as (Node | null)[]).filter(isNode), field, cut)
    for (const [field, child] of childrenOf(node)) {
      if (INSIDE[node.type]?.includes(field) === true) cut(node.start, node.end, text(child))
      if (isExpression && /Expression|Literal|Identifier/.test(child.type))
        cut(node.start, node.end, PRIMARY.test(child.type) ? text(child) : `(${text(child)})`)
      // What ends a program in time stays.
      if (text(child) !== 'go()' && text(child) !== '!go()') visit(child, EXPRESSION.test(child.type))
    }
    if (isExpression && text(node).length > 1) cut(node.start, node.end, '0')
  }
  const [statement] = parse(program).body as Node[]
  visit((statement as Node & { expression: { right: Node } }).expression.right, false)
  return cuts.sort((a, b) => b.end - b.start - b.text.length - (a.end - a.start - a.text.length))
}

function isNode(node: Node | null): node is Node {
  return node !== null
}

/** One of a list, or half of it. */
function cutList(
  list: readonly Node[],
  field: string,
  cut: (start: number, end: number, text: string) => void,
): void {
  if (list.length > 3) {
    const middle = list[list.length >> 1] as Node
    cut((list[0] as Node).start, middle.start, '')
    cut(middle.start, (list.at(-1) as Node).end, '')
  }
  for (const [n, item] of list.entries()) {
    const next = list[n + 1]
    cut(item.start, next?.start ?? item.end, '')
    // The comma goes with the last of several.
    if (next === undefined && n > 0 && !STATEMENTS.has(field)) cut((list[n - 1] as Node).end, item.end, '')
  }
}

const STATEMENTS: ReadonlySet<string> = new Set(['body', 'consequent', 'cases'])

const LISTS: Readonly<Record<string, readonly string[]>> = {
  BlockStatement: ['body'],
  StaticBlock: ['body'],
  ClassBody: ['body'],
  FunctionBody: ['body'],
  SwitchStatement: ['cases'],
  SwitchCase: ['consequent'],
  CallExpression: ['arguments'],
  NewExpression: ['arguments'],
  ArrayExpression: ['elements'],
  ArrayPattern: ['elements'],
  ObjectExpression: ['properties'],
  ObjectPattern: ['properties'],
  VariableDeclaration: ['declarations'],
  FunctionExpression: ['params'],
  FunctionDeclaration: ['params'],
  ArrowFunctionExpression: ['params'],
  SequenceExpression: ['expressions'],
}

/** What a statement may be reduced to. */
const INSIDE: Readonly<Record<string, readonly string[]>> = {
  IfStatement: ['consequent', 'alternate', 'test'],
  ForStatement: ['body'],
  ForOfStatement: ['body', 'right'],
  ForInStatement: ['body'],
  WhileStatement: ['body'],
  DoWhileStatement: ['body'],
  LabeledStatement: ['body'],
  TryStatement: ['block', 'finalizer'],
  CatchClause: [],
  AssignmentPattern: ['left'],
  SpreadElement: ['argument'],
}

const EXPRESSION = /Expression$|^TemplateLiteral$/
const PRIMARY = /^(Parenthesized|Call|Member|Array|This)Expression$|^(Template)?Literal$|^Identifier$/
