import type { Program } from '../program.ts'
import {
  attempt,
  cancel,
  cancelling,
  except,
  gatherSettled,
  giveBack,
  program,
  read,
  setResult,
  shield,
  sleep,
  spawn,
  uncancel,
  wait,
} from '../words.ts'

/** Cancelling tasks: before their start, in their cleanup, through a shield. */
export const cancellation: Readonly<Record<string, Program>> = {
  'a task cancelled before its first step never runs its body': program([
    [spawn(1, 1), cancel('T1', 'early'), attempt([wait('T1')], except('all')), read('T1')],
    [attempt([sleep(1)], null, [sleep(1)])],
  ]),

  'returning from finally swallows a cancel': program([
    [spawn(1, 1), sleep(1), cancel('T1', 'stop'), wait('T1'), cancelling('T1'), read('T1')],
    [attempt([sleep(5)], null, [sleep(2), giveBack(7)])],
  ]),

  'a cancel that meets a finished wait is thrown at its step, with its reason': program([
    [spawn(1, 1), sleep(1), setResult(0, 5), cancel('T1', 'late'), attempt([wait('T1')], except('all'))],
    [attempt([wait('F0')], except('cancelled', [wait('F0'), sleep(1)], 'rethrow'))],
  ]),

  'cancelling oneself takes effect at the next wait, or at the end': program([
    [spawn(1, 1), spawn(2, 2), attempt([gatherSettled('T1', 'T2')], except('all')), read('T1'), read('T2')],
    [cancel('self', 'at the wait'), attempt([sleep(3)], except('cancelled', [cancelling()], 'rethrow'))],
    [cancel('self', 'at the end'), giveBack(3)],
  ]),

  'uncancel to 0 takes back a cancel that was not delivered yet': program([
    [spawn(1, 1), sleep(1), wait('T1')],
    [cancel('self'), uncancel(), sleep(2), giveBack(4)],
  ]),

  'a second cancel interrupts the cleanup, and its reason is the one that counts': program([
    [spawn(1, 1), sleep(1), cancel('T1', 'one'), sleep(1), cancel('T1', 'two'), gatherSettled('T1')],
    [attempt([sleep(9)], null, [attempt([sleep(9)], null, [cancelling(), sleep(1)])])],
  ]),

  'the first who asks gets the error that ended a task, later ones a fresh one': program([
    [
      spawn(1, 1),
      spawn(2, 2),
      spawn(3, 2),
      sleep(1),
      cancel('T1', 'red'),
      gatherSettled('T2', 'T3'),
      read('T1'),
    ],
    [sleep(9)],
    [attempt([shield('T1')], except('cancelled')), attempt([wait('T1')], except('all'))],
  ]),

  'cancelling who waits for a shield leaves the inner task running': program([
    [
      spawn(1, 1),
      spawn(2, 2),
      sleep(1),
      cancel('T2', 'enough'),
      attempt([wait('T2')], except('all')),
      wait('T1'),
    ],
    [sleep(4), giveBack(1)],
    [shield('T1')],
  ]),

  'a shield is cancelled by its inner task, and gives the result of one that is done': program([
    [
      spawn(1, 1),
      spawn(2, 2),
      sleep(1),
      cancel('T1', 'inside'),
      attempt([wait('T2')], except('all')),
      spawn(3, 3),
      sleep(1),
      shield('T3'),
    ],
    [sleep(4)],
    [shield('T1')],
    [giveBack(8)],
  ]),
}
