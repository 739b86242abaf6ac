import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { InlineExecutor } from '../../src/executors.ts'
import { asyncGenerator, createTask, type Emit, isCancelled, MisuseError } from '../../src/index.ts'
import { waitForAndTell, waitOrFail, waitUnlessFirst } from './jobs/mapped.ts'
import { add, square } from './jobs/plain.ts'
import { waitFor } from './jobs/waiting.ts'
import { errorOf, kinds, Mark, patient, until } from './pools.ts'

const executors = [
  ...kinds.map(({ kind, make }) => ({ kind, make: () => make({ workers: 2 }) })),
  { kind: 'tasks of this loop', make: () => new InlineExecutor({ strict: true, concurrency: 2 }) },
]

/** Counts how many of its items were asked for. */
function counted(most: number): { items: Iterable<number>; asked(): number } {
  let asked = 0
  return {
    asked: () => asked,
    items: (function* () {
      for (; asked < most; asked += 1) yield asked
    })(),
  }
}

describe.each(executors)('map on $kind', ({ make }) => {
  const executor = make()
  afterEach(() => void executor.cancel())
  afterAll(() => executor.shutdown())

  test.each([1, 2, 3, 7, 100])(
    'gives the results in the order of the items, in chunks of %d',
    async chunkSize => {
      const items = Array.from({ length: 20 }, (_, n) => n)
      const results = await executor.map(square, items, { chunkSize }).toArray()
      expect(results).toEqual(items.map(n => n * n))
    },
  )

  test('takes whatever gives items, and functions of every color', async () => {
    const flow = asyncGenerator(function* numbers(emit: Emit<number>) {
      yield* emit(1)
      yield* emit(2)
    })
    expect(await executor.map(square, new Set([1, 2])).toArray()).toEqual([1, 4])
    expect(await executor.map(square, flow(), { chunkSize: 2 }).toArray()).toEqual([1, 4])
    expect(await executor.map(square, []).toArray()).toEqual([])
    expect(await executor.map(square, [], { chunkSize: 5 }).toArray()).toEqual([])
    const pairs = executor.map((pair: readonly [number, number]) => pair[0] + pair[1], [[1, 2]] as const)
    expect(await pairs.toArray()).toEqual([3])
    const waiting = function* (n: number) {
      yield
      return n + 1
    }
    expect(await executor.map(waiting, [1, 2, 3], { chunkSize: 2 }).toArray()).toEqual([2, 3, 4])
  })

  test.each([1, 2])('unordered gives what is ready first, in chunks of %d', async chunkSize => {
    const [slow, quick] = [new Mark(), new Mark()]
    quick.set()
    const files = [slow, quick].flatMap(({ file }) => Array.from({ length: chunkSize }, () => file))
    const name = (file: string): string => (file === slow.file ? 'slow' : 'quick')
    const results = executor.map(waitForAndTell, files, { chunkSize, ordered: false })
    const seen: string[] = []
    for await (const file of results) {
      seen.push(name(file))
      slow.set()
    }
    expect(seen).toEqual(chunkSize === 1 ? ['quick', 'slow'] : ['quick', 'quick', 'slow', 'slow'])
  })

  test('is lazy: asks for nothing before it is asked, and not for everything then', async () => {
    const { items, asked } = counted(10_000)
    const results = executor.map(square, items)
    expect(asked()).toBe(0)
    expect((await results.next()).value).toBe(0)
    expect(asked()).toBeLessThan(100)
    await results.stop()
    const after = asked()
    expect((await results.next()).done).toBe(true)
    expect(asked()).toBe(after)
  })

  test('left early cancels what is under way, and waits for it', async () => {
    const [begun, cleaned] = [new Mark(), new Mark()]
    const jobs = [['', ''] as const, [begun.file, cleaned.file] as const]
    for await (const result of executor.with(patient).map(waitUnlessFirst, jobs)) {
      expect(result).toBe('first')
      await until(() => begun.isSet)
      break
    }
    expect(cleaned.isSet).toBe(true)
    expect(await executor.submit(add, 1, 2)).toBe(3)
  })

  test('the first error cancels what is under way', async () => {
    const [begun, cleaned] = [new Mark(), new Mark()]
    const items = [[begun.file, cleaned.file] as const, [begun.file, ''] as const]
    const error = await errorOf(executor.with(patient).map(waitOrFail, items, { ordered: false }).toArray())
    expect(error).toEqual(new RangeError('failed'))
    expect(cleaned.isSet).toBe(true)
  })

  test('a task that is cancelled in it cancels what is under way', async () => {
    const [begun, cleaned] = [new Mark(), new Mark()]
    const task = createTask(
      executor
        .with(patient)
        .map(waitUnlessFirst, [[begun.file, cleaned.file] as const])
        .toArray(),
    )
    await until(() => begun.isSet)
    task.cancel()
    expect(await errorOf(task)).toSatisfy(isCancelled)
    expect(cleaned.isSet).toBe(true)
  })

  test('an error in the source of its items is thrown', async () => {
    const seen: number[] = []
    const broken = (function* () {
      yield 1
      yield 2
      throw new RangeError('no more')
    })()
    const reading = (async () => {
      for await (const result of executor.map(square, broken)) seen.push(result)
    })()
    expect(await errorOf(reading)).toEqual(new RangeError('no more'))
    expect([[], [1], [1, 4]]).toContainEqual(seen)
  })

  test('two who ask at once get one result each, and both get the end', async () => {
    const results = executor.map(square, [1, 2, 3], { chunkSize: 2 })
    const asked = [1, 2, 3, 4, 5].map(() => createTask(results.next()))
    const values = (await Promise.all(asked)).map(({ value, done }) => (done === true ? 'end' : value))
    expect(values.sort()).toEqual([1, 4, 9, 'end', 'end'])
  })

  test('has the options of with(…): each chunk is a job of that name', async () => {
    const error = await errorOf(executor.with({ deadlineMs: 1 }).map(waitFor, [new Mark().file]).toArray())
    expect(error).toMatchObject({ name: 'TimeoutError', message: 'waitFor had not ended after 1 ms' })
  })

  test.each([
    [{ chunkSize: 0 }, /chunkSize/],
    [{ chunkSize: 1.5 }, /chunkSize/],
    [3, /options/],
  ])('refuses %j', (options, says) => {
    expect(() => executor.map(square, [1], options as never)).toThrow(MisuseError)
    expect(() => executor.map(square, [1], options as never)).toThrow(says)
  })
})
