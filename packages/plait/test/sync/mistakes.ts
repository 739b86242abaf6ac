import {
  BoundedSemaphore,
  Channel,
  Condition,
  Lock,
  PriorityQueue,
  Queue,
  Semaphore,
  select,
  sleep,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { loosely, type Mistake } from '../mistake.ts'

/** The mistakes one can make with what tasks wait on together. */
export const mistakes: Record<string, Mistake> = {
  badCount: {
    make: () => new Semaphore(1.5),
    says: ['new Semaphore(value)', 'whole number, 0 or more', '1.5'],
  },
  lockNotHeld: {
    make: () => new Lock({ name: 'ledger' }).release(),
    says: ['lock "ledger" is free', 'follows an acquire()', 'using held = yield* lock.acquire()'],
  },
  conditionNotHeld: {
    make: () => new Condition().notify(),
    says: ['notify()', 'lock of its condition', 'condition.hold('],
  },
  badOptions: { make: () => new Queue(10 as never), says: ['new Queue(…)', '10', 'by name'] },
  notALock: { make: () => new Condition({ name: 'changed' } as never), says: ['a Lock', 'undefined'] },
  asyncPredicate: {
    make: () =>
      runVirtual(function* () {
        const condition = new Condition()
        yield* condition.hold(condition.waitFor(async () => true))
      }),
    says: ['waitFor(predicate)', 'promise', 'plain function'],
  },
  releasedTooOften: {
    make: () => new BoundedSemaphore(3).release(),
    says: ['all its 3 permits', 'follows an acquire()'],
  },
  taskDoneTooOften: {
    make: () => new Queue().taskDone(),
    says: ['more often than items were put', 'once for each'],
  },
  incomparable: {
    make: () => new PriorityQueue().putNowait({ url: 'a' }),
    says: ['PriorityQueue', '"url"', '[priority, item]', 'compare:'],
  },
  badComparison: {
    make: () => new PriorityQueue<string>({ compare: loosely(() => true) }).putNowait('a'),
    says: ['compare(a, b)', 'a number', 'true'],
  },
  channelClosedTwice: {
    make: () => {
      const channel = new Channel({ name: 'lines' })
      channel.close()
      channel.close()
    },
    says: ['channel "lines" is closed already', 'whoever sends closes it, once'],
  },
  notSelectable: {
    make: () => runVirtual(select({ page: loosely(Promise.resolve()) })),
    says: ['"page"', 'Promise', 'withdrawn', 'createTask(…)'],
  },
  badCases: {
    make: () => select(loosely([sleep(1)])),
    says: ['by name', '{ job: jobs.get() }', 'an array of 1'],
  },
  emptySelect: {
    make: () => runVirtual(select({})),
    says: ['select({}) could never end', 'default: null'],
  },
  badDefault: {
    make: () => runVirtual(select({ default: loosely(sleep(1)) })),
    says: ['"default"', 'null', 'Sleep'],
  },
}
