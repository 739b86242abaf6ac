import type { Program } from '../program.ts'
import {
  asCompleted,
  attempt,
  cancel,
  except,
  gather,
  gatherSettled,
  giveBack,
  giveWay,
  program,
  raise,
  read,
  sleep,
  spawn,
  timeout,
  wait,
  waitUntil,
} from '../words.ts'

/** gather, wait and asCompleted. */
export const several: Readonly<Record<string, Program>> = {
  'gather leaves the others running after the first error': program([
    [
      spawn(1, 1),
      spawn(2, 2),
      attempt([gather('T1', 'T2', 'T1')], except('ordinary')),
      read('T2'),
      wait('T2'),
      gatherSettled('T1', 'T2', 'B2'),
    ],
    [sleep(1), raise('gathered')],
    [sleep(3), giveBack(2)],
  ]),

  'a cancelled gather ends after all its children, with the error of the last listed': program([
    [spawn(1, 1), sleep(1), cancel('T1', 'all of you'), attempt([wait('T1')], except('all'))],
    [gather('B2', 'B3', 'F0', 'B2')],
    [attempt([sleep(9)], null, [sleep(1)])],
    [attempt([sleep(9)], except('cancelled', [sleep(3), giveBack(4)]))],
  ]),

  'wait goes through the queue, and FIRST_EXCEPTION ignores the cancelled': program([
    [
      spawn(1, 1),
      spawn(2, 2),
      spawn(3, 3),
      sleep(1),
      cancel('T1'),
      waitUntil('FIRST_EXCEPTION', null, 'T1', 'T2', 'T3'),
      waitUntil('ALL_COMPLETED', null, 'T1', 'T2', 'T1'),
      waitUntil('FIRST_COMPLETED', 0, 'F0', 'F1'),
      waitUntil('ALL_COMPLETED', 1, 'T3', 'F1'),
    ],
    [sleep(9)],
    [sleep(2), raise('found')],
    [sleep(5)],
  ]),

  'asCompleted times out once for each that remains': program([
    [
      spawn(1, 1),
      spawn(2, 2),
      spawn(3, 1),
      asCompleted('next', 2, 'T1', 'T2', 'T3', 'B3'),
      attempt([asCompleted('each', 1, 'T3', 'F0', 'B3')], except('timeout')),
      asCompleted('each', 0, 'T2'),
    ],
    [sleep(4), giveBack(1)],
    [sleep(1), raise('one of them')],
    [sleep(2), giveBack(3)],
  ]),

  'a cancelled gather whose last child ended well throws a cancel without a reason': program([
    [attempt([timeout(0, 1, gather('B1'))], except('timeout')), spawn(1, 2), sleep(1), cancel('T1', 'why')],
    [attempt([sleep(5)], null, [giveBack(0)])],
    [attempt([gatherSettled('B1', 'B1')], except('all'))],
  ]),

  'gather with errors as results leaves the error of a cancelled task to the next who asks': program([
    [spawn(1, 1), giveWay(), cancel('T1', 'red'), gatherSettled('T1'), read('T1'), read('T1')],
    [sleep(1)],
  ]),
}
