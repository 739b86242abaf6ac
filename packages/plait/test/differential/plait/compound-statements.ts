import { type Timeout, taskGroup, timeout, timeoutAt } from '../../../src/index.ts'
import type { WaitingStatement } from '../program.ts'
import { AppError, describe, isOf } from './app-error.ts'
import type { Frame, Signal, Waits } from './frame.ts'
import type { World } from './interpreter.ts'

type Compound<Op extends WaitingStatement['op']> = Extract<WaitingStatement, { op: Op }>

export function* runTimeout(world: World, frame: Frame, statement: Compound<'timeout'>): Waits<Signal> {
  const { scope: number, limit, at, body } = statement
  world.log(frame.label, 'timeout', number, limit, at)
  let scope: Timeout | undefined
  const inside = function* (entered: Timeout): Waits<Signal> {
    scope = entered
    world.scopes[number] = entered
    return yield* world.block(frame, body)
  }
  const ending = (): unknown[] => [scope?.expired(), scope?.when() ?? null]
  let signal: Signal
  try {
    signal = at
      ? yield* timeoutAt(limit === null ? null : world.loop.time() + limit, inside)
      : yield* timeout(limit, inside)
  } catch (error) {
    world.log(frame.label, 'timeout throws', number, describe(error), ...ending())
    throw error
  }
  world.log(frame.label, 'timeout gives', number, ...ending())
  return signal
}

export function* runGroup(
  world: World,
  frame: Frame,
  { group: number, body }: Compound<'group'>,
): Waits<Signal> {
  world.log(frame.label, 'group', number)
  let signal: Signal
  try {
    signal = yield* taskGroup(function* (group) {
      world.groups[number] = group
      const inner = yield* world.block(frame, body)
      world.log(frame.label, 'group leaves', number)
      return inner
    })
  } catch (error) {
    world.log(frame.label, 'group throws', number, describe(error), world.cancelling())
    throw error
  }
  world.log(frame.label, 'group gives', number, world.cancelling())
  return signal
}

export function* runTry(world: World, frame: Frame, statement: Compound<'try'>): Waits<Signal> {
  if (statement.cleanup === null) return yield* runGuarded(world, frame, statement)
  let signal: Signal
  let failure: { readonly error: unknown } | undefined
  try {
    signal = yield* runGuarded(world, frame, statement)
  } catch (error) {
    if (world.ended) throw error
    failure = { error }
  }
  world.log(frame.label, 'finally', failure === undefined ? null : describe(failure.error))
  const last = yield* world.block(frame, statement.cleanup)
  if (last !== undefined) {
    world.log(frame.label, 'finally returns')
    return last
  }
  if (failure !== undefined) throw failure.error
  return signal
}

function* runGuarded(world: World, frame: Frame, { body, handler }: Compound<'try'>): Waits<Signal> {
  try {
    return yield* world.block(frame, body)
  } catch (error) {
    if (world.ended || handler === null || !isOf(handler.kind, error)) throw error
    world.log(frame.label, 'catch', handler.kind, describe(error))
    const signal = yield* world.block(frame, handler.body)
    world.log(frame.label, 'handled', handler.leave, signal !== undefined)
    if (signal !== undefined || handler.leave === 'swallow') return signal
    if (handler.leave === 'rethrow') throw error
    throw new AppError('from a handler')
  }
}
