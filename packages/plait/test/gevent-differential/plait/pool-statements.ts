import { type Greenlet, Pool } from '../../../src/gevent.ts'
import type { SharedStatement } from '../statements.ts'
import { EMPTY, killError, limited, limitOf } from './core-statements.ts'
import type { Operation, Operations } from './operations.ts'
import type { AnyGroup } from './shared-things.ts'
import type { Frame, World } from './world.ts'

export type PoolOp = Extract<SharedStatement, { group: string }>['op']

interface OnGroup {
  readonly group: string
}

function onGroup<S extends OnGroup>(act: (group: AnyGroup, s: S, world: World) => unknown): Operation<S> {
  return (world, _frame, s) => act(world.things.get<AnyGroup>(s.group), s, world)
}

function onMember<S extends OnGroup & { readonly slot: number }>(
  act: (group: AnyGroup, greenlet: Greenlet<unknown>, s: S) => unknown,
): Operation<S> {
  return (world, _frame, s) => {
    const greenlet = world.slots[s.slot]
    return greenlet === undefined ? EMPTY : act(world.things.get<AnyGroup>(s.group), greenlet, s)
  }
}

function mapped(world: World, fn: number): (item: number) => unknown {
  return item => world.call(fn, item)
}

function valueTarget(world: World, fn: number | null): { callback?: (value: unknown) => unknown } {
  return fn === null ? {} : { callback: world.valueTarget(fn) }
}

interface Iterated {
  readonly group: string
  readonly fn: number
  readonly items: readonly number[]
  readonly maxsize: number | null
  readonly most: number
}

function iterated(kind: 'imap' | 'imapUnordered'): Operation<Iterated> {
  return (world: World, frame: Frame, s) => {
    const group = world.things.get<AnyGroup>(s.group)
    const given: unknown[] = []
    const fn = mapped(world, s.fn)
    const options = s.maxsize === null ? {} : { maxsize: s.maxsize }
    const results =
      kind === 'imap' ? group.imap(fn, s.items, options) : group.imapUnordered(fn, s.items, options)
    while (given.length < s.most) {
      const next = results.next()
      if (next.done === true) return [given, 'all']
      world.log(frame.label, 'item', world.describer.value(next.value))
      given.push(next.value)
    }
    return [given, 'enough']
  }
}

function read(group: AnyGroup, _s: unknown, world: World): unknown {
  const free = group instanceof Pool ? group.freeCount() : null
  const names = [...group.greenlets].map(each => world.describer.name(each))
  return [group.greenlets.size, group.full(), free, names]
}

export const poolOperations: Operations<PoolOp> = {
  groupSpawn: onGroup((group, s, world) =>
    world.keep(
      s.slot,
      group.spawn(() => world.call(s.fn, null)),
    ),
  ),
  groupAdd: onMember((group, greenlet) => group.add(greenlet)),
  groupStart: onMember((group, greenlet) => group.start(greenlet)),
  groupDiscard: onMember((group, greenlet) => group.discard(greenlet)),
  poolAdd: onMember((group, greenlet, s) =>
    (group as Pool).add(greenlet, { block: s.block, ...limited(s.timeout) }),
  ),
  groupMap: onGroup((group, s, world) => group.map(mapped(world, s.fn), s.items)),
  groupMapAsync: onGroup((group, s, world) =>
    world.keep(s.slot, group.mapAsync(mapped(world, s.fn), s.items, valueTarget(world, s.callback))),
  ),
  imap: iterated('imap'),
  imapUnordered: iterated('imapUnordered'),
  apply: onGroup((group, s, world) => group.apply(() => world.call(s.fn, s.argument))),
  applyAsync: onGroup((group, s, world) =>
    world.keep(
      s.slot,
      group.applyAsync(() => world.call(s.fn, s.argument), [], valueTarget(world, s.callback)),
    ),
  ),
  applyCb: onGroup((group, s, world) =>
    group.applyCb(() => world.call(s.fn, s.argument), [], valueTarget(world, s.callback)),
  ),
  groupJoin: onGroup((group, s) => group.join({ ...limited(s.timeout), raiseError: s.raiseError })),
  groupKill: onGroup((group, s) => group.kill(killError(s), { block: s.block, ...limited(s.timeout) })),
  killone: onMember((group, greenlet, s) =>
    group.killone(greenlet, killError(s), { block: s.block, ...limited(s.timeout) }),
  ),
  groupRead: onGroup(read),
  waitAvailable: onGroup((group, s) => group.waitAvailable(limitOf(s.timeout))),
}
