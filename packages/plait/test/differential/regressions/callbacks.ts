import type { Program } from '../program.ts'
import {
  addCallback,
  attempt,
  callAt,
  callLater,
  callSoon,
  cancel,
  cancelHandle,
  currentTask,
  except,
  gather,
  getVariable,
  giveBack,
  giveWay,
  hurried,
  program,
  raise,
  removeCallback,
  setError,
  setResult,
  setVariable,
  sleep,
  spawn,
  spawnEagerly,
  wait,
} from '../words.ts'

/** Callbacks and timers, and turns of the host in between. */
export const callbacks: Readonly<Record<string, Program>> = {
  'callbacks run in the order added, in the context they were added in': program(
    [
      [
        setVariable(0, 3),
        addCallback('F0', 0),
        addCallback('F0', 1),
        addCallback('F0', 0),
        setVariable(0, 4),
        addCallback('F0', 2),
        removeCallback('F0', 1),
        setResult(0, 1),
        callSoon(1),
        giveWay(2),
        addCallback('F0', 1),
        setError(1, 'nobody'),
        giveWay(2),
      ],
    ],
    [[getVariable(0), currentTask], [getVariable(0), raise('in a callback')], [getVariable(0)]],
  ),

  'timers follow what is ready, earliest first, then in the order made': program(
    [
      [
        callLater(0, 0),
        callAt(-1, 1, 1),
        callLater(2, 2, 2),
        callLater(2, 0),
        callSoon(2),
        cancelHandle(2),
        spawn(1, 1),
        giveWay(2),
        sleep(3),
      ],
      [sleep(2)],
    ],
    [[], [], []],
  ),

  'a satisfied wait in an eager start takes no turn, however much the host wants one': hurried([
    [spawn(1, 1), giveWay(2), spawnEagerly(2, 2), currentTask],
    [giveBack(1)],
    [wait('T1'), gather('T1', 'T1'), wait('T1')],
  ]),

  'a cancel that is pending waits for a wait that suspends, however much the host wants a turn': hurried([
    [
      spawn(1, 1),
      giveWay(2),
      cancel('self', 'later'),
      wait('T1'),
      gather('T1'),
      attempt([giveWay()], except('all')),
    ],
    [giveBack(1)],
  ]),
}
