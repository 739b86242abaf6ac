import { Random } from '../../../plait/test/differential/random.ts'
import { Classes } from './classes.ts'
import { Expressions } from './expressions.ts'
import { Functions } from './functions.ts'
import { NO_PRIVATES, type Place, Scope } from './scope.ts'
import { Statements } from './statements.ts'

/** What every program has: what it logs with, what ends it, what stands in for switches. */
const HELPERS = `
let fuel = 250
const go = () => fuel-- > 0
const t = (label, value) => { log(label); return value }
const num = value => typeof value === 'number' && value === value ? value % 997 : 0
const maybe = value => value > 4 ? null : value
const told = error => typeof error === 'object' ? error?.constructor === Error ? error.message : error?.name : error
const shown = ({ value, done }) => done + ' ' + num(value)
function tag(strings, ...values) { log(strings.raw[0]); return values.length + num(values[1]) }
function upTo(n, label) {
  let i = 0
  return {
    [Symbol.iterator]() { log(label, 'open'); return this },
    next() { point(); return i < n ? { value: i++, done: false } : { value: undefined, done: true } },
    return() { log(label, 'close'); return {} },
  }
}
`

/** The program of a number in the row that a seed begins: a function of \`log\` and \`point\`, as text. */
export function generate(seed: number, index: number): string {
  const random = new Random(seed, index)
  const expressions: Expressions = new Expressions(random, () => functions)
  const functions: Functions = new Functions(random, expressions, () => statements)
  const classes = new Classes(random, expressions, functions)
  const statements: Statements = new Statements(random, expressions, functions, classes)
  const isStrict = random.chance(0.5)
  const place: Place = {
    depth: 3,
    isGenerator: false,
    mayReturn: false,
    hasArguments: true,
    hasNewTarget: true,
    isStrict,
    labels: [],
    mayBreak: false,
    mayContinue: false,
    self: undefined,
    parent: undefined,
    privates: NO_PRIVATES,
  }
  const scope = new Scope()
  const lines: string[] = []
  // The first ones declare, so that there is something to call; and no error ends a program early.
  for (const kind of ['class', 'function', 'generator', 'class', 'function'] as const) {
    statements.left = 12
    lines.push(statements.definition(kind, scope, place))
  }
  statements.left = random.between(25, 90)
  while (statements.left > 0) {
    const text = statements.statement(scope, place)
    const isDeclaration = /^(const|let|function|class)\b/.test(text)
    lines.push(
      isDeclaration ? text : `try { ${text} } catch (error) { log(${expressions.label()}, told(error)) }`,
    )
  }
  const strict = isStrict ? "'use strict'\n" : ''
  return `function (log, point) {\n${strict}${HELPERS.trim()}\n${lines.join('\n')}\nlog('left', fuel)\n}`
}
