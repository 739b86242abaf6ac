import { afterAll, describe, expect, test } from 'vitest'
import { Channel, MisuseError } from '../../src/index.ts'
import { drain, kinds } from './channel-pools.ts'
import {
  giveBack,
  quick,
  reportBeside,
  reportNested,
  returnBeside,
  returnNested,
  sendBeside,
  sendFunction,
  sendNested,
  takeOne,
} from './jobs/channel-jobs.ts'

const tooDeep = (path: string, way: string) =>
  `${path} is a channel, and too deep inside to be handed to another ${way}: give the channel itself, or as a property of what is given`

describe.each(kinds)('what cannot be handed over with a channel ($kind)', ({ kind, Pool }) => {
  const pool = new Pool({ workers: 1, concurrency: 2 })
  afterAll(async () => await pool.shutdown())
  const way = kind === 'threads' ? 'thread' : 'process'
  // Deliberately of other types than the job declares: it only gives back what it gets.
  const give = (value: unknown) => pool.submit(giveBack as (value: unknown) => unknown, value)

  test('a channel deeper inside than one property is refused with its path, wherever it is', async () => {
    const channel = new Channel<number>()
    for (const [value, path] of [
      [{ deep: { inside: channel } }, 'arguments[0].deep.inside'],
      [[[channel]], 'arguments[0][0][0]'],
      [new Map([['key', channel]]), 'arguments[0].get("key")'],
      [new Set([channel]), 'arguments[0].values()[0]'],
      [Array.from({ length: 65 }, () => channel), 'arguments[0][0]'],
    ] as const) {
      const refused = give(value)
      await expect(refused).rejects.toThrow(tooDeep(path, way))
      await expect(refused).rejects.toBeInstanceOf(MisuseError)
    }
    await expect(pool.submit(returnNested)).rejects.toThrow(tooDeep('result.deep.inside', way))
    expect(await pool.submit(reportNested)).toBe(`MisuseError: ${tooDeep('progress.deep.inside', way)}`)
  })

  test('what cannot be sent beside a channel is what is told', async () => {
    const value = { channel: new Channel<number>(), onDone: () => {} }
    await expect(give(value)).rejects.toThrow('arguments[0].onDone is function onDone')
    expect(await pool.submit(sendBeside, new Channel<unknown>({ capacity: 1 }))).toEqual({
      kind: 'threw',
      error: expect.stringContaining('item.onDone is function onDone'),
    })
    expect(await pool.submit(reportBeside)).toContain('progress.onDone is function onDone')
    await expect(pool.submit(returnBeside)).rejects.toThrow('result.onDone is function onDone')
  })

  test('an item that cannot be sent to a worker is told to whoever is to receive it there', async () => {
    const channel = new Channel<unknown>({ capacity: 2 })
    await channel.send({ onDone: () => {} })
    await channel.send('next')
    await expect(pool.submit(takeOne<unknown>, channel)).rejects.toThrow(
      'item.onDone is function onDone, which cannot be sent to another thread or process',
    )
    expect(await pool.submit(takeOne<unknown>, channel)).toEqual({ kind: 'item', item: 'next' })
  })

  test('an item that cannot be sent from a worker is told to whoever sends it', async () => {
    const channel = new Channel<unknown>({ capacity: 1 })
    expect(await pool.submit(sendFunction, channel)).toEqual({
      kind: 'threw',
      error: expect.stringContaining('MisuseError: item.onDone is function onDone, which cannot be sent'),
    })
    expect(await pool.submit(sendNested, channel)).toEqual({
      kind: 'threw',
      error: `MisuseError: ${tooDeep('item.deep.inside', 'thread or process')}`,
    })
    expect(drain(channel)).toEqual([])
  })

  test('a getter that throws fails the job with its error, and the worker goes on', async () => {
    const channel = new Channel<number>()
    const value = {
      channel,
      get broken(): never {
        throw new RangeError('from the getter')
      },
    }
    for (let n = 0; n < 3; n += 1) await expect(give(value)).rejects.toThrow('from the getter')
    await expect(give(new Proxy({}, { ownKeys: () => ['x'] }))).rejects.toThrow()
    expect(await pool.submit(quick)).toBe(undefined)
    expect(pool.statistics().running).toBe(0)
  })
})
