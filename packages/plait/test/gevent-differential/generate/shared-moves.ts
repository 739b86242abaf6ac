import type { Area } from '../program.ts'
import type { GreenletStatement, SharedStatement } from '../statements.ts'
import type { Choices, Move } from './choices.ts'

type Moves = readonly Move<SharedStatement | GreenletStatement>[]

/** Those of an area: which wait, and which never do. */
export interface AreaMoves {
  readonly waiting: Moves
  readonly instant: Moves
}

const event = (c: Choices): string => c.thing('event')
const result = (c: Choices): string => c.thing('result')
const lock = (c: Choices): string => c.thing('lock')
const counting = (c: Choices): string => c.thing('counting')
/** One that can be joined is often another than the queue that is used most: then there would be nothing to join. */
const queue = (c: Choices): string => (c.random.chance(0.7) ? c.thing('queue') : c.thing('joinable'))
const queueOrChannel = (c: Choices): string => (c.random.chance(0.15) ? 'channel' : queue(c))
const joinable = (c: Choices): string => c.thing('joinable')

const eventMoves: AreaMoves = {
  waiting: [
    [9, c => ({ op: 'eventWait', event: event(c), timeout: c.limit() })],
    [16, c => ({ op: 'resultGet', result: result(c), block: true, timeout: c.limit() })],
    [3, c => ({ op: 'resultWait', result: result(c), timeout: c.limit() })],
    [2, c => ({ op: 'wait', what: mixed(c, event, result), timeout: c.limit(), count: c.count() })],
    [2, c => iwait(c, mixed(c, event, result))],
  ],
  instant: [
    [4, c => ({ op: 'eventSet', event: event(c) })],
    [2, c => ({ op: 'eventClear', event: event(c) })],
    [2, c => ({ op: 'eventRead', event: event(c) })],
    [4, c => ({ op: 'resultSet', result: result(c), value: c.random.between(0, 9) })],
    [2.5, c => ({ op: 'resultError', result: result(c), message: 'set' })],
    [1, c => ({ op: 'resultGet', result: result(c), block: false, timeout: null })],
    [2, c => ({ op: 'resultRead', result: result(c) })],
    [2, c => ({ op: 'linkResult', slot: c.slot(), result: result(c) })],
    [1.5, c => ({ op: 'thingRawlink', thing: event(c), callback: c.callback() })],
    [1, c => ({ op: 'thingRawlink', thing: result(c), callback: c.callback() })],
    [0.7, c => ({ op: 'thingUnlink', thing: event(c), callback: c.callback() })],
  ],
}

const lockMoves: AreaMoves = {
  waiting: [
    [16, c => ({ op: 'acquire', lock: lock(c), block: true, timeout: c.limit() })],
    [2, c => ({ op: 'lockWait', lock: counting(c), timeout: c.limit() })],
    [1.5, c => ({ op: 'wait', what: mixed(c, counting, counting), timeout: c.limit(), count: c.count() })],
    [1.5, c => iwait(c, mixed(c, counting, counting))],
  ],
  instant: [
    [7, c => ({ op: 'release', lock: lock(c) })],
    [2, c => ({ op: 'acquire', lock: lock(c), block: false, timeout: null })],
    [2, c => ({ op: 'lockRead', lock: lock(c) })],
    [1, c => ({ op: 'thingRawlink', thing: counting(c), callback: c.callback() })],
    [0.5, c => ({ op: 'thingUnlink', thing: counting(c), callback: c.callback() })],
  ],
}

const item = (c: Choices): number => c.random.between(0, 9)

const queueMoves: AreaMoves = {
  waiting: [
    [22, c => ({ op: 'put', queue: queueOrChannel(c), item: item(c), block: true, timeout: c.limit(0.5) })],
    [14, c => ({ op: 'take', queue: queueOrChannel(c), block: true, timeout: c.limit() })],
    [10, c => ({ op: 'peek', queue: queue(c), block: true, timeout: c.limit() })],
    [8, c => ({ op: 'queueJoin', queue: joinable(c), timeout: c.limit() })],
    [2, c => ({ op: 'iterate', queue: queueOrChannel(c), most: c.random.between(1, 3) })],
    [
      2.5,
      c => ({
        op: 'putStop',
        queue: c.random.pick(['queue0', 'queue1', 'joinable0', 'lifo0', 'channel']),
        timeout: c.limit(),
      }),
    ],
    // A channel gives way even where it is not to block.
    [0.7, c => ({ op: 'putNowait', queue: 'channel', item: item(c) })],
    [0.7, () => ({ op: 'takeNowait', queue: 'channel' })],
  ],
  instant: [
    [7, c => ({ op: 'putNowait', queue: queue(c), item: item(c) })],
    [3, c => ({ op: 'takeNowait', queue: queue(c) })],
    [3, c => ({ op: 'peekNowait', queue: queue(c) })],
    [3, c => ({ op: 'queueRead', queue: queueOrChannel(c) })],
    [3, c => ({ op: 'taskDone', queue: joinable(c) })],
  ],
}

