import { Readable } from 'node:stream'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { describe, expect, test } from 'vitest'
import {
  allTasks,
  asCompleted,
  asyncGenerator,
  Channel,
  ChannelClosedError,
  ContextVar,
  createTask,
  type Emit,
  run,
  sleep,
  sourceOf,
  toReadableStream,
  until,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { ending, errorOf } from '../tasks/endings.ts'
import { reports } from '../tasks/reports.ts'

const broken = new Error('broken')

const count = asyncGenerator(function* count(emit: Emit<number>, log: unknown[], to?: number) {
  try {
    for (let n = 1; n !== to; n += 1) {
      log.push(n)
      yield* emit(n)
    }
  } finally {
    yield* sleep(2)
    log.push('left')
  }
})

async function all<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of stream) items.push(item)
  return items
}

/** A stream read by its own means, as if it could not be iterated. */
async function* reading<T>(stream: ReadableStream<T>): AsyncGenerator<T> {
  const reader = stream.getReader()
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
  } finally {
    await reader.cancel()
  }
}

const hostTurn = () => new Promise(resolve => setImmediate(resolve))

/** The ways in which a source becomes a stream of the host's. */
const ways: Record<string, <T>(source: ReturnType<typeof count> | Channel<T>) => AsyncIterable<unknown>> = {
  toReadableStream: source => reading(toReadableStream<unknown>(source)),
  'Readable.from': source => Readable.from(source),
  'Readable.fromWeb': source =>
    Readable.fromWeb(toReadableStream<unknown>(source) as unknown as NodeReadableStream, {
      objectMode: true,
    }),
}

describe.each(Object.entries(ways))('%s', (_name, streamOf) => {
  test('gives every item, inside a program and outside', async () => {
    expect(await run(async () => await all(streamOf(count([], 100))))).toHaveLength(99)
    const log: unknown[] = []
    expect(await all(streamOf(count(log, 4)))).toEqual([1, 2, 3])
    expect(log.at(-1)).toBe('left')
  })

  test('of a channel gives what is sent, and the end', async () => {
    await runVirtual(function* () {
      const channel = new Channel<number>()
      const read = createTask(async () => await until(all(streamOf(channel))))
      for (const n of [1, 2, 3]) yield* channel.send(n)
      channel.close()
      expect(yield* read).toEqual([1, 2, 3])
    })
  })

  test('takes no more than a few items ahead of its reader', async () => {
    await run(async () => {
      const log: unknown[] = []
      for await (const item of streamOf(count(log))) {
        await hostTurn()
        if (item === 20) break
      }
      expect(log.filter(entry => entry !== 'left').length).toBeLessThan(20 + 20)
      while (log.at(-1) !== 'left') await hostTurn()
    })
  })

  test('fails as the source does', async () => {
    await runVirtual(function* () {
      const failing = asyncGenerator(function* (emit: Emit<number>) {
        yield* emit(1)
        throw broken
      })
      expect(yield* errorOf(until(all(streamOf(failing()))))).toBe(broken)
    })
  })

  test('left by its reader leaves the source, and leaves no task', async () => {
    await run(function* () {
      const log: unknown[] = []
      const leave = async () => {
        for await (const _ of streamOf(count(log))) break
      }
      yield* until(leave())
      while (log.at(-1) !== 'left' || allTasks().length > 1) yield* until(hostTurn())
    })
  })
})

