import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import {
  asCompleted,
  Channel,
  createTask,
  type Flow,
  gather,
  type Operation,
  run,
  type SourceLike,
  sleep,
  sourceOf,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { ending, errorOf } from '../tasks/endings.ts'
import { gated } from './gated.ts'

/** The body of a slow reader. */
const resting = () => sleep(100)

/** One to three, from a source of every kind, and what tells whether it was ended early. */
const kinds: Record<string, () => { items: SourceLike<number>; wasLeft?: () => boolean }> = {
  'a list': () => ({ items: [1, 2, 3] }),
  'a set': () => ({ items: new Set([1, 2, 3]) }),
  'a generator': () => {
    const log: string[] = []
    function* count() {
      try {
        yield 1
        yield 2
        yield 3
        log.push('end')
      } finally {
        log.push('left')
      }
    }
    return { items: count(), wasLeft: () => log.join() === 'left' }
  },
  'an async generator': () => {
    const log: string[] = []
    async function* count() {
      try {
        for (const n of [1, 2, 3]) {
          await sleep(1)
          yield n
        }
        log.push('end')
      } finally {
        await sleep(1)
        log.push('left')
      }
    }
    return { items: count(), wasLeft: () => log.join() === 'left' }
  },
  'an async iterable without return': () => {
    let n = 0
    return {
      items: {
        [Symbol.asyncIterator]: () => ({
          next: async () => {
            n += 1
            return n > 3 ? ({ done: true, value: undefined } as const) : { done: false, value: n }
          },
        }),
      },
    }
  },
  'a web stream': () => webStream(stream => stream),
  'a web stream that cannot be iterated': () =>
    webStream(stream => ({ getReader: () => stream.getReader() }) as ReadableStream<number>),
  'a Node stream': () => {
    const items = Readable.from([1, 2, 3])
    return { items, wasLeft: () => items.destroyed && items.closed && !items.readableEnded }
  },
  'a channel': () => {
    const items = new Channel<number>({ capacity: 3 })
    createTask(function* () {
      yield* sleep(1)
      for (const n of [1, 2, 3]) yield* items.send(n)
      yield* sleep(9)
      if (!items.closed) items.close()
    })
    return { items, wasLeft: () => items.closed }
  },
  'another source': () => ({ items: sourceOf([1, 2, 3]) }),
}

function webStream(as: (stream: ReadableStream<number>) => ReadableStream<number>) {
  let n = 0
  let wasLeft = false
  const stream = new ReadableStream<number>({
    pull(controller) {
      n += 1
      if (n > 3) controller.close()
      else controller.enqueue(n)
    },
    async cancel() {
      await sleep(1)
      wasLeft = true
    },
  })
  return { items: as(stream), wasLeft: () => wasLeft && !stream.locked }
}

describe.each(Object.entries(kinds))('%s', (_kind, make) => {
  test('is taken whole, in each way and color', async () => {
    await runVirtual(function* () {
      expect(yield* sourceOf(make().items).toArray()).toEqual([1, 2, 3])
      const seen: number[] = []
      yield* sourceOf(make().items).forEach(function* (item) {
        yield* sleep(1)
        seen.push(item)
      })
      expect(seen).toEqual([1, 2, 3])
      const one = sourceOf(make().items)
      const [a, b, c, d, e] = yield* gather(one.next(), one.next(), one.next(), one.next(), one.next())
      expect([a, b, c].map(({ value }) => value)).toEqual([1, 2, 3])
      expect([d, e]).toEqual([
        { done: true, value: undefined },
        { done: true, value: undefined },
      ])
    })
    await runVirtual(async () => {
      const seen: number[] = []
      for await (const item of sourceOf(make().items)) seen.push(item)
      expect(seen).toEqual([1, 2, 3])
    })
  })

  test('left early, is ended, and that is waited for', async () => {
    const ways: Record<string, (flow: Flow<number>) => Operation<unknown>> = {
      stop: function* (flow) {
        yield* flow.next()
        yield* flow.stop()
      },
      'stop before it began': flow => flow.stop(),
      'break in a for await': function* (flow) {
        const reader = createTask(async () => {
          for await (const item of flow) if (item === 1) break
        })
        yield* reader
      },
      'an error in forEach': flow =>
        ending(
          flow.forEach(function* () {
            throw new Error('enough')
          }),
        ),
      'a cancel in forEach': function* (flow) {
        const reader = createTask(flow.forEach(resting))
        yield* sleep(5)
        reader.cancel()
        yield* ending(reader)
      },
    }
    for (const [way, leave] of Object.entries(ways)) {
      await runVirtual(function* () {
        const { items, wasLeft } = make()
        const flow = sourceOf(items)
        yield* leave(flow)
        // A generator that has not begun has nothing to clean up.
        const hasBegun = way !== 'stop before it began' || !/Generator/.test(String(items))
        if (hasBegun) expect(wasLeft?.() ?? true, way).toBe(true)
        expect((yield* flow.next()).done, way).toBe(true)
        yield* flow.stop()
      })
    }
  })
})

test('readers of one flow are served first come, first served, each item once', async () => {
  await runVirtual(function* () {
    const { items, open } = gated()
    const flow = sourceOf(items)
    const seen: string[] = []
    const readers = ['a', 'b', 'c'].map(name =>
      createTask(function* () {
        for (let n = 0; n < 2; n += 1) seen.push(`${name}${(yield* flow.next()).value}`)
      }),
    )
    for (let n = 1; n <= 6; n += 1) {
      yield* sleep(1)
      open(n)
    }
    yield* gather(...readers)
    expect(seen).toEqual(['a1', 'b2', 'c3', 'a4', 'b5', 'c6'])
  })
})

test('what an async generator awaits is not cancelled with the async function that happens to read it', async () => {
  await runVirtual(async () => {
    async function* items() {
      await sleep(5)
      yield 1
    }
    const flow = sourceOf(items())
    const reader = createTask(async () => void (await flow.next()))
    await sleep(1)
    reader.cancel()
    await sleep(1)
    expect(reader.cancelled()).toBe(true)
    expect(await flow.next()).toEqual({ done: false, value: 1 })
  })
})

test('a flow is taken as it is, and of a source that is no flow, leaving leaves the tasks', async () => {
  await runVirtual(function* () {
    const flow = sourceOf([1])
    expect(sourceOf(flow)).toBe(flow)
    const task = createTask(sleep(5))
    const done = sourceOf(asCompleted([task, createTask(sleep(1))]))
    yield* done.next()
    yield* done.stop()
    expect(task.done()).toBe(false)
    expect((yield* done.next()).done).toBe(true)
  })
})

test('a sender on a channel that is left learns of it', async () => {
  await runVirtual(function* () {
    const channel = new Channel<number>()
    const sender = createTask(channel.send(1))
    yield
    yield* sourceOf(channel).stop()
    expect((yield* errorOf(sender)) as Error).toMatchObject({ name: 'ChannelClosedError' })
  })
})

test('outside any task it works too', async () => {
  const seen: number[] = []
  for await (const item of sourceOf(Readable.from([1, 2, 3]))) seen.push(item)
  expect(seen).toEqual([1, 2, 3])
  expect(await sourceOf(new Set([1])).toArray()).toEqual([1])
})

test('an endless source of what is there already lets the others have their turns', async () => {
  let rang = false
  setTimeout(() => {
    rang = true
  }, 1)
  function* numbers() {
    for (let n = 0; ; n += 1) yield n
  }
  await run(function* () {
    const reading = sourceOf(numbers()).forEach(function* () {
      if (rang) throw new Error('enough')
    })
    expect(yield* errorOf(reading)).toMatchObject({ message: 'enough' })
  })
})
