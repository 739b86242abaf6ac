import { describe, expect, test } from 'vitest'
import {
  Channel,
  ChannelClosedError,
  createTask,
  MisuseError,
  type Received,
  sleep,
  TimeoutError,
  timeout,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { errorOf } from '../tasks/endings.ts'
import { turnsOf } from './turns-of.ts'

const closed = { kind: 'closed' }
const item = <T>(item: T) => ({ kind: 'item', item })

describe('without capacity', () => {
  test('a send does not return before a receiver has taken the item', async () => {
    await runVirtual(function* () {
      const channel = new Channel<string>()
      const log: string[] = []
      const sender = createTask(function* () {
        yield* channel.send('a')
        log.push('sent a')
        yield* channel.send('b')
        log.push('sent b')
      })
      yield* sleep(10)
      expect(log).toEqual([])
      expect(channel.statistics().senders.map(String)).toEqual([String(sender)])
      expect(yield* channel.receive()).toEqual(item('a'))
      yield* sleep(10)
      expect(log).toEqual(['sent a'])
      expect(yield* channel.receive()).toEqual(item('b'))
      yield* sender
      expect(log).toEqual(['sent a', 'sent b'])
    })
  })

  test('a send to one who waits returns at once, and the item is that one’s', async () => {
    await runVirtual(function* () {
      const channel = new Channel<string>()
      const receiver = createTask(channel.receive())
      yield* sleep(1)
      expect(yield* turnsOf(channel.send('a'))).toBe(0)
      expect(channel.trySend('b')).toBe(false)
      expect(channel.tryReceive()).toBeUndefined()
      expect(yield* receiver).toEqual(item('a'))
    })
  })

  test('trySend and tryReceive never wait', async () => {
    await runVirtual(function* () {
      const channel = new Channel<number>()
      expect(channel.trySend(1)).toBe(false)
      expect(channel.tryReceive()).toBeUndefined()
      const sender = createTask(channel.send(2))
      yield* sleep(1)
      expect(channel.tryReceive()).toEqual(item(2))
      expect(channel.tryReceive()).toBeUndefined()
      yield* sender
      channel.close()
      expect(channel.tryReceive()).toEqual(closed)
      expect(() => channel.trySend(3)).toThrow(ChannelClosedError)
    })
  })
})

describe('with capacity', () => {
  test('a send returns at once while there is room, and waits for room then', async () => {
    await runVirtual(function* () {
      const channel = new Channel<number>({ capacity: 2 })
      expect(yield* turnsOf(channel.send(1))).toBe(0)
      expect(yield* turnsOf(channel.send(2))).toBe(0)
      expect(channel.size).toBe(2)
      const third = createTask(channel.send(3))
      yield* sleep(1)
      expect(third.done()).toBe(false)
      expect(yield* channel.receive()).toEqual(item(1))
      expect(channel.size).toBe(2)
      yield* third
      expect([yield* channel.receive(), yield* channel.receive()]).toEqual([item(2), item(3)])
      expect(channel.size).toBe(0)
    })
  })

  test('without end, nobody who sends ever waits', async () => {
    await runVirtual(function* () {
      const channel = new Channel<number>({ capacity: Number.POSITIVE_INFINITY })
      for (let n = 0; n < 1000; n += 1) expect(yield* turnsOf(channel.send(n))).toBe(0)
      channel.close()
      expect((yield* channel.toArray()).length).toBe(1000)
    })
  })
})

describe('at both ends, first come first served', () => {
  test('receivers get items in the order they came, and in the order sent', async () => {
    await runVirtual(function* () {
      const channel = new Channel<number>()
      const receivers = [0, 1, 2].map(() => createTask(channel.receive()))
      yield* sleep(1)
      for (const n of [0, 1, 2]) yield* channel.send(n)
      for (const [n, receiver] of receivers.entries()) expect(yield* receiver).toEqual(item(n))
    })
  })

  test('senders are heard in the order they came', async () => {
    await runVirtual(function* () {
      const channel = new Channel<number>()
      for (const n of [0, 1, 2]) createTask(channel.send(n))
      yield* sleep(1)
      for (const n of [0, 1, 2]) expect(yield* channel.receive()).toEqual(item(n))
    })
  })

  test('an item promised to one who is cancelled before it runs goes to the next, before all later ones', async () => {
    await runVirtual(function* () {
      const channel = new Channel<number>()
      const [first, second] = [0, 1].map(() => createTask(channel.receive()))
      yield* sleep(1)
      yield* channel.send(1)
      yield* channel.send(2)
      first?.cancel()
      second?.cancel()
      const later = createTask(channel.send(3))
      expect(yield* channel.receive()).toEqual(item(1))
      expect(yield* channel.receive()).toEqual(item(2))
      expect(yield* channel.receive()).toEqual(item(3))
      yield* later
    })
  })

  test('and at once to one who waits already', async () => {
    await runVirtual(function* () {
      const channel = new Channel<number>()
      const receivers = [0, 1, 2].map(() => createTask(channel.receive()))
      yield* sleep(1)
      yield* channel.send(1)
      yield* channel.send(2)
      receivers[0]?.cancel()
      yield* sleep(1)
      expect([receivers[1]?.result(), receivers[2]?.result()]).toEqual([item(1), item(2)])
      expect(channel.statistics()).toMatchObject({ size: 0, receivers: [] })
    })
  })

  test('a sender that is cancelled has sent nothing; when its item was taken already, it has', async () => {
    await runVirtual(function* () {
      const channel = new Channel<string>()
      const early = createTask(channel.send('early'))
      yield* sleep(1)
      early.cancel()
      expect(channel.tryReceive()).toBeUndefined()
      yield* sleep(1)
      const log: string[] = []
      const late = createTask(function* () {
        yield* channel.send('late')
        log.push('sent')
        yield* sleep(1)
        log.push('not cancelled')
      })
      yield* sleep(1)
      expect(channel.tryReceive()).toEqual(item('late'))
      late.cancel()
      yield* sleep(5)
      expect(log).toEqual(['sent'])
      expect(late.cancelled()).toBe(true)
    })
  })
})

describe('closing', () => {
  test('what is in it can still be received, and then it says closed, each time', async () => {
    await runVirtual(function* () {
      const channel = new Channel<number>({ capacity: 2 })
      yield* channel.send(1)
      yield* channel.send(2)
      channel.close()
      expect(channel.closed).toBe(true)
      const all: Received<number>[] = []
      for (let n = 0; n < 4; n += 1) all.push(yield* channel.receive())
      expect(all).toEqual([item(1), item(2), closed, closed])
    })
  })

  test('a send on it throws ChannelClosedError; closing it twice is a mistake', async () => {
    await runVirtual(function* () {
      const channel = new Channel<number>({ capacity: 2, name: 'lines' })
      channel.close()
      const error = (yield* errorOf(channel.send(1))) as Error
      expect(error).toBeInstanceOf(ChannelClosedError)
      expect(error.name).toBe('ChannelClosedError')
      expect(error.message).toContain('channel "lines" is closed')
      expect(() => channel.close()).toThrow(MisuseError)
      expect(() => channel.close()).toThrow(/channel "lines" is closed already/)
    })
  })

  test('wakes all who wait to receive and fails all who wait to send', async () => {
    await runVirtual(function* () {
      const empty = new Channel<number>()
      const receivers = [0, 1, 2].map(() => createTask(empty.receive()))
      const full = new Channel<number>({ capacity: 1 })
      yield* full.send(0)
      const senders = [1, 2, 3].map(n => createTask(full.send(n)))
      yield* sleep(1)
      empty.close()
      full.close()
      for (const receiver of receivers) expect(yield* receiver).toEqual(closed)
      for (const sender of senders) expect(yield* errorOf(sender)).toBeInstanceOf(ChannelClosedError)
      expect(yield* full.toArray()).toEqual([0])
    })
  })

  test('with an error, receivers get that when the channel is empty, each of them', async () => {
    await runVirtual(function* () {
      const cause = new Error('line cut')
      const channel = new Channel<number>({ capacity: 2 })
      yield* channel.send(1)
      const late = createTask(function* () {
        return [yield* channel.receive(), yield* errorOf(channel.receive()), yield* errorOf(channel.next())]
      })
      channel.close(cause)
      expect(yield* late).toEqual([item(1), cause, cause])
      const waiting = new Channel<number>()
      const receivers = [0, 1].map(() => createTask(waiting.receive()))
      yield* sleep(1)
      waiting.close(cause)
      for (const receiver of receivers) expect(yield* errorOf(receiver)).toBe(cause)
      expect(yield* errorOf(waiting.send(1))).toBeInstanceOf(ChannelClosedError)
      expect(() => waiting.tryReceive()).toThrow(cause)
    })
  })

  test('an item promised before it keeps its receiver', async () => {
    await runVirtual(function* () {
      const channel = new Channel<number>()
      const receiver = createTask(channel.receive())
      yield* sleep(1)
      expect(channel.trySend(1)).toBe(true)
      channel.close(new Error('after it'))
      expect(yield* receiver).toEqual(item(1))
    })
  })
})

describe('going through it', () => {
  test('forEach, toArray, next and for await give the same, to the end', async () => {
    const filled = (): Channel<number> => {
      const channel = new Channel<number>({ capacity: 4 })
      createTask(function* () {
        for (let n = 1; n <= 6; n += 1) yield* channel.send(n)
        channel.close()
      })
      return channel
    }
    const numbers = [1, 2, 3, 4, 5, 6]
    await runVirtual(function* () {
      const seen: number[] = []
      yield* filled().forEach(function* (n) {
        yield* sleep(n % 2)
        seen.push(n)
      })
      expect(seen).toEqual(numbers)
      expect(yield* filled().toArray()).toEqual(numbers)
      const channel = filled()
      for (const value of numbers) expect(yield* channel.next()).toEqual({ done: false, value })
      expect(yield* channel.next()).toEqual({ done: true, value: undefined })
    })
    await runVirtual(async () => {
      const seen: number[] = []
      for await (const n of filled()) seen.push(n)
      expect(seen).toEqual(numbers)
    })
  })

  test('leaving early leaves the rest to others', async () => {
    await runVirtual(async () => {
      const channel = new Channel<number>({ capacity: 4 })
      for (let n = 1; n <= 4; n += 1) await channel.send(n)
      for await (const n of channel) if (n === 2) break
      expect(await channel.receive()).toEqual(item(3))
      channel.close()
      expect(await channel.toArray()).toEqual([4])
    })
  })

  test('an error it was closed with comes out of each of these, after the items', async () => {
    await runVirtual(async () => {
      const cause = new Error('line cut')
      const seen: number[] = []
      const broken = async (): Promise<Channel<number>> => {
        const channel = new Channel<number>({ capacity: 4 })
        await channel.send(1)
        channel.close(cause)
        return channel
      }
      await expect((await broken()).toArray()).rejects.toBe(cause)
      await expect((await broken()).forEach(async n => void seen.push(n))).rejects.toBe(cause)
      const loop = async () => {
        for await (const n of await broken()) seen.push(n)
      }
      await expect(loop()).rejects.toBe(cause)
      expect(seen).toEqual([1, 1])
    })
  })

  test('a time limit ends a receive, and the item that comes later is for the next', async () => {
    await runVirtual(function* () {
      const channel = new Channel<number>()
      expect(yield* errorOf(timeout(5, channel.receive()))).toBeInstanceOf(TimeoutError)
      const sender = createTask(channel.send(1))
      expect(yield* channel.receive()).toEqual(item(1))
      yield* sender
    })
  })
})
