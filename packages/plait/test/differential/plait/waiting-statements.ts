import {
  asCompleted,
  type Future,
  gather,
  gatherSettled,
  type Operation,
  shield,
  sleep,
  wait,
  waitFor,
} from '../../../src/index.ts'
import type { Thing, WaitingStatement } from '../program.ts'
import { describe, isOf } from './app-error.ts'
import { runGroup, runTimeout, runTry } from './compound-statements.ts'
import type { Frame, Signal, Waits } from './frame.ts'
import type { World } from './interpreter.ts'
import { runHold, runSharedWait } from './things-waits.ts'

type Waiting<Op extends WaitingStatement['op']> = Extract<WaitingStatement, { op: Op }>
type Compound = 'timeout' | 'group' | 'try' | 'repeat' | 'hold'

const skipped = Symbol('skipped')

/** What waits, or holds a block that may wait; gives the block's signal. */
export function* runWaiting(world: World, frame: Frame, statement: WaitingStatement): Waits<Signal> {
  switch (statement.op) {
    case 'timeout':
      return yield* runTimeout(world, frame, statement)
    case 'group':
      return yield* runGroup(world, frame, statement)
    case 'try':
      return yield* runTry(world, frame, statement)
    case 'hold':
      return yield* runHold(world, frame, statement)
    case 'repeat':
      for (let time = 0; time < statement.times; time += 1) {
        const signal = yield* world.block(frame, statement.body)
        if (signal !== undefined) return signal
      }
      return undefined
  }
  let value: unknown
  try {
    value = yield* runWait(world, frame, statement)
  } catch (error) {
    world.log(frame.label, `${statement.op} throws`, describe(error))
    throw error
  }
  if (value !== skipped) world.log(frame.label, `${statement.op} gives`, value ?? null)
  return undefined
}

function* runWait(
  world: World,
  frame: Frame,
  statement: Exclude<WaitingStatement, { op: Compound }>,
): Waits<unknown> {
  switch (statement.op) {
    case 'sleep':
      world.log(frame.label, 'sleep', statement.delay)
      yield* sleep(statement.delay)
      return null
    case 'turn':
      world.log(frame.label, 'turn')
      for (let number = 0; number < statement.times; number += 1) {
        yield
        world.log(frame.label, 'turned', number)
      }
      return null
    case 'await':
      return yield* runAwait(world, frame, statement)
    case 'shield': {
      const { what } = statement
      if (world.trouble(frame, what) === 'empty') return skip(world, frame, 'shield', 'empty')
      const { thing, name } = world.thing(frame, what, true)
      world.log(frame.label, 'shield', name)
      return yield* shield(thing)
    }
    case 'gather':
      return yield* runGather(world, frame, statement)
    case 'wait':
      return yield* runWaitForSeveral(world, frame, statement)
    case 'waitFor':
      return yield* runWaitFor(world, frame, statement)
    case 'asCompleted':
      return yield* runAsCompleted(world, frame, statement)
    default:
      return yield* runSharedWait(world, frame, statement)
  }
}

function skip(world: World, frame: Frame, op: string, why: string): typeof skipped {
  world.log(frame.label, op, why)
  return skipped
}

/** Waits for what a cancel of this task would cancel in turn. */
function* passingCancelsTo<T>(
  world: World,
  frame: Frame,
  names: readonly string[],
  what: Operation<T>,
): Waits<T> {
  const root = frame.root as string
  world.blocked.set(root, names)
  try {
    return yield* what
  } finally {
    world.blocked.delete(root)
  }
}

function* runAwait(world: World, frame: Frame, { what }: Waiting<'await'>): Waits<unknown> {
  const trouble = world.trouble(frame, what)
  if (trouble !== undefined) return skip(world, frame, 'await', trouble)
  const { thing, name } = world.thing(frame, what, false)
  world.log(frame.label, 'await', name)
  if (what.startsWith('B')) return yield* thing
  return yield* passingCancelsTo(world, frame, [name], thing)
}

function* runGather(world: World, frame: Frame, { what, settled }: Waiting<'gather'>): Waits<unknown> {
  const whole = what.filter(one => world.trouble(frame, one) === undefined)
  const found = whole.map(one => world.thing(frame, one, true))
  const names = found.map(({ name }) => name)
  const things = found.map(({ thing }) => thing)
  const done = found.map(({ future }) => future?.done() ?? false)
  world.log(frame.label, 'gather', names, done, settled)
  if (!settled) {
    const results = yield* passingCancelsTo(world, frame, names, gather(...things))
    return results.map(result => result ?? null)
  }
  const outcomes = yield* passingCancelsTo(world, frame, names, gatherSettled(...things))
  return outcomes.map(outcome =>
    outcome.kind === 'result' ? (outcome.value ?? null) : describe(outcome.error),
  )
}

function* runWaitForSeveral(world: World, frame: Frame, statement: Waiting<'wait'>): Waits<unknown> {
  const { what, mode, limit } = statement
  const targets = what.map(one => world.target(one)).filter(target => target !== undefined)
  if (targets.length === 0) return skip(world, frame, 'wait', 'empty')
  const name = (one: Future<unknown>): string => world.name(one)
  world.log(frame.label, 'wait', targets.map(name), mode, limit)
  const { done, pending } = yield* wait(targets, { returnWhen: mode, timeoutMs: limit ?? undefined })
  return [[...done].map(name), [...pending].map(name)]
}

function* runWaitFor(world: World, frame: Frame, statement: Waiting<'waitFor'>): Waits<unknown> {
  const { what, limit } = statement
  const trouble = world.trouble(frame, what)
  if (trouble !== undefined) return skip(world, frame, 'waitFor', trouble)
  const inline = limit === null || limit > 0
  const shielded = statement.shielded && inline
  const { thing, name } = world.thing(frame, what, shielded || !inline)
  world.log(frame.label, 'waitFor', name, limit, shielded)
  if (shielded) return yield* waitFor(shield(thing), limit)
  if (what.startsWith('B') || !inline) return yield* waitFor(thing, limit)
  return yield* passingCancelsTo(world, frame, [name], waitFor(thing, limit))
}

function* runAsCompleted(world: World, frame: Frame, statement: Waiting<'asCompleted'>): Waits<unknown> {
  const { what, limit, form } = statement
  const whole = what.filter((one: Thing) => world.trouble(frame, one) !== 'empty')
  const found = whole.map(one => world.thing(frame, one, true))
  const names = found.map(({ name }) => name)
  world.log(frame.label, 'asCompleted', names, limit, form)
  const source = asCompleted(
    found.map(({ thing }) => thing),
    { timeoutMs: limit ?? undefined },
  )
  if (form === 'each') {
    yield* source.forEach(function* (future) {
      world.log(frame.label, 'asCompleted item', world.name(future), ...world.state(future))
    })
    return null
  }
  for (;;) {
    let value: unknown
    try {
      const item = yield* source.next()
      if (item.done === true) return null
      value = item.value.result()
    } catch (error) {
      if (!isOf('ordinary', error)) throw error
      world.log(frame.label, 'asCompleted item fails', describe(error))
      continue
    }
    world.log(frame.label, 'asCompleted item', value ?? null)
  }
}
