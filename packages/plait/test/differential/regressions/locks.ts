import type { Program } from '../program.ts'
import { acquire, hold, look, release, whatever } from '../things-words.ts'
import { callSoon, cancel, giveWay, program, sleep, spawn, spawnEagerly, timeout } from '../words.ts'

/** Locks and semaphores: whose turn it is. */
export const locks: Readonly<Record<string, Program>> = {
  'nobody gets in between the release of a lock and the one it woke': program([
    [
      acquire('lock0'),
      spawn(1, 1),
      spawn(2, 1),
      giveWay(),
      release('lock0'),
      look('lock0'),
      acquire('lock0'),
      sleep(1),
      release('lock0'),
    ],
    [acquire('lock0'), giveWay(2), release('lock0')],
  ]),

  'a lock whose next owner was cancelled goes to the one after it': program([
    [
      acquire('lock0'),
      ...[spawn(1, 1), spawn(2, 1), spawn(3, 1), giveWay()],
      release('lock0'),
      cancel('T1', 'between the wake and the step'),
      cancel('T3', 'while waiting'),
      giveWay(2),
      look('lock0'),
    ],
    [hold('lock0', sleep(2))],
  ]),

  'two releases of one turn wake one task, and the second is refused': program([
    [acquire('lock0'), spawn(1, 1), spawn(2, 1), giveWay(), release('lock0'), release('lock0'), sleep(9)],
    [hold('lock0', giveWay(2))],
  ]),

  'a lock that another task released and took is released under its holder, whose end is refused': program([
    [spawn(1, 1), giveWay(), release('lock0'), spawn(2, 2), sleep(9), look('lock0')],
    [whatever(hold('lock0', sleep(2)))],
    [whatever(hold('lock0', sleep(4)))],
  ]),

  'a lock is released by a callback, and taken eagerly': program(
    [
      [
        acquire('lock1'),
        spawnEagerly(1, 1),
        spawnEagerly(2, 1),
        callSoon(0),
        sleep(5),
        callSoon(0),
        sleep(1),
      ],
      [acquire('lock1'), look('lock1'), sleep(2), release('lock1')],
    ],
    [[release('lock1'), look('lock1')]],
  ),

  'an acquire under a limit, and in a task of its own, leave the line when they end': program([
    [
      acquire('lock0'),
      spawn(1, 1),
      spawn(2, 2),
      spawn(3, 3),
      sleep(3),
      cancel('T2', 'enough'),
      release('lock0'),
    ],
    [whatever(acquire('lock0', 2)), whatever(acquire('lock0', 0))],
    [whatever(acquire('lock0', 'inTask'))],
    [whatever(timeout(0, 9, acquire('lock0'))), look('lock0')],
  ]),

  'a permit whose owner was cancelled passes to the next': program([
    [
      acquire('semaphore1'),
      ...[spawn(1, 1), spawn(2, 1), spawn(3, 1), giveWay()],
      release('semaphore1'),
      cancel('T1', 'between the wake and the step'),
      look('semaphore1'),
      giveWay(),
      look('semaphore1'),
      sleep(9),
      look('semaphore1'),
    ],
    [hold('semaphore1', sleep(1))],
  ]),

  'who comes while others are in line waits, though permits are free': program([
    [
      acquire('semaphore2'),
      acquire('semaphore2'),
      ...[spawn(1, 1), spawn(2, 1), giveWay()],
      release('semaphore2'),
      release('semaphore2'),
      release('semaphore2'),
      look('semaphore2'),
      acquire('semaphore2'),
      look('semaphore2'),
    ],
    [acquire('semaphore2'), sleep(1), release('semaphore2')],
  ]),

  'those who queued behind one that was woken get the permits that were left, also if it is cancelled':
    program([
      [
        ...[spawn(1, 1), giveWay(), release('semaphore0'), release('semaphore0')],
        spawnEagerly(2, 1),
        ...[look('semaphore0'), giveWay(3), look('semaphore0')],
        ...[spawn(3, 1), giveWay(), release('semaphore0'), release('semaphore0')],
        ...[spawnEagerly(4, 1), spawnEagerly(5, 1), cancel('T3', 'woken')],
        ...[giveWay(3), look('semaphore0')],
      ],
      [acquire('semaphore0')],
    ]),

  'a bounded semaphore refuses one release too many, also at the end of a hold': program([
    [release('bounded1'), spawn(1, 1), giveWay(), release('bounded1'), sleep(3), look('bounded1')],
    [whatever(hold('bounded1', sleep(2))), hold('bounded1', look('bounded1'))],
  ]),
}
