import { ChildProcess } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Job, ProcessPoolExecutor, ThreadPoolExecutor } from '../../../src/executors.ts'
import { gather, isCancelled } from '../../../src/index.ts'
import { eventually, upTo } from '../channel-pools.ts'
import { spin } from '../jobs/channel-jobs.ts'
import { Sign } from '../sign.ts'
import { double, doubleInTurn, exit, holdUntil } from './deeds.ts'

describe('what a thread had not begun when it died is done by another, though nobody asked for that', () => {
  const pool = new ThreadPoolExecutor({ workers: 1, concurrency: 200 })
  beforeAll(async () => void (await pool.submit(double, 0)))
  afterAll(async () => await pool.shutdown())

  /** Until so many jobs lie with the worker. */
  const lieThere = (count: number) => eventually(() => pool.statistics().workers[0]?.jobs.length === count)

  /** Has a job keep the thread, which hears of nothing; gives what kills the thread. */
  async function stun(): Promise<() => Promise<void>> {
    const spinning = pool.with({ graceMs: 0 }).submit(spin)
    await spinning.progress().next()
    return async () => {
      spinning.cancel()
      await expect(spinning).rejects.toSatisfy(isCancelled)
    }
  }

  test('jobs that take turns, more than a few', async () => {
    const kill = await stun()
    const jobs = upTo(150).map(n => pool.submit(double, n))
    await lieThere(151)
    await kill()
    expect(await gather(...jobs)).toEqual(upTo(150).map(n => n * 2))
  })

  test('jobs that run beside others', async () => {
    const kill = await stun()
    const tasks = upTo(150).map(n => pool.spawn(double, n))
    await lieThere(151)
    await kill()
    expect(await gather(...tasks)).toEqual(upTo(150).map(n => n * 2))
  })

  test('a job whose turn had come, and which had not been called yet', async () => {
    using sign = new Sign()
    // Known there: nothing is to be loaded between its turn and its call.
    await pool.submit(doubleInTurn, 0)
    const holding = pool.submit(holdUntil, sign.file)
    await holding.progress().next()
    // They lie there together: when they are begun, the first ends the thread before the others are called.
    const exiting = pool.submit(exit)
    const jobs = [pool.submit(doubleInTurn, 1), pool.spawn(doubleInTurn, 2)]
    await lieThere(4)
    sign.give()
    await expect(exiting).rejects.toThrow('exit code 3')
    expect(await gather(...jobs)).toEqual([2, 4])
    await holding
  })

  test('but for what was cancelled meanwhile: it ends cancelled, at once where it lay unbegun', async () => {
    const kill = await stun()
    const task = pool.spawn(double, 1)
    const job = pool.submit(double, 2)
    await lieThere(3)
    task.cancel()
    job.cancel()
    await expect(task).rejects.toSatisfy(isCancelled)
    expect(job.cancelled()).toBe(true)
    expect(pool.statistics().workers[0]?.jobs).toEqual(['spin'])
    await kill()
  })
})

test('a process that is being stopped is given no more jobs', async () => {
  await using pool = new ProcessPoolExecutor({ workers: 1, concurrency: 2 })
  const late: Job<number>[] = []
  const stop = ChildProcess.prototype.kill
  using stopping = vi.spyOn(ChildProcess.prototype, 'kill').mockImplementation(function (
    this: ChildProcess,
    signal,
  ) {
    late.push(pool.submit(double, 1))
    const isStopped = stop.call(this, signal)
    late.push(pool.submit(double, 2))
    return isStopped
  })
  const spinning = pool.with({ graceMs: 0 }).submit(spin)
  await spinning.progress().next()
  spinning.cancel()
  await expect(spinning).rejects.toSatisfy(isCancelled)
  stopping.mockRestore()
  expect(await gather(...late)).toEqual([2, 4])
})
