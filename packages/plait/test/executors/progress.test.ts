import { afterAll, describe, expect, test } from 'vitest'
import { InlineExecutor, reportProgress, throwIfCancelled } from '../../src/executors.ts'
import { createTask, isCancelled, MisuseError, run } from '../../src/index.ts'
import { reportEach } from './jobs/plain.ts'
import { reportAndGo, reportInTasks, reportMany } from './jobs/reporting.ts'
import { computeUntil, waitFor } from './jobs/waiting.ts'
import { errorOf, kinds, Mark, report } from './pools.ts'

const executors = [
  ...kinds.map(({ kind, make }) => ({ kind, make: () => make({ workers: 1 }) })),
  { kind: 'tasks of this loop', make: () => new InlineExecutor() },
]

describe.each(executors)('the progress of a job of $kind', ({ kind, make }) => {
  const executor = make()
  afterAll(() => executor.shutdown())

  test('is all that it reports, in order, and ends when the job does', async () => {
    const job = executor.submit(reportEach, [1, { two: 2 }, undefined])
    const seen = createTask(job.progress().toArray())
    expect(await job).toBe(undefined)
    expect(await seen).toEqual([1, { two: 2 }, undefined])
  })

  test('is told while the job goes on', async () => {
    const gate = new Mark()
    const job = executor.submit(waitFor, gate.file)
    expect(await report(job)).toBe('begun')
    expect(job.done()).toBe(false)
    gate.set()
    expect(await job).toBe('waited')
  })

  test('is there in both colors', async () => {
    const inGenerator: unknown[] = []
    await run(function* () {
      const job = executor.submit(reportEach, [1, 2])
      yield* job.progress().forEach(function* (value) {
        yield
        inGenerator.push(value)
      })
      yield* job
    })
    expect(inGenerator).toEqual([1, 2])
  })

  test('is from its tasks, and what they wait for, too', async () => {
    const job = executor.submit(reportInTasks)
    const seen = createTask(job.progress<string>().toArray())
    await job
    expect((await seen).sort()).toEqual(['after', 'async part', 'group', 'task'])
  })

  test('may be read by several, who share it, and left by one who has seen enough', async () => {
    const file = new Mark()
    const job = executor.submit(reportAndGo, file.file)
    for await (const value of job.progress<number>()) {
      expect(value).toBe(0)
      break
    }
    file.set()
    expect(await job).toBe('went on')
    expect(await job.progress().toArray()).toEqual([])
  })

  test('is kept for whoever comes late, up to the last 1,000', async () => {
    const job = executor.submit(reportMany, 1500)
    const progress = job.progress<number>()
    await job
    const kept = await progress.toArray()
    expect(kept).toEqual(Array.from({ length: 1000 }, (_, n) => n + 500))
  })

  test('of a job that is done is over, and so is that of one that never began', async () => {
    const job = executor.submit(reportEach, [1])
    await job
    expect(await job.progress().toArray()).toEqual([])
    const dropped = executor.submit(reportEach, [1])
    const progress = createTask(dropped.progress().toArray())
    dropped.cancel()
    await Promise.allSettled([dropped])
    expect((await progress).length).toBeLessThanOrEqual(1)
  })

  test('that nobody reads costs nothing but itself', async () => {
    expect(await executor.submit(reportMany, 20_000)).toBe(20_000)
  })

  test('does not end a reader who is cancelled with the job: that goes on', async () => {
    const gate = new Mark()
    const job = executor.submit(waitFor, gate.file)
    await report(job)
    const reader = createTask(job.progress().toArray())
    await createTask(function* () {
      yield
    })
    reader.cancel()
    expect(await errorOf(reader)).toSatisfy(isCancelled)
    gate.set()
    expect(await job).toBe('waited')
  })

  if (kind !== 'tasks of this loop') {
    test('is told at once, though the job computes on', async () => {
      const gate = new Mark()
      const job = executor.submit(computeUntil, gate.file)
      expect(await report(job)).toBe('begun')
      expect(job.done()).toBe(false)
      gate.set()
      await job
    })
  }
})

test('outside of a job there is nobody to report to, and nothing to be cancelled', () => {
  for (const call of [() => reportProgress(1), throwIfCancelled]) {
    expect(call).toThrow(MisuseError)
    expect(call).toThrow(/speaks of the job it is called in/)
  }
})
