import { describe, expect, test } from 'vitest'
import { InlineExecutor, type WorkerPool } from '../../src/executors.ts'
import { createTask, gather, isCancelled, MisuseError, run } from '../../src/index.ts'
import { add, mark, square } from './jobs/plain.ts'
import { cleanUp, waitFor } from './jobs/waiting.ts'
import { errorOf, kinds, Mark, patient, report } from './pools.ts'

const executors = [
  ...kinds.map(({ kind, make }) => ({ kind, make: () => make({ workers: 1 }) })),
  { kind: 'tasks of this loop', make: () => new InlineExecutor() },
]

/** What a pool has when it has come to its end. */
function expectNothingLeft(executor: InlineExecutor | WorkerPool): void {
  if (executor instanceof InlineExecutor) return
  expect(executor.statistics()).toMatchObject({ workers: [], queued: 0, running: 0 })
  expect(String(executor)).toBe(`<${executor.name} [0 of 1 workers, 0 running, 0 queued, over]>`)
}

describe.each(executors)('an executor of $kind that is shut down', ({ make }) => {
  test('does what it has, and takes no more', async () => {
    const gate = new Mark()
    const executor = make()
    const running = executor.submit(waitFor, gate.file)
    const waiting = [
      executor.submit(square, 2),
      executor.spawn(square, 3),
      createTask(executor.run(square, 4)),
    ]
    await report(running)
    const end = createTask(executor.shutdown())
    await createTask(function* () {
      yield
    })
    expect(end.done()).toBe(false)
    for (const refused of [
      () => executor.submit(add, 1, 2),
      () => executor.spawn(add, 1, 2),
      () => executor.with({ name: 'late' }).submit(add, 1, 2),
    ])
      expect(refused).toThrow(/was shut down and takes no more jobs/)
    expect(await errorOf(executor.run(add, 1, 2))).toMatchObject({ code: 'executorShutDown' })
    expect(await errorOf(executor.map(square, [1]).toArray())).toMatchObject({ code: 'executorShutDown' })
    gate.set()
    expect(await Promise.all([running, ...waiting])).toEqual(['waited', 4, 9, 16])
    await end
    expectNothingLeft(executor)
  })

  test('has nothing left to do where nothing was submitted', async () => {
    const executor = make()
    await executor.shutdown()
    expectNothingLeft(executor)
    expect(() => executor.submit(add, 1, 2)).toThrow(MisuseError)
  })

  test('does what was submitted just before, by the same task', async () => {
    const executor = make()
    const results = await run(function* () {
      const all = [executor.submit(square, 2), executor.spawn(square, 3)]
      yield* executor.shutdown()
      return yield* gather(...all)
    })
    expect(results).toEqual([4, 9])
    expectNothingLeft(executor)
  })

  test('with cancelFutures drops what has not begun, and lets the rest come to its end', async () => {
    const gate = new Mark()
    const ran = new Mark()
    const executor = make()
    const running = executor.submit(waitFor, gate.file)
    const dropped = [executor.submit(mark, ran.file), executor.submit(mark, ran.file)]
    await report(running)
    const end = createTask(executor.shutdown({ cancelFutures: true }))
    for (const job of dropped) expect(await errorOf(job)).toSatisfy(isCancelled)
    gate.set()
    expect(await running).toBe('waited')
    await end
    expect(ran.isSet).toBe(false)
    expectNothingLeft(executor)
  })

  test('with cancelFutures before any worker has begun drops everything', async () => {
    const ran = new Mark()
    const executor = make()
    const jobs = [executor.submit(mark, ran.file), executor.spawn(mark, ran.file)]
    await createTask(function* () {
      yield
    })
    await executor.shutdown({ cancelFutures: true })
    for (const job of executor instanceof InlineExecutor ? [] : jobs)
      expect(await errorOf(job)).toSatisfy(isCancelled)
    expect(ran.isSet).toBe(executor instanceof InlineExecutor)
    await Promise.allSettled(jobs)
    expectNothingLeft(executor)
  })

  test('without waiting comes to its end by itself', async () => {
    const gate = new Mark()
    const executor = make()
    const running = executor.submit(waitFor, gate.file)
    await report(running)
    await executor.shutdown({ wait: false })
    expect(running.done()).toBe(false)
    gate.set()
    expect(await running).toBe('waited')
    await executor.shutdown()
    expectNothingLeft(executor)
  })

  test('twice ends once, for both who wait', async () => {
    const gate = new Mark()
    const executor = make()
    const running = executor.submit(waitFor, gate.file)
    const ends = [createTask(executor.shutdown()), createTask(executor.shutdown())]
    await report(running)
    gate.set()
    await Promise.all(ends)
    expect(running.done()).toBe(true)
    expectNothingLeft(executor)
  })

  test('goes on ending when whoever waits for it is cancelled', async () => {
    const gate = new Mark()
    const executor = make()
    const running = executor.submit(waitFor, gate.file)
    await report(running)
    const end = createTask(executor.shutdown())
    await createTask(function* () {
      yield
    })
    end.cancel()
    expect(await errorOf(end)).toSatisfy(isCancelled)
    expect(() => executor.submit(add, 1, 2)).toThrow(MisuseError)
    gate.set()
    expect(await running).toBe('waited')
    await executor.shutdown()
    expectNothingLeft(executor)
  })

  test('after a cancel waits for the cleanup of what was cancelled', async () => {
    const cleaned = new Mark()
    const executor = make()
    const job = executor.with(patient).submit(cleanUp, cleaned.file)
    await report(job)
    executor.cancel()
    await executor.shutdown()
    expect(cleaned.isSet).toBe(true)
    expect(await errorOf(job)).toSatisfy(isCancelled)
    expectNothingLeft(executor)
  })

  test('by await using: its jobs have ended when the block is left', async () => {
    const executor = make()
    let job: PromiseLike<number> & { done(): boolean }
    {
      await using mine = executor
      job = mine.submit(square, 5)
    }
    expect(job.done()).toBe(true)
    expect(await job).toBe(25)
    expectNothingLeft(executor)
  })

  test('by await using in a task that is cancelled: its jobs are cancelled', async () => {
    const cleaned = new Mark()
    const begun = new Mark()
    const executor = make()
    const task = createTask(async () => {
      await using mine = executor
      const job = mine.with(patient).submit(cleanUp, cleaned.file)
      await report(job)
      begun.set()
      await job
    })
    while (!begun.isSet) await new Promise(resolve => setTimeout(resolve, 1))
    task.cancel()
    expect(await errorOf(task)).toSatisfy(isCancelled)
    expect(cleaned.isSet).toBe(true)
    expectNothingLeft(executor)
  })
})
