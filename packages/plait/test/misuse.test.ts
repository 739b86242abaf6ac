import { afterAll, describe, expect, test } from 'vitest'
import { codes as kernelCodes } from '../src/errors/misuse.ts'
import { codes as bridgeCodes } from '../src/errors/misuse-bridges.ts'
import { codes as executorCodes } from '../src/errors/misuse-executors.ts'
import { codes as geventCodes } from '../src/errors/misuse-gevent.ts'
import { codes as greenletCodes } from '../src/errors/misuse-greenlets.ts'
import { codes as inlineCodes } from '../src/errors/misuse-inline.ts'
import { codes as scopeCodes } from '../src/errors/misuse-scopes.ts'
import { codes as togetherCodes } from '../src/errors/misuse-together.ts'
import { call } from '../src/greenlet.ts'
import {
  asyncGenerator,
  Context,
  ContextVar,
  type Coroutine,
  closing,
  contextmanager,
  coroutine,
  createTask,
  currentTask,
  type Emit,
  EventLoop,
  ExitStack,
  events,
  Future,
  fromCallback,
  gather,
  getEventLoop,
  MisuseError,
  pipe,
  Runner,
  sleep,
  sourceOf,
  suppress,
  type TaskGroup,
  Timeout,
  taskGroup,
  timeout,
  until,
  wait,
} from '../src/index.ts'
import { runVirtual } from '../src/testing.ts'
import { mistakes as ofExecutors, pool } from './executors/mistakes.ts'
import { mistakes as ofGevent } from './gevent/mistakes.ts'
import { mistakes as ofGreenlets } from './greenlet/mistakes.ts'
import { loosely, type Mistake } from './mistake.ts'
import { mistakes as ofSync } from './sync/mistakes.ts'

const two = coroutine(function* two(): Generator<unknown, void, unknown> {
  yield 1
  yield 2
})

const once = contextmanager(function* once() {
  yield 1
})

/** The error that a task ends with. */
const inTask = (body: () => unknown) => runVirtual(body as () => Generator<never, unknown, never>)

