import { afterAll, describe, expect, test } from 'vitest'
import { Channel, gather } from '../../src/index.ts'
import { kinds, upTo } from './channel-pools.ts'
import {
  areSame,
  askOver,
  double,
  feed,
  giveAll,
  giveBack,
  keepOpen,
  makeChannel,
  refusals,
  sumOfMine,
  take,
  takeByLoop,
  takeFromProperty,
  takeIntoArray,
} from './jobs/channel-jobs.ts'

describe.each(kinds)('a channel handed over ($kind)', ({ Pool }) => {
  const pool = new Pool({ workers: 1 })
  const other = new Pool({ workers: 1 })
  afterAll(async () => await gather(pool.shutdown(), other.shutdown()))

  test('as an argument: what is sent here is received there, in order, in every form of receiving', async () => {
    const ways = [
      (channel: Channel<number>) => pool.submit(take<number>, channel),
      (channel: Channel<number>) => pool.submit(takeByLoop<number>, channel),
      (channel: Channel<number>) => pool.submit(takeIntoArray<number>, channel),
    ]
    for (const begin of ways) {
      const channel = new Channel<number>({ capacity: 3 })
      const taken = begin(channel)
      for (const n of upTo(50)) await channel.send(n)
      channel.close()
      expect(await taken).toEqual(upTo(50))
    }
  })

  test('as an argument: what is sent there is received here, in order', async () => {
    for (const capacity of [0, 3]) {
      const channel = new Channel<number>({ capacity })
      const giving = pool.submit(giveAll, channel, 0, 50)
      expect(await channel.toArray()).toEqual(upTo(50))
      await giving
    }
  })

  test('as two arguments, one to receive from and one to send to', async () => {
    const from = new Channel<number>()
    const to = new Channel<number>()
    const doubling = pool.submit(double, from, to)
    for (const n of upTo(10)) {
      await from.send(n)
      expect(await to.receive()).toEqual({ kind: 'item', item: n * 2 })
    }
    from.close()
    expect(await to.receive()).toEqual({ kind: 'closed' })
    await doubling
  })

  test('as a property of an argument, beside data', async () => {
    const items = new Channel<string>({ capacity: 2 })
    await items.send('one')
    await items.send('two')
    items.close()
    expect(await pool.submit(takeFromProperty<string>, { label: 'numbers', items })).toEqual({
      label: 'numbers',
      items: ['one', 'two'],
    })
  })

  test('in an item of another channel: an answer comes back over it', async () => {
    const requests = new Channel<{ question: string; reply: Channel<string> }>()
    const asking = pool.submit(askOver, requests, 'how much?')
    const next = await requests.receive()
    if (next.kind === 'closed') throw new Error('nobody asked')
    expect(next.item.question).toBe('how much?')
    await next.item.reply.send('42')
    expect(await asking).toBe('42')
  })

  test('as progress: the worker receives what is sent here, over a channel of its own', async () => {
    for (const capacity of [0, 2]) {
      const summing = pool.submit(sumOfMine, capacity)
      const told = await summing.progress<Channel<number>>().next()
      const theirs = told.value as Channel<number>
      expect(theirs).toBeInstanceOf(Channel)
      expect(theirs.name).toBe('mine')
      expect(theirs.capacity).toBe(capacity)
      for (const n of upTo(10)) await theirs.send(n)
      theirs.close()
      expect(await summing).toBe(45)
    }
  })

  test('as progress: what the worker sends over a channel of its own is received here', async () => {
    for (const capacity of [0, 2]) {
      const feeding = pool.submit(feed, 50, capacity)
      const told = await feeding.progress<Channel<number>>().next()
      expect(await (told.value as Channel<number>).toArray()).toEqual(upTo(50))
      await feeding
    }
  })

  test('as a result: both ends of it can be here', async () => {
    const theirs = await pool.submit(makeChannel, 2)
    expect(String(theirs)).toContain('made')
    await theirs.send(1)
    await theirs.send(2)
    theirs.close()
    expect(await theirs.toArray()).toEqual([1, 2])
  })

  test('handed back it is the very channel', async () => {
    const mine = new Channel<number>()
    expect(await pool.submit(giveBack<number>, mine)).toBe(mine)
    const theirs = await pool.submit(makeChannel)
    expect(await pool.submit(giveBack<number>, theirs)).toBe(theirs)
  })

  test('handed over more than once it is one object there, however it came', async () => {
    const channel = new Channel<number>()
    const items = new Channel<Channel<number>>({ capacity: 1 })
    await items.send(channel)
    expect(await pool.submit(areSame<number>, channel, channel, { channel }, items)).toBe(true)
  })

  test('of one worker, and on to another: what is sent by the one is received by the other', async () => {
    const until = new Channel<void>()
    const keeping = pool.submit(keepOpen, until)
    const told = await keeping.progress<Channel<number>>().next()
    const theirs = told.value as Channel<number>
    const taken = other.submit(take<number>, theirs, 20)
    for (const n of upTo(20)) await theirs.send(n)
    expect(await taken).toEqual(upTo(20))
    const giving = other.submit(giveAll, theirs, 0, 20)
    expect(await theirs.toArray()).toEqual(upTo(20))
    await giving
    expect(await other.submit(giveBack<number>, theirs)).toBe(theirs)
    until.close()
    await keeping
  })

  test('there, it refuses what asks at once, and says what to do', async () => {
    const channel = new Channel<number>({ name: 'pages', capacity: 4 })
    const refused = await pool.submit(refusals, channel)
    for (const method of ['trySend', 'tryReceive', 'size', 'statistics'])
      expect(refused[method]).toMatch(
        new RegExp(`^MisuseError: ${method}\\(\\) asks at once, .* use the call that waits$`),
      )
    expect(refused.text).toBe('<Channel "pages" [elsewhere]>')
    expect(refused.capacity).toBe('4')
  })
})
