import { expect, test } from 'vitest'
import { FAULTS } from './faults.ts'
import { generate } from './generate.ts'
import { reachedBy } from './reached.ts'
import { describe, Trials } from './trials.ts'

const SEED = 20_26

test('random programs do the same transformed: outside of greenlets, inside, switching at every call and at random', async () => {
  await using trials = new Trials(SEED)
  const { failures, switches } = await trials.compare(0, 150)
  expect(failures.map(describe)).toEqual([])
  expect(switches).toBeGreaterThan(20_000)
})

test.each(Object.keys(FAULTS))('a runtime whose fault is that %s is found', async fault => {
  await using trials = new Trials(SEED, fault)
  const { failures } = await trials.compare(0, 100, 1)
  expect(failures).not.toEqual([])
})

test('a failing program is shrunk to the statements that make it fail', async () => {
  await using trials = new Trials(SEED, 'two arguments are swapped')
  const { failures } = await trials.compare(0, 100, 1)
  const [failure] = failures
  if (failure === undefined) throw new Error('nothing failed')
  const smallest = await trials.shrink(failure)
  expect(smallest.length).toBeLessThan(failure.program.length / 4)
})

test('the same seed gives the same program, another seed another', () => {
  expect(generate(1, 5)).toBe(generate(1, 5))
  expect(generate(1, 5)).not.toBe(generate(2, 5))
  expect(generate(1, 5)).not.toBe(generate(1, 6))
})

test('the programs reach each kind of statement, function and class member', async () => {
  const counts = new Map<string, number>()
  for (let n = 0; n < 100; n++) {
    for (const kind of await reachedBy(generate(SEED, n))) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  const rare = [...REACHED].filter(kind => (counts.get(kind) ?? 0) < 2)
  expect(rare).toEqual([])
})

const REACHED: ReadonlySet<string> = new Set([
  ...[
    'IfStatement',
    'ForStatement',
    'ForOfStatement',
    'ForInStatement',
    'WhileStatement',
    'DoWhileStatement',
  ],
  ...['SwitchStatement', 'SwitchCase', 'TryStatement', 'CatchClause', 'ThrowStatement', 'ReturnStatement'],
  ...[
    'BreakStatement',
    'ContinueStatement',
    'LabeledStatement',
    'VariableDeclaration',
    'FunctionDeclaration',
  ],
  ...[
    'ClassDeclaration',
    'FunctionExpression',
    'ArrowFunctionExpression',
    'YieldExpression',
    'CallExpression',
  ],
  ...[
    'NewExpression',
    'ChainExpression',
    'TaggedTemplateExpression',
    'TemplateLiteral',
    'SequenceExpression',
  ],
  ...[
    'AssignmentExpression',
    'UpdateExpression',
    'LogicalExpression',
    'ConditionalExpression',
    'SpreadElement',
  ],
  ...['ArrayPattern', 'ObjectPattern', 'AssignmentPattern', 'RestElement', 'ThisExpression', 'Super'],
  ...['MetaProperty', 'StaticBlock', 'PropertyDefinition', 'PrivateIdentifier', 'MethodDefinition method'],
  ...['MethodDefinition constructor', 'MethodDefinition get', 'MethodDefinition set', 'Property get'],
])
