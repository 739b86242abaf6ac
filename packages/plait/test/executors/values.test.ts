import { afterAll, describe, expect, test } from 'vitest'
import { InlineExecutor, type WorkerPool } from '../../src/executors.ts'
import { add, reportEach, same, square } from './jobs/plain.ts'
import {
  countTo,
  depthOf,
  describe as describeThere,
  give,
  giveParts,
  increment,
  left,
  makeOf,
  nest,
  reportUnsendable,
  unsendable,
} from './jobs/values.ts'
import { errorOf, kinds } from './pools.ts'

const executors = [
  ...kinds.map(({ kind, way, make }) => ({ kind, way, make: () => make({ workers: 1 }) })),
  { kind: 'tasks of this loop', way: 'thread', make: () => new InlineExecutor({ strict: true }) },
]

/** Refused as data: as an argument, as a result, inside others. */
const refused: readonly [string, () => unknown, string, string][] = [
  ['a function', () => ({ on: [() => {}] }), '.on[0]', 'function (without a name)'],
  ['a symbol', () => ['a', Symbol('b')], '[1]', 'Symbol(b)'],
  ['a promise', () => ({ later: Promise.resolve(1) }), '.later', 'a Promise'],
  ['a WeakMap', () => new Map([['k', new WeakMap()]]), '.get("k")', 'a WeakMap'],
  ['a generator', () => ({ steps: (function* () {})() }), '.steps', 'a generator'],
]

describe.each(executors)('values on their way to $kind', ({ way, make }) => {
  const executor = make()
  afterAll(() => executor.shutdown())

  const circle: Record<string, unknown> = { name: 'circle' }
  circle.self = circle

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['numbers of every kind', [Number.NaN, -0, Number.POSITIVE_INFINITY, 2n ** 70n]],
    ['text', 'a\u{1F600}\0b'],
    ['dates and patterns', [new Date(0), /a+/gi]],
    ['maps and sets', new Map<unknown, unknown>([[{ key: 1 }, new Set(['x', new Map()])]])],
    ['bytes', new Uint8Array([1, 2, 3])],
    ['lists with holes', new Array(3).fill(1, 1)],
    ['errors', { failure: new RangeError('no') }],
    ['circles', circle],
    ['what has no prototype', Object.assign(Object.create(null), { a: 1 })],
  ])('%s arrive as they are, and come back', async (_what, value) => {
    expect(await executor.submit(same, value)).toEqual(value)
  })

  test('what is sent is copied: changes elsewhere are not seen here', async () => {
    const bytes = new Uint8Array([1, 2, 3])
    expect(await executor.submit(increment, bytes)).toEqual(new Uint8Array([2, 3, 4]))
    expect(bytes).toEqual(new Uint8Array([1, 2, 3]))
  })

  test('one thing in two places is one thing there', async () => {
    const shared = { n: 1 }
    const [a, b] = (await executor.submit(same, [shared, shared])) as [object, object]
    expect(a).toBe(b)
  })

  test.each(refused)(
    '%s is refused, with its place, and fails that job alone',
    async (_what, make, path, what) => {
      const before = executor.submit(add, 1, 2)
      const error = await errorOf(executor.submit(same, make()))
      expect(error).toMatchObject({ name: 'MisuseError', code: 'unsendable' })
      expect((error as Error).message).toBe(
        `arguments[0]${path} is ${what}, which cannot be sent to another ${way}: send data, and make there what is made of it`,
      )
      expect([await before, await executor.submit(add, 3, 4)]).toEqual([3, 7])
    },
  )

  test('what is refused among many sent together leaves the others alone', async () => {
    const jobs = Array.from({ length: 100 }, (_, n) => executor.submit(same, n % 10 === 5 ? () => n : n))
    const ends = await Promise.allSettled(jobs)
    ends.forEach((end, n) => {
      if (n % 10 !== 5) expect(end).toEqual({ status: 'fulfilled', value: n })
      else expect(end).toMatchObject({ status: 'rejected', reason: { code: 'unsendable' } })
    })
  })

  test('a result that cannot be sent fails its job, and tells the place', async () => {
    const error = await errorOf(executor.submit(unsendable, 'function'))
    expect(error).toMatchObject({ code: 'unsendable' })
    expect((error as Error).message).toMatch(
      /^result\.rows\[1\]\.onDone is function onDone, which cannot be sent/,
    )
    expect(await executor.submit(add, 1, 2)).toBe(3)
  })

  test('a getter that throws costs that job alone, on the way there and on the way back', async () => {
    const argument = {
      get balance(): number {
        throw new RangeError('not to be read')
      },
    }
    const jobs = [executor.submit(same, argument), executor.submit(add, 1, 2)]
    expect(await errorOf(jobs[0] as PromiseLike<unknown>)).toMatchObject({
      message: expect.stringContaining('not to be read'),
    })
    expect(await jobs[1]).toBe(3)
    expect(await errorOf(executor.submit(same, argument))).toBeInstanceOf(Error)
    expect(await errorOf(executor.submit(unsendable, 'getter'))).toMatchObject({
      message: expect.stringContaining('not to be read'),
    })
    expect(await executor.submit(add, 3, 4)).toBe(7)
  })

  test('progress that cannot be sent throws where it is reported, and the job goes on', async () => {
    const job = executor.submit(reportUnsendable)
    const progress = job.progress().toArray()
    expect(await job).toMatch(/^progress\.rows\[1\]\.onDone is function onDone, which cannot be sent/)
    expect(await progress).toEqual(['and on'])
  })

  test('progress is copied as results are', async () => {
    const values = [{ at: 1 }, new Map([['k', 2]])]
    const job = executor.submit(reportEach, values)
    const seen: unknown[] = []
    for await (const value of job.progress()) seen.push(value)
    expect(seen).toEqual(values)
    expect(seen[0]).not.toBe(values[0])
  })

  test('an item of a chunk that cannot be sent, or what is made of it, ends the map there', async () => {
    const items = [1, 2, () => 3, 4]
    const error = await errorOf(executor.map(same, items, { chunkSize: 2 }).toArray())
    expect((error as Error).message).toMatch(
      /^item\[0\] is function \(without a name\), which cannot be sent/,
    )
    const seen: unknown[] = []
    const results = executor.map(makeOf, [1, 2, 3, 4], { chunkSize: 2 })
    const failure = await errorOf(
      (async () => {
        for await (const result of results) seen.push(result)
      })(),
    )
    expect((failure as Error).message).toMatch(/^results\[0\]\.make is function make, which cannot be sent/)
    expect(seen).toEqual([{ n: 1 }, { n: 2 }])
    expect(await executor.map(square, [1, 2, 3], { chunkSize: 2 }).toArray()).toEqual([1, 4, 9])
  })

  test.each([100, 1000, 3000, 5000, 20_000, 200_000])('lists %d deep arrive, or say why not', async depth => {
    const value = nest(depth)
    for (const job of [executor.submit(depthOf, value), executor.submit(nest, depth)]) {
      const [end] = await Promise.allSettled([job])
      if (end.status === 'rejected')
        expect(end.reason).toMatchObject({ message: expect.stringMatching(/stack|deep/) })
      else expect(typeof end.value === 'number' ? end.value : depthOf(end.value)).toBe(depth)
    }
    expect(await executor.submit(add, 1, 2)).toBe(3)
  })
})

