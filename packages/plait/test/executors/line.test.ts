import { afterAll, describe, expect, test } from 'vitest'
import type { Job, WorkerPool } from '../../src/executors.ts'
import { createTask, isCancelled, QueueFullError, type Task } from '../../src/index.ts'
import { add, same, square } from './jobs/plain.ts'
import { cleanUp, waitFor } from './jobs/waiting.ts'
import { errorOf, kinds, Mark, patient, poolFor, report } from './pools.ts'

/** What is done in the order in which it was done. */
async function inOrderOfTheirEnds<T>(all: readonly (Job<T> | Task<T>)[]): Promise<T[]> {
  const ends: T[] = []
  await Promise.all(all.map(one => one.then(result => ends.push(result))))
  return ends
}

describe.each(kinds)('the line of a pool of $kind', ({ make }) => {
  /** Pools of one worker, by their maxQueue. */
  const narrow = [make({ workers: 1, maxQueue: 0 }), make({ workers: 1, maxQueue: 1 })] as const
  afterAll(() => Promise.all(narrow.map(pool => pool.shutdown())))

  test('first submitted, first begun', async () => {
    const gate = new Mark()
    const pool = poolFor(make)
    const first = pool.submit(waitFor, gate.file)
    const jobs = Array.from({ length: 200 }, (_, n) => pool.submit(same, n) as Job<number>)
    const ends = inOrderOfTheirEnds(jobs)
    await report(first)
    gate.set()
    expect(await ends).toEqual(jobs.map((_, n) => n))
  })

  test('takes maxQueue jobs; submit then refuses, and nothing is left of the refused', async () => {
    const gate = new Mark()
    const pool = poolFor(make, { maxQueue: 2 })
    const running = pool.submit(waitFor, gate.file)
    await report(running)
    const waiting = [pool.submit(add, 1, 1), pool.submit(add, 2, 2)]
    expect(() => pool.submit(add, 3, 3)).toThrow(QueueFullError)
    expect(() => pool.submit(add, 3, 3)).toThrow(/\(maxQueue 2\); .*run\(…\)" waits for room/)
    expect(pool.statistics()).toMatchObject({ queued: 2, running: 1, ended: 0 })
    gate.set()
    expect(await Promise.all(waiting)).toEqual([2, 4])
    expect(await pool.submit(add, 3, 3)).toBe(6)
    expect(pool.statistics()).toMatchObject({ queued: 0, running: 0, ended: 4, failed: 0, cancelled: 0 })
  })

  test('counts only those for whom no worker is free, also while workers are started', async () => {
    const pool = poolFor(make, { workers: 2, maxQueue: 1 })
    const jobs = [1, 2, 3].map(n => pool.submit(square, n))
    expect(() => pool.submit(square, 4)).toThrow(QueueFullError)
    expect(await Promise.all(jobs)).toEqual([1, 4, 9])
  })

  test('jobs of spawn do not stand in it', async () => {
    const gate = new Mark()
    const pool = narrow[0]
    const running = pool.submit(waitFor, gate.file)
    await report(running)
    expect(await pool.spawn(add, 1, 2)).toBe(3)
    gate.set()
    await running
  })

  test.each([0, 1])('run waits for room, first come first, where maxQueue is %d', async maxQueue => {
    const gate = new Mark()
    const pool = narrow[maxQueue] as WorkerPool
    const running = pool.submit(waitFor, gate.file)
    await report(running)
    const tasks = [1, 2, 3, 4, 5].map(n => createTask(pool.run(same, n)) as Task<number>)
    const ends = inOrderOfTheirEnds(tasks)
    gate.set()
    expect(await ends).toEqual([1, 2, 3, 4, 5])
  })

  test('who waits for room and is cancelled leaves it to the next', async () => {
    const gate = new Mark()
    const pool = narrow[0]
    const running = pool.submit(waitFor, gate.file)
    await report(running)
    const [leaving, staying] = [1, 2].map(n => createTask(pool.run(same, n))) as [
      Task<unknown>,
      Task<unknown>,
    ]
    leaving.cancel()
    gate.set()
    expect(await errorOf(leaving)).toSatisfy(isCancelled)
    expect(await staying).toBe(2)
  })

  test('a job that is cancelled makes room, whether it waits or runs', async () => {
    const pool = narrow[1]
    const running = pool.with(patient).submit(cleanUp, new Mark().file)
    await report(running)
    const waiting = pool.submit(add, 1, 1)
    const next = [1, 2].map(n => createTask(pool.run(same, n)))
    waiting.cancel()
    running.cancel()
    expect(await Promise.all(next)).toEqual([1, 2])
    await Promise.allSettled([running, waiting])
  })

  test('map waits for room as run does', async () => {
    const pool = poolFor(make, { workers: 2, maxQueue: 0 })
    expect(await pool.map(square, [1, 2, 3, 4, 5, 6, 7, 8]).toArray()).toEqual([1, 4, 9, 16, 25, 36, 49, 64])
  })

  test('a long job does not hold up those behind it while another worker is free', async () => {
    const gate = new Mark()
    const pool = poolFor(make, { workers: 2 })
    await Promise.all(Array.from({ length: 200 }, (_, n) => pool.submit(square, n)))
    const long = pool.submit(waitFor, gate.file)
    const short = Array.from({ length: 200 }, (_, n) => pool.submit(square, n))
    expect((await Promise.all(short)).at(-1)).toBe(199 * 199)
    expect(long.done()).toBe(false)
    gate.set()
    await long
  })
})
