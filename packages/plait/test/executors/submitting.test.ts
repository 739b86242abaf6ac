import { afterAll, describe, expect, test } from 'vitest'
import { InlineExecutor, type Job, remoteModule, toThread } from '../../src/executors.ts'
import {
  coroutine,
  createTask,
  EventLoop,
  gather,
  getEventLoop,
  MisuseError,
  run,
  sleep,
  type Task,
  wait,
} from '../../src/index.ts'
import { strict } from './inline-functions.ts'
import { add, addAsync, addInCoroutine, addWaiting, square, where } from './jobs/plain.ts'
import { markAndWait } from './jobs/waiting.ts'
import { errorOf, kinds, Mark } from './pools.ts'

const { multiply, nothingOfThatName } = remoteModule<
  typeof import('./jobs/plain.ts') & { nothingOfThatName(): void }
>(new URL('./jobs/plain.ts', import.meta.url))

const executors = [
  ...kinds.map(({ kind, make }) => ({ kind, make: () => make({ workers: 1 }) })),
  { kind: 'tasks of this loop', make: () => new InlineExecutor({ strict: true }) },
]

describe.each(executors)('what can be submitted to $kind', ({ make }) => {
  const pool = make()
  afterAll(() => pool.shutdown())

  test.each([
    ['a plain function', add],
    ['an async function', addAsync],
    ['a generator function', addWaiting],
    ['a coroutine function', addInCoroutine],
  ])('%s declared with remote(…)', async (_color, fn) => {
    expect(await pool.submit(fn as typeof add, 2, 3)).toBe(5)
  })

  test.each([
    ['an arrow function', (a: number, b: number) => a + b],
    ['a function expression', strict('function (a, b) { return a + b }')],
    [
      'a method',
      {
        sum(a: number, b: number) {
          return a + b
        },
      }.sum,
    ],
    ['an async function', async (a: number, b: number) => a + b],
    [
      'a generator function',
      function* sum(a: number, b: number) {
        return a + b
      },
    ],
  ])('%s that stands in its own text', async (_what, fn) => {
    expect(await pool.submit(fn as typeof add, 2, 3)).toBe(5)
  })

  test('nothing that needs its surroundings: refused at once, naming what it would miss', () => {
    const rate = 3
    const outer = [1]
    const closure = (n: number): number => n * rate + outer.length
    for (const submit of [
      () => pool.submit(closure, 1),
      () => pool.run(closure, 1),
      () => pool.spawn(closure, 1),
      () => pool.map(closure, [1]),
      () => pool.with({ name: 'a' }).submit(closure, 1),
    ])
      expect(submit).toThrow(
        /"closure" uses outer variables, .*rate.* and .*outer.*pass them as arguments.*remote/,
      )
  })

  test.each([
    ['a bound function', Math.max.bind(undefined), /bound max/],
    ['a built-in function', Math.sqrt, /Math\.sqrt\(x\)/],
    ['a class', class Account {}, /the class "Account"/],
    ['an async generator function', async function* rows() {}, /async generator/],
    [
      'a coroutine function that is not declared',
      coroutine(function* here() {}),
      /remote\(import\.meta\.url/,
    ],
    ['what is no function', 'add', /submit\(…\) takes a function first, and got "add"/],
  ])('nor %s', (_what, fn, says) => {
    expect(() => pool.submit(fn as typeof add, 1, 2)).toThrow(MisuseError)
    expect(() => pool.submit(fn as typeof add, 1, 2)).toThrow(says)
  })
})

describe.each(kinds)('the doors of a pool of $kind', ({ make }) => {
  const pool = make({ workers: 2 })
  afterAll(() => pool.shutdown())

  test('submit gives a future: waited for any number of times, in either color', async () => {
    const job: Job<number> = pool.submit(add, 1, 2)
    expect([await job, await job, await run(() => job.then(sum => sum))]).toEqual([3, 3, 3])
    expect(String(job)).toBe('<Job add finished result=3>')
  })

  test('run gives the result, and calls can be gathered', async () => {
    const squares = await run(() => gather(...[1, 2, 3].map(n => pool.run(square, n))))
    expect(squares).toEqual([1, 4, 9])
  })

  test('spawn gives a task of this loop, named after its function or as asked', async () => {
    const one: Task<number> = pool.spawn(addWaiting, 1, 2)
    const two = pool.with({ name: 'the second' }).spawn(addWaiting, 3, 4)
    expect([one.name, two.name]).toEqual(['addWaiting', 'the second'])
    expect([await one, await two]).toEqual([3, 7])
  })

  test('a module that was not loaded here lends its functions by name', async () => {
    expect(await pool.submit(multiply, 6, 7)).toBe(42)
    expect(() => multiply(6, 7)).toThrow(/known here by name only/)
    expect(await errorOf(pool.submit(nothingOfThatName))).toMatchObject({
      code: 'exportNotFound',
      message: expect.stringContaining('exports no function "nothingOfThatName"'),
    })
  })

  test('an inline function imports what it needs', async () => {
    const joined = strict("async (a, b) => (await import('node:path')).posix.join(a, b)")
    expect(await pool.submit(joined, 'a', 'b')).toBe('a/b')
  })

  test('a job runs elsewhere', async () => {
    expect(await pool.submit(where)).not.toBe(where())
  })

  test('a job has the name it is given, or that of its function', () => {
    const named = pool.with({ name: 'sum' }).submit(add, 1, 2)
    const plain = pool.submit(add, 1, 2)
    const nameless = pool.submit(
      (
        () => () =>
          1
      )(),
    )
    expect([named.name, plain.name, nameless.name]).toEqual(['sum', 'add', 'an inline function'])
  })

  test('a loop runs functions in it', async () => {
    const loop = new EventLoop()
    const sum = await loop.runUntilComplete(loop.runInExecutor(pool, add, 1, 2))
    expect(sum).toBe(3)
    loop.close()
    expect(await getEventLoop().runInExecutor(pool, addWaiting, 3, 4)).toBe(7)
  })

  test('with(…) leaves what it was called on as it is, and adds up', async () => {
    const named = pool.with({ name: 'a' })
    const both = named.with({ deadlineMs: 60_000 })
    expect([both.submit(add, 1, 2).name, pool.submit(add, 1, 2).name]).toEqual(['a', 'add'])
    expect(() => pool.with({ retries: 1 }).with({ transfer: [new ArrayBuffer(1)] })).toThrow(/retries/)
  })
})

describe('the default executor', () => {
  test('is a pool of threads, which a run that used it ends', async () => {
    const ids = await run(function* () {
      const id = yield* toThread(where)
      return [id, yield* getEventLoop().runInExecutor(undefined, where)]
    })
    expect(ids.every(id => typeof id === 'number' && id > 0 && id !== process.pid)).toBe(true)
  })

  test('has a job cancelled when whoever waits for it is', async () => {
    const [begun, cleaned] = [new Mark(), new Mark()]
    await run(function* () {
      const task = createTask(toThread(markAndWait, begun.file, cleaned.file))
      while (!begun.isSet) yield* sleep(1)
      task.cancel()
      yield* wait([task])
      expect([task.cancelled(), cleaned.isSet]).toEqual([true, true])
    })
  })

  test('is what it was set to be', async () => {
    await run(function* () {
      const loop = getEventLoop()
      const inline = new InlineExecutor({ name: 'mine' })
      loop.setDefaultExecutor(inline)
      expect(yield* toThread(() => 1 + 1)).toBe(2)
      yield* loop.shutdownDefaultExecutor()
      expect(() => inline.submit(add, 1, 2)).toThrow(/mine was shut down/)
    })
  })

  test('nothing but an executor will do', () => {
    expect(() => getEventLoop().setDefaultExecutor({} as never)).toThrow(/submit\(\) and shutdown\(\)/)
    expect(() => getEventLoop().runInExecutor({} as never, add, 1, 2)).toThrow(MisuseError)
  })
})
