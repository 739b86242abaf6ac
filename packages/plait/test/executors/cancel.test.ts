import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { BrokenWorkerError, InlineExecutor, type Job } from '../../src/executors.ts'
import { createTask, isCancelled } from '../../src/index.ts'
import { add, mark, where } from './jobs/plain.ts'
import {
  awaitDeaf,
  cleanUp,
  computeForEver,
  computeLooking,
  computeUntil,
  neverCleaned,
  pause,
  stubborn,
  tellWhy,
  waitFor,
} from './jobs/waiting.ts'
import { errorOf, type Kind, kinds, Mark, patient, poolFor, report, until } from './pools.ts'

/** In so long a worker that is not busy has heard of a cancel, on a machine that is. */
const HEARD_MS = 300

const executors = [
  ...kinds.map(({ kind, make }) => ({ kind, make: () => make({ workers: 1 }) })),
  { kind: 'tasks of this loop', make: () => new InlineExecutor({ strict: true }) },
]

describe('a job that computes, and looks whether it was cancelled,', () => {
  const [threads, processes] = kinds as [Kind, Kind]

  test('ends there and then on a thread', async () => {
    const pool = poolFor(threads.make)
    const worker = await pool.submit(where)
    for (let round = 0; round < 20; round += 1) {
      const job = pool.with({ graceMs: Number.POSITIVE_INFINITY }).submit(computeLooking)
      await report(job)
      job.cancel(round)
      expect(await errorOf(job)).toMatchObject({ name: 'CancelledError', reason: round })
    }
    expect(await pool.submit(where)).toBe(worker)
  })

  test('is stopped as any other in a process, which hears nothing meanwhile', async () => {
    const pool = poolFor(processes.make)
    const worker = await pool.submit(where)
    const job = pool.with({ graceMs: 1 }).submit(computeLooking)
    await report(job)
    job.cancel()
    expect(await errorOf(job)).toSatisfy(isCancelled)
    expect(await pool.submit(where)).not.toBe(worker)
  })
})

describe.each(executors)('a job of $kind that is cancelled', ({ make }) => {
  const executor = make()
  const jobs = executor.with(patient)
  afterEach(() => void executor.cancel())
  afterAll(() => executor.shutdown())

  test('and waits in line is dropped: it never runs', async () => {
    const gate = new Mark()
    const ran = new Mark()
    const running = jobs.submit(waitFor, gate.file)
    const dropped = executor.submit(mark, ran.file)
    await report(running)
    expect(dropped.cancel('too late')).toBe(true)
    expect(await errorOf(dropped)).toSatisfy(isCancelled)
    gate.set()
    await running
    await executor.submit(add, 1, 2)
    expect(ran.isSet).toBe(false)
  })

  test('and was just handed in lets the next one have its place', async () => {
    const transferring = executor.with({ transfer: [] })
    for (let round = 0; round < 20; round += 1) {
      const first = executor.submit(add, 1, 2)
      const second = transferring.submit(add, round, 2)
      first.cancel()
      expect(await second).toBe(round + 2)
      await Promise.allSettled([first])
    }
  })

  test('and waits somewhere gets CancelledError there, and ends when its cleanup has', async () => {
    const cleaned = new Mark()
    const job = jobs.submit(cleanUp, cleaned.file)
    await report(job)
    job.cancel()
    expect(await report(job)).toBe('cleaning')
    expect(await errorOf(job)).toSatisfy(isCancelled)
    expect(cleaned.isSet).toBe(true)
  })

  test('is told why, and so is whoever waits for it', async () => {
    const job = jobs.submit(tellWhy)
    await report(job)
    job.cancel({ code: 7 })
    expect(await report(job)).toEqual({ code: 7 })
    expect(await errorOf(job)).toMatchObject({ name: 'CancelledError', reason: { code: 7 } })
  })

  test('may give a result all the same', async () => {
    const job = jobs.submit(stubborn)
    await report(job)
    job.cancel()
    expect(await job).toBe('all the same')
  })

  test('is done: nothing is left to cancel', async () => {
    const job = executor.submit(add, 1, 2)
    await job
    expect(job.cancel()).toBe(false)
    expect(await job).toBe(3)
  })

  test('together with all others of the executor', async () => {
    const ran = new Mark()
    const cleaned = new Mark()
    const running = jobs.submit(cleanUp, cleaned.file)
    const waiting = executor.submit(mark, ran.file)
    const beside = jobs.spawn(waitFor, ran.file)
    await report(running)
    expect(executor.cancel('all of you')).toBe(3)
    for (const job of [running, waiting, beside])
      expect(await errorOf(job)).toMatchObject({ name: 'CancelledError', reason: 'all of you' })
    expect([cleaned.isSet, ran.isSet]).toEqual([true, false])
  })
})

