import { AsyncLocalStorage } from 'node:async_hooks'
import { describe, expect, test } from 'vitest'
import { call, sleep, until } from '../../src/greenlet.ts'
import {
  type Awaitable,
  asCompleted,
  asyncGenerator,
  ContextVar,
  coroutine,
  createTask,
  currentTask,
  type Emit,
  Future,
  gather,
  getEventLoop,
  isCancelled,
  Lock,
  MisuseError,
  mapConcurrent,
  Queue,
  type Runnable,
  type Source,
  shield,
  sleep as sleepOperation,
  type TaskGroup,
  TaskPool,
  TimeoutError,
  taskGroup,
  timeout,
  waitFor,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { c0, c1, c2, give, S } from '../../src/twins.ts'
import { reports } from '../tasks/reports.ts'
import { fail, greenlet, inside, nap, type Twin } from '../twins/by-hand.ts'

/** A plain function where a body is asked for: no type tells that it has a twin. */
const body = <T>(fn: (...args: never[]) => T): (() => Awaitable<T>) => fn as never

const time = (): number => getEventLoop().time()

describe('sleep and until in a plain function', () => {
  test('wait on the clock of the loop', async () => {
    const main = greenlet('main', function* (): Twin<number> {
      const before = time()
      if (c1(sleep, 5) === S) (yield S)._result
      if (c1(sleep, 2) === S) (yield S)._result
      return time() - before
    })
    expect(await runVirtual(main)).toBe(7)
  })

  test('take turns with the others, in the order they came', async () => {
    const log: string[] = []
    const worker = (name: string) =>
      greenlet(name, function* (): Twin<void> {
        for (let i = 0; i < 3; i += 1) {
          log.push(name)
          if (c1(sleep, 0) === S) (yield S)._result
        }
      })
    await runVirtual(gather(body(worker('a')), body(worker('b'))))
    expect(log.join('')).toBe('ababab')
  })

  test('take anything that can be waited for', async () => {
    const queue = new Queue<string>()
    const future = new Future<number>()
    const things: [what: unknown, gives: unknown][] = [
      [Promise.resolve(1), 1],
      [async () => 2, undefined],
      [sleepOperation(3), undefined],
      [
        coroutine(function* () {
          yield* sleepOperation(1)
          return 'coroutine'
        })(),
        'coroutine',
      ],
      [
        (function* () {
          yield* sleepOperation(1)
          return 'generator'
        })(),
        'generator',
      ],
      [queue.get(), 'item'],
      [future, 7],
      [(signal: AbortSignal) => Promise.resolve(signal.aborted), false],
      [call(nap, 1, 'greenlet'), 'greenlet'],
    ]
    things.splice(1, 1)
    const main = greenlet('main', function* (): Twin<unknown[]> {
      const task = createTask(call(nap, 2, 'task'))
      const found: unknown[] = []
      createTask(function* () {
        yield* sleepOperation(4)
        yield* queue.put('item')
        future.setResult(7)
      })
      for (const [what] of [...things, [task, 'task'] as const]) {
        const r = c1(until, what)
        found.push(r === S ? (yield S)._result : r)
      }
      return found
    })
    expect(await runVirtual(main)).toEqual([...things.map(([, gives]) => gives), 'task'])
  })

  test('throw what they are given, where they stand', async () => {
    const boom = new Error('boom')
    await expect(runVirtual(call(until, () => Promise.reject(boom)))).rejects.toBe(boom)
    await expect(runVirtual(call(until, 5 as never))).rejects.toMatchObject({ code: 'notAPromise' })
    await expect(runVirtual(call(sleep, 'soon' as never))).rejects.toMatchObject({ code: 'badDelay' })
  })

  test('stand in line like any other', async () => {
    const lock = new Lock()
    const log: string[] = []
    const worker = (name: string) =>
      greenlet(name, function* (): Twin<void> {
        if (c1(sleep, 1) === S) (yield S)._result
        const r = c1(until, lock.acquire())
        const held = (r === S ? (yield S)._result : r) as Disposable
        log.push(`${name} has it`)
        if (c1(sleep, 1) === S) (yield S)._result
        log.push(`${name} had it`)
        held[Symbol.dispose]()
      })
    await runVirtual(gather(body(worker('a')), body(worker('b')), body(worker('c'))))
    expect(log).toEqual(['a has it', 'a had it', 'b has it', 'b had it', 'c has it', 'c had it'])
  })

  test('may be all that a task runs', async () => {
    const before = await runVirtual(function* () {
      const begun = time()
      yield* createTask(call(sleep, 5))
      yield* call(sleep, 5)
      yield* timeout(50, call(sleep, 5))
      return time() - begun
    })
    expect(before).toBe(15)
  })
})

describe('a plain function that can be suspended is taken by', () => {
  const napping = greenlet('napping', function* (): Twin<string> {
    const r = c2(nap, 5, 'slept')
    return (r === S ? (yield S)._result : r) as string
  })
  const slept = (n: unknown): unknown => n
  give(slept, function* (n: unknown): Twin<unknown> {
    const r = c2(nap, 1, n)
    return r === S ? (yield S)._result : r
  })
  const firstOf = (source: Source<Future<string>>): string => source.next() as never
  give(firstOf, function* (source: Source<Future<string>>): Twin<unknown> {
    const r = c1(until, source.next())
    const step = (r === S ? (yield S)._result : r) as IteratorResult<Future<string>>
    return step.value.result()
  })
  const rows: [name: string, wait: () => Runnable<unknown>, gives: unknown][] = [
    ['createTask', () => createTask(napping), 'slept'],
    ['a task begun eagerly', () => createTask(napping, { eagerStart: true }), 'slept'],
    ['gather', () => gather(body(napping), body(napping)), ['slept', 'slept']],
    ['asCompleted', () => call(firstOf, asCompleted([body(napping)])), 'slept'],
    ['timeout', () => timeout(50, body(napping)), 'slept'],
    ['waitFor', () => waitFor(body(napping), 50), 'slept'],
    ['shield', () => shield(body(napping)), 'slept'],
    ['taskGroup', () => taskGroup(body(napping)), 'slept'],
    [
      'the createTask of a group',
      () =>
        taskGroup(function* (group: TaskGroup) {
          return yield* group.createTask(body(napping))
        }),
      'slept',
    ],
    ['lock.hold', () => new Lock().hold(body(napping)), 'slept'],
    [
      'mapConcurrent',
      () => mapConcurrent([1, 2], body(slept) as never, { concurrency: 2 }).toArray(),
      [1, 2],
    ],
    ['the spawn of a pool', () => new TaskPool({ limit: 1 }).spawn(body(napping)), 'slept'],
    ['call', () => call(napping), 'slept'],
    ['an async function, awaiting call', () => async () => await call(napping), 'slept'],
  ]
  test.each(rows)('%s', async (_, wait, gives) => {
    const found = await runVirtual(function* () {
      const what = wait()
      return yield* typeof what === 'function' ? createTask(what) : what
    })
    expect(found).toEqual(gives)
  })

  test('run, and by an async generator that emits from it', async () => {
    expect(await runVirtual(napping)).toBe('slept')
    const emitting = (): unknown => undefined
    give(emitting, function* (emit: Emit<number>, count: number): Twin<void> {
      for (let i = 0; i < count; i += 1) if (c1(until, emit(i)) === S) (yield S)._result
    })
    const numbers = asyncGenerator(emitting as never) as (count: number) => AsyncIterable<number>
    const found = await runVirtual(async () => {
      const list: number[] = []
      for await (const n of numbers(3)) list.push(n)
      return list
    })
    expect(found).toEqual([0, 1, 2])
  })

  test('and so is one that nothing could suspend, where code is transformed', async () => {
    const plain = (): number => 5
    expect(await runVirtual(plain)).toBe(5)
    expect(await runVirtual(call(plain))).toBe(5)
    expect(await runVirtual(timeout(5, body(plain)))).toBe(5)
    expect(() => call(5 as never)).toThrow(MisuseError)
  })
})

describe('a cancel', () => {
  const log: string[] = []
  const deep = inside(
    'outer',
    inside(
      'middle',
      greenlet('inner', function* (): Twin<void> {
        try {
          if (c1(sleep, 1000) === S) (yield S)._result
          log.push('never')
        } catch (error) {
          log.push(isCancelled(error) ? `cancelled: ${error.reason}` : 'something else')
          throw error
        } finally {
          if (c1(sleep, 5) === S) (yield S)._result
          log.push('cleaned')
        }
      }),
    ),
  )

  test('is thrown at the wait, however deep it stands, and cleanup may wait', async () => {
    log.length = 0
    await runVirtual(function* () {
      const task = createTask(deep)
      yield* sleepOperation(1)
      const _before = time()
      task.cancel('enough')
      yield* waitFor(task, 100)
    }).catch((error: unknown) => expect(isCancelled(error)).toBe(true))
    expect(log).toEqual(['cancelled: enough', 'cleaned'])
  })

  test('of a timeout becomes a TimeoutError outside it, and the plain function stands free of it', async () => {
    log.length = 0
    await runVirtual(
      greenlet('main', function* (): Twin<void> {
        try {
          if (c1(until, timeout(10, body(deep))) === S) (yield S)._result
        } catch (error) {
          log.push((error as Error).name)
          expect(error).toBeInstanceOf(TimeoutError)
        }
        if (c1(sleep, 1) === S) (yield S)._result
        log.push(`${currentTask()?.cancelling()} left`)
      }),
    )
    expect(log).toEqual(['cancelled: undefined', 'cleaned', 'TimeoutError', '0 left'])
  })

  test('before its first step means that the body never runs', async () => {
    log.length = 0
    await runVirtual(function* () {
      const task = createTask(deep)
      task.cancel()
      yield
      expect(task.cancelled()).toBe(true)
    })
    expect(log).toEqual([])
  })
})

describe('over every switch a greenlet keeps', () => {
  test('its AsyncLocalStorage context and its context variables', async () => {
    const storage = new AsyncLocalStorage<string>()
    const user = new ContextVar<string>('user', { default: 'nobody' })
    const seen: unknown[] = []
    const look = greenlet('look', function* (): Twin<void> {
      for (const ms of [0, 5, 0]) {
        if (c1(sleep, ms) === S) (yield S)._result
        seen.push(`${storage.getStore()} ${user.get()}`)
      }
      if (c1(until, Promise.resolve()) === S) (yield S)._result
      seen.push(`${storage.getStore()} ${user.get()}`)
    })
    const named = (name: string) =>
      storage.run(name, () => {
        using _ = user.set(name)
        return createTask(inside('outer', look))
      })
    await runVirtual(function* () {
      yield* gather(named('ann'), named('bob'))
    })
    expect(seen.filter(line => line === 'ann ann')).toHaveLength(4)
    expect(seen.filter(line => line === 'bob bob')).toHaveLength(4)
  })

  test('its task', async () => {
    const names: unknown[] = []
    const main = greenlet('main', function* (): Twin<void> {
      names.push(currentTask()?.name)
      if (c2(nap, 1, 0) === S) (yield S)._result
      names.push(currentTask()?.name)
    })
    await runVirtual(function* () {
      yield* createTask(main, { name: 'mine' })
    })
    expect(names).toEqual(['mine', 'mine'])
  })
})

test('debug mode reports a call that nobody waited for, a cancel that was swallowed, and no plain wait', async () => {
  const swallowing = greenlet('swallowing', function* (): Twin<void> {
    try {
      if (c1(sleep, 100) === S) (yield S)._result
    } catch {}
    if (c1(until, call(nap, 1, 0)) === S) (yield S)._result
  })
  const told = await reports(
    function* () {
      const task = createTask(swallowing, { name: 'deaf' })
      yield* sleepOperation(1)
      task.cancel()
      yield* task
      call(nap, 1, 0)
      yield
    },
    { debug: true },
  )
  expect(told.map(({ message }) => message)).toEqual([
    expect.stringContaining('deaf'),
    expect.stringMatching(/nap was made and never waited for.*waits\.test\.ts/s),
  ])
})

test('an error of a callee that has suspended reaches whoever awaits', async () => {
  const boom = new Error('boom')
  await expect(runVirtual(async () => await call(fail, 1, boom))).rejects.toBe(boom)
  await expect(runVirtual(call(fail, 0, undefined))).rejects.toBeUndefined()
})

test('a callee that throws without having suspended costs no frame', async () => {
  const boom = new Error('boom')
  const thrower = greenlet('thrower', function* (): Twin<never> {
    throw boom
  })
  expect(
    await runVirtual(
      greenlet('main', function* (): Twin<unknown> {
        try {
          return c0(thrower)
        } catch (error) {
          return error
        }
      }),
    ),
  ).toBe(boom)
})
