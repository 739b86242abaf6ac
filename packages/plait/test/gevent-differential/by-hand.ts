import type { Block, Handler, Program, Statement } from './program.ts'

/** A program of a main body and other functions. */
const program = (functions: readonly Block[], callbacks: readonly Block[] = []): Program => ({
  areas: [],
  functions,
  callbacks,
})

const spawn = (slot: number, fn: number): Statement => ({ op: 'spawn', slot, fn })
const sleep = (ms: number): Statement => ({ op: 'sleep', ms })
const join = (slot: number): Statement => ({ op: 'join', slot, timeout: null })
const read = (slot: number): Statement => ({ op: 'read', slot })
const waitAll = (timeout: number | null = null): Statement => ({ op: 'waitAll', timeout })
const kill = (slot: number, block = true, error: string | null = null): Statement => ({
  ...{ op: 'kill', slot, block },
  ...{ timeout: null, error },
})
const timeout = (scope: number, ms: number, body: Block): Statement => ({
  ...{ op: 'timeout', scope, ms },
  ...{ error: null, body },
})
const caught = (kind: Handler['kind'], ...body: readonly Statement[]): Statement => ({
  ...{ op: 'try', body },
  handler: { kind, scope: 0, body: [], leave: 'swallow' },
  cleanup: null,
})
const put = (queue: string, item: number): Statement => ({
  ...{ op: 'put', queue, item },
  ...{ block: true, timeout: null },
})
const take = (queue: string): Statement => ({ op: 'take', queue, block: true, timeout: null })
const acquire = (lock: string): Statement => ({ op: 'acquire', lock, block: true, timeout: null })
const release = (lock: string): Statement => ({ op: 'release', lock })
const eventWait = (event: string): Statement => ({ op: 'eventWait', event, timeout: null })
const giveBack = (value: number): Statement => ({ op: 'return', value })
const raise = (message: string): Statement => ({ op: 'raise', message })

/** Programs that hold one rule each. */
export const byHand: Readonly<Record<string, Program>> = {
  'a greenlet that is killed before it begins never runs, and its links are called': program(
    [[spawn(0, 1), { op: 'rawlink', slot: 0, callback: 0 }, kill(0), read(0), sleep(0)], [sleep(0)]],
    [[]],
  ),
  'one that is killed is successful, and its value is the GreenletExit': program([
    [spawn(0, 1), sleep(0), kill(0), read(0)],
    [sleep(5)],
  ]),
  'a kill may be outlived, and then waits for the end': program([
    [spawn(0, 1), sleep(0), kill(0), read(0)],
    [caught('exit', sleep(5)), sleep(3), giveBack(4)],
  ]),
  'an error is thrown again by get, every time': program([
    [spawn(0, 1), ...[1, 2].map(() => caught('app', { op: 'get', slot: 0, block: true, timeout: null }))],
    [raise('e1')],
  ]),
  'the main greenlet is told as often as it would wait for ever': program([
    [spawn(0, 1), caught('loopExit', join(0)), caught('loopExit', join(0)), sleep(2), join(0)],
    [eventWait('event0')],
  ]),
  'of what is due together sleeps go first, then timeouts': program([
    [spawn(0, 1), spawn(1, 2), waitAll()],
    [caught('timeout', timeout(0, 3, [eventWait('event0')]))],
    [sleep(3)],
  ]),
  'a sleep of the same instant that is begun later goes before a timeout': program([
    [spawn(0, 1), { op: 'spawnLater', slot: 1, ms: 0, fn: 2 }, waitAll()],
    [caught('timeout', timeout(0, 0, [eventWait('event0')]))],
    [giveBack(1)],
  ]),
  'a timeout stopped by what was due before it is not thrown': program([
    [spawn(0, 1), spawn(1, 2), waitAll()],
    [caught('timeout', timeout(0, 3, [eventWait('event0')])), giveBack(1)],
    [sleep(3), { op: 'timeoutCancel', scope: 0 }, { op: 'eventSet', event: 'event0' }],
  ]),
  'the inner timeout passes the outer one on': program([
    [caught('mine', timeout(0, 2, [caught('mine', timeout(1, 4, [sleep(9)]))])), sleep(1)],
  ]),
  'a timeout that is closed cannot be started again': program([
    [
      { op: 'timeoutNew', scope: 0, ms: 3, error: null },
      { op: 'timeoutStart', scope: 0 },
      caught('all', { op: 'timeoutStart', scope: 0 }),
      { op: 'timeoutClose', scope: 0 },
      caught('all', { op: 'timeoutStart', scope: 0 }),
    ],
  ]),
  'a wait for all others ends with them, or when its time is up': program([
    [spawn(0, 1), waitAll(1), waitAll(9), waitAll(9), waitAll()],
    [sleep(3)],
  ]),
  'an event that is cleared at once wakes whoever has waited': program([
    [
      spawn(0, 1),
      spawn(1, 1),
      sleep(0),
      { op: 'eventSet', event: 'event0' },
      { op: 'eventClear', event: 'event0' },
      waitAll(),
    ],
    [eventWait('event0'), { op: 'eventRead', event: 'event0' }],
  ]),
  'a result that is given both an error and a value holds both': program([
    [
      { op: 'resultError', result: 'result0', message: 'first' },
      caught('app', { op: 'resultGet', result: 'result0', block: true, timeout: null }),
      { op: 'resultSet', result: 'result0', value: 2 },
      { op: 'resultGet', result: 'result0', block: true, timeout: null },
      { op: 'resultRead', result: 'result0' },
    ],
  ]),
  'a semaphore goes to those who wait, in their order, though one comes between': program([
    [
      acquire('semaphore1'),
      spawn(0, 1),
      spawn(1, 1),
      sleep(0),
      release('semaphore1'),
      acquire('semaphore1'),
      release('semaphore1'),
      waitAll(),
    ],
    [acquire('semaphore1'), sleep(1), release('semaphore1')],
  ]),
  'a queue that is full takes the items of those who wait, in their order': program([
    [spawn(0, 1), spawn(1, 2), sleep(0), ...[1, 2, 3, 4].map(() => take('queue1'))],
    [put('queue1', 1), put('queue1', 2)],
    [put('queue1', 3), put('queue1', 4)],
  ]),
  'a channel has both of them wait, and hands over in the hub': program([
    [spawn(0, 1), take('channel'), take('channel')],
    [put('channel', 1), put('channel', 2)],
  ]),
  'a pool has its next greenlet wait until one has ended': program([
    [1, 2, 3].map(slot => ({ op: 'groupSpawn', group: 'pool1', slot, fn: 1 })),
    [sleep(2), { op: 'groupRead', group: 'pool1' }],
  ]),
  'greenlets that are killed together are told one after another, and those waited for that live on': program(
    [
      [
        spawn(0, 1),
        spawn(1, 2),
        sleep(0),
        { op: 'killall', slots: [0, 1, 0], block: true, timeout: null, error: null },
      ],
      [caught('exit', sleep(5)), sleep(2)],
      [sleep(5)],
    ],
  ),
  'an error thrown into a raw greenlet that has ended is told to the hub': program([
    [{ op: 'spawnRaw', fn: 1 }, sleep(4)],
    [
      { op: 'timeoutNew', scope: 0, ms: 2, error: null },
      { op: 'timeoutStart', scope: 0 },
    ],
  ]),
}
