import { describe, expect, test } from 'vitest'
import {
  type CancelledError,
  createTask,
  currentTask,
  Future,
  isCancelled,
  sleep,
  type Task,
  until,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { errorOf } from './endings.ts'

describe('cancel', () => {
  test('throws CancelledError with the reason at the wait, and cleanup may itself wait', async () => {
    const log: string[] = []
    await runVirtual(function* () {
      const task = createTask(function* () {
        try {
          yield* sleep(10)
        } catch (error) {
          log.push(`caught ${(error as CancelledError).reason}`)
          throw error
        } finally {
          yield* sleep(5)
          log.push('cleaned')
        }
      })
      yield* sleep(1)
      expect(task.cancel('why')).toBe(true)
      expect(task.done()).toBe(false)
      yield* errorOf(task)
      log.push('ended')
      expect(task.cancel()).toBe(false)
    })
    expect(log).toEqual(['caught why', 'cleaned', 'ended'])
  })

  test('before its first step, the body never runs', async () => {
    let ran = false
    await runVirtual(function* () {
      for (const body of [
        function* () {
          ran = true
        },
        async () => {
          ran = true
        },
      ]) {
        const task = createTask(body)
        task.cancel()
        expect(isCancelled(yield* errorOf(task))).toBe(true)
        expect(task.cancelled()).toBe(true)
      }
    })
    expect(ran).toBe(false)
  })

  test('goes down a chain of tasks that wait for each other, and every one ends cancelled', async () => {
    await runVirtual(function* () {
      const tasks: Task<void>[] = [createTask(sleep(100))]
      for (let n = 1; n < 5; n += 1) {
        const next = tasks[n - 1] as Task<void>
        tasks.push(createTask(() => next))
      }
      yield* sleep(1)
      tasks[4]?.cancel()
      yield* errorOf(tasks[4] as Task<void>)
      expect(tasks.map(task => task.cancelled())).toEqual([true, true, true, true, true])
    })
  })

  test('one that finds the wait over already is thrown at the next step, in its place', async () => {
    await runVirtual(function* () {
      const gate = new Future<string>()
      const task = createTask(() => gate)
      yield
      gate.setResult('through')
      task.cancel('late')
      expect(yield* errorOf(task)).toMatchObject({ reason: 'late' })
    })
  })

  test('a task that catches it and returns has swallowed it: it ends well, with cancelling() still up', async () => {
    await runVirtual(function* () {
      const task = createTask(function* () {
        try {
          yield* sleep(10)
        } catch {
          return 'stayed'
        }
        return ''
      })
      yield
      task.cancel()
      expect(yield* task).toBe('stayed')
      expect([task.cancelled(), task.cancelling()]).toEqual([false, 1])
    })
  })

  test('a cancel from within is thrown at the next wait', async () => {
    await runVirtual(function* () {
      const task = createTask(function* () {
        currentTask()?.cancel('myself')
        yield* sleep(0)
      })
      expect(yield* errorOf(task)).toMatchObject({ reason: 'myself' })
    })
  })

  test('a cancel from within, and no wait after it: the task ends cancelled', async () => {
    await runVirtual(function* () {
      for (const body of [
        function* () {
          currentTask()?.cancel()
          return 1
        },
        async () => {
          currentTask()?.cancel()
          await null
          return 1
        },
      ]) {
        const task = createTask<number>(body)
        yield* errorOf(task)
        expect(task.cancelled()).toBe(true)
      }
    })
  })
})

describe('counting', () => {
  test('cancelling() counts, uncancel() takes back, and at none a cancel not yet thrown is forgotten', async () => {
    await runVirtual(function* () {
      const task = currentTask() as Task<unknown>
      expect([task.cancelling(), task.uncancel()]).toEqual([0, 0])
      task.cancel('a')
      task.cancel('b')
      expect(task.cancelling()).toBe(2)
      expect([task.uncancel(), task.uncancel(), task.cancelling()]).toEqual([1, 0, 0])
      yield* sleep(1)
    })
  })

  test('many cancels are counted, each', async () => {
    await runVirtual(function* () {
      const task = currentTask() as Task<unknown>
      for (let n = 0; n < 20_000; n += 1) task.cancel()
      expect(task.cancelling()).toBe(20_000)
      for (let n = 0; n < 20_000; n += 1) task.uncancel()
      expect(task.cancelling()).toBe(0)
      yield* sleep(1)
    })
  })

  test('more cancels than the counter has room for do not change the state of the task', async () => {
    await runVirtual(function* () {
      const task = createTask(function* () {
        try {
          yield* sleep(10)
        } finally {
          yield* sleep(10)
        }
      })
      yield
      for (let n = 0; n < 70_000; n += 1) task.cancel()
      expect(task.done()).toBe(false)
      expect(task.cancelling()).toBeGreaterThan(0)
      expect(isCancelled(yield* errorOf(task))).toBe(true)
    })
  })
})

describe('signal', () => {
  test('is aborted when the task is cancelled, with the reason', async () => {
    await runVirtual(function* () {
      const seen: AbortSignal[] = []
      const task = createTask(function* () {
        seen.push((currentTask() as Task<unknown>).signal)
        yield* sleep(10)
      })
      yield
      expect(seen[0]?.aborted).toBe(false)
      expect(task.signal).toBe(seen[0])
      task.cancel('why')
      expect([seen[0]?.aborted, seen[0]?.reason]).toEqual([true, 'why'])
      yield* errorOf(task)
    })
  })

  test('made after the cancel, it is aborted already', async () => {
    await runVirtual(function* () {
      const task = createTask(sleep(10))
      task.cancel()
      expect(task.signal.aborted).toBe(true)
      expect(isCancelled(task.signal.reason)).toBe(true)
      yield* errorOf(task)
    })
  })
})

describe('until', () => {
  test('a cancel aborts the signal that the function was given, and is thrown at once', async () => {
    await runVirtual(function* () {
      let given: AbortSignal | undefined
      const task = createTask(
        until(signal => {
          given = signal
          return new Promise<void>(() => {})
        }),
      )
      yield* sleep(1)
      expect(given?.aborted).toBe(false)
      task.cancel('no more')
      expect(given).toMatchObject({ aborted: true, reason: 'no more' })
      expect(yield* errorOf(task)).toMatchObject({ reason: 'no more' })
    })
  })

  test('gives what the promise gives, and throws what it rejects with', async () => {
    await runVirtual(function* () {
      expect(yield* until(Promise.resolve(5))).toBe(5)
      expect(yield* until(async () => 6)).toBe(6)
      expect(yield* errorOf(until(Promise.reject(new Error('no'))))).toMatchObject({ message: 'no' })
      const thrower = until(() => {
        throw new RangeError('at once')
      })
      expect(yield* errorOf(thrower)).toBeInstanceOf(RangeError)
    })
  })

  test('what a cancelled promise gives later goes unheard', async () => {
    await runVirtual(function* () {
      const { promise, reject } = Promise.withResolvers<number>()
      const task = createTask(until(promise))
      yield
      task.cancel()
      expect(isCancelled(yield* errorOf(task))).toBe(true)
      reject(new Error('too late to matter'))
      yield* sleep(1)
    })
  })

  test("the function's own library waits are cancelled with it", async () => {
    const log: string[] = []
    await runVirtual(function* () {
      const task = createTask(
        until(async () => {
          try {
            await sleep(1000)
          } catch (error) {
            log.push(isCancelled(error) ? 'cancelled inside' : String(error))
            throw error
          }
        }),
      )
      yield* sleep(1)
      task.cancel()
      yield* errorOf(task)
      yield* sleep(1)
    })
    expect(log).toEqual(['cancelled inside'])
  })
})
