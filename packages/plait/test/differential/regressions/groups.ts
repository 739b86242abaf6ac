import type { Program } from '../program.ts'
import {
  attempt,
  cancel,
  cancelling,
  currentTask,
  except,
  getVariable,
  giveBack,
  giveWay,
  group,
  program,
  raise,
  read,
  setVariable,
  sleep,
  spawn,
  spawnEagerly,
  spawnIn,
  wait,
} from '../words.ts'

/** Task groups and eager starts. */
export const groups: Readonly<Record<string, Program>> = {
  'a group whose child fails cancels the others, then its parent once': program([
    [
      attempt([group(0, spawnIn(0, 1, 1), spawnIn(0, 2, 2), sleep(9))], except('ordinary')),
      cancelling(),
      sleep(1),
    ],
    [sleep(2), raise('first')],
    [attempt([sleep(9)], null, [sleep(1)])],
  ]),

  'a group redelivers a cancel from outside that collides with a failing child': program([
    [spawn(1, 1), sleep(2), cancel('T1', 'outside'), attempt([wait('T1')], except('all')), read('T1')],
    [
      attempt([group(0, spawnIn(0, 2, 2), sleep(9))], except('all', [cancelling()])),
      attempt([sleep(1)], except('all')),
    ],
    [sleep(2), raise('first')],
  ]),

  'a group that is leaving when a child fails and a cancel comes': program([
    [
      spawn(1, 1),
      sleep(2),
      cancel('T1', 'one'),
      giveWay(),
      cancel('T1', 'two'),
      attempt([wait('T1')], except('all')),
    ],
    [attempt([group(0, spawnIn(0, 2, 2), spawnIn(0, 3, 3))], except('all', [cancelling()], 'rethrow'))],
    [attempt([sleep(9)], null, [sleep(2)])],
    [sleep(2), giveWay(), raise('second')],
  ]),

  'errors of nested groups nest, and a failing body comes last': program([
    [
      attempt(
        [group(0, spawnIn(0, 1, 1), spawnIn(0, 2, 2), sleep(1), raise('body'))],
        except('ordinary', [cancelling()]),
      ),
    ],
    [group(1, spawnIn(1, 3, 3), sleep(9))],
    [attempt([sleep(9)], except('cancelled', [raise('cleanup')]))],
    [sleep(1), raise('leaf')],
  ]),

  'a group takes no task when it is shutting down or over': program([
    [
      attempt(
        [group(0, spawnIn(0, 1, 1), attempt([sleep(9)], except('all', [spawnIn(0, 2, 2)])))],
        except('all'),
      ),
      spawnIn(0, 3, 2),
      currentTask,
    ],
    [raise('now')],
    [sleep(1)],
  ]),

  'an eager task runs at once, as itself, and gives the task that made it back': program([
    [
      setVariable(0, 5),
      spawnEagerly(1, 1),
      currentTask,
      getVariable(0),
      spawnEagerly(2, 2),
      read('T2'),
      wait('T1'),
    ],
    [
      currentTask,
      getVariable(0),
      setVariable(0, 6),
      spawnEagerly(3, 2),
      currentTask,
      sleep(1),
      getVariable(0),
    ],
    [giveBack(9)],
  ]),

  'a group learns of an eager failure through the queue': program([
    [
      spawn(2, 2),
      attempt([group(0, spawnIn(0, 1, 1, true), currentTask, giveWay(3))], except('all', [cancelling()])),
    ],
    [raise('eager')],
    [giveWay(4)],
  ]),
}
