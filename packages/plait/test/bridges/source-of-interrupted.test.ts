import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import {
  createTask,
  isCancelled,
  type Selectable,
  type SourceLike,
  select,
  sleep,
  sourceOf,
  until,
  withSignal,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { ending, errorOf } from '../tasks/endings.ts'
import { reports } from '../tasks/reports.ts'
import { gated } from './gated.ts'

/** The body of a slow reader. */
const resting = () => sleep(100)

function fail(error: Error): never {
  throw error
}

/** Until the host has run all its microtasks: virtual time does not wait for what nobody waits for. */
const hostTurn = () => until(new Promise(resolve => setImmediate(resolve)))

describe('a next() that was cancelled', () => {
  test('loses nothing: the iterator is not asked again, and the next call gets what it gives', async () => {
    await runVirtual(function* () {
      const { items, log, open } = gated()
      const flow = sourceOf(items)
      for (let n = 0; n < 3; n += 1) {
        const reader = createTask(flow.next())
        yield* sleep(1)
        reader.cancel()
        expect(isCancelled(yield* errorOf(reader))).toBe(true)
      }
      expect(log).toEqual(['asked for 1'])
      open(1)
      yield* sleep(1)
      open(2)
      expect([yield* flow.next(), yield* flow.next()]).toMatchObject([{ value: 1 }, { value: 2 }])
      expect(log).toEqual(['asked for 1', 'asked for 2'])
    })
  })

  test('by a signal or a select loses nothing either', async () => {
    await runVirtual(function* () {
      const { items, open } = gated()
      const flow = sourceOf(items)
      expect(yield* errorOf(withSignal(AbortSignal.abort('now'), flow.next()))).toBe('now')
      const next = flow.next() as Selectable<unknown>
      expect((yield* select({ next, tick: sleep(1) })).kind).toBe('tick')
      open(1)
      expect(yield* flow.next()).toMatchObject({ value: 1 })
    })
  })
})

describe('an iterator that is at a next', () => {
  test('cannot be interrupted: leaving does not wait, and it ends when that is over', async () => {
    await runVirtual(function* () {
      const { items, log, open } = gated()
      const flow = sourceOf(items)
      const reader = createTask(flow.forEach(resting))
      yield* sleep(1)
      reader.cancel()
      yield* ending(reader)
      yield* flow.stop()
      expect(log).toEqual(['asked for 1'])
      open(1)
      yield* hostTurn()
      expect(log).toEqual(['asked for 1', 'left'])
      expect((yield* flow.next()).done).toBe(true)
    })
  })

  test('and fails after it was left, is reported', async () => {
    for (const where of ['next', 'return']) {
      const told = await reports(function* () {
        const { promise, resolve, reject } = Promise.withResolvers<void>()
        async function* items() {
          using _ = { [Symbol.dispose]: () => where === 'return' && fail(new Error('on return')) }
          await promise
          yield 1
        }
        const flow = sourceOf(items())
        const reader = createTask(flow.next())
        yield* sleep(1)
        reader.cancel()
        yield* flow.stop()
        if (where === 'next') reject(new Error('on next'))
        else resolve()
        yield* hostTurn()
      })
      expect(told.map(({ message, exception }) => [message, (exception as Error).message])).toEqual([
        ['leaving a AsyncGenerator failed', `on ${where}`],
      ])
    }
  })

  test('is a stream: that can be interrupted, and its end is waited for', async () => {
    await runVirtual(function* () {
      let reason: unknown = 'not cancelled'
      const web = new ReadableStream<number>({
        cancel: async why => {
          await sleep(1)
          reason = why
        },
      })
      const node = new Readable({ read() {} })
      for (const stream of [web, node]) {
        const flow = sourceOf(stream as SourceLike<number>)
        const waiting = createTask(flow.next())
        const reader = createTask(flow.forEach(resting))
        yield* sleep(1)
        reader.cancel()
        yield* ending(reader)
        expect(yield* waiting).toEqual({ done: true, value: undefined })
      }
      expect(reason).toBeUndefined()
      expect(web.locked).toBe(false)
      expect(node.closed).toBe(true)
    })
  })
})

test('of two who leave, one who is cancelled leaves the other to wait for the end', async () => {
  await runVirtual(function* () {
    let isOver = false
    const stream = new ReadableStream<number>({
      cancel: async () => {
        await sleep(10)
        isOver = true
      },
    })
    const flow = sourceOf(stream)
    const [one, other] = [createTask(flow.stop()), createTask(flow.stop())]
    yield* sleep(5)
    one.cancel()
    expect(isCancelled(yield* errorOf(one))).toBe(true)
    yield* other
    expect(isOver).toBe(true)
  })
})

describe('an error', () => {
  const broken = new Error('broken')
  const failing: Record<string, () => SourceLike<number>> = {
    'of a list': () =>
      (function* () {
        yield 1
        throw broken
      })(),
    'of an async generator': () =>
      (async function* () {
        yield 1
        throw broken
      })(),
    'of a web stream': () => {
      let n = 0
      return new ReadableStream({
        pull(controller) {
          n += 1
          if (n === 1) controller.enqueue(1)
          else controller.error(broken)
        },
      })
    },
    'of a Node stream': () => {
      const stream = new Readable({ objectMode: true, read() {} })
      stream.push(1)
      setImmediate(() => stream.destroy(broken))
      return stream
    },
  }

  test.each(Object.entries(failing))(
    '%s reaches whoever asks, after what came before',
    async (_name, make) => {
      const told = await reports(function* () {
        const seen: number[] = []
        const flow = sourceOf(make())
        const reading = flow.forEach(function* (item) {
          seen.push(item)
        })
        expect(yield* errorOf(reading)).toBe(broken)
        expect(seen).toEqual([1])
        yield* flow.stop()
      })
      expect(told).toEqual([])
    },
  )

  test('of leaving reaches whoever leaves', async () => {
    await runVirtual(function* () {
      async function* items() {
        await using _ = { [Symbol.asyncDispose]: () => sleep(1).then(() => fail(broken)) }
        yield 1
      }
      const flow = sourceOf(items())
      yield* flow.next()
      expect(yield* errorOf(flow.stop())).toBe(broken)
    })
  })

  test('that nobody asked for is reported at the end', async () => {
    const told = await reports(function* () {
      const flow = sourceOf(
        (async function* () {
          throw broken
        })(),
      )
      const reader = createTask(flow.next())
      yield
      reader.cancel()
      yield* sleep(1)
    })
    expect(told).toMatchObject([{ exception: broken, title: 'sourceOf(…)' }])
  })

  test('of opening, or of asking, is no different', async () => {
    const locked = new ReadableStream<number>()
    locked.getReader()
    const sly: AsyncIterable<number> = {
      [Symbol.asyncIterator]: () => ({
        next: () => {
          throw broken
        },
      }),
    }
    await runVirtual(function* () {
      expect(yield* errorOf(sourceOf(locked).next())).toBeInstanceOf(TypeError)
      expect(yield* errorOf(sourceOf(sly).next())).toBe(broken)
    })
  })
})
