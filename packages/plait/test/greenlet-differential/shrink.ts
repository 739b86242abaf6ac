import { type Fails, smallest } from '../differential/smallest.ts'
import type { Block, Handler, Program, Statement } from './program.ts'

/** The smallest program that still fails, of a failing one. */
export function shrink(program: Program, fails: Fails<Program>): Promise<Program> {
  return smallest(program, programVariants, fails)
}

function* programVariants(program: Program): Generator<Program> {
  for (const [index, body] of program.bodies.entries()) {
    if (body.length > 0) yield { ...program, bodies: program.bodies.with(index, []) }
  }
  for (const [index, body] of program.bodies.entries()) {
    for (const smaller of blockVariants(body))
      yield { ...program, bodies: program.bodies.with(index, smaller) }
  }
  if (program.foreign) yield { ...program, foreign: false }
  if (program.watched) yield { ...program, watched: false }
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
  else if (statement.op === 'repeat' || statement.op === 'within') {
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

/** The simplest value of each field that has one. */
const simplest: Readonly<Record<string, unknown>> = {
  way: 'function',
  times: 1,
  parent: null,
  making: 'function',
  generator: false,
  scoped: false,
  fails: null,
  error: null,
}

function* fieldVariants(statement: Statement): Generator<Block> {
  for (const [field, value] of Object.entries(statement)) {
    if (field === 'args') {
      const args = value as readonly unknown[]
      if (args.length > 0) yield [{ ...statement, args: args.slice(1) } as Statement]
    }
    const isFixed = !(field in simplest) || (field === 'error' && statement.op === 'raise')
    if (!isFixed && value !== simplest[field]) yield [{ ...statement, [field]: simplest[field] } as Statement]
  }
}
