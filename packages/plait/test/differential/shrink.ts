import type { Block, Handler, Program, Statement } from './program.ts'
import { type Fails, smallest } from './smallest.ts'

/** The smallest program that still fails, of a failing one. */
export function shrink(program: Program, fails: Fails<Program>): Promise<Program> {
  return smallest(program, programVariants, fails)
}

function* programVariants(program: Program): Generator<Program> {
  for (const [index, body] of program.bodies.entries()) {
    if (body.length > 0) yield { ...program, bodies: program.bodies.with(index, []) }
  }
  for (const [index, block] of program.callbacks.entries()) {
    if (block.length > 0) yield { ...program, callbacks: program.callbacks.with(index, []) }
  }
  for (const [index, body] of program.bodies.entries()) {
    for (const smaller of blockVariants(body))
      yield { ...program, bodies: program.bodies.with(index, smaller) }
  }
  for (const [index, block] of program.callbacks.entries()) {
    for (const smaller of blockVariants(block)) {
      yield { ...program, callbacks: program.callbacks.with(index, smaller) }
    }
  }
  if (program.watched) yield { ...program, watched: false }
  if (program.hurried) yield { ...program, hurried: false }
  for (const [index, isRaw] of program.raw.entries()) {
    if (!isRaw) yield { ...program, raw: program.raw.with(index, true) }
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
  else if ('body' in statement && typeof statement.body === 'object') {
    yield statement.body
    for (const body of blockVariants(statement.body)) yield [{ ...statement, body } as Statement]
  }
  if (statement.op === 'asCompleted' || statement.op === 'gather' || statement.op === 'wait') {
    const { what } = statement
    if (what.length > 1) {
      for (const index of what.keys()) yield [{ ...statement, what: what.toSpliced(index, 1) } as Statement]
    }
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

/** The simplest value of each field that has one, and smaller numbers. */
const simplest: Readonly<Record<string, unknown>> = {
  eager: false,
  context: 'copied',
  group: null,
  reason: null,
  settled: false,
  shielded: false,
  at: false,
  limit: null,
  to: null,
  mode: 'ALL_COMPLETED',
  form: 'next',
  how: 'directly',
  immediate: false,
}

const numbers = new Set(['delay', 'limit', 'to', 'times', 'offset', 'value', 'how', 'count', 'least', 'by'])

function* fieldVariants(statement: Statement): Generator<Block> {
  for (const [field, value] of Object.entries(statement)) {
    const simple = simplest[field]
    const isScope = statement.op === 'group' && field === 'group'
    if (simple !== undefined && value !== simple && !isScope) {
      yield [{ ...statement, [field]: simple } as Statement]
    }
    if (typeof value !== 'number' || !numbers.has(field)) continue
    for (const smaller of new Set([0, 1, Math.trunc(value / 2), value - 1])) {
      if (Math.abs(smaller) < Math.abs(value)) yield [{ ...statement, [field]: smaller } as Statement]
    }
  }
}
