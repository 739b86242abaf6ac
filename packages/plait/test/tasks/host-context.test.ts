import { AsyncLocalStorage } from 'node:async_hooks'
import { afterAll, describe, expect, test } from 'vitest'
import {
  coroutine,
  createTask,
  currentTask,
  Future,
  gather,
  getEventLoop,
  isCancelled,
  run,
  sleep,
  TimeoutError,
  timeout,
  until,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'

const storage = new AsyncLocalStorage<string>()
afterAll(() => storage.disable())

describe('a task woken from elsewhere reads its own store', () => {
  test('generator and async function, woken by a callback of another context', async () => {
    await runVirtual(function* () {
      const gate = new Future<void>()
      const seen: unknown[] = []
      const tasks = storage.run('mine', () => [
        createTask(function* () {
          yield* gate
          seen.push(storage.getStore())
          yield
          seen.push(storage.getStore())
        }),
        createTask(async () => {
          await gate
          seen.push(storage.getStore())
          await null
          seen.push(storage.getStore())
        }),
      ])
      yield* sleep(1)
      storage.run('theirs', () => gate.setResult())
      yield* gather(...tasks)
      expect(seen).toEqual(['mine', 'mine', 'mine', 'mine'])
      expect(storage.getStore()).toBeUndefined()
    })
  })

  test('a cancel from another context is caught in the own one', async () => {
    await runVirtual(function* () {
      const seen: unknown[] = []
      const tasks = storage.run('mine', () => [
        createTask(function* () {
          try {
            yield* sleep(100)
          } finally {
            seen.push(storage.getStore())
          }
        }),
        createTask(async () => {
          try {
            await sleep(100)
          } finally {
            seen.push(storage.getStore())
          }
        }),
      ])
      yield* sleep(1)
      storage.run('theirs', () => {
        for (const task of tasks) task.cancel()
      })
      yield* sleep(1)
      expect(seen).toEqual(['mine', 'mine'])
    })
  })

  test('callbacks and timers run in the store they were registered in', async () => {
    await runVirtual(function* () {
      const seen: unknown[] = []
      const note = () => seen.push(storage.getStore())
      const future = new Future<void>()
      storage.run('a', () => {
        getEventLoop().callSoon(note)
        getEventLoop().callLater(1, note)
        future.addDoneCallback(note)
      })
      storage.run('b', () => future.setResult())
      yield* sleep(2)
      expect(seen).toEqual(['a', 'a', 'a'])
    })
  })
})

describe('stores side by side', () => {
  test('tasks of both colors with different stores interleave, each with its own', async () => {
    await runVirtual(function* () {
      const wrong: string[] = []
      const check = (name: string) => {
        if (storage.getStore() !== name) wrong.push(`${name} saw ${storage.getStore()}`)
      }
      const tasks = Array.from({ length: 20 }, (_, n) => {
        const name = `store ${n}`
        return storage.run(name, () =>
          n % 2 === 0
            ? createTask(function* () {
                for (let i = 0; i < 20; i += 1) {
                  yield* sleep((n * i) % 3)
                  check(name)
                }
              })
            : createTask(async () => {
                for (let i = 0; i < 20; i += 1) {
                  await sleep((n * i) % 3)
                  check(name)
                  await null
                  check(name)
                }
              }),
        )
      })
      for (const task of tasks) yield* task
      expect(wrong).toEqual([])
    })
  })

  test('enterWith inside a task that has a store of its own stays in its step', async () => {
    const seen: unknown[] = []
    await runVirtual(function* () {
      const entering = storage.run('own', () =>
        createTask(function* () {
          storage.enterWith('entered')
          yield* sleep(1)
          return storage.getStore()
        }),
      )
      const other = createTask(function* () {
        seen.push(storage.getStore())
        yield* sleep(2)
        seen.push(storage.getStore())
      })
      yield* gather(entering, other)
      seen.push(entering.result(), storage.getStore())
    })
    // A store lasts for a task if the task was made under it; one that is entered lasts until the next wait.
    expect(seen).toEqual([undefined, undefined, 'own', undefined])
  })

  test('two programs at once: each knows its own tasks and stores', async () => {
    const program = (name: string) =>
      storage.run(name, () =>
        run(
          async () => {
            for (let i = 0; i < 10; i += 1) {
              await sleep(0)
              await null
              expect([storage.getStore(), currentTask()?.name]).toEqual([name, name])
            }
            return getEventLoop()
          },
          { name },
        ),
      )
    const [a, b] = await Promise.all([program('a'), program('b')])
    expect(a).not.toBe(b)
    expect(currentTask()).toBeUndefined()
  })
})

describe('async functions', () => {
  test('helpers however deep stand in the task, and a cancel is thrown at the wait they stand in', async () => {
    const log: string[] = []
    const deep = async (levels: number): Promise<void> => {
      await null
      log.push(currentTask()?.name ?? 'nobody')
      if (levels > 0) return deep(levels - 1)
      await sleep(100)
    }
    await runVirtual(function* () {
      const task = createTask(() => deep(3), { name: 'deep' })
      yield* until(() => new Promise(resolve => setImmediate(resolve)))
      yield* sleep(1)
      task.cancel()
      yield* sleep(1)
      expect(task.cancelled()).toBe(true)
    })
    expect(log).toEqual(['deep', 'deep', 'deep', 'deep'])
  })

  test('several waits at once are each interrupted by a cancel', async () => {
    await runVirtual(function* () {
      const ends: PromiseSettledResult<void>[] = []
      const task = createTask(async () => {
        ends.push(...(await Promise.allSettled([sleep(10), sleep(20), until(new Promise<void>(() => {}))])))
        throw (ends[0] as PromiseRejectedResult).reason
      })
      yield* sleep(1)
      task.cancel('all of you')
      yield* sleep(1)
      expect(task.cancelled()).toBe(true)
      expect(ends.map(end => end.status === 'rejected' && isCancelled(end.reason))).toEqual([
        true,
        true,
        true,
      ])
    })
  })

  test('a timeout interrupts its own body only', async () => {
    await runVirtual(async () => {
      const beside = sleep(30).then(() => 'beside')
      await expect(timeout(10, async () => sleep(100))).rejects.toThrow(TimeoutError)
      expect(currentTask()?.cancelling()).toBe(0)
      expect(await beside).toBe('beside')
    })
  })

  test('await child() runs in the same task; elsewhere in a task of its own', async () => {
    // A promise would flatten the task itself, so it travels in an object.
    const who = coroutine(function* who() {
      yield* sleep(1)
      return { task: currentTask() }
    })
    await runVirtual(async () => {
      const me = currentTask()
      expect((await who()).task).toBe(me)
      expect((await timeout(10, who())).task).toBe(me)
      expect((await timeout(10, async () => await who())).task).toBe(me)
    })
    expect((await who()).task?.name).toMatch(/^Task-/)
  })

  test('a promise left behind by a task that has ended belongs to nobody', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    let seen: unknown = 'not yet'
    const after: Promise<void>[] = []
    await run(async () => {
      after.push(
        promise.then(() => {
          seen = currentTask()
        }),
      )
    })
    resolve()
    await after[0]
    expect(seen).toBeUndefined()
  })

  test('a cancel while a bare await of a foreign promise stands is thrown at the next library wait', async () => {
    await runVirtual(function* () {
      const log: string[] = []
      const { promise, resolve } = Promise.withResolvers<void>()
      const task = createTask(async () => {
        await promise
        log.push('went on')
        await sleep(1)
        log.push('not reached')
      })
      yield
      task.cancel()
      yield* sleep(1)
      expect(task.done()).toBe(false)
      resolve()
      yield* until(promise)
      yield* sleep(5)
      expect([log, task.cancelled()]).toEqual([['went on'], true])
    })
  })
})
