import { type Fails, smallest } from '../differential/smallest.ts'
import type { Block, Handler, Program, Statement } from './program.ts'

/** The smallest program that still fails, of a failing one. */
export function shrink(program: Program, fails: Fails<Program>): Promise<Program> {
  return smallest(program, programVariants, fails)
}

function* programVariants(program: Program): Generator<Program> {
  for (const part of ['functions', 'callbacks'] as const) {
    const blocks = program[part]
    for (const [index, block] of blocks.entries()) {
      if (block.length > 0) yield { ...program, [part]: blocks.with(index, []) }
    }
  }
  for (const part of ['functions', 'callbacks'] as const) {
    const blocks = program[part]
    for (const [index, block] of blocks.entries()) {
      for (const smaller of blockVariants(block)) yield { ...program, [part]: blocks.with(index, smaller) }
    }
  }
}

function* blockVariants(block: Block): Generator<Block> {
  for (let size = block.length; size >= 1; size = Math.floor(size / 2)) {
    for (let from = 0; from < block.length; from += size) yield block.toSpliced(from, size)
  }
  for (const [index, statement] of block.entries()) {
    for (const simpler of statementVariants(statement)) yield block.toSpliced(index, 1, ...simpler)
  }
}

function* statementVariants(statement: Statement): Generator<Block> {
  if (statement.op === 'try') yield* tryVariants(statement)
  else if ('body' in statement) {
    yield statement.body
    for (const body of blockVariants(statement.body)) yield [{ ...statement, body }]
  }
  yield* fieldVariants(statement)
}

function* tryVariants(statement: Statement & { op: 'try' }): Generator<Block> {
  const { body, handler, cleanup } = statement
  yield body
  if (handler !== null) yield cleanup === null ? body : [{ ...statement, handler: null }]
  if (cleanup !== null) {
    yield handler === null ? [...body, ...cleanup] : [{ ...statement, cleanup: null }]
    for (const smaller of blockVariants(cleanup)) yield [{ ...statement, cleanup: smaller }]
  }
  for (const smaller of blockVariants(body)) yield [{ ...statement, body: smaller }]
  if (handler === null) return
  for (const simpler of handlerVariants(handler)) yield [{ ...statement, handler: simpler }]
}

function* handlerVariants(handler: Handler): Generator<Handler> {
  for (const body of blockVariants(handler.body)) yield { ...handler, body }
  if (handler.leave !== 'swallow') yield { ...handler, leave: 'swallow' }
  if (handler.kind !== 'all') yield { ...handler, kind: 'all' }
}

/** The simplest value of each field that has one. Lists lose an item, and numbers get smaller. */
const simplest: Readonly<Record<string, unknown>> = {
  timeout: null,
  count: null,
  callback: null,
  maxsize: null,
  error: null,
  value: null,
  argument: null,
  block: true,
  raiseError: false,
}

const numbers = new Set(['ms', 'timeout', 'times', 'most', 'item', 'argument'])
/** Fields that have to stay what they are in these. */
const needed = new Set([
  'rawlink',
  'unlinkRaw',
  'thingRawlink',
  'thingUnlink',
  'resultSet',
  'apply',
  'throw',
  'return',
])

function* fieldVariants(statement: Statement): Generator<Block> {
  for (const [field, value] of Object.entries(statement)) {
    const simple = simplest[field]
    if (simple !== undefined && value !== simple && !needed.has(statement.op)) {
      yield [{ ...statement, [field]: simple } as Statement]
    }
    if (Array.isArray(value) && field !== 'body') {
      for (const index of value.keys())
        yield [{ ...statement, [field]: value.toSpliced(index, 1) } as Statement]
    }
    if (typeof value !== 'number' || !numbers.has(field)) continue
    for (const smaller of new Set([0, 1, Math.trunc(value / 2), value - 1])) {
      if (smaller >= 0 && smaller < value) yield [{ ...statement, [field]: smaller } as Statement]
    }
  }
}
