import { Greenlet, settrace } from '../../../src/greenlet.ts'
import { type Context, copyContext } from '../../../src/index.ts'
import type { PlainStatement } from '../program.ts'
import { type AnyGreenlet, makeError, mistakeOf, type Signal, type World } from './world.ts'

type Plain<Op extends PlainStatement['op']> = Extract<PlainStatement, { op: Op }>

/** What happens at once, whoever runs it. */
export function runPlain(world: World, statement: PlainStatement): Signal {
  switch (statement.op) {
    case 'create':
      create(world, statement)
      break
    case 'setRun':
      setRun(world, statement)
      break
    case 'setParent':
      setParent(world, statement)
      break
    case 'look':
      look(world, statement)
      break
    case 'setVariable':
      world.variables[statement.variable]?.set(statement.value)
      world.log('setVariable', statement.variable, statement.value)
      break
    case 'getVariable':
      world.log('getVariable', statement.variable, world.variables[statement.variable]?.get())
      break
    case 'setContext':
      setContext(world, statement)
      break
    case 'readContext':
      readContext(world, statement)
      break
    case 'trace': {
      const { tracer, fails } = statement
      const before = settrace(tracer === null ? undefined : world.tracer(tracer, fails))
      world.log('trace', tracer, world.tracerName(before))
      break
    }
    case 'raise': {
      const thrown = makeError(statement.error)
      world.log('raise', world.describe(thrown))
      throw thrown
    }
    case 'return':
      return { value: statement.value }
  }
  return undefined
}

function attempt(world: World, what: string, on: unknown, action: () => void): void {
  try {
    action()
  } catch (thrown) {
    if (mistakeOf(thrown) === undefined) throw thrown
    world.log(what, on, world.describe(thrown))
    return
  }
  world.log(what, on, 'done')
}

function create(world: World, statement: Plain<'create'>): void {
  const { slot, body, parent: ref, making, generator, scoped } = statement
  const parent = ref === null ? undefined : world.find(ref)
  const bodies = world.bodies(generator)
  const make = (): AnyGreenlet =>
    making === 'class'
      ? bodies.ownRun(body, parent)
      : new Greenlet(making === 'nothing' ? undefined : bodies.runs(body), parent)
  const made = scoped ? world.inOwnScope(make) : make()
  world.know(made, slot)
  world.log('create', world.name(made), making, world.name(made.parent))
}

function setRun(world: World, { of, body, generator }: Plain<'setRun'>): void {
  const target = world.find(of)
  if (target === undefined) return world.log('nobody')
  const run = world.bodies(generator).runs(body)
  attempt(world, 'setRun', world.name(target), () => {
    target.run = run
  })
}

function setParent(world: World, { of, to }: Plain<'setParent'>): void {
  const target = world.find(of)
  const isOdd = to === 'nothing' || to === 'number'
  const parent = isOdd ? (to === 'nothing' ? undefined : 5) : world.find(to)
  const isMissing = parent === undefined && to !== 'nothing'
  const isNew = target !== undefined && !target.started && !target.dead
  if (target === undefined || isMissing || (to.startsWith('F') && isNew)) return world.log('nobody')
  const on = [world.name(target), isOdd ? to : world.name(parent as AnyGreenlet)]
  attempt(world, 'setParent', on, () => {
    target.parent = parent as AnyGreenlet
  })
}

function look(world: World, { at }: Plain<'look'>): void {
  const target = world.find(at)
  if (target === undefined) return world.log('nobody')
  world.log('look', world.name(target), target.dead, target.started, world.name(target.parent))
}

function setContext(world: World, { of, to }: Plain<'setContext'>): void {
  const target = world.find(of)
  if (target === undefined) return world.log('nobody')
  let shown: string | null = to
  let context: Context | undefined
  if (to === 'copy') context = copyContext()
  else if (to === 'number') context = 5 as unknown as Context
  else if (to !== 'nothing') {
    const source = world.find(to)
    if (source === undefined) return world.log('nobody')
    // Python has none there, mostly, and what is not there cannot be shared.
    context = world.isUsed(source.context) ? source.context : undefined
    shown = world.name(source)
  }
  attempt(world, 'setContext', [world.name(target), shown], () => {
    target.context = context
  })
}

function readContext(world: World, { of, variable }: Plain<'readContext'>): void {
  const target = world.find(of)
  const read = world.variables[variable]
  if (target === undefined || read === undefined) return world.log('nobody')
  world.log('readContext', world.name(target), target.context.get(read) ?? null)
}
