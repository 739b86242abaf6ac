import {
  ContextVar,
  copyContext,
  createTask,
  currentTask,
  type Future,
  InvalidStateError,
  MisuseError,
  type TaskOptions,
} from '../../../src/index.ts'
import { limits, type PlainStatement, type Target } from '../program.ts'
import { AppError, describe } from './app-error.ts'
import type { Frame } from './frame.ts'
import { isTask, type World } from './interpreter.ts'
import { runSharedStep } from './things-steps.ts'

const variables = Array.from(
  { length: limits.variables },
  (_, index) => new ContextVar<number>(`V${index}`, { default: 0 }),
)

/** What happens at once. */
export function runPlain(world: World, frame: Frame, statement: PlainStatement): void {
  switch (statement.op) {
    case 'spawn':
      return spawn(world, frame, statement)
    case 'cancel':
    case 'uncancel':
    case 'cancelling':
    case 'read':
    case 'addCallback':
    case 'removeCallback':
      return runOnTarget(world, frame, statement)
    case 'setResult':
    case 'setError':
      return settle(world, frame, statement)
    case 'renewFuture': {
      const name = world.renewedName(statement.future)
      world.futures[statement.future] = world.know(world.loop.createFuture<number>(), name)
      return world.log(frame.label, 'renewFuture', name)
    }
    case 'callSoon':
    case 'callLater':
    case 'callAt':
    case 'cancelHandle':
      return useLoop(world, frame, statement)
    case 'reschedule':
      return reschedule(world, frame, statement)
    case 'currentTask': {
      const task = currentTask()
      return world.log(frame.label, 'currentTask', task === undefined ? null : world.name(task))
    }
    case 'setVariable':
      variables[statement.variable]?.set(statement.value)
      return world.log(frame.label, 'setVariable', statement.variable, statement.value)
    case 'getVariable':
      return world.log(
        frame.label,
        'getVariable',
        statement.variable,
        variables[statement.variable]?.get() ?? null,
      )
    case 'raise':
      world.log(frame.label, 'raise', statement.message)
      throw new AppError(statement.message)
    case 'return':
      throw new Error('return is for bodies, which see to it themselves')
    default:
      return runSharedStep(world, frame, statement)
  }
}

function spawn(world: World, frame: Frame, statement: PlainStatement & { op: 'spawn' }): void {
  const { slot, body, eager, group: number, context } = statement
  const group = number === null ? undefined : world.groups[number]
  if (number !== null && group === undefined) return world.log(frame.label, 'spawn', 'empty')
  const label = world.fresh(body)
  world.log(frame.label, 'spawn', slot, label, eager, number, context)
  const what = world.body(body, label, label)
  const options: TaskOptions = { name: label }
  if (eager) options.eagerStart = true
  if (context !== 'copied') options.context = context === 'own' ? copyContext() : world.sharedContext
  try {
    const task = group === undefined ? createTask(what, options) : group.createTask(what, options)
    world.slots[slot] = world.know(task, label)
  } catch (error) {
    if (!(error instanceof MisuseError)) throw error
    world.log(frame.label, 'spawn refused', describe(error))
  }
}

type TargetStatement = Extract<PlainStatement, { what: Target }>

function runOnTarget(world: World, frame: Frame, statement: TargetStatement): void {
  const { op, what } = statement
  const target = world.target(what)
  if (target === undefined) return world.log(frame.label, op, 'empty')
  const name = world.name(target)
  switch (op) {
    case 'cancel': {
      world.log(frame.label, op, name, statement.reason)
      const accepted = statement.reason === null ? target.cancel() : target.cancel(statement.reason)
      return world.log(frame.label, 'cancel gives', accepted)
    }
    case 'uncancel':
      if (!isTask(target)) return
      return world.log(frame.label, op, name, target.cancelling(), target.uncancel())
    case 'cancelling':
      if (!isTask(target)) return
      return world.log(frame.label, op, name, target.cancelling())
    case 'read':
      return world.log(frame.label, op, name, ...world.state(target))
    case 'addCallback':
      world.log(frame.label, op, name, statement.callback, target.done())
      return target.addDoneCallback(world.callback(statement.callback))
    case 'removeCallback': {
      const removed = target.removeDoneCallback(world.callback(statement.callback))
      return world.log(frame.label, op, name, statement.callback, removed)
    }
  }
}

function settle(
  world: World,
  frame: Frame,
  statement: PlainStatement & { op: 'setResult' | 'setError' },
): void {
  const future = world.futures[statement.future] as Future<number>
  const name = world.name(future)
  try {
    if (statement.op === 'setResult') future.setResult(statement.value)
    else future.setException(new AppError(statement.message))
  } catch (error) {
    if (!(error instanceof InvalidStateError)) throw error
    return world.log(frame.label, `${statement.op} refused`, name, describe(error))
  }
  world.log(
    frame.label,
    statement.op,
    name,
    statement.op === 'setResult' ? statement.value : statement.message,
  )
}

type LoopStatement = Extract<PlainStatement, { handle: number }>

function useLoop(world: World, frame: Frame, statement: LoopStatement): void {
  const { op, handle } = statement
  switch (op) {
    case 'callSoon':
      world.log(frame.label, op, handle, statement.callback)
      world.handles[handle] = world.loop.callSoon(world.callback(statement.callback))
      return
    case 'callLater':
      world.log(frame.label, op, handle, statement.callback, statement.delay)
      world.handles[handle] = world.loop.callLater(statement.delay, world.callback(statement.callback))
      return
    case 'callAt': {
      world.log(frame.label, op, handle, statement.callback, statement.offset)
      const when = world.loop.time() + statement.offset
      world.handles[handle] = world.loop.callAt(when, world.callback(statement.callback))
      return
    }
    case 'cancelHandle':
      world.handles[handle]?.cancel()
      return world.log(frame.label, op, world.handles[handle] === undefined ? 'empty' : handle)
  }
}

function reschedule(world: World, frame: Frame, statement: PlainStatement & { op: 'reschedule' }): void {
  const { scope: number, to } = statement
  const scope = world.scopes[number]
  if (scope === undefined) return world.log(frame.label, 'reschedule', 'empty')
  try {
    scope.reschedule(to === null ? undefined : world.loop.time() + to)
  } catch (error) {
    if (!(error instanceof MisuseError)) throw error
    return world.log(frame.label, 'reschedule refused', number, describe(error))
  }
  world.log(frame.label, 'reschedule', number, to, scope.when() ?? null)
}
