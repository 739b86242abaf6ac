import type { Block, Handler, SimpleStatement, Statement } from '../program.ts'
import { coreOperations } from './core-statements.ts'
import { AppError, catches } from './describing.ts'
import type { Operation } from './operations.ts'
import { poolOperations } from './pool-statements.ts'
import { sharedOperations } from './shared-statements.ts'
import type { Lock } from './shared-things.ts'
import { makeTimeout, timeoutOperations } from './timeout-statements.ts'
import type { Frame, World } from './world.ts'

const operations = {
  ...coreOperations,
  ...timeoutOperations,
  ...sharedOperations,
  ...poolOperations,
} as Readonly<Record<string, Operation<SimpleStatement>>>

const unshown = new Set(['op', 'body', 'handler', 'cleanup'])

/** What a function returns when one of its blocks says so. */
type Signal = readonly [number | null] | undefined

/** Gives nothing when it ran to its end. */
export function runBlock(world: World, frame: Frame, block: Block): Signal {
  for (const statement of block) {
    if (world.ended) return [null]
    const signal = runStatement(world, frame, statement)
    if (signal !== undefined) return signal
  }
  return undefined
}

function runStatement(world: World, frame: Frame, statement: Statement): Signal {
  switch (statement.op) {
    case 'try':
      return runTry(world, frame, statement)
    case 'repeat':
      for (let time = 0; time < statement.times; time += 1) {
        const signal = runBlock(world, frame, statement.body)
        if (signal !== undefined) return signal
      }
      return undefined
    case 'timeout':
      return runWithin(world, frame, statement, inner => {
        const timeout = makeTimeout(world, statement)
        timeout.hold(inner)
      })
    case 'hold':
      return runWithin(world, frame, statement, inner => {
        world.things.get<Lock>(statement.lock).hold(inner)
      })
    case 'return':
      world.log(frame.label, 'return', statement.value)
      return [statement.value]
    default:
      runSimple(world, frame, statement)
      return undefined
  }
}

function shown(statement: Statement): unknown[] {
  return Object.entries(statement).flatMap(([key, value]) => (unshown.has(key) ? [] : [value]))
}

function runSimple(world: World, frame: Frame, statement: SimpleStatement): void {
  const { op } = statement
  world.log(frame.label, op, ...shown(statement))
  let value: unknown
  try {
    value = (operations[op] as Operation<SimpleStatement>)(world, frame, statement)
  } catch (error) {
    world.log(frame.label, `${op} throws`, world.describer.error(error))
    throw error
  }
  world.log(frame.label, `${op} gives`, world.describer.value(value))
}

/** A block within a `with`. */
function runWithin(
  world: World,
  frame: Frame,
  statement: Statement & { readonly body: Block },
  within: (inner: () => void) => void,
): Signal {
  const { op } = statement
  world.log(frame.label, op, ...shown(statement))
  let signal: Signal
  try {
    within(() => {
      world.log(frame.label, `${op} begins`)
      signal = runBlock(world, frame, statement.body)
    })
  } catch (error) {
    world.log(frame.label, `${op} throws`, world.describer.error(error))
    throw error
  }
  world.log(frame.label, `${op} ends`)
  return signal
}

function runTry(world: World, frame: Frame, statement: Statement & { op: 'try' }): Signal {
  const { body, handler, cleanup } = statement
  try {
    return runHandled(world, frame, body, handler)
  } finally {
    if (cleanup !== null) {
      world.log(frame.label, 'cleanup')
      const signal = runBlock(world, frame, cleanup)
      // biome-ignore lint/correctness/noUnsafeFinally: to return in the midst of an error is what is tried
      if (signal !== undefined) return signal
    }
  }
}

function runHandled(world: World, frame: Frame, body: Block, handler: Handler | null): Signal {
  try {
    return runBlock(world, frame, body)
  } catch (error) {
    if (handler === null || world.ended || !catches(world, handler, error)) throw error
    world.log(frame.label, 'catches', world.describer.error(error))
    const signal = runBlock(world, frame, handler.body)
    if (signal !== undefined) return signal
    if (handler.leave === 'rethrow') throw error
    if (handler.leave === 'raise') throw new AppError('from handler')
    return undefined
  }
}
