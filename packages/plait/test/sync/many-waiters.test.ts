import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  type Awaitable,
  Barrier,
  Condition,
  createTask,
  Event,
  gatherSettled,
  Lock,
  type Operation,
  Semaphore,
  sleep,
  type Task,
  wait,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { looksSince } from './looks.ts'

const MANY = 5_000

/* However many wait, each is looked at a few times; with a cost that grows with the square it would be thousands. */
beforeEach(() => void looksSince())
afterEach(() => {
  const each = looksSince() / MANY
  expect(each).toBeGreaterThan(0)
  expect(each).toBeLessThan(40)
})

function* crowd<T>(begin: () => Awaitable<T>): Operation<Task<T>[]> {
  const tasks = Array.from({ length: MANY }, () => createTask(begin()))
  yield* sleep(1)
  return tasks
}

function* cancelled(tasks: readonly Task<unknown>[]): Operation<void> {
  for (const task of tasks) task.cancel()
  yield* wait(tasks)
  expect(tasks.every(task => task.cancelled())).toBe(true)
}

test('many who want one lock have it, one after another', async () => {
  await runVirtual(function* () {
    const lock = new Lock()
    const held = yield* lock.acquire()
    const users = yield* crowd(() => lock.hold(sleep(0)))
    held[Symbol.dispose]()
    yield* wait(users)
    expect(lock.locked()).toBe(false)
  })
})

test('many who want one of a few permits have one', async () => {
  await runVirtual(function* () {
    const semaphore = new Semaphore(3)
    yield* wait(yield* crowd(() => semaphore.hold(sleep(0))))
    expect(semaphore.statistics()).toEqual({ value: 3, holders: [], waiters: [] })
  })
})

test('many permits given back at once go to as many', async () => {
  await runVirtual(function* () {
    const semaphore = new Semaphore(0)
    const tasks = yield* crowd(() => semaphore.acquire())
    for (let n = 0; n < MANY; n += 1) semaphore.release()
    yield* wait(tasks)
    expect(semaphore.value).toBe(0)
  })
})

test.each(['a lock', 'a semaphore', 'an event'])(
  'many are cancelled at once in the line of %s',
  async kind => {
    await runVirtual(function* () {
      const lock = new Lock()
      const semaphore = new Semaphore(0)
      const event = new Event()
      yield* lock.acquire()
      const waits: Record<string, () => Awaitable<unknown>> = {
        'a lock': () => lock.acquire(),
        'a semaphore': () => semaphore.acquire(),
        'an event': () => event.wait(),
      }
      const tasks = yield* crowd(waits[kind] as () => Awaitable<unknown>)
      yield* cancelled(tasks.slice(1))
      lock.release()
      semaphore.release()
      event.set()
      yield* tasks[0] as Task<unknown>
    })
  },
)

test('many cancelled ahead do not slow down those who come in the same turn', async () => {
  await runVirtual(function* () {
    for (const gate of [new Semaphore(1), new Lock()]) {
      const held = yield* gate.acquire()
      const tasks = yield* crowd(() => gate.acquire())
      for (const task of tasks) task.cancel()
      held[Symbol.dispose]()
      for (let n = 0; n < MANY; n += 1) {
        const own = yield* gate.acquire()
        own[Symbol.dispose]()
      }
      yield* wait(tasks)
      expect(gate.locked()).toBe(false)
    }
  })
})

test('many who wait for an event go on when it is set', async () => {
  await runVirtual(function* () {
    const event = new Event()
    const tasks = yield* crowd(() => event.wait())
    event.set()
    yield* wait(tasks)
  })
})

test('many who wait for a condition are notified at once', async () => {
  await runVirtual(function* () {
    const condition = new Condition()
    const tasks = yield* crowd(() => condition.hold(condition.wait()))
    yield* condition.hold(async () => condition.notifyAll())
    yield* wait(tasks)
    expect(condition.locked()).toBe(false)
  })
})

test('many who wait for a condition are notified one by one', async () => {
  await runVirtual(function* () {
    const condition = new Condition()
    const tasks = yield* crowd(() => condition.hold(condition.wait()))
    for (let n = 0; n < MANY; n += 1) {
      using _held = yield* condition.acquire()
      condition.notify()
    }
    yield* wait(tasks)
    expect(condition.statistics().waiters).toEqual([])
  })
})

test('many who wait for a condition are cancelled at once', async () => {
  await runVirtual(function* () {
    const condition = new Condition()
    yield* cancelled(yield* crowd(() => condition.hold(condition.wait())))
    expect(String(condition)).toBe('<Condition [unlocked]>')
  })
})

test('many meet at a barrier, are cancelled at it, or find it broken', async () => {
  await runVirtual(function* () {
    const barrier = new Barrier(MANY)
    const met = yield* crowd(() => barrier.wait())
    expect(met.every((task, n) => task.result() === n)).toBe(true)
    const larger = new Barrier(MANY + 1)
    yield* cancelled(yield* crowd(() => larger.wait()))
    expect(larger.nWaiting).toBe(0)
    const stranded = yield* crowd(() => larger.wait())
    yield* larger.abort()
    const ends = yield* gatherSettled(...stranded)
    expect(ends.every(({ kind }) => kind === 'error')).toBe(true)
  })
})
