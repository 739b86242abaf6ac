import type { Program } from '../program.ts'
import {
  attempt,
  cancel,
  cancelling,
  except,
  giveBack,
  giveWay,
  program,
  read,
  reschedule,
  sleep,
  spawn,
  timeout,
  timeoutAt,
  wait,
  waitFor,
  waitForShield,
} from '../words.ts'

/** waitFor and timeouts. */
export const limits: Readonly<Record<string, Program>> = {
  'waitFor with no time left never starts the coroutine, and keeps a value that survives the cancel': program(
    [
      [
        attempt([waitFor('B1', 0)], except('timeout')),
        spawn(1, 2),
        sleep(1),
        waitFor('T1', 0),
        spawn(2, 3),
        sleep(1),
        waitFor('T2', -1),
      ],
      [sleep(1)],
      [attempt([sleep(9)], except('cancelled', [sleep(2), giveBack(6)]))],
      [giveBack(2)],
    ],
  ),

  'waitFor whose limit and result come at the same time': program([
    [
      attempt([waitFor('B1', 3)], except('timeout')),
      spawn(1, 1),
      attempt([waitFor('T1', 3)], except('timeout')),
      spawn(2, 1),
      giveWay(),
      attempt([waitForShield('T2', 3)], except('timeout')),
    ],
    [sleep(3), giveBack(1)],
  ]),

  'a cancel while waitFor runs out of time is not hidden': program([
    [spawn(1, 1), sleep(2), cancel('T1', 'outside'), attempt([wait('T1')], except('all')), read('T1')],
    [attempt([waitFor('B2', 2)], except('timeout', [cancelling()], 'rethrow'))],
    [attempt([sleep(9)], null, [sleep(1)])],
  ]),

  'two timeouts of one deadline: the inner one tells, the outer one fires too': program([
    [
      attempt(
        [timeout(0, 2, attempt([timeout(1, 2, sleep(9))], except('timeout', [cancelling(), sleep(1)])))],
        except('all'),
      ),
      cancelling(),
    ],
  ]),

  'a timeout compares with the count of cancels it was entered with': program([
    [spawn(1, 1), sleep(1), cancel('T1', 'before'), attempt([wait('T1')], except('all'))],
    [
      attempt([sleep(9)], except('cancelled')),
      cancelling(),
      attempt([timeout(0, 2, sleep(9))], except('timeout')),
      cancelling(),
    ],
  ]),

  'a cancel that collides with a timeout passes through it': program([
    [spawn(1, 1), sleep(2), cancel('T1', 'outside'), attempt([wait('T1')], except('all')), read('T1')],
    [attempt([timeout(0, 2, sleep(9))], except('all', [cancelling()], 'rethrow'))],
  ]),

  'a timeout rescheduled to the past fires in the next turn, to none never': program([
    [
      spawn(1, 1),
      attempt([timeout(0, 5, reschedule(0, -1), giveWay(3))], except('timeout')),
      timeout(1, 2, reschedule(1, null), sleep(4)),
      reschedule(1, 3),
      attempt([timeoutAt(2, 0, giveWay(2))], except('timeout')),
    ],
    [giveWay(4)],
  ]),
}
