import { expect } from 'vitest'
import { InlineExecutor, ThreadPoolExecutor } from '../../src/executors.ts'
import { ThreadPool } from '../../src/gevent/thread-pool.ts'
import { getHub, joinall, sleep, spawn } from '../../src/gevent.ts'
import { add, square, squareUnless, where } from '../executors/jobs/plain.ts'
import { poolFor } from '../executors/pools.ts'
import { napping, now, thrownBy } from '../greenlets.plain.ts'
import { plainTest } from '../plain-test.ts'

function failing(ms: number): never {
  sleep(ms)
  throw new RangeError(`after ${ms}`)
}

/** One whose jobs run right here, in virtual time. */
function inline(concurrency: number): ThreadPool {
  return new ThreadPool(new InlineExecutor({ concurrency }), { maxsize: concurrency })
}

plainTest('jobs run on threads, and plain code waits for what they give', () => {
  const pool = new ThreadPool(poolFor(options => new ThreadPoolExecutor(options), { workers: 2 }))
  const executor = pool.executor as ThreadPoolExecutor
  expect([pool.maxsize, pool.size, pool.length]).toEqual([2, 0, 0])
  expect(pool.apply(add, [2, 3])).toBe(5)
  expect(pool.map(square, [1, 2, 3])).toEqual([1, 4, 9])
  expect([...pool.imap(add, [1, 2], [10, 20])]).toEqual([11, 22])
  expect([...pool.imapUnordered(square, [3])]).toEqual([9])
  expect(pool.spawn(where).get()).toBeGreaterThan(0)
  expect(pool.size).toBe(executor.statistics().workers.length)
  pool.kill()
  expect(pool.size).toBe(0)
})

plainTest('what a job throws on its thread is thrown in whoever gets it, and told to the hub', () => {
  const told: unknown[] = []
  getHub().handleError = (_, error) => told.push(String(error))
  const pool = new ThreadPool(poolFor(options => new ThreadPoolExecutor(options)))
  const result = pool.spawn(squareUnless, [2, 2] as const)
  expect(thrownBy(() => result.get())).toMatchObject({ message: 'not 2' })
  expect(result.successful()).toBe(false)
  expect(told).toEqual(['RangeError: not 2'])
  expect(thrownBy(() => pool.map(squareUnless, [[1, 2] as const, [2, 2] as const]))).toMatchObject({
    message: 'not 2',
  })
  pool.kill()
})

plainTest('others run while a job does', () => {
  const pool = inline(2)
  const log: string[] = []
  const waiting = spawn(() => log.push(`got ${pool.spawn(napping, 10).get()}`))
  const other = spawn(() => {
    sleep(5)
    log.push('ran')
  })
  joinall([waiting, other])
  expect([log, now()]).toEqual([['ran', 'got 10'], 10])
})

plainTest('as many jobs may run as there are threads, and one wait; whoever comes then waits', () => {
  const pool = inline(1)
  const times: number[] = []
  for (let i = 0; i < 4; i += 1) {
    pool.spawn(napping, 10)
    times.push(now())
  }
  expect(times).toEqual([0, 0, 10, 20])
  expect(pool.length).toBe(2)
  pool.join()
  expect([pool.length, now()]).toEqual([0, 40])
  pool.join()
})

plainTest('what the executor cannot take leaves its room to others', () => {
  const executor = new InlineExecutor({ strict: true })
  const pool = new ThreadPool(executor, { maxsize: 0 })
  for (let i = 0; i < 3; i += 1)
    expect(thrownBy(() => pool.spawn(where.bind(undefined)))).toBeInstanceOf(Error)
  expect([pool.length, pool.apply(add, [1, 2])]).toEqual([0, 3])
})

plainTest('applyAsync gives a greenlet; a callback is called in it', () => {
  getHub().handleError = () => {}
  const pool = inline(1)
  const log: unknown[] = []
  const callback = (value: number): void => {
    sleep(1)
    log.push([value, now()])
  }
  const greenlet = pool.applyAsync(napping, [10], { callback })
  const bad = pool.applyAsync(failing, [10], { callback })
  expect(now()).toBe(0)
  expect([greenlet.get(), now()]).toEqual([10, 11])
  expect(thrownBy(() => bad.get())).toMatchObject({ message: 'after 10' })
  expect(log).toEqual([[10, 11]])
  expect([pool.applyCb(napping, [5], { callback }), log.length]).toEqual([5, 2])
})

plainTest('a killed pool has waited for its jobs, and takes no more', () => {
  const pool = inline(1)
  const result = pool.spawn(napping, 10)
  pool.kill()
  expect([now(), result.get()]).toEqual([10, 10])
  expect(thrownBy(() => pool.spawn(napping, 1))).toMatchObject({ code: 'executorShutDown' })
})

plainTest('what is no executor is refused', () => {
  expect(thrownBy(() => new ThreadPool(4 as never))).toMatchObject({ code: 'poolWithoutExecutor' })
  expect(thrownBy(() => new ThreadPool(new InlineExecutor(), { maxsize: -1 }))).toMatchObject({
    code: 'badCount',
  })
  expect(thrownBy(() => inline(1).spawn(5 as never))).toMatchObject({ code: 'notAFunctionToRun' })
})
