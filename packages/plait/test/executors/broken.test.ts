import { describe, expect, test } from 'vitest'
import { BrokenExecutorError, type PoolOptions, remoteModule } from '../../src/executors.ts'
import { createTask, MisuseError } from '../../src/index.ts'
import { exit } from './jobs/dying.ts'
import { different } from './jobs/mistaken.ts'
import { add, square } from './jobs/plain.ts'
import { failToPrepare, prepareOnce } from './jobs/starting.ts'
import { errorOf, type Kind, kinds, Mark, poolFor } from './pools.ts'

const nowhere = new URL('./jobs/nowhere.ts', import.meta.url)
const { missing } = remoteModule<{ missing(): void }>(nowhere)
const { unreachable } = remoteModule<typeof import('./jobs/throws-when-loaded.ts')>(
  new URL('./jobs/throws-when-loaded.ts', import.meta.url),
)
const { fatal } = remoteModule<typeof import('./jobs/exits-when-loaded.ts')>(
  new URL('./jobs/exits-when-loaded.ts', import.meta.url),
)
const { nothing } = remoteModule<{ nothing(): void }>(new URL('./jobs/plain.ts', import.meta.url))

const hopeless: readonly [string, PoolOptions, RegExp][] = [
  [
    'whose initializer throws',
    { workers: 2, concurrency: 2, initializer: failToPrepare, initializerArgs: ['no luck'] },
    /no luck/,
  ],
  ['whose initializer exits', { initializer: exit, initializerArgs: [3] }, /exit code 3/],
  ['whose initializer stands in a module that is not there', { initializer: missing }, /nowhere\.ts/],
  ['whose initializer is not in its module', { initializer: nothing }, /exports no function "nothing"/],
  ['with flags that Node does not know', { execArgv: ['--no-such-flag'] }, /no-such-flag|exit code 9/],
  [
    'whose initializer cannot be sent its arguments',
    { initializer: failToPrepare, initializerArgs: [{ why: [() => {}] }] },
    /initializerArgs\[0\]\.why\[0\] is function/,
  ],
]

describe.each(kinds)('a pool of $kind', ({ make }) => {
  test.each(hopeless)('%s is broken, and says so on every job, at once', async (_what, options, why) => {
    const pool = poolFor(make, { name: 'hopeless', ...options })
    // Where that is known at the first of them, the others are refused on the spot.
    const doors: (() => PromiseLike<unknown>)[] = [
      ...[1, 2, 3, 4, 5, 6].map(n => () => pool.submit(square, n)),
      () => pool.with({ retries: 3 }).submit(square, 7),
      () => pool.spawn(square, 8),
      () => createTask(pool.run(square, 9)),
      () => createTask(pool.map(square, [1, 2, 3]).toArray()),
    ]
    const errors = await Promise.all(doors.map(submit => errorOf((async () => await submit())())))
    for (const error of errors) {
      expect(error).toBeInstanceOf(BrokenExecutorError)
      expect((error as Error).message).toMatch(/^no worker of hopeless can start: /)
      expect((error as Error).message).toMatch(why)
    }
    for (const later of [() => pool.submit(add, 1, 2), () => pool.spawn(add, 1, 2)])
      expect(later).toThrow(BrokenExecutorError)
    expect(await errorOf(pool.run(add, 1, 2))).toBeInstanceOf(BrokenExecutorError)
    expect(String(pool)).toMatch(/, broken\]>$/)
    await pool.shutdown()
    expect(pool.statistics()).toMatchObject({ workers: [], queued: 0, running: 0 })
  })

  test('is broken for those who wait for room, too, by the error of the initializer', async () => {
    const pool = poolFor(make, { maxQueue: 1, initializer: failToPrepare, initializerArgs: ['no luck'] })
    const errors = [1, 2, 3, 4].map(n => errorOf(createTask(pool.run(square, n))))
    for (const error of await Promise.all(errors)) {
      expect(error).toBeInstanceOf(BrokenExecutorError)
      const { cause } = error as Error
      expect(cause).toEqual(new RangeError('no luck'))
      expect((cause as Error).stack).toMatch(/failToPrepare/)
    }
  })

  test('goes on when the module of a job cannot be loaded: that job fails alone, with the reason', async () => {
    const pool = poolFor(make)
    const jobs = [pool.submit(missing), pool.submit(unreachable), pool.submit(add, 1, 2)] as const
    const error = (await errorOf(jobs[0])) as MisuseError
    expect(error).toBeInstanceOf(MisuseError)
    expect(error.code).toBe('notLoadable')
    expect(error.message).toMatch(new RegExp(`the module of "missing", ${nowhere}, could not be loaded`))
    expect(await errorOf(jobs[1])).toMatchObject({
      code: 'notLoadable',
      cause: { name: 'RangeError', message: 'this module cannot be loaded' },
    })
    expect(await jobs[2]).toBe(3)
    const chunks = pool.map(missing as (n: number) => void, [1, 2, 3, 4], { chunkSize: 2 })
    expect(await errorOf(chunks.toArray())).toMatchObject({ code: 'notLoadable' })
    expect(await errorOf(pool.submit(different))).toMatchObject({ code: 'remoteChanged' })
    expect(await pool.submit(add, 1, 2)).toBe(3)
    expect(pool.statistics().deaths).toBe(0)
  })

  test('has a job fail whose module ends the worker when it is loaded, in place of trying for ever', async () => {
    const pool = poolFor(make)
    expect(await errorOf(pool.submit(fatal))).toMatchObject({ name: 'BrokenWorkerError', exitCode: 4 })
    expect(await pool.submit(add, 1, 2)).toBe(3)
  })
})

test('a pool whose workers cannot start any more, after one that did, is given up after some tries', async () => {
  const pool = poolFor((kinds[0] as Kind).make, {
    initializer: prepareOnce,
    initializerArgs: [new Mark().file],
  })
  expect(await pool.submit(add, 1, 2)).toBe(3)
  await errorOf(pool.submit(exit, 1))
  const error = await errorOf(pool.submit(add, 1, 2))
  expect(error).toBeInstanceOf(BrokenExecutorError)
  expect((error as Error).message).toMatch(/only once/)
})