const group = (c: Choices): string => c.thing('group')
const pool = (c: Choices): string => c.thing('pool')

const poolMoves: AreaMoves = {
  waiting: [
    [7, (c, fn) => ({ op: 'groupSpawn', group: group(c), slot: c.slot(), fn: c.fn(fn) })],
    [1.5, c => ({ op: 'groupAdd', group: group(c), slot: c.slot() })],
    [1.5, c => ({ op: 'groupStart', group: group(c), slot: c.slot() })],
    [1.5, c => ({ op: 'poolAdd', group: pool(c), slot: c.slot(), block: c.block(), timeout: c.limit() })],
    [5, (c, fn) => ({ op: 'groupMap', group: group(c), fn: c.fn(fn), items: c.items() })],
    [8, (c, fn) => ({ op: 'imap', ...imap(c, fn) })],
    [2, (c, fn) => ({ op: 'imapUnordered', ...imap(c, fn) })],
    [4, (c, fn) => ({ op: 'apply', group: group(c), fn: c.fn(fn), argument: item(c) })],
    [
      1.5,
      (c, fn) => ({
        op: 'applyCb',
        group: group(c),
        fn: c.fn(fn),
        argument: item(c),
        callback: c.maybe(c.fn(fn)),
      }),
    ],
    [14, c => ({ op: 'groupJoin', group: group(c), timeout: c.limit(), raiseError: c.random.chance(0.75) })],
    [2, c => ({ op: 'groupKill', group: group(c), block: true, timeout: c.limit(), error: c.killError() })],
    [
      1.5,
      c => ({
        op: 'killone',
        group: group(c),
        slot: c.slot(),
        block: true,
        timeout: c.limit(),
        error: c.killError(),
      }),
    ],
    [1.5, c => ({ op: 'waitAvailable', group: group(c), timeout: c.limit() })],
  ],
  instant: [
    [2, c => ({ op: 'groupRead', group: group(c) })],
    [1, c => ({ op: 'groupKill', group: group(c), block: false, timeout: null, error: c.killError() })],
    [
      0.7,
      c => ({
        op: 'killone',
        group: group(c),
        slot: c.slot(),
        block: false,
        timeout: null,
        error: c.killError(),
      }),
    ],
    [0.7, c => ({ op: 'groupDiscard', group: group(c), slot: c.slot() })],
  ],
}

/** Those that never block, and name a function. */
export const poolStartingMoves: Moves = [
  [
    1.5,
    (c, fn) => ({
      op: 'groupMapAsync',
      group: group(c),
      slot: c.slot(),
      fn: c.fn(fn),
      items: c.items(),
      callback: c.maybe(c.fn(fn)),
    }),
  ],
  [
    2,
    (c, fn) => ({
      op: 'applyAsync',
      group: group(c),
      slot: c.slot(),
      fn: c.fn(fn),
      argument: item(c),
      callback: c.maybe(c.fn(fn)),
    }),
  ],
]

const noMoves: AreaMoves = { waiting: [], instant: [] }

export const areaMoves: Readonly<Record<Area, AreaMoves>> = {
  core: noMoves,
  timeouts: noMoves,
  events: eventMoves,
  locks: lockMoves,
  queues: queueMoves,
  pools: poolMoves,
}

/** Something shared and greenlets together. */
function mixed(c: Choices, ...names: readonly ((c: Choices) => string)[]): readonly (number | string)[] {
  const things = names.map(name => name(c))
  const some: (number | string)[] = c.random.chance(0.5) ? things : [things[0] as string]
  return c.distinct(c.random.chance(0.6) ? [c.slot(), ...some] : some)
}

function iwait(c: Choices, what: readonly (number | string)[]): GreenletStatement {
  return { op: 'iwait', what, timeout: c.limit(), count: c.count(), most: c.random.between(1, 3) }
}

function imap(c: Choices, fn: number) {
  return {
    ...{ group: group(c), fn: c.fn(fn), items: c.items() },
    ...{ maxsize: c.maybe(c.random.between(1, 2), 0.4), most: c.random.between(1, 5) },
  }
}

export const heldLock = lock