describe.each(executors)('memory that is handed over to $kind', ({ kind, make }) => {
  const executor = make()
  afterAll(() => executor.shutdown())
  /** Between processes everything is copied all the same. */
  const isCopied = kind === 'processes'

  test('with({ transfer }) is gone here, once it is sent', async () => {
    const bytes = new Uint8Array([1, 2, 3])
    const job = executor.with({ transfer: [bytes.buffer] }).submit(increment, bytes)
    expect(await job).toEqual(new Uint8Array([2, 3, 4]))
    expect(bytes.length).toBe(isCopied ? 3 : 0)
  })

  test('as a result is gone there, where it is moved', async () => {
    expect(await executor.submit(give, 3, false)).toEqual(new Uint8Array([7, 7, 7]))
    expect(await executor.submit(left)).toBe(3)
    expect(await executor.submit(give, 3, true)).toEqual(new Uint8Array([7, 7, 7]))
    expect(await executor.submit(left)).toBe(isCopied ? 3 : 0)
  })

  test('as a result may be a part of it', async () => {
    expect(await executor.submit(giveParts)).toEqual({ name: 'parts', bytes: new Uint8Array(3) })
    expect(await executor.submit(left)).toBe(isCopied ? 3 : 0)
  })

  test('in results of a map too', async () => {
    const results = await executor
      .map(increment, [new Uint8Array([1]), new Uint8Array([2])], { chunkSize: 2 })
      .toArray()
    expect(results).toEqual([new Uint8Array([2]), new Uint8Array([3])])
  })

  test('what cannot be handed over fails that job alone', async () => {
    const plain = { not: 'memory' }
    const job = executor.with({ transfer: [plain as never] }).submit(same, plain)
    if (isCopied) expect(await job).toEqual(plain)
    else expect(await errorOf(job)).toBeInstanceOf(Error)
    expect(await executor.submit(add, 1, 2)).toBe(3)
  })
})

describe('shared memory', () => {
  const [threads, processes] = kinds.map(({ make }) => make({ workers: 2 })) as [WorkerPool, WorkerPool]
  afterAll(async () => {
    await threads.shutdown()
    await processes.shutdown()
  })

  test('is shared by threads', async () => {
    const memory = new SharedArrayBuffer(4)
    await Promise.all([threads.submit(countTo, memory, 1000), threads.submit(countTo, memory, 1000)])
    expect(new Int32Array(memory)[0]).toBe(2000)
  })

  test('is not sent to processes, which says where it stood', async () => {
    const error = await errorOf(processes.submit(same, { memory: new SharedArrayBuffer(4) }))
    expect(error).toMatchObject({ code: 'unsendable' })
    expect((error as Error).message).toMatch(
      /^arguments\[0\]\.memory is a SharedArrayBuffer, .* another process/,
    )
    expect(await processes.submit(describeThere, 1)).toBe('[object Number] 1')
  })
})
