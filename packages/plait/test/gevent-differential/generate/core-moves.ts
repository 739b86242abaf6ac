import type { GreenletStatement } from '../statements.ts'
import type { Choices, Move } from './choices.ts'

type Moves = readonly Move<GreenletStatement>[]

/** Those that begin something: they name a function, and so cannot stand in the last. */
export const startingMoves: Moves = [
  [8, (c, fn) => ({ op: 'spawn', slot: c.slot(), fn: c.fn(fn) })],
  [4, (c, fn) => ({ op: 'spawnLater', slot: c.slot(), ms: c.delay(), fn: c.fn(fn) })],
  [2, (c, fn) => ({ op: 'spawnRaw', fn: c.fn(fn) })],
  [5, (c, fn) => ({ op: 'make', slot: c.slot(), fn: c.fn(fn) })],
  [3, (c, fn) => ({ op: 'link', slot: c.slot(), fn: c.fn(fn) })],
  [2, (c, fn) => ({ op: 'linkValue', slot: c.slot(), fn: c.fn(fn) })],
  [2, (c, fn) => ({ op: 'linkException', slot: c.slot(), fn: c.fn(fn) })],
  [1, (c, fn) => ({ op: 'unlink', slot: c.slot(), fn: c.fn(fn) })],
  [2.5, (c, fn) => ({ op: 'call', fn: c.fn(fn), argument: c.maybe(c.random.between(0, 3)) })],
]

export const unlinkAllMove: Move<GreenletStatement> = [1, c => ({ op: 'unlinkAll', slot: c.slot() })]

/** Those that never wait, and so may stand in callbacks too. */
export const instantMoves: Moves = [
  [3, c => ({ op: 'start', slot: c.slot() })],
  [2, c => ({ op: 'startLater', slot: c.slot(), ms: c.delay() })],
  [3, c => ({ op: 'kill', slot: c.slot(), block: false, timeout: null, error: c.killError() })],
  [2, c => ({ op: 'killTop', slot: c.slot(), error: c.killError() })],
  [1, c => ({ op: 'killRaw', error: c.killError() })],
  [1.5, c => ({ op: 'killall', slots: c.slots(), block: false, timeout: null, error: c.killError() })],
  [3, c => ({ op: 'rawlink', slot: c.slot(), callback: c.callback() })],
  [1, c => ({ op: 'unlinkRaw', slot: c.slot(), callback: c.callback() })],
  unlinkAllMove,
  [1, c => ({ op: 'hasLinks', slot: c.slot() })],
  [5, c => ({ op: 'read', slot: c.slot() })],
  [1, () => ({ op: 'current' })],
  [1.2, c => ({ op: 'get', slot: c.slot(), block: false, timeout: null })],
]

export const waitingMoves: Moves = [
  [16, c => ({ op: 'sleep', ms: c.delay() })],
  [
    17,
    c => {
      const block = c.block()
      return { op: 'kill', slot: c.slot(), block, timeout: c.limit(0.6), error: c.killError() }
    },
  ],
  [6, c => ({ op: 'killall', slots: c.slots(), block: true, timeout: c.limit(), error: c.killError() })],
  [10, c => ({ op: 'join', slot: c.slot(), timeout: c.limit() })],
  [8, c => ({ op: 'get', slot: c.slot(), block: true, timeout: c.limit() })],
  [
    7,
    c => ({
      ...{ op: 'joinall', slots: c.distinct(c.slots()), timeout: c.limit(), count: c.count() },
      raiseError: c.random.chance(0.75),
    }),
  ],
  [4.5, c => ({ op: 'wait', what: c.distinct(c.slots()), timeout: c.limit(), count: c.count() })],
  [
    5,
    c => ({
      ...{ op: 'iwait', what: c.distinct(c.slots()), timeout: c.limit(), count: c.count() },
      most: c.random.between(1, 4),
    }),
  ],
]

export const leavingMoves: Moves = [
  [9, c => ({ op: 'raise', message: `e${c.random.between(0, 3)}` })],
  [3, c => ({ op: 'return', value: c.random.between(0, 9) })],
  [1, () => ({ op: 'raiseExit' })],
]

/** What callbacks do, which run in the hub. */
export const callbackMoves: Moves = [
  ...instantMoves,
  [14, c => ({ op: 'throw', slot: c.slot(), error: 'thrown' })],
  [1.5, () => ({ op: 'raise', message: 'in callback' })],
]

export const timeoutMoves: Moves = [
  [3, c => ({ op: 'timeoutNew', scope: c.scope(), ms: c.limit(0.15), error: c.timeoutError() })],
  [4, c => ({ op: 'timeoutStart', scope: c.scope() })],
  [2, c => ({ op: 'timeoutCancel', scope: c.scope() })],
  [2.5, c => ({ op: 'timeoutClose', scope: c.scope() })],
  [2, c => ({ op: 'timeoutRead', scope: c.scope() })],
]

export const withTimeoutMove = (c: Choices, fn: number): GreenletStatement => ({
  op: 'withTimeout',
  ms: c.limit(0.1),
  fn: c.fn(fn),
  value: c.maybe('too late'),
})