const mistakes: Record<string, Mistake> = {
  ...ofSync,
  ...ofExecutors,
  ...ofGreenlets,
  ...ofGevent,
  sentBeforeStart: {
    make: () => two().send('early'),
    says: ['"two"', '"early"', 'call next() first', 'primed('],
  },
  alreadyRunning: {
    make: () => {
      const self: { it?: Coroutine<void, unknown, unknown> } = {}
      self.it = coroutine(function* loop(): Generator<unknown, void, unknown> {
        self.it?.next()
        yield
      })()
      self.it.next()
    },
    says: ['"loop"', 'let it suspend first'],
  },
  ignoredExit: {
    make: () => {
      const stubborn = coroutine(function* stubborn(): Generator<unknown, void, unknown> {
        try {
          yield 1
        } catch {
          yield 'no'
        }
      })()
      stubborn.next()
      stubborn.close()
    },
    says: ['"stubborn"', '"no"', 'must return or throw'],
  },
  drivenElsewhere: {
    make: () => {
      const inner = two()
      const outer = coroutine(function* outer(): Generator<unknown, void, unknown> {
        yield* inner
      })()
      outer.next()
      inner.next()
    },
    says: ['"two"', '"outer"', 'make another one'],
  },
  waitResumedByHand: {
    make: () => {
      const waiting = coroutine(function* waiting() {
        yield* new Future<void>()
      })()
      waiting.next()
      waiting.next()
    },
    says: ['coroutine', 'createTask(…)', 'run(…)'],
  },
  stopIteration: {
    make: () =>
      coroutine(function* sly(): Generator<unknown, void, unknown> {
        throw { done: true, value: 1 }
      })().next(),
    says: ['"sly"', 'return'],
  },
  notAGeneratorFunction: {
    make: () => coroutine(loosely(async function load() {})),
    says: ['function* ()', 'load'],
  },
  waitedTwice: {
    make: () =>
      inTask(function* () {
        const call = sleep(1)
        yield* call
        yield* call
      }),
    says: ['sleep(…)', 'call it again', 'createTask(…)'],
  },
  coroutineReused: {
    make: () =>
      inTask(function* () {
        const one = coroutine(function* once() {})()
        yield* one
        yield* one
      }),
    says: ['"once"', 'call its function again', 'createTask(…)'],
  },
  forgottenStar: {
    make: () =>
      inTask(function* () {
        yield sleep(5)
      }),
    says: ['sleep(…)', 'write yield* sleep(…)'],
  },
  notAPromise: { make: () => until(loosely(5)), says: ['5', 'a promise or a function'] },
  yieldedPromise: {
    make: () =>
      inTask(function* () {
        yield Promise.resolve()
      }),
    says: ['promise', 'yield* until(promise)'],
  },
  notAWait: {
    make: () =>
      inTask(function* () {
        yield 42
      }),
    says: ['42', 'write yield*', 'bare yield'],
  },
  awaitedItself: {
    make: () =>
      inTask(function* () {
        yield* currentTask() as Future<unknown>
      }),
    says: ['main', 'wait for another task'],
  },
  notRunnable: { make: () => createTask(loosely('work')), says: ['"work"', 'pass a generator'] },
  promiseAsTask: {
    make: () => createTask(loosely(Promise.resolve())),
    says: ['promise', '() =>', 'until(promise)'],
  },
  returnedNothingToRun: {
    make: () =>
      inTask(function plain() {
        return 5
      }),
    says: ['plain', '5', 'async', 'plait-colorless'],
  },
  noTwin: {
    make: () => call(function untransformed() {}),
    says: ['call(…)', 'function untransformed', 'plait-colorless'],
  },
  settledTask: {
    make: () => inTask(async () => createTask(sleep(1)).setResult()),
    says: ['setResult()', 'new Future()'],
  },
  badDelay: { make: () => sleep(loosely('1s')), says: ['sleep', '"1s"', 'milliseconds'] },
  nothingToWaitFor: { make: () => wait([]), says: ['wait([])', 'pass at least one'] },
  waitNeedsTasks: { make: () => wait(loosely([sleep(1)])), says: ['Sleep', 'createTask(…)'] },
  unknownReturnWhen: {
    make: () => inTask(async () => wait([createTask(sleep(1))], { returnWhen: loosely('SOME') })),
    says: ['"SOME"', "'FIRST_COMPLETED'"],
  },
  timeoutNotEntered: {
    make: () => Reflect.construct(Timeout, [5]).reschedule(9),
    says: ['reschedule()', 'inside its body'],
  },
  timeoutOver: {
    make: () =>
      inTask(function* () {
        const scopes: Timeout[] = []
        yield* timeout(5, async scope => void scopes.push(scope))
        scopes[0]?.reschedule(9)
      }),
    says: ['finished', 'inside its body'],
  },
  scopeOutsideTask: {
    make: () =>
      coroutine(function* byHand() {
        yield* timeout(5, sleep(1))
      })().next(),
    says: ['run(…)', 'createTask(…)'],
  },
  groupFinished: {
    make: () =>
      inTask(function* () {
        const groups: TaskGroup[] = []
        yield* taskGroup(async group => void groups.push(group))
        groups[0]?.createTask(sleep(1))
      }),
    says: ['has ended', 'inside its body'],
  },
  groupShuttingDown: {
    make: () =>
      inTask(function* () {
        const caught: unknown[] = []
        yield* taskGroup(async group => {
          group.cancel()
          try {
            group.createTask(sleep(1))
          } catch (error) {
            caught.push(error)
          }
        })
        throw caught[0]
      }),
    says: ['shutting down', 'no task can join'],
  },
  loopClosed: {
    make: () => {
      const loop = new EventLoop()
      loop.close()
      loop.callSoon(() => {})
    },
    says: ['closed', 'new EventLoop()'],
  },
  loopRunning: { make: () => inTask(async () => getEventLoop().close()), says: ['close()', 'stop it first'] },
  loopStopped: {
    make: () => {
      const loop = new EventLoop()
      loop.callSoon(() => loop.stop())
      return loop.runUntilComplete(new Future<void>({ loop })).finally(() => loop.close())
    },
    says: ['stopped before', 'runUntilComplete()'],
  },
  callbackNotAFunction: {
    make: () => getEventLoop().callLater(5, loosely('later')),
    says: ['callLater', '"later"', 'function'],
  },
  runnerClosed: {
    make: async () => {
      const runner = new Runner()
      await runner.close()
      await runner.run(sleep(1))
    },
    says: ['Runner is closed', 'make another one'],
  },
  contextEntered: {
    make: () => {
      const context = new Context()
      context.run(() => context.run(() => {}))
    },
    says: ['entered already', 'context.copy().run('],
  },
  noContextValue: { make: () => new ContextVar('locale').get(), says: ['"locale"', 'set it', 'default'] },
  tokenUsed: {
    make: () =>
      new Context().run(() => {
        const variable = new ContextVar<number>('level')
        const token = variable.set(1)
        variable.reset(token)
        variable.reset(token)
      }),
    says: ['"level"', 'one reset()'],
  },
  tooDeepByValue: {
    make: () => {
      const dive: (depth: number) => Coroutine<void, unknown, unknown> = coroutine(function* (
        depth: number,
      ): Generator<unknown, void, unknown> {
        if (depth === 0) yield 'bottom'
        else yield* dive(depth - 1)
      })
      for (const value of dive(5000)) loosely(value)
    },
    says: ['for…of', 'step the outermost coroutine itself', 'a task'],
  },
  notAList: { make: () => wait(loosely(new Future<void>())), says: ['Future', 'a list, [a, b]'] },
  listNotSpread: { make: () => gather(loosely([sleep(1)])), says: ['an array of 1', 'gather(...list)'] },
  notASignal: {
    make: () => sleep(5, { signal: loosely('stop') }),
    says: ['"stop"', 'new AbortController().signal'],
  },
  notAContext: {
    make: () => createTask(sleep(1), { context: loosely({ user: 'ann' }) }),
    says: ['"ann"', 'copyContext()'],
  },
  badClock: { make: () => new EventLoop({ clock: loosely('fast') }), says: ['"fast"', "'virtual'", 'now()'] },
  badHost: { make: () => new EventLoop({ host: loosely({ port: 1 }) }), says: ['"port"', 'defaultHost()'] },
  noTaskMade: {
    make: () =>
      inTask(async () => {
        getEventLoop().setTaskFactory(() => loosely(undefined))
        createTask(sleep(1))
      }),
    says: ['undefined', 'must return a task'],
  },
  managerReused: {
    make: () => {
      const manager = once()
      manager.with(() => {})
      manager.with(() => {})
    },
    says: ['once(…)', 'call its function again'],
  },
  managerNeverYielded: {
    make: () => contextmanager(function* none(): Generator<never, void, unknown> {})().enter(),
    says: ['none(…)', 'yields once'],
  },
  managerYieldedTwice: {
    make: () =>
      contextmanager(function* twice() {
        yield 1
        yield 2
      })().with(() => {}),
    says: ['twice(…)', 'yields once'],
  },
  managerWaits: {
    make: () =>
      contextmanager(function* slow() {
        yield* sleep(1)
        yield
      })().enter(),
    says: ['slow(…)', 'asynccontextmanager(…)'],
  },
  exitWaits: {
    make: () => {
      const stack = new ExitStack()
      stack.callback(async () => {})
      stack.close()
    },
    says: ['ExitStack', 'a Promise', 'AsyncExitStack'],
  },
  stackClosed: {
    make: () => {
      const stack = new ExitStack()
      stack.close()
      stack.enter(once())
    },
    says: ['ExitStack is closed', 'make another one'],
  },
  notEnterable: {
    make: () => new ExitStack().enter(loosely('file')),
    says: ['ExitStack', '"file"', '[Symbol.dispose]()', 'callback()'],
  },
  nothingToClose: { make: () => closing(loosely('file')), says: ['"file"', 'close()'] },
  notAnErrorClass: { make: () => suppress(loosely('RangeError')), says: ['"RangeError"', 'error classes'] },
  notASource: { make: () => sourceOf(loosely('text')), says: ['"text"', 'an async iterable', '[item]'] },
  waitAsItem: {
    make: () =>
      inTask(() =>
        sourceOf<unknown>(
          (function* () {
            yield* sleep(1)
          })(),
        ).next(),
      ),
    says: ['a generator that waits', 'asyncGenerator(…)', 'yield* emit(item)'],
  },
  notASink: { make: () => pipe([1], loosely([])), says: ['an array of 0', 'a WritableStream', 'a channel'] },
  notAnEmitter: {
    make: () => events(loosely('door'), 'open'),
    says: ['events(…)', '"door"', 'EventEmitter'],
  },
  badEventName: {
    make: () => events(new EventTarget(), loosely(undefined)),
    says: ['events(…)', 'undefined', 'the name of an event'],
  },
  badOverflow: {
    make: () => events(new EventTarget(), 'open', { overflow: loosely('drop') }),
    says: ['"drop"', "'dropOldest'"],
  },
  notAnUndo: {
    make: () => inTask(() => fromCallback<void>(loosely(() => 5))),
    says: ['5', 'braces', 'until(…)'],
  },
  emittedTogether: {
    make: () =>
      inTask(function* () {
        const both = asyncGenerator(async (emit: Emit<number>) => {
          await Promise.all([emit(1), emit(2)])
        })
        yield* both().toArray()
      }),
    says: ['another emit', 'before the next'],
  },
  emittedTooLate: {
    make: () =>
      inTask(function* () {
        const flow = asyncGenerator(function* stubborn(emit: Emit<number>) {
          try {
            yield* emit(1)
          } finally {
            yield* emit(2)
          }
        })()
        yield* flow.next()
        yield* flow.stop()
      }),
    says: ['stubborn(…)', 'nobody would take', 'only clean up'],
  },
  tokenElsewhere: {
    make: () =>
      new Context().run(() => {
        const token = new ContextVar<number>('a').set(1)
        new ContextVar<number>('b').reset(token)
      }),
    says: ['"b"', 'reset it where it was set'],
  },
}

