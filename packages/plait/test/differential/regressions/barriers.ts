import type { Program } from '../program.ts'
import { abort, look, meet, reset, whatever } from '../things-words.ts'
import { cancel, giveWay, program, read, sleep, spawn, spawnEagerly } from '../words.ts'

/** Barriers. */
export const barriers: Readonly<Record<string, Program>> = {
  'those who come while a round leaves wait for their own': program([
    [
      spawn(1, 1),
      spawn(2, 1),
      spawn(3, 1),
      spawn(4, 1),
      giveWay(),
      look('barrier2'),
      sleep(1),
      look('barrier2'),
    ],
    [meet('barrier2'), meet('barrier2'), meet('barrier2')],
  ]),

  'a barrier for one trips at once': program([[meet('barrier1'), meet('barrier1'), look('barrier1')]]),

  'who is cancelled while waiting has not come': program([
    [
      ...[spawn(1, 1), spawn(2, 1), giveWay(), look('barrier3')],
      cancel('T1', 'no more'),
      ...[giveWay(), look('barrier3'), spawn(3, 1), giveWay(), look('barrier3'), spawn(4, 1), sleep(1)],
      look('barrier3'),
    ],
    [meet('barrier3')],
  ]),

  'who is cancelled after the barrier tripped does not keep the others': program([
    [
      ...[spawn(1, 1), spawn(2, 1), giveWay()],
      spawnEagerly(3, 1),
      cancel('T1', 'between the wake and the step'),
      spawnEagerly(4, 1),
      ...[sleep(1), look('barrier3'), read('T1')],
    ],
    [meet('barrier3')],
  ]),

  'a reset sends away those who wait, and the barrier is as new': program([
    [
      ...[spawn(1, 1), giveWay(), reset('barrier2'), look('barrier2'), spawnEagerly(2, 1)],
      ...[giveWay(3), look('barrier2'), meet('barrier2'), look('barrier2')],
    ],
    [whatever(meet('barrier2')), whatever(meet('barrier2', 4))],
  ]),

  'an abort breaks it for all who wait or come, until it is reset': program([
    [
      ...[spawn(1, 1), spawn(2, 1), giveWay(), abort('barrier3'), look('barrier3'), sleep(1)],
      ...[whatever(meet('barrier3')), reset('barrier3'), look('barrier3'), spawn(3, 1), spawn(4, 1)],
      ...[meet('barrier3', 'inTask'), look('barrier3')],
    ],
    [whatever(meet('barrier3'))],
  ]),

  'an abort in the very turn in which the barrier tripped breaks it for those who have not left': program([
    [spawn(1, 1), spawn(2, 1), giveWay(), spawnEagerly(3, 1), abort('barrier3'), sleep(1), look('barrier3')],
    [whatever(meet('barrier3'))],
  ]),

  'a reset of a barrier that is tripping': program([
    [spawn(1, 1), spawn(2, 1), giveWay(), spawnEagerly(3, 1), reset('barrier3'), sleep(1), look('barrier3')],
    [whatever(meet('barrier3')), whatever(meet('barrier3', 2))],
  ]),
}
