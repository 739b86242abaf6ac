import { afterAll, describe, expect, test } from 'vitest'
import { BrokenWorkerError } from '../../src/executors.ts'
import { Channel, createTask, gather, isCancelled } from '../../src/index.ts'
import { drain, eventually, kinds, upTo, waitersAt } from './channel-pools.ts'
import {
  endOfSending,
  endsOfReceiving,
  feed,
  give,
  keepOpen,
  spin,
  take,
  takeOne,
} from './jobs/channel-jobs.ts'

describe.each(kinds)('a worker that is killed ($kind)', ({ Pool }) => {
  /** The one that is killed: what was submitted to it before is in the middle of something. */
  const victim = new Pool({ workers: 1, concurrency: 8 })
  const other = new Pool({ workers: 1, concurrency: 8 })
  afterAll(async () => await gather(victim.shutdown(), other.shutdown()))

  /** Keeps the worker from hearing of anything: gives what kills it. */
  async function stun(): Promise<() => Promise<void>> {
    const spinning = victim.with({ graceMs: 0 }).submit(spin)
    await spinning.progress().next()
    return async () => {
      spinning.cancel()
      await expect(spinning).rejects.toSatisfy(isCancelled)
    }
  }

  const killed = async (job: PromiseLike<unknown>) =>
    await expect(job).rejects.toBeInstanceOf(BrokenWorkerError)

  test('an item on its way to it is received by another', async () => {
    const channel = new Channel<number>()
    const taking = victim.submit(take<number>, channel)
    await waitersAt(channel, 'receivers', 1)
    const kill = await stun()
    await channel.send(1)
    const waiting = other.submit(takeOne<number>, channel)
    await waitersAt(channel, 'receivers', 1)
    await kill()
    await killed(taking)
    expect(await waiting).toEqual({ kind: 'item', item: 1 })
  })

  test('items on their way to it are received in the order in which they were sent', async () => {
    const channel = new Channel<number>({ capacity: 1 })
    const taking = upTo(3).map(() => victim.submit(take<number>, channel))
    await waitersAt(channel, 'receivers', 1)
    const kill = await stun()
    for (const n of upTo(4)) await channel.send(n)
    expect(channel.size).toBe(1)
    await kill()
    for (const job of taking) await killed(job)
    expect(drain(channel)).toEqual(upTo(4))
  })

  test('nobody is told that the channel is over while an item may come back from it', async () => {
    const channel = new Channel<number>()
    const taking = victim.submit(take<number>, channel)
    await waitersAt(channel, 'receivers', 1)
    const kill = await stun()
    await channel.send(1)
    channel.close()
    const here = createTask(channel.receive())
    const there = other.submit(takeOne<number>, channel)
    await waitersAt(channel, 'receivers', 2)
    await kill()
    await killed(taking)
    expect(await here).toEqual({ kind: 'item', item: 1 })
    expect(await there).toEqual({ kind: 'closed' })
  })

  test('an item of a third worker that was on its way to it goes back all the way', async () => {
    const until = new Channel<void>()
    const keeping = other.submit(keepOpen, until)
    const theirs = (await keeping.progress<Channel<number>>().next()).value as Channel<number>
    const ready = new Channel<void>({ capacity: 1 })
    const taking = victim.submit(take<number>, theirs)
    // Behind it on the same way, so that it waits when this is answered.
    await victim.submit(endOfSending<void>, ready, undefined)
    const kill = await stun()
    await theirs.send(1)
    await kill()
    await killed(taking)
    expect(await theirs.receive()).toEqual({ kind: 'item', item: 1 })
    until.close()
    await keeping
  })

  test('what it waited to send is received by nobody', async () => {
    const channel = new Channel<number>()
    const giving = victim.submit(give, channel, 0, 5)
    await waitersAt(channel, 'senders', 1)
    const kill = await stun()
    await kill()
    await killed(giving)
    await waitersAt(channel, 'senders', 0)
    expect(drain(channel)).toEqual([])
  })

  test('what it had sent is received once, and nothing is missing before the last', async () => {
    const channel = new Channel<number>({ capacity: 3 })
    const giving = victim.submit(give, channel, 0, 1000)
    for (const n of upTo(20)) expect(await channel.receive()).toEqual({ kind: 'item', item: n })
    await waitersAt(channel, 'senders', 1)
    const kill = await stun()
    const taking = createTask(channel.toArray())
    await kill()
    await killed(giving)
    channel.close()
    const rest = await taking
    expect(rest).toEqual(upTo(rest.length).map(n => n + 20))
    expect(rest.length).toBeGreaterThanOrEqual(3)
  })

  test('receivers and senders of a channel that it had made fail, here and elsewhere, now and later', async () => {
    const until = new Channel<void>()
    const keeping = victim.submit(keepOpen, until)
    const theirs = (await keeping.progress<Channel<number>>().next()).value as Channel<number>
    const here = [createTask(theirs.receive()), createTask(theirs.toArray())]
    const there = other.submit(endsOfReceiving, theirs, 2)
    const kill = await stun()
    const sending = createTask(theirs.send(1))
    const sendingThere = other.submit(endOfSending<number>, theirs, 2)
    await kill()
    await killed(keeping)
    for (const task of [...here, sending]) await killed(task)
    await killed(theirs.receive())
    await killed(theirs.send(3))
    await killed(theirs.next())
    expect(theirs.closed).toBe(true)
    const lost = { kind: 'threw', error: expect.stringMatching(/^BrokenWorkerError: worker .* is gone$/) }
    expect(await there).toEqual([lost, lost])
    expect(await sendingThere).toEqual(lost)
    expect(await other.submit(endOfSending<number>, theirs, 4)).toEqual(lost)
  })

  test('a pool that is shut down takes the channels of its workers with it', async () => {
    const pool = new Pool({ workers: 1 })
    const feeding = pool.submit(feed, 2, 2)
    const theirs = (await feeding.progress<Channel<number>>().next()).value as Channel<number>
    await feeding
    expect(await theirs.receive()).toEqual({ kind: 'item', item: 0 })
    await pool.shutdown()
    await killed(theirs.receive())
  })

  test('its successor goes on with the same channel', async () => {
    const channel = new Channel<number>()
    const taking = victim.with({ retries: 1 }).submit(take<number>, channel, 2)
    await channel.send(0)
    expect((await taking.progress<number>().next()).value).toBe(0)
    const kill = await stun()
    await kill()
    await eventually(() => victim.statistics().workers.some(({ jobs }) => jobs.includes('take')))
    await channel.send(1)
    await channel.send(2)
    expect(await taking).toEqual([1, 2])
  })
})
