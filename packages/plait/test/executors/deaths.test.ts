import { afterAll, describe, expect, test } from 'vitest'
import { BrokenWorkerError, type Job, type WorkerPool } from '../../src/executors.ts'
import { createTask, isCancelled } from '../../src/index.ts'
import {
  dieLater,
  dieTimes,
  dieWhen,
  exit,
  kill,
  outOfMemory,
  rejectUnhandled,
  throwInTimer,
} from './jobs/dying.ts'
import { add, mark, same, square } from './jobs/plain.ts'
import { waitFor } from './jobs/waiting.ts'
import { errorOf, type Kind, kinds, Mark, patient, poolFor, report, until } from './pools.ts'

async function expectItGoesOn(pool: WorkerPool): Promise<void> {
  expect(await pool.submit(add, 1, 2)).toBe(3)
}

describe.each(kinds)('a worker of $kind that dies', ({ kind, make }) => {
  const shared = make({ workers: 1 })
  afterAll(() => shared.shutdown())

  test('fails the job in it alone, which is told of what, and is replaced', async () => {
    const pool = poolFor(make, { name: 'mortals' })
    const [dying, ...others] = [pool.submit(exit, 7), pool.submit(square, 2), pool.submit(square, 3)] as const
    const error = await errorOf(dying)
    expect(error).toBeInstanceOf(BrokenWorkerError)
    expect(error).toMatchObject({ worker: 'worker 1 of mortals', exitCode: 7 })
    expect((error as Error).message).toBe(
      'worker 1 of mortals died while it ran exit: it ended with exit code 7',
    )
    expect(await Promise.all(others)).toEqual([4, 9])
    const { workers, ...counts } = pool.statistics()
    expect(workers).toMatchObject([{ name: 'worker 2 of mortals', state: 'idle', done: 2 }])
    expect(counts).toEqual({ queued: 0, running: 0, ended: 3, failed: 1, cancelled: 0, deaths: 1 })
  })

  test('of an error in a timer tells its job that error', async () => {
    expect(await errorOf(shared.submit(throwInTimer))).toMatchObject({
      name: 'BrokenWorkerError',
      exitCode: 1,
      message: expect.stringContaining('it died of Overdrawn: in a timer'),
      cause: { name: 'Overdrawn', message: 'in a timer', balance: -5 },
    })
    await expectItGoesOn(shared)
  })

  test('of a rejection that nobody handled tells its job that error', async () => {
    const error = await errorOf(shared.submit(rejectUnhandled))
    expect(error).toMatchObject({ name: 'BrokenWorkerError', cause: new RangeError('nobody caught me') })
    await expectItGoesOn(shared)
  })

  test('with code 0 has died all the same', async () => {
    expect(await errorOf(shared.submit(exit, 0))).toMatchObject({ name: 'BrokenWorkerError', exitCode: 0 })
    await expectItGoesOn(shared)
  })

  test('takes all that ran in it with it, and nothing that ran elsewhere', async () => {
    const [gate, signal] = [new Mark(), new Mark()]
    const pool = poolFor(make, { workers: 2, concurrency: 2 })
    const jobs: Job<unknown>[] = [1, 2, 3, 4].map(() => pool.submit(waitFor, gate.file))
    await Promise.all(jobs.map(report))
    const beside = pool.spawn(waitFor, gate.file)
    const deadly = pool.submit(dieWhen, signal.file)
    jobs[0]?.cancel()
    await report(deadly)
    const victim = pool.statistics().workers.find(worker => worker.jobs.includes('dieWhen'))
    const victims = victim?.jobs.length as number
    signal.set()
    expect(await errorOf(deadly)).toMatchObject({ worker: victim?.name, exitCode: 5 })
    gate.set()
    const ends = await Promise.allSettled([...jobs, beside, deadly])
    const broken = ends.filter(end => end.status === 'rejected' && end.reason instanceof BrokenWorkerError)
    expect(broken).toHaveLength(victims)
    expect(ends.filter(end => end.status === 'fulfilled')).toHaveLength(5 - victims)
    expect(ends[0]).toSatisfy(end => isCancelled(end.reason))
    await expectItGoesOn(pool)
  })

  test('while it is idle is replaced when there is something to do', async () => {
    expect(await shared.submit(dieLater)).toBe('done before')
    await until(() => shared.statistics().workers.length === 0)
    await expectItGoesOn(shared)
  })

  test('leaves the jobs that it had not begun to others', async () => {
    const [signal, ran] = [new Mark(), new Mark()]
    const pool = poolFor(make)
    // Quick ones go to a worker before their turn.
    await Promise.all(Array.from({ length: 200 }, (_, n) => pool.submit(same, n)))
    const deadly = pool.submit(dieWhen, signal.file)
    const behind = [pool.submit(mark, ran.file), ...[1, 2, 3].map(n => pool.submit(square, n))]
    await report(deadly)
    signal.set()
    expect(await errorOf(deadly)).toBeInstanceOf(BrokenWorkerError)
    expect(await Promise.all(behind)).toEqual([undefined, 1, 4, 9])
  })

  test('has a job run again as often as retries says', async () => {
    const [a, b, c] = [new Mark(), new Mark(), new Mark()].map(({ file }) => file) as [string, string, string]
    const pool = poolFor(make)
    expect(await pool.with({ retries: 1 }).spawn(dieTimes, [a])).toBe('died 1 times')
    expect(await errorOf(pool.with({ retries: 1 }).submit(dieTimes, [b, c]))).toMatchObject({ exitCode: 1 })
    expect(pool.statistics()).toMatchObject({ deaths: 3, ended: 2, failed: 1 })
  })

  test('has a job that is to run again go before those that came after it', async () => {
    const mark = new Mark()
    const ends: string[] = []
    const again = shared.with({ retries: 1 }).submit(dieTimes, [mark.file])
    const later = shared.submit(square, 2)
    await Promise.all([again.then(() => ends.push('again')), later.then(() => ends.push('later'))])
    expect(ends).toEqual(['again', 'later'])
  })

  test('does not have a job run again that was cancelled', async () => {
    const signal = new Mark()
    const pool = poolFor(make)
    const job = pool.with({ retries: 5, ...patient }).submit(dieWhen, signal.file)
    await report(job)
    signal.set()
    job.cancel('enough')
    expect(await errorOf(job)).toMatchObject({ name: 'CancelledError', reason: 'enough' })
    await expectItGoesOn(pool)
  })

  test('in a job that a task waits for: the task gets the error', async () => {
    const task = createTask(shared.run(exit, 4))
    expect(await errorOf(task)).toMatchObject({ name: 'BrokenWorkerError', exitCode: 4 })
    expect(await errorOf(shared.map(exit, [6]).toArray())).toMatchObject({ exitCode: 6 })
  })

  if (kind === 'processes') {
    test('by a signal tells which', async () => {
      const error = await errorOf(shared.submit(kill))
      expect(error).toMatchObject({ name: 'BrokenWorkerError', signal: 'SIGKILL' })
      expect((error as Error).message).toMatch(/it was ended by SIGKILL$/)
      expect(error).not.toHaveProperty('exitCode')
      await expectItGoesOn(shared)
    })
  } else {
    test('out of memory dies alone, and says so', async () => {
      const pool = poolFor(make, { resourceLimits: { maxOldGenerationSizeMb: 30 } })
      expect(await errorOf(pool.submit(outOfMemory))).toMatchObject({
        name: 'BrokenWorkerError',
        message: expect.stringMatching(/memory/),
        cause: { code: 'ERR_WORKER_OUT_OF_MEMORY' },
      })
      await expectItGoesOn(pool)
    })
  }
})

test('a worker whose successors die as well is replaced a little later each time, while they can be started', async () => {
  const pool = poolFor((kinds[0] as Kind).make)
  const deaths = [1, 2, 3, 4, 5].map(code => pool.submit(exit, code))
  const codes = deaths.map(async job => ((await errorOf(job)) as BrokenWorkerError).exitCode)
  expect(await Promise.all(codes)).toEqual([1, 2, 3, 4, 5])
  // What is spawned meanwhile waits, and is counted.
  const task = pool.spawn(square, 3)
  expect(pool.statistics()).toMatchObject({ queued: 1, running: 0 })
  expect(await task).toBe(9)
  expect(pool.statistics()).toMatchObject({ queued: 0, running: 0, ended: 6, deaths: 5 })
})