describe('every mistake the library names', () => {
  afterAll(() => pool.shutdown())

  test('has a row here, and every row is one', () => {
    const codes = [
      kernelCodes,
      togetherCodes,
      bridgeCodes,
      scopeCodes,
      executorCodes,
      inlineCodes,
      greenletCodes,
      geventCodes,
    ]
    expect(Object.keys(mistakes).sort()).toEqual(codes.flat().sort())
  })

  test.each(Object.entries(mistakes))('%s', async (code, { make, says }) => {
    let caught: unknown
    try {
      await make()
    } catch (error) {
      caught = error
    }
    expect(caught).toBeInstanceOf(MisuseError)
    expect((caught as MisuseError).code).toBe(code)
    expect((caught as Error).name).toBe('MisuseError')
    for (const words of says) expect((caught as Error).message).toMatch(words)
  })
})

test('other values in place of a delay are refused wherever a time is taken', async () => {
  const future = new Future<void>()
  for (const wrong of [Number.NaN, '5', undefined, {}] as never[]) {
    expect(() => sleep(wrong)).toThrow(MisuseError)
    expect(() => getEventLoop().callLater(wrong, () => {})).toThrow(MisuseError)
    if (wrong !== undefined) expect(() => timeout(wrong, future)).toThrow(MisuseError)
    if (wrong !== undefined) expect(() => wait([future], { timeoutMs: wrong })).toThrow(MisuseError)
  }
})

test('strings, lists, maps, numbers and nothing are not run as tasks, by none of the doors', async () => {
  const doors = [
    (wrong: never) => createTask(wrong),
    (wrong: never) => runVirtual(wrong),
    (wrong: never) => runVirtual(() => gather(wrong)),
    (wrong: never) => runVirtual(() => timeout(5, wrong)),
    (wrong: never) => runVirtual(() => taskGroup(wrong)),
  ]
  for (const wrong of ['text', [1], new Map(), new Set(), 5, null, undefined, {}] as never[]) {
    for (const door of doors) {
      await expect((async () => await door(wrong))(), String(door)).rejects.toThrow(MisuseError)
    }
  }
})
