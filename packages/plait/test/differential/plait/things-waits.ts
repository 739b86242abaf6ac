import { type Awaitable, createTask, type Operation, waitFor } from '../../../src/index.ts'
import type { Hold, How, SharedWait } from '../things-program.ts'
import { AppError, describe } from './app-error.ts'
import type { Frame, Signal, Waits } from './frame.ts'
import type { World } from './interpreter.ts'

type Wait<Op extends SharedWait['op']> = Extract<SharedWait, { op: Op }>

/** Waits for what is shared; gives what there is to write down. */
export function* runSharedWait(world: World, frame: Frame, statement: SharedWait): Waits<unknown> {
  const { shared } = world
  switch (statement.op) {
    case 'acquire': {
      const thing = shared.lockable(statement.on)
      world.log(frame.label, 'acquire', statement.on, thing.locked(), statement.how)
      yield* waited(statement.how, thing.acquire())
      return null
    }
    case 'eventWait': {
      const event = shared.event(statement.on)
      world.log(frame.label, 'eventWait', statement.on, event.isSet(), statement.how)
      const value = yield* waited(statement.how, event.wait())
      return [value, event.isSet()]
    }
    case 'conditionWait': {
      const condition = shared.condition(statement.on)
      world.log(frame.label, 'conditionWait', statement.on, condition.locked(), statement.how)
      return yield* waited(statement.how, condition.wait())
    }
    case 'conditionWaitFor':
      return yield* runConditionWaitFor(world, frame, statement)
    case 'barrierWait':
    case 'barrierReset':
    case 'barrierAbort':
      return yield* runBarrier(world, frame, statement)
    case 'put': {
      const queue = shared.queue(statement.on)
      const item = shared.item(statement.priority)
      world.log(frame.label, 'put', statement.on, item, queue.full(), statement.how)
      return yield* waited(statement.how, queue.put(item))
    }
    case 'get': {
      const queue = shared.queue(statement.on)
      world.log(frame.label, 'get', statement.on, queue.empty(), statement.how)
      return yield* waited(statement.how, queue.get())
    }
    case 'join':
      world.log(frame.label, 'join', statement.on, statement.how)
      return yield* waited(statement.how, shared.queue(statement.on).join())
  }
}

/** Waits for it itself, by a task of its own, or under waitFor with that limit. */
function waited<T>(how: How, wait: Awaitable<T>): Operation<T> {
  if (how === 'directly') return wait
  return how === 'inTask' ? createTask(wait) : waitFor(wait, how)
}

function* runConditionWaitFor(
  world: World,
  frame: Frame,
  { on, least, how }: Wait<'conditionWaitFor'>,
): Waits<unknown> {
  const condition = world.shared.condition(on)
  const predicate = (): number => {
    const { counter } = world.shared
    world.log(frame.label, 'asks', counter)
    if (counter < 0) throw new AppError('counted below 0')
    return counter >= least ? counter : 0
  }
  world.log(frame.label, 'conditionWaitFor', on, condition.locked(), least, how)
  return yield* waited(how, condition.waitFor(predicate))
}

function* runBarrier(
  world: World,
  frame: Frame,
  { op, on, how }: Wait<'barrierWait' | 'barrierReset' | 'barrierAbort'>,
): Waits<unknown> {
  const barrier = world.shared.barrier(on)
  world.log(frame.label, op, on, barrier.nWaiting, how)
  if (op === 'barrierReset') return yield* waited(how, barrier.reset())
  if (op === 'barrierAbort') return yield* waited(how, barrier.abort())
  const index = yield* waited(how, barrier.wait())
  return [index, barrier.nWaiting]
}

/** With `hold` where that is the same as Python's `async with`; else releasing by hand, as that does. */
export function* runHold(world: World, frame: Frame, { on, body }: Hold): Waits<Signal> {
  const thing = world.shared.lockable(on)
  world.log(frame.label, 'hold', on, thing.locked())
  const held = function* (): Waits<Signal> {
    world.log(frame.label, 'holds', on)
    const signal = yield* world.block(frame, body)
    world.log(frame.label, 'hold leaves', on)
    return signal
  }
  let signal: Signal
  try {
    if (world.isTidy) signal = yield* thing.hold(held)
    else {
      yield* thing.acquire()
      try {
        signal = yield* held()
      } finally {
        thing.release()
      }
    }
  } catch (error) {
    world.log(frame.label, 'hold throws', on, describe(error))
    throw error
  }
  world.log(frame.label, 'hold gives', on, thing.locked())
  return signal
}
