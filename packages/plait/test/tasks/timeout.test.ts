import { describe, expect, test } from 'vitest'
import {
  createTask,
  currentTask,
  Future,
  getEventLoop,
  isCancelled,
  sleep,
  type Task,
  type Timeout,
  TimeoutError,
  timeout,
  timeoutAt,
  waitFor,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { after, ending, errorOf } from './endings.ts'

const now = () => getEventLoop().time()

describe('timeout', () => {
  test('throws TimeoutError at the limit, its cause the cancel that ended the body', async () => {
    await runVirtual(function* () {
      const error = yield* errorOf(timeout(10, sleep(100)))
      expect(error).toBeInstanceOf(TimeoutError)
      expect(isCancelled((error as Error).cause)).toBe(true)
      expect(now()).toBe(10)
      expect(currentTask()?.cancelling()).toBe(0)
    })
  })

  test('gives what a body of any color returns, in the same task', async () => {
    await runVirtual(function* () {
      const me = currentTask()
      expect(yield* timeout(10, after(5, 'op'))).toBe('op')
      expect(
        yield* timeout(10, function* () {
          yield* sleep(1)
          return currentTask() === me
        }),
      ).toBe(true)
      expect(
        yield* timeout(10, async () => {
          await sleep(1)
          return currentTask() === me
        }),
      ).toBe(true)
      expect(yield* timeout(null, after(5, 'no limit'))).toBe('no limit')
      expect(yield* timeout(undefined, after(5, 'no limit'))).toBe('no limit')
    })
  })

  test('waits for the cleanup of its body before it throws', async () => {
    await runVirtual(function* () {
      const error = yield* errorOf(
        timeout(10, function* () {
          try {
            yield* sleep(100)
          } finally {
            yield* sleep(5)
          }
        }),
      )
      expect(error).toBeInstanceOf(TimeoutError)
      expect(now()).toBe(15)
    })
  })

  test('a body’s own error comes out as it is, also after the limit', async () => {
    await runVirtual(function* () {
      const error = yield* errorOf(
        timeout(10, function* () {
          try {
            yield* sleep(100)
          } catch {
            throw new RangeError('own')
          }
        }),
      )
      expect(error).toBeInstanceOf(RangeError)
      expect(currentTask()?.cancelling()).toBe(0)
    })
  })

  test('a cancel from elsewhere that meets the deadline stays a cancel', async () => {
    await runVirtual(function* () {
      const task = createTask(timeout(10, sleep(100)))
      getEventLoop().callLater(10, () => task.cancel('outside'))
      yield
      expect(isCancelled(yield* errorOf(task))).toBe(true)
      expect(task.cancelled()).toBe(true)
    })
  })

  test('the inner of two timeouts is told from the outer', async () => {
    await runVirtual(function* () {
      const inner = yield* ending(timeout(20, timeout(10, sleep(100))))
      expect(inner).toMatchObject({ error: { cause: { name: 'CancelledError' } } })
      expect(now()).toBe(10)
      const log: string[] = []
      yield* errorOf(
        timeout(10, function* () {
          try {
            yield* timeout(20, sleep(100))
          } catch (error) {
            log.push((error as Error).name)
            throw error
          }
        }),
      )
      expect(log).toEqual(['CancelledError'])
    })
  })

  test('a deadline already due still lets the body run to its first wait', async () => {
    await runVirtual(function* () {
      let began = false
      const error = yield* errorOf(
        timeout(0, function* () {
          began = true
          yield* sleep(10)
        }),
      )
      expect([began, error instanceof TimeoutError, now()]).toEqual([true, true, 0])
      expect(
        yield* timeout(-5, function* () {
          return 'no wait, no timeout'
        }),
      ).toBe('no wait, no timeout')
    })
  })

  test('timeoutAt takes a time of the loop’s clock', async () => {
    await runVirtual(function* () {
      yield* sleep(5)
      yield* errorOf(timeoutAt(12, sleep(100)))
      expect(now()).toBe(12)
    })
  })

  test('interrupts its own body only, not what else an async function waits for', async () => {
    await runVirtual(async () => {
      const [inner, beside] = await Promise.allSettled([timeout(10, sleep(100)), after2(50)])
      expect(inner).toMatchObject({ status: 'rejected', reason: { name: 'TimeoutError' } })
      expect(beside).toEqual({ status: 'fulfilled', value: 50 })
    })
    async function after2(ms: number) {
      await sleep(ms)
      return now()
    }
  })
})

describe('the scope', () => {
  test('tells when it ends and whether it has, and can be moved later, earlier and away', async () => {
    await runVirtual(function* () {
      const seen: Timeout[] = []
      yield* timeout(10, function* (scope) {
        seen.push(scope)
        expect([scope.when(), scope.expired()]).toEqual([10, false])
        scope.reschedule(50)
        yield* sleep(40)
        scope.reschedule(undefined)
        expect(scope.when()).toBeUndefined()
        yield* sleep(100)
      })
      expect(now()).toBe(140)
      yield* errorOf(
        timeout(1000, function* (scope) {
          seen.push(scope)
          scope.reschedule(150)
          yield* sleep(100)
        }),
      )
      expect(now()).toBe(150)
      expect(seen.map(scope => scope.expired())).toEqual([false, true])
      expect(() => seen[1]?.reschedule(9)).toThrow(/expired/)
    })
  })

  test('works in an async body too', async () => {
    await runVirtual(async () => {
      await timeout(10, async scope => {
        scope.reschedule(90)
        await sleep(50)
      })
      expect(now()).toBe(50)
    })
  })
})

describe('waitFor', () => {
  test('runs in the same task; at the limit what is waited for is cancelled, and its end waited for', async () => {
    await runVirtual(function* () {
      const me = currentTask()
      expect(
        yield* waitFor(function* () {
          return currentTask() === me
        }, 10),
      ).toBe(true)
      const task = createTask(function* () {
        try {
          yield* sleep(100)
        } finally {
          yield* sleep(5)
        }
      })
      expect(yield* errorOf(waitFor(task, 10))).toBeInstanceOf(TimeoutError)
      expect([task.cancelled(), now()]).toEqual([true, 15])
    })
  })

  test('with no time at all nothing is started, a done one gives its result, a running one is cancelled', async () => {
    await runVirtual(function* () {
      let began = false
      const cold = function* () {
        began = true
        yield* sleep(1)
      }
      expect(yield* errorOf(waitFor(cold, 0))).toBeInstanceOf(TimeoutError)
      expect(yield* errorOf(waitFor(sleep(1), -1))).toBeInstanceOf(TimeoutError)
      expect(began).toBe(false)
      const done = new Future<number>()
      done.setResult(3)
      expect(yield* waitFor(done, 0)).toBe(3)
      const task = createTask(sleep(5)) as Task<void>
      yield
      expect(yield* errorOf(waitFor(task, 0))).toBeInstanceOf(TimeoutError)
      expect(task.cancelled()).toBe(true)
    })
  })

  test('never loses a result that was there in time', async () => {
    await runVirtual(function* () {
      const stubborn = createTask(function* () {
        try {
          yield* sleep(100)
        } catch {
          return 'kept'
        }
        return ''
      })
      yield
      expect(yield* waitFor(stubborn, 0)).toBe('kept')
      expect(yield* waitFor(after(10, 'just'), 10.5)).toBe('just')
    })
  })
})
