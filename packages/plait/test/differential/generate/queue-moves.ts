import type { Statement } from '../program.ts'
import type { Random } from '../random.ts'
import type { QueueName } from '../things-program.ts'
import { type Kind, type Move, type Sharing, sharing, swallowing, type Tools } from './moves.ts'

const priority = (random: Random): number => random.between(1, 3)

const put = (on: QueueName, { random, how }: Tools): Statement => ({
  op: 'put',
  on,
  priority: priority(random),
  how: how(),
})

const get = (on: QueueName, { how }: Tools): Statement => ({ op: 'get', on, how: how() })
const join = (on: QueueName, { how }: Tools): Statement => ({ op: 'join', on, how: how() })

const putNowait = (on: QueueName, random: Random): Statement => ({
  op: 'putNowait',
  on,
  priority: priority(random),
})

const getNowait = (on: QueueName): Statement => ({ op: 'getNowait', on })
const taskDone = (on: QueueName): Statement => ({ op: 'taskDone', on })
const shutdown = (on: QueueName, random: Random): Statement => ({
  op: 'shutdown',
  on,
  immediate: random.chance(0.5),
})

const shutsDown: Move<QueueName> = [(on, { random }) => [shutdown(on, random)], 2.5]

const others: Kind<QueueName>['others'] = [
  [on => [{ op: 'look', on }], 1.5],
  [(on, tools) => [put(on, tools)], 1],
  [(on, tools) => [get(on, tools)], 1],
  [(on, { random }) => [putNowait(on, random)], 1.5],
  [on => [getNowait(on)], 1.5],
  [on => [taskDone(on)], 1],
  [(on, tools) => [get(on, tools), tools.pause(), taskDone(on), join(on, tools)], 1],
  [(_, { cancel }) => [cancel()], 1],
]

const steps: Kind<QueueName>['steps'] = [
  [putNowait, 4],
  [getNowait, 3],
  [taskDone, 2],
  [shutdown, 1],
]

type Part = Omit<Kind<QueueName>, 'names'>

/** Tasks come to wait for items. */
const getting: Part = {
  busy: [[on => [{ op: 'look', on }], 1]],
  waits: [
    [(on, tools) => [get(on, tools)], 5],
    [(on, tools) => [swallowing([get(on, tools)]), taskDone(on)], 2],
    [(on, tools) => [{ op: 'repeat', times: 2, body: [get(on, tools), taskDone(on)] }], 2],
    [(on, tools) => [put(on, tools)], 1],
  ],
  wakes: [
    [(on, { random }) => [putNowait(on, random)], 4],
    [(on, { random }) => [putNowait(on, random), putNowait(on, random)], 1],
    [(on, tools) => [putNowait(on, tools.random), get(on, tools)], 1.5],
    shutsDown,
    shutsDown,
  ],
  others,
  steps,
}

/** Tasks come to wait for room. */
const putting: Part = {
  busy: [[(on, { random }) => [putNowait(on, random), putNowait(on, random)], 1]],
  waits: [
    [(on, tools) => [put(on, tools)], 8],
    [(on, tools) => [swallowing([put(on, tools)])], 2],
    [(on, tools) => [{ op: 'repeat', times: tools.random.between(2, 3), body: [put(on, tools)] }], 2],
    [(on, tools) => [get(on, tools)], 1],
  ],
  wakes: [
    [on => [getNowait(on)], 7],
    [on => [getNowait(on), getNowait(on)], 1],
    [(on, tools) => [getNowait(on), put(on, tools)], 1.5],
    shutsDown,
    shutsDown,
  ],
  others,
  steps,
}

/** Tasks come to wait for the end of the work. */
const joining: Part = {
  busy: [
    [(on, { random }) => [putNowait(on, random)], 3],
    [(on, { random }) => [putNowait(on, random), putNowait(on, random)], 1],
  ],
  waits: [
    [(on, tools) => [join(on, tools)], 5],
    [(on, tools) => [get(on, tools), tools.pause(), taskDone(on)], 2],
    [(on, tools) => [put(on, tools), join(on, tools)], 1],
  ],
  wakes: [
    [on => [getNowait(on), taskDone(on)], 3],
    [on => [taskDone(on)], 2],
    [(on, { random }) => [taskDone(on), putNowait(on, random)], 1],
    shutsDown,
  ],
  others,
  steps,
}

/** There is a lot to take, for a heap to sort. */
const stocked: Part = {
  ...getting,
  busy: [[(on, { random }) => Array.from({ length: 6 }, () => putNowait(on, random)), 1]],
  wakes: [
    [on => [getNowait(on), getNowait(on), getNowait(on)], 2],
    [(on, { random }) => [getNowait(on), putNowait(on, random), getNowait(on)], 2],
    shutsDown,
  ],
}

const ofEachSize = (kind: 'queue' | 'priority' | 'lifo'): readonly Sharing[] => [
  sharing({ ...getting, names: [`${kind}0`, `${kind}1`, `${kind}2`] }),
  sharing({ ...putting, names: [`${kind}1`, `${kind}1`, `${kind}2`] }),
  sharing({ ...joining, names: [`${kind}0`, `${kind}2`] }),
]

export const queues: readonly Sharing[] = ofEachSize('queue')
export const priorityQueues: readonly Sharing[] = [
  ...ofEachSize('priority'),
  sharing({ ...stocked, names: ['priority0'] }),
]
export const lifoQueues: readonly Sharing[] = ofEachSize('lifo')
