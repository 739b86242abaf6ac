import { expect, test } from 'vitest'
import {
  Barrier,
  Condition,
  createTask,
  gatherSettled,
  type Operation,
  sleep,
  type Task,
  wait,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'

/* With this many a cost that grows with the square would take minutes. */
const MANY = 30_000

function* waiters(condition: Condition): Operation<Task<true>[]> {
  const tasks = Array.from({ length: MANY }, () => createTask(condition.hold(condition.wait())))
  yield* sleep(1)
  expect(condition.statistics().waiters.length).toBe(MANY)
  return tasks
}

test('many are notified at once', async () => {
  await runVirtual(function* () {
    const condition = new Condition()
    const tasks = yield* waiters(condition)
    yield* condition.hold(async () => condition.notifyAll())
    yield* wait(tasks)
    expect(condition.locked()).toBe(false)
  })
})

test('many are notified one by one, in the order they came', async () => {
  await runVirtual(function* () {
    const condition = new Condition()
    const tasks = yield* waiters(condition)
    for (let n = 0; n < MANY; n += 1) {
      using _held = yield* condition.acquire()
      condition.notify()
    }
    yield* wait(tasks)
    expect(condition.statistics().waiters).toEqual([])
  })
})

test('many are cancelled at once', async () => {
  await runVirtual(function* () {
    const condition = new Condition()
    const tasks = yield* waiters(condition)
    for (const task of tasks) task.cancel()
    yield* wait(tasks)
    expect(tasks.every(task => task.cancelled())).toBe(true)
    expect(String(condition)).toBe('<Condition [unlocked]>')
  })
})

test('many meet at a barrier, are cancelled at it, or find it broken', async () => {
  await runVirtual(function* () {
    const barrier = new Barrier(MANY)
    const meet = (many: number) => Array.from({ length: many }, () => createTask(barrier.wait()))
    const met = meet(MANY)
    yield* wait(met)
    expect(met.every((task, n) => task.result() === n)).toBe(true)
    const early = meet(MANY - 1)
    yield* sleep(1)
    for (const task of early) task.cancel()
    yield* wait(early)
    expect(barrier.nWaiting).toBe(0)
    const stranded = meet(MANY - 1)
    yield* sleep(1)
    yield* barrier.abort()
    const ends = yield* gatherSettled(...stranded)
    expect(ends.every(({ kind }) => kind === 'error')).toBe(true)
  })
})
