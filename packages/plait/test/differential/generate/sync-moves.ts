import type { Block } from '../program.ts'
import type { BarrierName, EventName, Lockable } from '../things-program.ts'
import { type Kind, type Sharing, sharing, swallowing } from './moves.ts'

/** All that there is of it, acquired. */
function taken(on: Lockable): Block {
  const permits = /^(semaphore|bounded)/.test(on) ? Number(on.at(-1)) : 1
  return Array.from({ length: permits }, () => ({ op: 'acquire', on, how: 'directly' }) as const)
}

type Part = Omit<Kind<Lockable>, 'names'>

const others: Part['others'] = [
  [on => [{ op: 'look', on }], 4],
  [(_, { cancel }) => [cancel()], 1],
]

/** Acquired and released by hand, also by tasks that do not hold it. */
const byHand: Part = {
  busy: [[on => taken(on), 1]],
  waits: [
    [(on, { pause }) => [{ op: 'hold', on, body: [pause()] }], 4],
    [(on, { inner }) => [{ op: 'hold', on, body: inner() }], 2],
    [(on, { how }) => [{ op: 'acquire', on, how: how() }], 2],
    [(on, { pause }) => [{ op: 'hold', on, body: [pause(), { op: 'release', on }] }], 2],
    [(on, { how, pause }) => [{ op: 'acquire', on, how: how() }, pause(), { op: 'release', on }], 4],
    [
      (on, { how, inner }) => [
        { op: 'acquire', on, how: how() },
        { op: 'try', body: inner(), handler: null, cleanup: [{ op: 'release', on }] },
      ],
      2,
    ],
  ],
  wakes: [
    [on => [{ op: 'release', on }], 5],
    [
      on => [
        { op: 'release', on },
        { op: 'release', on },
      ],
      2,
    ],
    [
      (on, { how }) => [
        { op: 'release', on },
        { op: 'acquire', on, how: how() },
      ],
      1,
    ],
  ],
  others,
  steps: [
    [on => ({ op: 'release', on }), 4],
    [on => ({ op: 'look', on }), 1],
  ],
}

/** Given back by those who took it. */
const held: Part = {
  busy: [[on => [{ op: 'look', on }], 1]],
  waits: [
    [(on, { pause }) => [{ op: 'hold', on, body: [pause()] }], 4],
    [(on, { inner }) => [{ op: 'hold', on, body: inner() }], 3],
    [(on, { pause, cancel }) => [{ op: 'hold', on, body: [pause(), cancel()] }, cancel()], 2],
  ],
  wakes: [[(on, { pause }) => [{ op: 'hold', on, body: [pause()] }], 1]],
  others,
  steps: [[on => ({ op: 'look', on }), 1]],
}

const semaphoreNames = ['semaphore1', 'semaphore1', 'semaphore2', 'bounded1', 'bounded1', 'bounded2'] as const

export const locks: readonly Sharing[] = [byHand, byHand, held].map(part =>
  sharing<Lockable>({ ...part, names: ['lock0', 'lock1'] }),
)

export const semaphores: readonly Sharing[] = [
  sharing<Lockable>({ ...byHand, names: [...semaphoreNames, 'semaphore0'] }),
  sharing<Lockable>({ ...byHand, names: semaphoreNames }),
  sharing<Lockable>({ ...held, names: semaphoreNames }),
]

export const events: readonly Sharing[] = [
  sharing<EventName>({
    names: ['event0', 'event1'],
    busy: [[on => [{ op: 'look', on }], 1]],
    waits: [[(on, { how }) => [{ op: 'eventWait', on, how: how() }], 1]],
    wakes: [
      [on => [{ op: 'set', on }], 2],
      [
        on => [
          { op: 'set', on },
          { op: 'clear', on },
        ],
        3,
      ],
    ],
    others: [
      [on => [{ op: 'clear', on }], 2],
      [on => [{ op: 'look', on }], 4],
      [(_, { cancel }) => [cancel()], 1],
    ],
    steps: [
      [on => ({ op: 'set', on }), 4],
      [on => ({ op: 'clear', on }), 1],
    ],
  }),
]

export const barriers: readonly Sharing[] = [
  sharing<BarrierName>({
    names: ['barrier1', 'barrier2', 'barrier2', 'barrier3'],
    busy: [[on => [{ op: 'look', on }], 1]],
    waits: [
      [(on, { how }) => [{ op: 'barrierWait', on, how: how() }], 3],
      [(on, { how }) => [swallowing([{ op: 'barrierWait', on, how: how() }])], 3],
      [
        (on, { how }) => [
          { op: 'repeat', times: 2, body: [swallowing([{ op: 'barrierWait', on, how: how() }])] },
        ],
        3,
      ],
    ],
    wakes: [
      [(on, { how }) => [{ op: 'barrierReset', on, how: how() }], 5],
      [(on, { how }) => [{ op: 'barrierAbort', on, how: how() }], 4],
      [(on, { how }) => [swallowing([{ op: 'barrierWait', on, how: how() }])], 3],
      [
        (on, { how, pause }) => [
          { op: 'barrierAbort', on, how: how() },
          pause(),
          { op: 'barrierReset', on, how: how() },
        ],
        1,
      ],
    ],
    others: [
      [on => [{ op: 'look', on }], 2],
      [(_, { cancel }) => [cancel()], 1],
    ],
    steps: [[on => ({ op: 'look', on }), 1]],
  }),
]
