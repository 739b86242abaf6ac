import type { Program } from '../program.ts'
import {
  acquire,
  clear,
  count,
  counted,
  eventWait,
  hold,
  look,
  notified,
  notify,
  notifyAll,
  release,
  set,
  whatever,
} from '../things-words.ts'
import { cancel, giveWay, program, read, sleep, spawn, timeout } from '../words.ts'

/** Events and conditions. */
export const conditions: Readonly<Record<string, Program>> = {
  'an event that is set and cleared wakes those who wait already, and nobody else': program([
    [
      ...[spawn(1, 1), spawn(2, 1), giveWay()],
      set('event0'),
      clear('event0'),
      cancel('T2', 'between the wake and the step'),
      spawn(3, 1),
      sleep(2),
      set('event0'),
      set('event0'),
      sleep(1),
      read('T2'),
    ],
    [eventWait('event0'), eventWait('event0', 3)],
  ]),

  'the lock is free after a hold in which a condition was waited for': program([
    [spawn(1, 1), giveWay(), hold('condition1', notify('condition1')), giveWay(3), look('condition1')],
    [hold('condition1', notified('condition1'))],
  ]),

  'a notification that meets a cancel goes to another': program([
    [
      ...[spawn(1, 1), spawn(2, 1), spawn(3, 1), giveWay()],
      hold('condition0', notify('condition0'), cancel('T1', 'between the wake and the step')),
      sleep(3),
      hold('condition0', notify('condition0', 2), cancel('T3', 'this one too')),
      sleep(3),
    ],
    [hold('condition0', notified('condition0'))],
  ]),

  'a wait that is cancelled again and again takes the lock first, and throws the last cancel': program([
    [
      ...[spawn(1, 1), spawn(2, 1), giveWay()],
      acquire('condition1'),
      notify('condition1'),
      ...[giveWay(2), cancel('T1', 'first'), giveWay(2), cancel('T1', 'second'), giveWay(2)],
      ...[cancel('T2', 'never notified'), sleep(1), look('condition1')],
      release('condition1'),
      sleep(1),
      look('condition1'),
    ],
    [whatever(hold('condition1', notified('condition1'))), sleep(2)],
  ]),

  'a wait whose time is up has the lock again before it says so': program([
    [spawn(1, 1), giveWay(), hold('condition0', sleep(5), look('condition0')), sleep(2)],
    [
      acquire('lock0'),
      whatever(timeout(0, 2, notified('condition0'))),
      look('lock0'),
      whatever(notified('condition0', 1)),
      whatever(notified('condition0', 'inTask')),
      release('lock0'),
    ],
  ]),

  'waitFor asks at once and after each notification, gives what it got, and passes errors on': program([
    [
      ...[spawn(1, 1), spawn(2, 2), giveWay()],
      hold('condition1', notifyAll('condition1')),
      hold('condition1', count(1), notifyAll('condition1')),
      sleep(1),
      hold('condition1', count(1), notify('condition1')),
      sleep(1),
      spawn(3, 1),
      giveWay(2),
      hold('condition1', count(-9), notifyAll('condition1')),
      sleep(1),
      look('condition1'),
    ],
    [hold('condition1', counted('condition1', 2)), hold('condition1', counted('condition1', 3))],
    [hold('condition1', counted('condition1', 1, 9))],
  ]),

  'without the lock there is no waiting and no notifying, and any lock that is held will do': program([
    [
      ...[whatever(notified('condition0')), notify('condition0'), notifyAll('condition0')],
      whatever(counted('condition0', 1)),
      acquire('lock0'),
      spawn(1, 1),
      giveWay(2),
      look('lock0'),
      notifyAll('condition0'),
      sleep(1),
      release('lock0'),
    ],
    [whatever(notified('condition0'))],
  ]),
}
