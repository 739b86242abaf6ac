import { MisuseError, QueueEmptyError, QueueFullError, QueueShutDownError } from '../../../src/index.ts'
import type { SharedStep } from '../things-program.ts'
import { describe } from './app-error.ts'
import type { Frame } from './frame.ts'
import type { World } from './interpreter.ts'

const refusals = [MisuseError, QueueEmptyError, QueueFullError, QueueShutDownError]

/** What is done at once with what is shared. A thing may refuse it. */
export function runSharedStep(world: World, frame: Frame, statement: SharedStep): void {
  if (statement.op === 'count') {
    world.shared.counter += statement.by
    return world.log(frame.label, 'count', world.shared.counter)
  }
  const { op, on } = statement
  let details: readonly unknown[]
  try {
    details = take(world, statement)
  } catch (error) {
    if (!refusals.some(Refusal => error instanceof Refusal)) throw error
    return world.log(frame.label, `${op} refused`, on, describe(error))
  }
  world.log(frame.label, op, on, ...details)
}

/** Takes the step; gives what there is to write down of it. */
function take({ shared }: World, statement: Exclude<SharedStep, { op: 'count' }>): readonly unknown[] {
  switch (statement.op) {
    case 'release':
      shared.lockable(statement.on).release()
      return []
    case 'set':
      shared.event(statement.on).set()
      return []
    case 'clear':
      shared.event(statement.on).clear()
      return []
    case 'notify':
      shared.condition(statement.on).notify(statement.count)
      return [statement.count]
    case 'notifyAll':
      shared.condition(statement.on).notifyAll()
      return []
    case 'putNowait': {
      const item = shared.item(statement.priority)
      shared.queue(statement.on).putNowait(item)
      return [item]
    }
    case 'getNowait':
      return [shared.queue(statement.on).getNowait()]
    case 'taskDone':
      shared.queue(statement.on).taskDone()
      return []
    case 'shutdown':
      shared.queue(statement.on).shutdown(statement.immediate)
      return [statement.immediate]
    case 'look':
      return shared.look(statement.on)
  }
}
