import { InlineExecutor } from '../../src/executors.ts'
import {
  config,
  Group,
  getHub,
  iwait,
  kill,
  Local,
  Queue,
  RLock,
  Semaphore,
  signalHandler,
  spawn,
  ThreadPool,
  Timeout,
  Waiter,
} from '../../src/gevent.ts'
import { createTask } from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { loosely, type Mistake } from '../mistake.ts'

/** Runs a program in a task, as greenlets are. */
function inTask(body: () => unknown): Promise<void> {
  return runVirtual(function* () {
    body()
  })
}

/** Does something where the modules of Node.js are not. */
function outsideNode(body: () => unknown): void {
  const { getBuiltinModule } = process
  process.getBuiltinModule = loosely(() => undefined)
  try {
    body()
  } finally {
    process.getBuiltinModule = getBuiltinModule
  }
}

class Tinted extends Local<{ color: string }> {
  constructor(color: string) {
    super()
    this.color = color
  }
}

class Secret extends Local<object> {
  readonly #secret = 1
  get secret(): number {
    return this.#secret
  }
}

/** The mistakes one can make with gevent's part. */
export const mistakes: Record<string, Mistake> = {
  waiterInUse: {
    make: () =>
      runVirtual(function* () {
        const waiter = new Waiter<void>()
        const first = createTask(() => waiter._get())
        const second = createTask(() => waiter._get())
        getHub().runCallback(() => waiter.switch())
        yield* first
        yield* second
      }),
    says: ['AsyncResult'],
  },
  notAFunctionToRun: { make: () => spawn(loosely('work')), says: ['spawn(…)', '"work"'] },
  timeoutPending: {
    make: () => inTask(() => Timeout.startNew(10).start()),
    says: ['<Timeout 10 ms, pending>', 'cancel()'],
  },
  timeoutClosed: {
    make: () =>
      inTask(() => {
        const timeout = Timeout.startNew(10)
        timeout.close()
        timeout.start()
      }),
    says: ['<Timeout 10 ms>', 'make a new one'],
  },
  notLinkable: { make: () => iwait([loosely(7)]), says: ['iwait(…)', '7', 'rawlink()'] },
  notToBeKilled: { make: () => kill(loosely('worker')), says: ['kill(…)', '"worker"', 'spawn(fn, …)'] },
  linkNotCallable: {
    make: () => inTask(() => spawn(() => {}).link(loosely('done'))),
    says: ['"done"', 'AsyncResult'],
  },
  notAMember: { make: () => new Group().add(loosely('work')), says: ['"work"', 'spawn(fn, …)'] },
  poolWithoutExecutor: { make: () => new ThreadPool(loosely(4)), says: ['4', 'plait/executors'] },
  poolOfAnotherLoop: {
    make: async () => {
      const pool = new ThreadPool(new InlineExecutor())
      await runVirtual(function* () {
        pool.spawn(() => 1)
      })
    },
    says: ['another'],
  },
  badPermits: { make: () => new Semaphore(-1), says: ['Semaphore', '-1', 'from 0 on'] },
  lockOfAnother: {
    make: () =>
      runVirtual(function* () {
        const lock = new RLock()
        yield* lock._acquire()
        yield* createTask(
          function* () {
            lock.release()
          },
          { name: 'other' },
        )
      }),
    says: ['called by other', 'held by main', 'gives it back'],
  },
  badQueueSize: { make: () => new Queue(2.5), says: ['2.5', '0 or none'] },
  unknownSetting: {
    make: () => Object.assign(config, { maxBlockingTim: 5 }),
    says: ['"maxBlockingTim"', 'maxBlockingTime'],
  },
  badSetting: {
    make: () => Object.assign(config, { maxBlockingTime: '1s' }),
    says: ['config.maxBlockingTime', '"1s"', 'milliseconds'],
  },
  localArguments: { make: () => new Tinted('red'), says: ['Tinted', 'an argument', 'super(…)'] },
  localPrivate: {
    make: () => {
      const local = new Secret()
      return inTask(() => local.secret)
    },
    says: ['Secret', 'private field', 'property'],
  },
  badSignal: {
    make: () => signalHandler(loosely('SIGNOTHING'), () => {}),
    says: ['"SIGNOTHING"', "'SIGTERM'"],
  },
  signalNotHandled: { make: () => signalHandler('SIGKILL', () => {}), says: ['SIGKILL', 'SIGTERM'] },
  noSignals: {
    make: () => outsideNode(() => signalHandler('SIGTERM', () => {})),
    says: ['outside of Node.js', 'main thread'],
  },
  noMonitorThread: {
    make: () => inTask(() => outsideNode(() => getHub().startPeriodicMonitoringThread())),
    says: ['worker_threads'],
  },
}
