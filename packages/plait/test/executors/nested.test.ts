import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { isWorker, parentExecutor, remoteModule } from '../../src/executors.ts'
import { createTask, getEventLoop, isCancelled, run } from '../../src/index.ts'
import { Overdrawn } from './jobs/failing.ts'
import {
  askForPencils,
  askForTooMany,
  askUnwanted,
  askWithFunction,
  deepest,
  desk,
  handBackAndLeave,
  nestForEver,
  sumOfSquares,
  waitInParent,
  worksHere,
} from './jobs/nested.ts'
import { add } from './jobs/plain.ts'
import { errorOf, kinds, poolFor, report, until } from './pools.ts'
import { isRunning } from './processes.ts'

const { half } = remoteModule<typeof import('./jobs/at-top-level.ts')>(
  new URL('./jobs/at-top-level.ts', import.meta.url),
)

describe.each(kinds)('pools inside jobs of $kind', ({ make }) => {
  const pool = make({ workers: 1 })
  afterAll(() => pool.shutdown())

  test.each(kinds)('work: of $kind', async ({ kind }) => {
    expect(await pool.submit(sumOfSquares, kind, [1, 2, 3])).toBe(14)
  })

  test('end with the worker that they are in, stopped or shut down', async () => {
    for (const graceMs of [1, 60_000]) {
      const outer = poolFor(make)
      const job = outer.with({ graceMs }).submit(nestForEver, 'processes')
      const inner = (await report(job)) as number
      expect(isRunning(inner)).toBe(true)
      job.cancel()
      expect(await errorOf(job)).toSatisfy(isCancelled)
      await outer.shutdown()
      await until(() => !isRunning(inner))
    }
  })

  test('at the top level of a module are refused in a worker, with the way out', async () => {
    const error = (await errorOf(pool.submit(half, 3))) as Error
    expect(error).toMatchObject({ code: 'notLoadable', cause: { code: 'executorInModule' } })
    expect(error.message).toMatch(
      /the pool at the top was asked for a worker while its own module was being loaded/,
    )
    expect(error.message).toMatch(/if \(!isWorker\(\)\) await run\(main\)/)
    expect(await pool.submit(add, 1, 2)).toBe(3)
  })

  test('at the top level work where the module asks whether it is in a worker', async () => {
    const { half, results } = await import('./jobs/guarded.ts')
    expect(results).toEqual([9, 1.5])
    expect(await pool.submit(half, 5)).toBe(2.5)
  })

  test('know where they are', async () => {
    expect(isWorker()).toBe(false)
    expect(await pool.submit(worksHere)).toBe(true)
  })
})

test('workers inside workers end at some depth', async () => {
  const pool = poolFor((kinds[0] as (typeof kinds)[number]).make)
  expect(await pool.submit(deepest, 1)).toBe(5)
})

describe.each(kinds)('what a job of $kind hands back to whoever submitted it', ({ make }) => {
  const pool = make({ workers: 1 })
  afterAll(() => pool.shutdown())
  beforeEach(() => {
    desk.pencils = 10
    desk.loops.clear()
  })

  test('runs here, as a task', async () => {
    expect(await pool.submit(askForPencils, 3)).toEqual([9, 8, 7])
    expect(desk.pencils).toBe(7)
  })

  test('runs on the loop of the program that submitted it', async () => {
    const loop = await run(function* () {
      yield* pool.run(askForPencils, 2)
      return getEventLoop()
    })
    expect([...desk.loops]).toEqual([loop])
  })

  test('runs here while whoever submitted it waits, also many at once', async () => {
    const jobs = Array.from({ length: 5 }, () => pool.spawn(askForPencils, 2))
    await Promise.all(jobs)
    expect(desk.pencils).toBe(0)
  })

  test('may be an inline function', async () => {
    expect(await pool.submit(askWithFunction)).toBe(42)
  })

  test('may fail: the error goes there, and back', async () => {
    const error = await errorOf(pool.submit(askForTooMany, 11))
    expect(error).toBeInstanceOf(Overdrawn)
    expect(error).toMatchObject({ balance: -1 })
    expect(desk.pencils).toBe(10)
  })

  test('is cancelled with the job, and has cleaned up before that ends', async () => {
    const task = createTask(pool.run(waitInParent))
    await until(() => desk.pencils === -1)
    task.cancel()
    expect(await errorOf(task)).toSatisfy(isCancelled)
    expect(desk.pencils).toBe(-2)
  })

  test('is cancelled when the worker is gone that handed it back, dead or shut down', async () => {
    const other = poolFor(make)
    expect(await errorOf(other.submit(handBackAndLeave, true))).toMatchObject({ exitCode: 5 })
    await until(() => desk.pencils === -2)
    desk.pencils = 0
    expect(await other.submit(handBackAndLeave, false)).toBe('left it')
    expect(desk.pencils).toBe(-1)
    await other.shutdown()
    await until(() => desk.pencils === -2)
  })

  test('does not run when it was not wanted any more before', async () => {
    expect(await pool.submit(askUnwanted)).toBe('never mind')
    expect(desk.pencils).toBe(10)
  })

  test('outside of workers there is nobody to hand anything back to', () => {
    expect(parentExecutor()).toBe(undefined)
  })
})