describe('a web stream', () => {
  test('takes an item when its reader asks for one, and none ahead', async () => {
    await runVirtual(function* () {
      const log: unknown[] = []
      const reader = toReadableStream(count(log)).getReader()
      yield* sleep(5)
      expect(log).toEqual([])
      expect(yield* until(reader.read())).toEqual({ done: false, value: 1 })
      yield* sleep(5)
      expect(log).toEqual([1])
      yield* until(reader.cancel())
      expect(log).toEqual([1, 'left'])
    })
  })

  test('cancelled while it waits for a channel takes nothing, and closes it', async () => {
    await runVirtual(function* () {
      const channel = new Channel<number>()
      const reader = toReadableStream(channel).getReader()
      const read = reader.read()
      yield* until(hostTurn())
      expect(channel.statistics().receivers).toHaveLength(1)
      yield* until(reader.cancel('enough'))
      expect(yield* until(read)).toEqual({ done: true, value: undefined })
      expect(channel.statistics()).toMatchObject({ isClosed: true, receivers: [] })
      expect(yield* errorOf(channel.send(1))).toBeInstanceOf(ChannelClosedError)
    })
  })

  test('cancelled while it waits for tasks leaves them, and waits no more', async () => {
    await runVirtual(function* () {
      const slow = createTask(sleep(100), { name: 'slow' })
      const reader = toReadableStream(asCompleted([slow])).getReader()
      const read = reader.read()
      yield* until(hostTurn())
      expect(allTasks().map(task => task.name)).toContain('toReadableStream(…)')
      yield* until(reader.cancel())
      expect(yield* until(read)).toEqual({ done: true, value: undefined })
      expect(allTasks().map(task => task.name)).toEqual(['main', 'slow'])
    })
  })

  test('an error of leaving is what cancel() gives', async () => {
    const stubborn = asyncGenerator(function* (emit: Emit<number>) {
      try {
        yield* emit(1)
      } catch {
        throw broken
      }
    })
    const reader = toReadableStream(stubborn()).getReader()
    await reader.read()
    await expect(reader.cancel()).rejects.toBe(broken)
  })

  test('reading it in a task that is cancelled does not cancel the source', async () => {
    await runVirtual(async () => {
      const slow = asyncGenerator(function* (emit: Emit<number>) {
        yield* sleep(10)
        yield* emit(1)
      })
      const reader = toReadableStream(slow()).getReader()
      const reads: Promise<unknown>[] = []
      const reading = createTask(async () => {
        reads.push(reader.read())
        await sleep(5)
        await reads[0]
      })
      await sleep(1)
      reading.cancel()
      await sleep(1)
      expect(reading.cancelled()).toBe(true)
      expect(await reads[0]).toEqual({ done: false, value: 1 })
    })
  })

  test('works with the context variables of its maker, and on its loop', async () => {
    const user = new ContextVar('user', { default: 'nobody' })
    const whose = asyncGenerator(function* (emit: Emit<string>) {
      yield* emit(user.get())
    })
    await run(async () => {
      user.set('ann')
      const stream = toReadableStream(whose())
      user.set('bob')
      expect(await all(reading(stream))).toEqual(['ann'])
    })
  })

  test('fails when the loop it works on is at its end, with no cancel of ours in it', async () => {
    const left: { reader?: ReadableStreamDefaultReader<number>; read?: Promise<unknown> } = {}
    const told = await reports(function* () {
      left.reader = toReadableStream(new Channel<number>()).getReader()
      left.read = left.reader.read().catch(error => error)
      yield* until(hostTurn())
    })
    expect(await left.read).toMatchObject({ name: 'AbortError' })
    expect(told).toEqual([])
  })

  test('made on a loop that is closed says so', async () => {
    const stream = await run(async () => ({ stream: toReadableStream(sourceOf([1])) }))
    await expect(stream.stream.getReader().read()).rejects.toMatchObject({ code: 'loopClosed' })
  })

  test('goes through the host’s own transforms', async () => {
    const words = asyncGenerator(function* (emit: Emit<string>) {
      for (const word of ['one ', 'two ']) yield* emit(word)
    })
    const body = toReadableStream(words()).pipeThrough(new TextEncoderStream())
    expect(await new Response(body).text()).toBe('one two ')
  })
})

test('a Node stream that is destroyed while it waits for a flow ends the flow', async () => {
  await runVirtual(function* () {
    const channel = new Channel<number>()
    const stream = Readable.from(sourceOf(channel))
    stream.resume()
    yield* sleep(1)
    stream.destroy()
    yield* ending(until(new Promise(resolve => stream.once('close', resolve))))
    expect(channel.statistics()).toMatchObject({ isClosed: true, receivers: [] })
  })
})

test('a Node stream that is destroyed while it waits for a channel takes nothing from it', async () => {
  await runVirtual(function* () {
    const channel = new Channel<number>()
    const stream = Readable.from(channel)
    stream.resume()
    yield* sleep(1)
    stream.destroy()
    yield* ending(until(new Promise(resolve => stream.once('close', resolve))))
    const sender = createTask(channel.send(1))
    yield* sleep(1)
    expect(sender.done()).toBe(false)
    expect((yield* channel.next()).value).toBe(1)
  })
})
