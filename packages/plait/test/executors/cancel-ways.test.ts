import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { InlineExecutor } from '../../src/executors.ts'
import { createTask, isCancelled, MisuseError, run, TimeoutError, timeout, waitFor } from '../../src/index.ts'
import { add, mark } from './jobs/plain.ts'
import {
  awaitDeaf,
  cleanUp,
  cleanUpUntil,
  computeForEver,
  markAndWait,
  waitFor as waitForFile,
} from './jobs/waiting.ts'
import { errorOf, kinds, Mark, patient, poolFor, report, until } from './pools.ts'

const executors = [
  ...kinds.map(({ kind, make }) => ({ kind, make: () => make({ workers: 1 }) })),
  { kind: 'tasks of this loop', make: () => new InlineExecutor({ strict: true }) },
]

/** Long enough for a job to have begun, and to be waited for. */
const SOON_MS = 50

describe.each(executors)('a job of $kind is cancelled', ({ make }) => {
  const executor = make()
  const jobs = executor.with(patient)
  afterEach(() => void executor.cancel())
  afterAll(() => executor.shutdown())

  test('by a signal, with its reason', async () => {
    const cleaned = new Mark()
    const controller = new AbortController()
    const job = jobs.with({ signal: controller.signal }).submit(cleanUp, cleaned.file)
    await report(job)
    controller.abort('not wanted')
    expect(await errorOf(job)).toMatchObject({ name: 'CancelledError', reason: 'not wanted' })
    expect(cleaned.isSet).toBe(true)
  })

  test('by a signal that was aborted before: it never runs, and others do', async () => {
    const ran = new Mark()
    const aborted = executor.with({ signal: AbortSignal.abort('too late') })
    for (const job of [
      aborted.submit(mark, ran.file),
      aborted.run(mark, ran.file),
      aborted.spawn(mark, ran.file),
    ])
      expect(await errorOf(job)).toMatchObject({ name: 'CancelledError', reason: 'too late' })
    expect(await executor.submit(add, 1, 2)).toBe(3)
    expect(ran.isSet).toBe(false)
  })

  test('by a signal no more once it is done', async () => {
    const controller = new AbortController()
    const job = executor.with({ signal: controller.signal }).submit(add, 1, 2)
    await job
    controller.abort()
    expect(job.result()).toBe(3)
  })

  test('when its deadline is over: it fails with TimeoutError, after its cleanup', async () => {
    const cleaned = new Mark()
    const job = jobs.with({ deadlineMs: SOON_MS, name: 'tidy' }).submit(cleanUp, cleaned.file)
    expect(await errorOf(job)).toMatchObject({
      name: 'TimeoutError',
      message: `tidy had not ended after ${SOON_MS} ms`,
    })
    expect(cleaned.isSet).toBe(true)
  })

  test('when its deadline is over in line: it never runs', async () => {
    const gate = new Mark()
    const ran = new Mark()
    const running = executor.submit(waitForFile, gate.file)
    expect(await errorOf(executor.with({ deadlineMs: 1 }).submit(mark, ran.file))).toBeInstanceOf(
      TimeoutError,
    )
    gate.set()
    await running
    await executor.submit(add, 1, 2)
    expect(ran.isSet).toBe(false)
  })

  test('when the task that waits for it is cancelled, which ends when the job has', async () => {
    const gate = new Mark()
    const cleaned = new Mark()
    const job = jobs.submit(cleanUpUntil, gate.file, cleaned.file)
    const task = createTask(job)
    await report(job)
    task.cancel('enough')
    await report(job)
    expect([task.done(), job.done()]).toEqual([false, false])
    gate.set()
    expect(await errorOf(task)).toMatchObject({ name: 'CancelledError', reason: 'enough' })
    expect(cleaned.isSet).toBe(true)
  })

  test.each(['run', 'spawn'] as const)('when what executor.%s(…) gave is cancelled', async door => {
    const cleaned = new Mark()
    const begun = new Mark()
    const call = [markAndWait, begun.file, cleaned.file] as const
    const task = door === 'spawn' ? jobs.spawn(...call) : createTask(jobs.run(...call))
    await until(() => begun.isSet)
    task.cancel()
    expect(await errorOf(task)).toSatisfy(isCancelled)
    expect(cleaned.isSet).toBe(true)
  })

  test('when the time of whoever waits for it is over', async () => {
    const [inTimeout, inWaitFor] = [new Mark(), new Mark()]
    const timed = run(() => timeout(SOON_MS, jobs.run(cleanUp, inTimeout.file)))
    expect(await errorOf(timed)).toBeInstanceOf(TimeoutError)
    expect(await errorOf(run(() => waitFor(jobs.submit(cleanUp, inWaitFor.file), SOON_MS)))).toBeInstanceOf(
      TimeoutError,
    )
    expect([inTimeout.isSet, inWaitFor.isSet]).toEqual([true, true])
  })

  test('when its task was cancelled before it could submit it: nothing is left of it', async () => {
    const ran = new Mark()
    const task = createTask(executor.run(mark, ran.file))
    task.cancel()
    expect(await errorOf(task)).toSatisfy(isCancelled)
    await executor.submit(add, 1, 2)
    expect(ran.isSet).toBe(false)
  })

  test.each([
    [{ deadlineMs: '1s' }, /milliseconds/],
    [{ graceMs: Number.NaN }, /milliseconds/],
    [{ retries: -1 }, /retries/],
    [{ signal: {} }, /AbortSignal/],
  ])('by no such thing as %j', (options, says) => {
    expect(() => executor.with(options as never)).toThrow(MisuseError)
    expect(() => executor.with(options as never)).toThrow(says)
  })
})

describe.each(kinds)('a job of $kind that does not hear', ({ make }) => {
  test('of its deadline is stopped', async () => {
    const pool = poolFor(make)
    const impatient = pool.with({ deadlineMs: 1, graceMs: 1 })
    expect(await errorOf(impatient.submit(computeForEver))).toBeInstanceOf(TimeoutError)
    expect(await errorOf(impatient.submit(awaitDeaf, new Mark().file))).toBeInstanceOf(TimeoutError)
    expect(await pool.submit(add, 1, 2)).toBe(3)
    expect(pool.statistics()).toMatchObject({ failed: 2, cancelled: 0, deaths: 0 })
  })
})
