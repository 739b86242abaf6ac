import { afterAll, describe, expect, test } from 'vitest'
import { Channel, createTask, gather, select, sleep } from '../../src/index.ts'
import { kinds, upTo, waitersAt } from './channel-pools.ts'
import { feed, keepOpen, selectASend, takeFromAll } from './jobs/channel-jobs.ts'

describe.each(kinds)('select over channels that are elsewhere ($kind)', ({ Pool }) => {
  const pool = new Pool({ workers: 1, concurrency: 8 })
  const other = new Pool({ workers: 1, concurrency: 8 })
  afterAll(async () => await gather(pool.shutdown(), other.shutdown()))

  test('with sleeps: two workers and this thread take from two channels, and nothing is lost', async () => {
    for (const capacity of [0, 2]) {
      const first = new Channel<number>({ capacity })
      const second = new Channel<number>({ capacity })
      const jobs = [pool, pool, other].map(pool => pool.submit(takeFromAll, first, second))
      const here = createTask(gather(first.toArray(), second.toArray()))
      const sendAll = function* (channel: Channel<number>, from: number) {
        for (const n of upTo(150)) {
          yield* channel.send(from + n)
          if (n % 10 === 0) yield* sleep(n % 3)
        }
        channel.close()
      }
      await gather(sendAll(first, 0), sendAll(second, 1000))
      const taken = await gather(...jobs)
      const [firstHere, secondHere] = await here
      const ofFirst = [...firstHere, ...taken.flatMap(({ first }) => first)]
      const ofSecond = [...secondHere, ...taken.flatMap(({ second }) => second)]
      expect(ofFirst.sort((a, b) => a - b)).toEqual(upTo(150))
      expect(ofSecond.sort((a, b) => a - b)).toEqual(upTo(150).map(n => 1000 + n))
    }
  })

  test('an item that comes for one case while another is taken goes to somebody else', async () => {
    const until = new Channel<void>()
    const keeping = [pool.submit(keepOpen, until), other.submit(keepOpen, until)]
    const [one, two] = await gather(...keeping.map(job => job.progress<Channel<number>>().next())).then(
      told => told.map(({ value }) => value as Channel<number>),
    )
    if (one === undefined || two === undefined) throw new Error('no channels')
    const received: number[] = []
    const sending = [one, two].map(channel =>
      createTask(function* () {
        for (const n of upTo(50)) yield* channel.send(n)
      }),
    )
    for (let n = 0; n < 100; n += 1) {
      const next = await select({ one: one.receive(), two: two.receive() })
      if (next.value.kind === 'item') received.push(next.value.item)
    }
    await gather(...sending)
    expect(received.sort((a, b) => a - b)).toEqual(upTo(50).flatMap(n => [n, n]))
    until.close()
    await gather(...keeping)
  })

  test('with a default that is taken, nothing is asked for', async () => {
    const feeding = pool.submit(feed, 1, 1)
    const theirs = (await feeding.progress<Channel<number>>().next()).value as Channel<number>
    await feeding
    expect(await select({ item: theirs.receive(), default: null })).toEqual({ kind: 'default', value: null })
    expect(await theirs.toArray()).toEqual([0])
  })

  test('a select that is cancelled takes nothing', async () => {
    const until = new Channel<void>()
    const keeping = pool.submit(keepOpen, until)
    const theirs = (await keeping.progress<Channel<number>>().next()).value as Channel<number>
    const choosing = createTask(select({ item: theirs.receive(), until: until.receive() }))
    await waitersAt(until, 'receivers', 2)
    choosing.cancel()
    await expect(choosing).rejects.toThrow()
    const sending = createTask(theirs.send(1))
    expect(await theirs.receive()).toEqual({ kind: 'item', item: 1 })
    await sending
    until.close()
    await keeping
  })

  test('sending is no case there, since it could not be taken back at once: it says so', async () => {
    expect(await pool.submit(selectASend, new Channel<number>())).toMatch(
      /^MisuseError: select cannot take .* as its case "out"/,
    )
  })
})
