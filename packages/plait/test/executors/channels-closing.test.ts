import { afterAll, describe, expect, test } from 'vitest'
import { Channel, createTask, gather, type Received } from '../../src/index.ts'
import { drain, kinds, upTo, waitersAt } from './channel-pools.ts'
import {
  closeTwice,
  closeWith,
  endOfSending,
  endsOfReceiving,
  feed,
  give,
  isClosedAfter,
  makeChannel,
  quick,
  take,
  takeOne,
} from './jobs/channel-jobs.ts'

const closedError = 'ChannelClosedError: channel "lines" is closed: nobody would receive what is sent'

describe.each(kinds)('closing a channel that is shared ($kind)', ({ Pool }) => {
  const pool = new Pool({ workers: 1, concurrency: 8 })
  const other = new Pool({ workers: 1, concurrency: 8 })
  afterAll(async () => await gather(pool.shutdown(), other.shutdown()))

  test('what is in it is still received, there and here; then everybody is told, and told again', async () => {
    for (const close of [
      (channel: Channel<number>) => channel.close(),
      (channel: Channel<number>) => pool.submit(closeWith, channel),
    ]) {
      const channel = new Channel<number>({ capacity: 4 })
      for (const n of upTo(4)) await channel.send(n)
      await close(channel)
      expect(await pool.submit(take<number>, channel, 2)).toEqual([0, 1])
      expect(await channel.receive()).toEqual({ kind: 'item', item: 2 })
      expect(await pool.submit(endsOfReceiving, channel, 3)).toEqual([
        { kind: 'got', value: { kind: 'item', item: 3 } },
        { kind: 'got', value: { kind: 'closed' } },
        { kind: 'got', value: { kind: 'closed' } },
      ])
      expect(await channel.receive()).toEqual({ kind: 'closed' })
      expect(await other.submit(takeOne<number>, channel)).toEqual({ kind: 'closed' })
    }
  })

  test('receivers that wait are told, wherever they are', async () => {
    const channel = new Channel<number>()
    const waiting = [
      createTask(channel.receive()),
      pool.submit(takeOne<number>, channel),
      pool.submit(takeOne<number>, channel),
      other.submit(takeOne<number>, channel),
    ]
    await waitersAt(channel, 'receivers', 3)
    await pool.submit(closeWith, channel)
    expect(await gather(...waiting)).toEqual(waiting.map((): Received<number> => ({ kind: 'closed' })))
    expect(channel.closed).toBe(true)
  })

  test('senders that wait, and those that come, get ChannelClosedError', async () => {
    const channel = new Channel<unknown>({ name: 'lines' })
    const here = createTask(channel.send(1))
    const there = [
      pool.submit(endOfSending<unknown>, channel, 2),
      other.submit(endOfSending<unknown>, channel, 3),
    ]
    await waitersAt(channel, 'senders', 3)
    await other.submit(closeWith, channel)
    await expect(here).rejects.toThrow('channel "lines" is closed')
    for (const ending of await gather(...there)) expect(ending).toEqual({ kind: 'threw', error: closedError })
    expect(await pool.submit(endOfSending<unknown>, channel, 4)).toEqual({
      kind: 'threw',
      error: closedError,
    })
    expect(drain(channel)).toEqual([])
  })

  test('a sender that waits for the room it needs gets ChannelClosedError, and what is in it is received', async () => {
    const channel = new Channel<number>({ capacity: 2, name: 'lines' })
    const giving = pool.submit(give, channel, 0, 5)
    await waitersAt(channel, 'senders', 1)
    channel.close()
    await expect(giving).rejects.toThrow('channel "lines" is closed')
    expect(await other.submit(take<number>, channel)).toEqual([0, 1])
  })

  test('with an error from here: receivers there get it, of its class, when it is empty', async () => {
    const channel = new Channel<number>({ capacity: 1 })
    await channel.send(1)
    channel.close(new RangeError('the end of the line'))
    expect(await pool.submit(endsOfReceiving, channel, 3)).toEqual([
      { kind: 'got', value: { kind: 'item', item: 1 } },
      { kind: 'threw', error: 'RangeError: the end of the line' },
      { kind: 'threw', error: 'RangeError: the end of the line' },
    ])
  })

  test('with an error from there: receivers here and elsewhere get it, of its class', async () => {
    const channel = new Channel<number>()
    const here = createTask(channel.receive())
    const there = other.submit(endsOfReceiving, channel, 1)
    await waitersAt(channel, 'receivers', 2)
    await pool.submit(closeWith, channel, 'no more lines')
    const error = await here.then(null, (error: unknown) => error)
    expect(error).toBeInstanceOf(RangeError)
    expect(error).toMatchObject({ message: 'no more lines' })
    expect(await there).toEqual([{ kind: 'threw', error: 'RangeError: no more lines' }])
  })

  test('a channel of a worker, from here and from another worker', async () => {
    const theirs = await pool.submit(makeChannel, 2)
    await theirs.send(1)
    await other.submit(closeWith, theirs, 'from elsewhere')
    // It was closed a way away: what this end has not heard of, it asks.
    await pool.submit(quick)
    expect(await theirs.receive()).toEqual({ kind: 'item', item: 1 })
    await expect(theirs.receive()).rejects.toThrow('from elsewhere')
    await expect(theirs.send(2)).rejects.toThrow('is closed')
    const second = await pool.submit(makeChannel)
    second.close()
    expect(second.closed).toBe(true)
    expect(() => second.close()).toThrow('closed already')
    expect(await second.receive()).toEqual({ kind: 'closed' })
  })

  test('from both ends at once: the first is heard, and neither is in the wrong', async () => {
    const channel = new Channel<number>()
    const closing = pool.submit(closeWith, channel, 'there')
    channel.close(new RangeError('here'))
    await closing
    await expect(channel.receive()).rejects.toThrow('here')
    expect(await other.submit(endsOfReceiving, channel, 1)).toEqual([
      { kind: 'threw', error: 'RangeError: here' },
    ])
  })

  test('twice from one end is refused there as here', async () => {
    const channel = new Channel<number>({ name: 'lines' })
    await expect(pool.submit(closeTwice, channel)).rejects.toThrow('channel "lines" is closed already')
    expect(await pool.submit(isClosedAfter, new Channel<number>())).toEqual([false, true])
  })

  test('what its maker sends and closes is received whole, however late', async () => {
    const feeding = pool.submit(feed, 20, 20)
    const theirs = (await feeding.progress<Channel<number>>().next()).value as Channel<number>
    await feeding
    expect(
      await gather(theirs.toArray(), theirs.toArray()).then(all => all.flat().sort((a, b) => a - b)),
    ).toEqual(upTo(20))
  })
})
