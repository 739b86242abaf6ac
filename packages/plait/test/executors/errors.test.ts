import { afterAll, describe, expect, test } from 'vitest'
import {
  createTask,
  ExceptionGroup,
  getEventLoop,
  QueueFullError,
  run,
  TimeoutError,
} from '../../src/index.ts'
import {
  cancelItself,
  fail,
  failAfter,
  failInGroup,
  failLater,
  failWaiting,
  Overdrawn,
} from './jobs/failing.ts'
import { add, square, squareUnless } from './jobs/plain.ts'
import { errorOf, kinds } from './pools.ts'

describe.each(kinds)('an error in a job of $kind', ({ way, make }) => {
  const pool = make({ workers: 1, name: 'failing' })
  afterAll(() => pool.shutdown())

  test.each([
    ['a plain function', fail],
    ['an async function', failLater],
    ['a generator', failWaiting],
  ])('of %s arrives, with the stack it had there, where that was first', async (_color, fn) => {
    const error = (await errorOf(pool.submit(fn as typeof fail, 'builtin'))) as Error
    expect(error).toBeInstanceOf(RangeError)
    expect(error.message).toBe('too far')
    const [title, where, ...frames] = (error.stack as string).split('\n')
    expect(title).toBe('RangeError: too far')
    expect(where).toMatch(new RegExp(`^ {4}at worker 1 of failing \\(${way} \\d+\\)$`))
    expect(frames.join('\n')).toMatch(/jobs\/failing\.ts:\d+/)
    expect(frames.join('\n')).toContain(fn.name)
  })

  test('has the class it had: one of the library', async () => {
    const full = await errorOf(pool.submit(fail, 'library'))
    expect(full).toBeInstanceOf(QueueFullError)
    expect(full).toMatchObject({ name: 'QueueFullError', message: 'no room' })
    expect(await errorOf(pool.submit(fail, 'timeout'))).toBeInstanceOf(TimeoutError)
  })

  test('has the class it had: one that was declared, with its own properties and methods', async () => {
    const error = (await errorOf(pool.submit(fail, 'declared'))) as InstanceType<typeof Overdrawn>
    expect(error).toBeInstanceOf(Overdrawn)
    expect(error).toMatchObject({
      name: 'Overdrawn',
      message: 'ann has -5',
      balance: -5,
      account: { owner: 'ann' },
    })
    expect(error.debt).toBe(5)
  })

  test('of a class that was not declared has the nearest one that is known, and its name', async () => {
    const error = await errorOf(pool.submit(fail, 'undeclared'))
    expect(error).toBeInstanceOf(TypeError)
    expect((error as Error).constructor.name).toBe('Unknown')
    expect(error).toMatchObject({ message: 'who knows', code: 'E_UNKNOWN' })
  })

  test('brings its cause, and those that it is made of', async () => {
    const error = (await errorOf(pool.submit(fail, 'cause'))) as Error
    expect(error.cause).toBeInstanceOf(Overdrawn)
    expect(error.cause).toMatchObject({ balance: -7 })
    const several = (await errorOf(pool.submit(fail, 'aggregate'))) as AggregateError
    expect(several).toBeInstanceOf(AggregateError)
    expect(several.errors[0]).toBeInstanceOf(RangeError)
    expect(several.errors[1]).toBeInstanceOf(Overdrawn)
    const group = (await errorOf(pool.submit(failInGroup))) as ExceptionGroup
    expect(group).toBeInstanceOf(ExceptionGroup)
    expect(group.errors.map(one => (one as Error).name)).toEqual(['RangeError', 'Overdrawn'])
  })

  test('of the host arrives as it was', async () => {
    expect(await errorOf(pool.submit(fail, 'node'))).toMatchObject({
      code: 'ENOENT',
      errno: -2,
      path: '/nowhere',
    })
    const dom = await errorOf(pool.submit(fail, 'dom'))
    expect(dom).toBeInstanceOf(DOMException)
    expect(dom).toMatchObject({ name: 'NotFoundError', message: 'not now' })
  })

  test('need not be an error', async () => {
    expect(await errorOf(pool.submit(fail, 'text'))).toBe('just text')
    expect(await errorOf(pool.submit(fail, 'nothing'))).toBe(undefined)
    expect(await errorOf(pool.submit(fail, 'data'))).toEqual({ code: 7 })
  })

  test('that cannot be sent is told as a text, and what it carries that cannot, too', async () => {
    const lost = await errorOf(pool.submit(fail, 'function'))
    expect(lost).toMatchObject({ message: expect.stringContaining('function') })
    const carrying = await errorOf(pool.submit(fail, 'carriesFunction'))
    expect(carrying).toMatchObject({ message: 'with a handler', handler: 'function handler' })
  })

  test('may be CancelledError, thrown by the job itself: then it was cancelled', async () => {
    const job = pool.submit(cancelItself)
    expect(await errorOf(job)).toMatchObject({ name: 'CancelledError' })
    expect(job.cancelled()).toBe(true)
  })

  test('comes after the progress that was made', async () => {
    const job = pool.submit(failAfter, [1, 2, 3])
    const progress = createTask(job.progress().toArray())
    expect(await errorOf(job)).toBeInstanceOf(RangeError)
    expect(await progress).toEqual([1, 2, 3])
  })

  test('fails that job alone', async () => {
    const jobs = [pool.submit(square, 2), pool.submit(fail, 'builtin'), pool.submit(square, 3)] as const
    expect(await errorOf(jobs[1])).toBeInstanceOf(RangeError)
    expect([await jobs[0], await jobs[2]]).toEqual([4, 9])
  })

  test('in a map comes after the results before it, of chunks too', async () => {
    for (const chunkSize of [1, 2, 3, 10]) {
      const items = [1, 2, 3, 4, 5].map(n => [n, 4] as const)
      const seen: number[] = []
      const reading = (async () => {
        for await (const result of pool.map(squareUnless, items, { chunkSize })) seen.push(result)
      })()
      expect(await errorOf(reading)).toEqual(new RangeError('not 4'))
      expect(seen).toEqual([1, 4, 9])
    }
  })

  test('that nobody takes is reported at the end of the run, by the name of the job', async () => {
    const told: string[] = []
    await run(function* () {
      getEventLoop().setExceptionHandler((_loop, { message, exception }) =>
        told.push(`${message}: ${exception}`),
      )
      const job = pool.with({ name: 'the audit' }).submit(fail, 'builtin')
      while (!job.done()) yield* pool.run(add, 1, 2)
    })
    expect(told).toEqual(['the error of the job the audit was never taken: RangeError: too far'])
  })
})