describe.each(kinds)('a job of $kind', ({ make }) => {
  const shared = make({ workers: 1 })
  afterAll(() => shared.shutdown())

  test('that computes and never looks is stopped after graceMs, and its worker replaced', async () => {
    const worker = await shared.submit(where)
    const job = shared.with({ graceMs: 1 }).submit(computeForEver)
    await report(job)
    job.cancel('enough')
    expect(await errorOf(job)).toMatchObject({ name: 'CancelledError', reason: 'enough' })
    expect(await shared.submit(where)).not.toBe(worker)
    expect(shared.statistics()).toMatchObject({ failed: 0, deaths: 0 })
  })

  test('whose cleanup computes for ever is stopped as well', async () => {
    const job = shared.with({ graceMs: HEARD_MS }).submit(neverCleaned)
    await report(job)
    job.cancel()
    expect(await report(job)).toBe('cleaning')
    expect(await errorOf(job)).toSatisfy(isCancelled)
    expect(await shared.submit(add, 1, 2)).toBe(3)
  })

  test('that awaits what nothing can interrupt is stopped after graceMs', async () => {
    const job = shared.with({ graceMs: HEARD_MS }).submit(awaitDeaf, new Mark().file)
    await report(job)
    job.cancel()
    expect(await errorOf(job)).toSatisfy(isCancelled)
    expect(await shared.submit(add, 1, 2)).toBe(3)
  })

  test('is given as long as it wants where graceMs says so', async () => {
    const gate = new Mark()
    const pool = poolFor(make)
    const worker = await pool.submit(where)
    const job = pool.with({ graceMs: Number.POSITIVE_INFINITY }).submit(awaitDeaf, gate.file)
    await report(job)
    job.cancel()
    await pool.spawn(pause, 20)
    gate.set()
    expect(await errorOf(job)).toSatisfy(isCancelled)
    expect(await pool.submit(where)).toBe(worker)
  })

  test('that cannot be stopped leaves those beside it alone, and its turn is not lost', async () => {
    const gate = new Mark()
    const pool = poolFor(make, { concurrency: 2 })
    const neighbour = pool.with(patient).spawn(waitFor, gate.file)
    const deaf = [1, 2].map(() => pool.with({ graceMs: 500 }).submit(awaitDeaf, new Mark().file))
    await Promise.all(deaf.map(report))
    for (const job of deaf) job.cancel()
    for (const job of deaf) expect(await errorOf(job)).toSatisfy(isCancelled)
    gate.set()
    expect(await neighbour).toBe('waited')
    expect(await Promise.all([1, 2].map(n => pool.submit(add, n, n)))).toEqual([2, 4])
  })

  test('that was cancelled at its wait leaves those beside it alone', async () => {
    const gate = new Mark()
    const cleaned = new Mark()
    const pool = poolFor(make, { concurrency: 2 })
    const jobs = pool.with(patient)
    const turns = [jobs.submit(waitFor, gate.file), jobs.submit(cleanUp, cleaned.file)] as const
    const beside = [jobs.spawn(waitFor, gate.file), jobs.spawn(cleanUp, new Mark().file)] as const
    await Promise.all(turns.map(report))
    turns[1].cancel()
    beside[1].cancel()
    for (const job of [turns[1], beside[1]]) expect(await errorOf(job)).toSatisfy(isCancelled)
    gate.set()
    expect([await turns[0], await beside[0]]).toEqual(['waited', 'waited'])
    expect(pool.statistics().deaths).toBe(0)
  })

  test('that computes for ever takes those beside it with it, who are told so', async () => {
    const pool = poolFor(make, { concurrency: 2 })
    const neighbour = pool.submit(waitFor, new Mark().file)
    await report(neighbour)
    const job = pool.with({ graceMs: 1 }).submit(computeForEver)
    await report(job)
    job.cancel()
    expect(await errorOf(job)).toSatisfy(isCancelled)
    expect(await errorOf(neighbour)).toBeInstanceOf(BrokenWorkerError)
  })
})

test('a job that waits for a thread to hear of its cancel does not have another one stopped, which computes', async () => {
  const { make } = kinds[0] as Kind
  const gate = new Mark()
  const ran = new Mark()
  const pool = poolFor(make)
  const computing: Job<string> = pool.submit(computeUntil, gate.file)
  await report(computing)
  const beside = pool.with({ graceMs: 1 }).spawn(mark, ran.file)
  // Then it is on its way to the thread, which hears nothing.
  await until(() => pool.statistics().running === 2)
  beside.cancel()
  await createTask(pause(20))
  gate.set()
  expect(await computing).toBe('computed')
  expect(await errorOf(beside)).toSatisfy(isCancelled)
  expect([ran.isSet, pool.statistics().deaths]).toEqual([false, 0])
})
