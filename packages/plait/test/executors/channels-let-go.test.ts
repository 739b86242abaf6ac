import { afterAll, describe, expect, test } from 'vitest'
import type { WorkerPool } from '../../src/executors.ts'
import { Channel, gather } from '../../src/index.ts'
import { collectUntil } from '../collect-garbage.ts'
import { kinds } from './channel-pools.ts'
import { collect, giveBack, madeLive, makeChannel, quick, take } from './jobs/channel-jobs.ts'

describe.each(kinds)('a channel that nobody has any more ($kind)', ({ Pool }) => {
  const pool = new Pool({ workers: 1, concurrency: 2 })
  const other = new Pool({ workers: 1, concurrency: 2 })
  afterAll(async () => await gather(pool.shutdown(), other.shutdown()))

  /** Until it is so, with garbage collected on both sides meanwhile. */
  async function collected(isSo: () => boolean | Promise<boolean>): Promise<boolean> {
    for (let round = 0; round < 20; round += 1) {
      await collectUntil(() => true)
      await gather(pool.submit(collect), other.submit(collect))
      if (await isSo()) return true
    }
    return false
  }

  // In functions of their own: a suspended frame keeps what it last held.
  async function used(): Promise<WeakRef<Channel<number>>> {
    const channel = new Channel<number>({ capacity: 1 })
    await channel.send(1)
    channel.close()
    expect(await pool.submit(take<number>, channel)).toEqual([1])
    expect(await other.submit(take<number>, channel)).toEqual([])
    return new WeakRef(channel)
  }

  test('is let go here, when the workers that had it have let it go', async () => {
    const refs = [await used(), await used()]
    expect(await collected(() => refs.every(ref => ref.deref() === undefined))).toBe(true)
  })

  test('is kept while anybody has it: a receiver that waits in a worker', async () => {
    const job = await (async () => {
      const channel = new Channel<number>({ name: 'kept' })
      const taking = pool.submit(take<number>, channel, 1)
      await other.submit(giveBack<number>, channel)
      return { taking, ref: new WeakRef(channel) }
    })()
    await collected(() => false)
    const channel = job.ref.deref() as Channel<number>
    await channel.send(1)
    expect(await job.taking).toEqual([1])
  })

  async function refused(pool: WorkerPool): Promise<WeakRef<Channel<number>>> {
    const channel = new Channel<number>()
    const fails = { channel, fn: () => {} }
    // Not by expect: it keeps the promise, and with that the job and what it was given.
    const error = await pool.submit(giveBack as (value: unknown) => unknown, fails).then(String, String)
    expect(error).toContain('fn is function fn')
    return new WeakRef(channel)
  }

  test('is let go here when it was to be handed over beside what could not be sent', async () => {
    const ref = await refused(pool)
    expect(await collected(() => ref.deref() === undefined)).toBe(true)
  })

  async function makeOne(): Promise<void> {
    const theirs = await pool.submit(makeChannel, 1)
    await theirs.send(1)
    expect(await other.submit(take<number>, theirs, 1)).toEqual([1])
    await pool.submit(quick)
  }

  test('is let go in the worker that made it, when it was let go here and in another worker', async () => {
    await makeOne()
    await makeOne()
    expect(await collected(async () => (await pool.submit(madeLive)) === 0)).toBe(true)
  })
})
