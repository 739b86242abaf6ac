import type { Program } from '../program.ts'
import { get, getNowait, join, look, put, putNowait, shutdown, taskDone, whatever } from '../things-words.ts'
import { callSoon, cancel, giveWay, program, sleep, spawn, spawnEagerly } from '../words.ts'

/** Queues. */
export const queues: Readonly<Record<string, Program>> = {
  'one who was woken for an item and cancelled passes it on': program([
    [
      ...[spawn(1, 1), spawn(2, 1), giveWay()],
      putNowait('queue0'),
      cancel('T1', 'between the wake and the step'),
      ...[sleep(1), look('queue0')],
    ],
    [get('queue0')],
  ]),

  'one who was woken for room and cancelled passes it on': program([
    [
      ...[putNowait('queue1'), spawn(1, 1), spawn(2, 1), giveWay()],
      getNowait('queue1'),
      cancel('T1', 'between the wake and the step'),
      ...[sleep(1), look('queue1'), getNowait('queue1')],
    ],
    [put('queue1')],
  ]),

  'one who is quicker takes the item, and the one who was woken waits at the end of the line': program([
    [
      ...[spawn(1, 1), spawn(2, 1), giveWay()],
      putNowait('queue2'),
      get('queue2'),
      ...[giveWay(), putNowait('queue2'), putNowait('queue2'), sleep(1), look('queue2')],
    ],
    [get('queue2')],
  ]),

  'one who is quicker takes the room': program([
    [
      ...[putNowait('queue1'), spawn(1, 1), spawn(2, 1), giveWay()],
      getNowait('queue1'),
      putNowait('queue1'),
      ...[giveWay(2), getNowait('queue1'), sleep(1), getNowait('queue1'), sleep(1), getNowait('queue1')],
    ],
    [put('queue1')],
  ]),

  'an item wakes one, and two items of one turn wake two': program(
    [
      [spawn(1, 1), spawn(2, 1), spawn(3, 1), giveWay(), callSoon(0), callSoon(0), sleep(1), look('lifo0')],
      [get('lifo0')],
    ],
    [[putNowait('lifo0')]],
  ),

  'equals come out of a PriorityQueue in the order they got in, also those who had to wait': program([
    [
      ...[putNowait('priority2', 2), putNowait('priority2', 1)],
      ...[spawn(1, 1), spawn(2, 2), spawn(3, 1), giveWay()],
      ...[get('priority2'), giveWay(2), get('priority2'), giveWay(2)],
      ...[get('priority2'), get('priority2'), get('priority2'), getNowait('priority2')],
    ],
    [put('priority2', 2)],
    [put('priority2', 1)],
  ]),

  'a LifoQueue gives the last first': program([
    [
      put('lifo2', 1),
      put('lifo2', 2),
      whatever(put('lifo2', 3, 1)),
      get('lifo2'),
      get('lifo2'),
      look('lifo2'),
    ],
  ]),

  'a shutdown lets what is there be taken, and sends away who waits': program([
    [
      ...[putNowait('queue1'), spawn(1, 1), spawn(2, 1), giveWay()],
      shutdown('queue1'),
      ...[look('queue1'), putNowait('queue1'), giveWay(2), get('queue1'), getNowait('queue1')],
      ...[whatever(get('queue1')), whatever(put('queue1')), shutdown('queue1', true)],
      ...[taskDone('queue1'), taskDone('queue1'), join('queue1')],
    ],
    [whatever(put('queue1'))],
  ]),

  'a shutdown sends away who waits for an item': program([
    [spawn(1, 1), spawn(2, 1), giveWay(), shutdown('lifo0'), cancel('T2', 'too'), sleep(1)],
    [get('lifo0')],
  ]),

  'an immediate shutdown drops what is there, and counts what was taken': program([
    [
      ...[putNowait('priority0'), putNowait('priority0'), putNowait('priority0'), getNowait('priority0')],
      ...[spawn(1, 1), giveWay(), shutdown('priority0', true), look('priority0'), giveWay(2)],
      ...[taskDone('priority0'), taskDone('priority0'), sleep(1)],
    ],
    [join('priority0')],
  ]),

  'an immediate shutdown of a queue of which nothing was taken ends the joining': program([
    [putNowait('queue0'), spawn(1, 1), giveWay(), shutdown('queue0', true), sleep(1)],
    [join('queue0')],
  ]),

  'who joins goes on though there is work again before it runs': program([
    [
      ...[join('queue0'), putNowait('queue0'), spawn(1, 1), giveWay(), getNowait('queue0')],
      ...[taskDone('queue0'), putNowait('queue0'), spawnEagerly(2, 1), sleep(1)],
      ...[taskDone('queue0'), taskDone('queue0')],
    ],
    [join('queue0')],
  ]),

  'a get with no time left takes nothing': program([
    [
      putNowait('queue0'),
      whatever(get('queue0', 0)),
      look('queue0'),
      get('queue0', 'inTask'),
      look('queue0'),
    ],
  ]),
}
