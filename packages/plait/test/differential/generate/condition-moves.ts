import type { Statement } from '../program.ts'
import type { ConditionName } from '../things-program.ts'
import { type Kind, type Sharing, sharing, swallowing } from './moves.ts'

const notify = (on: ConditionName, count = 1): Statement => ({ op: 'notify', on, count })
const notifyAll = (on: ConditionName): Statement => ({ op: 'notifyAll', on })
const count = (by: number): Statement => ({ op: 'count', by })

/** By the rules: those who wait hold the lock. */
const held: Kind<ConditionName> = {
  names: ['condition0', 'condition1'],
  busy: [
    [() => [count(1)], 1],
    [on => [{ op: 'look', on }], 1],
  ],
  waits: [
    [(on, { how }) => [{ op: 'hold', on, body: [{ op: 'conditionWait', on, how: how() }] }], 5],
    [
      (on, { how, random }) => [
        { op: 'hold', on, body: [{ op: 'conditionWaitFor', on, least: random.between(1, 2), how: how() }] },
      ],
      5,
    ],
  ],
  wakes: [
    [(on, { random }) => [{ op: 'hold', on, body: [notify(on, random.between(1, 2))] }], 3],
    [
      (on, { random }) => [
        {
          op: 'hold',
          on,
          body: [count(random.pick([-2, 2, 3])), random.chance(0.5) ? notifyAll(on) : notify(on)],
        },
      ],
      6,
    ],
    // Who was notified waits for the lock, and is cancelled there.
    [
      (on, { pause, cancel }) => [
        { op: 'hold', on, body: [notifyAll(on), pause(), cancel(), cancel(), pause()] },
      ],
      2.5,
    ],
    [on => [{ op: 'hold', on: 'lock0', body: [notify(on)] }], 0.7],
    [on => [notify(on)], 0.7],
    [on => [notifyAll(on)], 0.7],
  ],
  others: [
    [(_, { random }) => [count(random.pick([-2, -1, 1, 2]))], 2],
    [(on, { inner }) => [{ op: 'hold', on, body: inner() }], 1],
    [on => [{ op: 'look', on }], 0.5],
    [(_, { cancel }) => [cancel()], 1],
  ],
  steps: [
    [(on, random) => notify(on, random.between(1, 2)), 3],
    [on => notifyAll(on), 2],
    [(_, random) => count(random.pick([-1, 1, 2])), 2],
  ],
}

/** Also against the rules. */
const bare: Kind<ConditionName> = {
  ...held,
  waits: [...held.waits, [(on, { how }) => [swallowing([{ op: 'conditionWait', on, how: how() }])], 4]],
  others: [
    ...held.others,
    [(on, { how }) => [swallowing([{ op: 'conditionWait', on, how: how() }])], 6],
    [(on, { how }) => [swallowing([{ op: 'conditionWaitFor', on, least: 2, how: how() }])], 2],
    [(on, { how, pause }) => [{ op: 'acquire', on, how: how() }, pause(), { op: 'release', on }], 2],
  ],
  steps: [...held.steps, [on => ({ op: 'release', on }), 1]],
}

export const conditions: readonly Sharing[] = [sharing(held), sharing(bare)]
