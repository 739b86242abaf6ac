import { afterAll, describe, expect, test } from 'vitest'
import { InlineExecutor, toThread } from '../../src/executors.ts'
import { Context, createTask, Lock, run } from '../../src/index.ts'
import { locale, readLater, readTwin, readUser, setUser, twinA, twinB, user } from './jobs/context.ts'
import { add } from './jobs/plain.ts'
import { errorOf, kinds, poolFor } from './pools.ts'

const executors = [
  ...kinds.map(({ kind, make }) => ({ kind, make: () => make({ workers: 1 }) })),
  { kind: 'tasks of this loop', make: () => new InlineExecutor() },
]

describe.each(executors)('context variables in jobs of $kind', ({ make }) => {
  const executor = make()
  afterAll(() => executor.shutdown())

  test('have the values that they had where the job was submitted', async () => {
    const jobs = ['ann', 'bob'].map(name =>
      new Context().run(() => {
        user.set(name)
        locale.set(`${name}'s`)
        const job = executor.submit(readLater)
        user.set('somebody else')
        return job
      }),
    )
    expect(await Promise.all(jobs)).toEqual([
      ['ann', 'ann', "ann's"],
      ['bob', 'bob', "bob's"],
    ])
    expect(await executor.submit(readUser)).toBe('nobody')
  })

  test('go by way of run, spawn and map as well', async () => {
    const seen = await run(function* () {
      user.set('ann')
      const task = executor.spawn(readUser)
      const results = yield* executor.map(readUser as (item: number) => unknown, [1, 2]).toArray()
      return [yield* executor.run(readUser), yield* task, ...results]
    })
    expect(seen).toEqual(['ann', 'ann', 'ann', 'ann'])
  })

  test('are set there for that job alone', async () => {
    const [first, second] = await new Context().run(() => {
      user.set('ann')
      return Promise.all([executor.submit(setUser, 'bob'), executor.submit(readUser)])
    })
    expect([first, second]).toEqual([['ann', 'bob'], 'ann'])
    expect(user.get()).toBe('nobody')
  })
})

describe.each(kinds)('context variables in jobs of $kind', ({ make }) => {
  const pool = make({ workers: 1 })
  afterAll(() => pool.shutdown())

  test('have their values in the first job of a worker, whose module is loaded for it', async () => {
    const fresh = poolFor(make)
    const seen = await new Context().run(() => {
      user.set({ name: 'ann' })
      return fresh.submit(readUser)
    })
    expect(seen).toEqual({ name: 'ann' })
  })

  test.each([
    ['a function', () => 1, /"user" .* could not be sent along: it is a function/],
    ['what has one inside', { on: [() => 1] }, /could not be sent along: value\.on\[0\] is function/],
    ['a symbol', Symbol('s'), /it is a symbol/],
    ['a lock', new Lock(), /it is a Lock, which is of that thread alone/],
  ])('that cannot be sent cost nothing until they are read: %s', async (_what, value, says) => {
    const jobs = new Context().run(() => {
      user.set(value)
      return [pool.submit(add, 1, 2), pool.submit(readUser)] as const
    })
    expect(await jobs[0]).toBe(3)
    const error = await errorOf(jobs[1])
    expect(error).toMatchObject({ name: 'MisuseError', code: 'contextNotSent' })
    expect((error as Error).message).toMatch(says)
  })

  test('that threads share and processes do not cost nothing where they are not read', async () => {
    const job = new Context().run(() => {
      user.set(new SharedArrayBuffer(4))
      return pool.submit(add, 1, 2)
    })
    expect(await job).toBe(3)
  })

  test('have the values they have now, also those inside of objects', async () => {
    const cart = { items: 1 }
    const [before, after] = await new Context().run(() => {
      user.set(cart)
      const first = pool.submit(readUser)
      cart.items = 2
      return Promise.all([first, pool.submit(readUser)])
    })
    expect([before, after]).toEqual([{ items: 1 }, { items: 2 }])
  })

  test('of which two have one name are not confused: reading one says so', async () => {
    const [both, one] = new Context().run(() => {
      twinB.set('b')
      const single = pool.submit(add, 1, 2)
      twinA.set('a')
      return [pool.submit(readTwin), single] as const
    })
    expect(await one).toBe(3)
    expect(await errorOf(both)).toMatchObject({ code: 'contextNotSent' })
  })
})

test('toThread brings them along', async () => {
  const seen = await run(function* () {
    user.set('ann')
    return yield* createTask(toThread(readUser))
  })
  expect(seen).toBe('ann')
})
