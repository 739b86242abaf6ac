import {
  Greenlet,
  GreenletExit,
  iwait,
  joinall,
  kill,
  killall,
  sleep,
  spawn,
  spawnLater,
  spawnRaw,
  wait,
} from '../../../src/gevent.ts'
import type { GreenletStatement } from '../statements.ts'
import { AppError } from './describing.ts'
import type { Operation, Operations } from './operations.ts'
import type { Frame, World } from './world.ts'

export const EMPTY = 'empty slot'

type AnyGreenlet = Greenlet<unknown>

export function killError({ error }: { readonly error: string | null }): unknown {
  return error === null ? new GreenletExit() : new AppError(error)
}

/** A limit as it is written in an option: left out where there is none. */
export function limited(timeout: number | null): { timeout?: number } {
  return timeout === null ? {} : { timeout }
}

export function limitOf(timeout: number | null): number | undefined {
  return timeout ?? undefined
}

/** What is done with the greenlet in a slot, if there is one. */
function onSlot<S extends { readonly slot: number }>(
  act: (world: World, greenlet: AnyGreenlet, s: S) => unknown,
): Operation<S> {
  return (world, _frame, s) => {
    const greenlet = world.slots[s.slot]
    return greenlet === undefined ? EMPTY : act(world, greenlet, s)
  }
}

function iterate(world: World, frame: Frame, s: Extract<GreenletStatement, { op: 'iwait' }>): unknown {
  let left = s.most
  for (const thing of iwait(world.objects(s.what), { ...limited(s.timeout), ...counted(s.count) })) {
    world.log(frame.label, 'item', world.describer.name(thing))
    left -= 1
    if (left <= 0) return 'enough'
  }
  return 'all'
}

function counted(count: number | null): { count?: number } {
  return count === null ? {} : { count }
}

function read(world: World, greenlet: AnyGreenlet): unknown {
  return [
    greenlet.ready(),
    greenlet.successful(),
    greenlet.dead,
    greenlet.started,
    world.describer.value(greenlet.value),
    world.describer.value(greenlet.exception()),
  ]
}

function raise(message: string): never {
  throw new AppError(message)
}

/** With what a greenlet runs: a call of one of the program's functions. */
function called(world: World, fn: number): () => unknown {
  return () => world.call(fn, null)
}

type Op = Exclude<
  GreenletStatement['op'],
  'withTimeout' | 'timeoutNew' | 'timeoutStart' | 'timeoutCancel' | 'timeoutClose' | 'timeoutRead' | 'return'
>

export const coreOperations: Operations<Op> = {
  spawn: (world, _, s) => world.keep(s.slot, spawn(called(world, s.fn))),
  spawnLater: (world, _, s) => world.keep(s.slot, spawnLater(s.ms, called(world, s.fn))),
  spawnRaw: (world, _, s) => {
    const raw = spawnRaw(called(world, s.fn))
    world.raw = raw
    world.raws.add(raw)
    return world.describer.know(raw, world.fresh('R'))
  },
  make: (world, _, s) => world.keep(s.slot, new Greenlet(called(world, s.fn))),
  start: onSlot((_, greenlet) => greenlet.start()),
  startLater: onSlot((_, greenlet, s) => greenlet.startLater(s.ms)),
  kill: onSlot((_, greenlet, s) => greenlet.kill(killError(s), { block: s.block, ...limited(s.timeout) })),
  killTop: onSlot((_, greenlet, s) => kill(greenlet, killError(s))),
  killRaw: (world, _, s) => (world.raw === undefined ? EMPTY : kill(world.raw, killError(s))),
  killall: (world, _, s) =>
    killall(world.greenlets(s.slots), {
      exception: killError(s),
      block: s.block,
      ...limited(s.timeout),
    }),
  throw: onSlot((_, greenlet, s) => greenlet.throw(new AppError(s.error))),
  join: onSlot((_, greenlet, s) => greenlet.join(limitOf(s.timeout))),
  get: onSlot((_, greenlet, s) => greenlet.get({ block: s.block, ...limited(s.timeout) })),
  joinall: (world, _, s) =>
    joinall(world.greenlets(s.slots), {
      ...limited(s.timeout),
      ...counted(s.count),
      raiseError: s.raiseError,
    }),
  wait: (world, _, s) => wait(world.objects(s.what), { ...limited(s.timeout), ...counted(s.count) }),
  iwait: iterate,
  waitAll: (_, __, s) => wait(undefined, limited(s.timeout)),
  link: onSlot((world, greenlet, s) => greenlet.link(world.linkTarget(s.fn))),
  linkValue: onSlot((world, greenlet, s) => greenlet.linkValue(world.linkTarget(s.fn))),
  linkException: onSlot((world, greenlet, s) => greenlet.linkException(world.linkTarget(s.fn))),
  linkResult: onSlot((world, greenlet, s) => greenlet.link(world.result(s.result))),
  rawlink: onSlot((world, greenlet, s) => greenlet.rawlink(world.callback(s.callback))),
  unlink: onSlot((world, greenlet, s) => greenlet.unlink(world.linkTarget(s.fn))),
  unlinkRaw: onSlot((world, greenlet, s) => greenlet.unlink(world.callback(s.callback))),
  unlinkAll: onSlot((_, greenlet) => greenlet.unlinkAll()),
  hasLinks: onSlot((_, greenlet) => greenlet.hasLinks() > 0),
  read: onSlot(read),
  current: world => world.current(),
  sleep: (_, __, s) => sleep(s.ms),
  sleepByArgument: (_, frame, s) => sleep(s.ms * (frame.argument ?? 0)),
  raise: (_, __, s) => raise(s.message),
  raiseExit: () => {
    throw new GreenletExit()
  },
  raiseIfOdd: (_, frame) => ((frame.argument ?? 0) % 2 === 1 ? raise(`odd ${frame.argument}`) : null),
  call: (world, _, s) => world.call(s.fn, s.argument),
}
