import { afterAll, describe, expect, test } from 'vitest'
import { Channel, createTask, gather, isCancelled, sleep, TimeoutError, timeout } from '../../src/index.ts'
import { drain, kinds, upTo, waitersAt } from './channel-pools.ts'
import {
  cancelledTooLate,
  cancelledWhenClosed,
  cancelledWhenWoken,
  cancelledWithItemOnItsWay,
  feedWhenTold,
  give,
  giveAll,
  passedOn,
  quick,
  take,
  takenBack,
} from './jobs/channel-jobs.ts'
import { Sign } from './sign.ts'

describe.each(kinds)('every item is received once ($kind)', ({ Pool }) => {
  const pool = new Pool({ workers: 1, concurrency: 8 })
  const other = new Pool({ workers: 1, concurrency: 8 })
  afterAll(async () => await gather(pool.shutdown(), other.shutdown()))

  test('by one of many receivers, here and in two workers', async () => {
    for (const capacity of [0, 5]) {
      const channel = new Channel<number>({ capacity })
      const jobs = [pool, pool, other, other].map(pool => pool.submit(take<number>, channel))
      const here = createTask(channel.toArray())
      await waitersAt(channel, 'receivers', 3)
      for (const n of upTo(300)) await channel.send(n)
      channel.close()
      const all = [...(await here), ...(await gather(...jobs)).flat()]
      expect(all.sort((a, b) => a - b)).toEqual(upTo(300))
    }
  })

  test('whoever sends it: in order for each sender, where one receiver takes all', async () => {
    for (const capacity of [0, 5]) {
      const channel = new Channel<number>({ capacity })
      const jobs = [pool, pool, other].map((pool, n) => pool.submit(give, channel, n * 1000, n * 1000 + 100))
      const received: number[] = []
      for (let n = 0; n < 300; n += 1) {
        const next = await channel.receive()
        if (next.kind === 'item') received.push(next.item)
      }
      await gather(...jobs)
      for (const n of upTo(3))
        expect(received.filter(item => Math.floor(item / 1000) === n)).toEqual(
          upTo(100).map(m => n * 1000 + m),
        )
      expect(channel.statistics()).toMatchObject({ size: 0, senders: [], receivers: [] })
    }
  })

  test('by whoever has waited longest: two workers that ask for more take turns', async () => {
    const channel = new Channel<number>()
    const [first, second] = [pool.submit(take<number>, channel), other.submit(take<number>, channel)]
    for (const n of upTo(20)) {
      await waitersAt(channel, 'receivers', 2)
      await channel.send(n)
    }
    channel.close()
    expect((await first).length).toBe(10)
    expect((await second).length).toBe(10)
  })

  test('a sender is no further ahead than there is room', async () => {
    for (const capacity of [0, 3]) {
      const channel = new Channel<number>({ capacity })
      const giving = pool.submit(give, channel, 0, 10)
      const sent: number[] = []
      const noting = createTask(
        giving.progress<number>().forEach(function* (n) {
          sent.push(n)
        }),
      )
      for (const received of upTo(10)) {
        await waitersAt(channel, 'senders', received + capacity < 10 ? 1 : 0)
        // What that worker has told before comes before what this gives; it is noted some turns after it has come.
        await pool.submit(quick)
        const expected = upTo(Math.min(10, received + capacity))
        for (let turns = 0; turns < 100 && sent.length < expected.length; turns += 1) await sleep(0)
        await sleep(0)
        expect(sent).toEqual(expected)
        expect(await channel.receive()).toEqual({ kind: 'item', item: received })
      }
      await giving
      await noting
    }
  })

  test('a send from here waits until a worker receives the item', async () => {
    const channel = new Channel<number>()
    const sending = createTask(channel.send(1))
    await pool.submit(quick)
    expect(sending.done()).toBe(false)
    expect(await pool.submit(take<number>, channel, 1)).toEqual([1])
    await sending
  })

  test('a receiver that is cancelled while it waits takes nothing', async () => {
    const channel = new Channel<number>({ capacity: 1 })
    const taking = pool.submit(take<number>, channel)
    await waitersAt(channel, 'receivers', 1)
    taking.cancel()
    await expect(taking).rejects.toSatisfy(isCancelled)
    await waitersAt(channel, 'receivers', 0)
    await channel.send(1)
    expect(drain(channel)).toEqual([1])
  })

  test('a receiver here that waits no longer than it likes takes nothing from a worker after that', async () => {
    const feeding = pool.submit(feedWhenTold, 3)
    const progress = feeding.progress<Channel<number> | Channel<void>>()
    const theirs = (await progress.next()).value as Channel<number>
    const go = (await progress.next()).value as Channel<void>
    await expect(timeout(1, theirs.receive())).rejects.toThrow(TimeoutError)
    await go.send()
    expect(await theirs.toArray()).toEqual(upTo(3))
    await feeding
  })

  test('an item on its way to a receiver that is cancelled goes back', async () => {
    using sign = new Sign()
    const channel = new Channel<number>()
    const job = pool.submit(cancelledWithItemOnItsWay, channel, sign.file)
    await job.progress().next()
    await waitersAt(channel, 'receivers', 1)
    await channel.send(7)
    sign.give()
    expect(await job).toBe('threw')
    expect(await channel.receive()).toEqual({ kind: 'item', item: 7 })
  })

  test('an item on its way to a receiver that is cancelled is for the next one there', async () => {
    using sign = new Sign()
    const channel = new Channel<number>()
    const job = pool.submit(passedOn, channel, sign.file)
    await job.progress().next()
    await waitersAt(channel, 'receivers', 1)
    await channel.send(7)
    sign.give()
    expect(await job).toEqual(['threw', { kind: 'item', item: 7 }])
    await waitersAt(channel, 'receivers', 0)
    expect(channel.size).toBe(0)
  })

  test('a receiver that was woken, and cancelled before it has run, takes nothing', async () => {
    const channel = new Channel<number>({ capacity: 2 })
    const job = pool.submit(cancelledWhenWoken, channel)
    await job.progress().next()
    await waitersAt(channel, 'receivers', 1)
    channel.trySend(1)
    channel.trySend(2)
    // Whichever of the two came first, the other one is not lost.
    if ((await job) === 'threw') expect(await channel.receive()).toEqual({ kind: 'item', item: 2 })
    await waitersAt(channel, 'receivers', 0)
    expect(channel.size).toBe(0)
  })

  test('an item whose sender was cancelled in time is received by nobody', async () => {
    for (const capacity of [0, 1]) {
      const channel = new Channel<number>({ capacity })
      if (capacity === 1) await channel.send(0)
      expect(await pool.submit(takenBack, channel, 5)).toBe('cancelled: changed my mind')
      expect(channel.statistics().senders).toEqual([])
      expect(drain(channel)).toEqual(capacity === 1 ? [0] : [])
    }
  })

  test('a job that is cancelled while it sends takes its item back', async () => {
    const channel = new Channel<number>()
    const giving = pool.submit(give, channel, 0, 10)
    await waitersAt(channel, 'senders', 1)
    giving.cancel('enough')
    await expect(giving).rejects.toMatchObject({ reason: 'enough' })
    expect(channel.statistics().senders).toEqual([])
    expect(drain(channel)).toEqual([])
  })

  test('a sender that was cancelled when its item had been received goes on, to be cancelled at its next wait', async () => {
    using sign = new Sign()
    const channel = new Channel<number>()
    const job = pool.submit(cancelledTooLate, channel, sign.file)
    await job.progress().next()
    expect(await channel.receive()).toEqual({ kind: 'item', item: 1 })
    sign.give()
    expect(await job).toEqual(['sent', 'cancelled: too late'])
  })

  test('a sender that was cancelled when the channel had been closed is cancelled', async () => {
    using sign = new Sign()
    const channel = new Channel<number>()
    const job = pool.submit(cancelledWhenClosed, channel, sign.file)
    await job.progress().next()
    await waitersAt(channel, 'senders', 1)
    channel.close()
    sign.give()
    expect(await job).toBe('cancelled: no more')
  })

  test('two jobs that send and one that closes when they are done: nothing is missing', async () => {
    const channel = new Channel<number>({ capacity: 1 })
    const giving = pool.submit(give, channel, 0, 30)
    const taking = createTask(channel.toArray())
    await giving
    await pool.submit(giveAll, channel, 30, 60)
    expect(await taking).toEqual(upTo(60))
  })
})
