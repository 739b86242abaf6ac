import { describe, expect, test } from 'vitest'
import { InlineExecutor, isWorker, remote } from '../../src/executors.ts'
import { createTask, gather, getEventLoop, type Operation, sleep, TimeoutError } from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { add, square } from './jobs/plain.ts'
import { errorOf } from './pools.ts'

describe('an executor of tasks of this loop', () => {
  test('runs under virtual time: jobs that wait take none', async () => {
    const times = await runVirtual(function* () {
      const executor = new InlineExecutor({ concurrency: 2 })
      const loop = getEventLoop()
      const began = loop.time()
      const waitAndTell = function* (ms: number): Operation<number> {
        yield* sleep(ms)
        return loop.time() - began
      }
      const jobs = [1000, 3000, 500].map(ms => executor.submit(waitAndTell, ms))
      const all = yield* gather(...jobs)
      yield* executor.shutdown()
      return all
    })
    expect(times).toEqual([1000, 3000, 1500])
  })

  test('keeps deadlines under virtual time', async () => {
    await runVirtual(function* () {
      const executor = new InlineExecutor()
      const job = executor.with({ deadlineMs: 100 }).submit(() => sleep(1000))
      const caught = yield* (function* () {
        try {
          return yield* job
        } catch (error) {
          return error
        }
      })()
      expect(caught).toBeInstanceOf(TimeoutError)
      expect(getEventLoop().time()).toBe(100)
    })
  })

  test('a run that waits for a job that can never end is told so', async () => {
    const executor = new InlineExecutor()
    const error = await errorOf(
      runVirtual(function* () {
        const first = executor.submit(function* (): Operation<unknown> {
          return yield* executor.submit(square, 2)
        })
        return yield* first
      }),
    )
    expect(error).toMatchObject({ name: 'DeadlockError' })
  })

  test('takes any function where it is not strict, and copies nothing', async () => {
    const executor = new InlineExecutor()
    const seen: unknown[] = []
    const note = (value: unknown): unknown => {
      seen.push(value)
      return value
    }
    const value = { on: () => 1 }
    expect(await executor.submit(note, value)).toBe(value)
    expect(seen[0]).toBe(value)
    expect(await executor.map(note, [value, value], { chunkSize: 2 }).toArray()).toEqual([value, value])
    await executor.shutdown()
  })

  test('copies arguments and results where it is strict', async () => {
    const executor = new InlineExecutor({ strict: true })
    const seen: { value: unknown }[] = []
    const keep = remote(import.meta.url, function keep(value: { n: number }) {
      seen.push({ value })
      return value
    })
    const value = { n: 1 }
    const result = await executor.submit(keep, value)
    expect(result).toEqual(value)
    expect(result).not.toBe(value)
    expect(seen[0]?.value).not.toBe(value)
    expect(result).not.toBe(seen[0]?.value)
    await executor.shutdown()
  })

  test('runs where the rest of the program does', async () => {
    const executor = new InlineExecutor({ strict: true })
    expect(await executor.submit(isWorkerThere)).toBe(false)
    expect(isWorker()).toBe(false)
    await executor.shutdown()
  })

  test('shows what it has', async () => {
    const executor = new InlineExecutor({ name: 'mine' })
    expect(String(executor)).toBe('<mine [0 jobs]>')
    const job = executor.submit(add, 1, 2)
    expect(String(executor)).toBe('<mine [1 jobs]>')
    await job
    await executor.shutdown()
    expect(String(executor)).toBe('<mine [0 jobs, shut down]>')
    expect(new InlineExecutor().name).toMatch(/^InlineExecutor-\d+$/)
  })

  test('a job that was dropped in line never runs, and gives its turn to the next', async () => {
    await runVirtual(function* () {
      const executor = new InlineExecutor()
      const ran: number[] = []
      const first = executor.submit(() => sleep(10))
      const others = [1, 2, 3].map(n => executor.submit(() => ran.push(n)))
      others[1]?.cancel()
      yield* first
      const ends = yield* gather(
        ...[others[0], others[2]].map(job => createTask(() => job as Operation<number>)),
      )
      expect(ends).toHaveLength(2)
      expect(ran).toEqual([1, 3])
      expect(others[1]?.cancelled()).toBe(true)
    })
  })

  test('an error keeps its identity: it has not gone anywhere', async () => {
    const executor = new InlineExecutor({ strict: true })
    const failure = new RangeError('no')
    const lose = remote(import.meta.url, function lose() {
      throw failure
    })
    expect(await errorOf(executor.submit(lose))).toBe(failure)
    expect(await errorOf(executor.map(lose, [1, 2], { chunkSize: 2 }).toArray())).toBe(failure)
    await executor.shutdown()
  })
})

const isWorkerThere = remote(import.meta.url, function isWorkerThere(): boolean {
  return isWorker()
})
