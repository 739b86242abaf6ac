import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  type Awaitable,
  Channel,
  createTask,
  type Operation,
  PriorityQueue,
  Queue,
  select,
  sleep,
  type Task,
  wait,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { looksSince, WatchedFuture } from '../sync/looks.ts'

const MANY = 5_000

/* However many wait, each is looked at a few times; with a cost that grows with the square it would be thousands. */
beforeEach(() => void looksSince())
afterEach(({ task }) => {
  if (!task.name.startsWith('many')) return
  const each = looksSince() / MANY
  expect(each).toBeGreaterThan(0)
  expect(each).toBeLessThan(40)
})

function* crowd<T>(begin: (n: number) => Awaitable<T>): Operation<Task<T>[]> {
  const tasks = Array.from({ length: MANY }, (_, n) => createTask(begin(n)))
  yield* sleep(1)
  return tasks
}

function* cancelled(tasks: readonly Task<unknown>[]): Operation<void> {
  for (const task of tasks) task.cancel()
  yield* wait(tasks)
  expect(tasks.every(task => task.cancelled())).toBe(true)
}

test('many who wait for an item get theirs, in the order they came', async () => {
  await runVirtual(function* () {
    const queue = new Queue<number>()
    const tasks = yield* crowd(() => queue.get())
    for (let n = 0; n < MANY; n += 1) queue.putNowait(n)
    yield* wait(tasks)
    expect(tasks.every((task, n) => task.result() === n)).toBe(true)
  })
})

test('many who wait for room get in, in the order they came', async () => {
  await runVirtual(function* () {
    const queue = new Queue<number>({ maxSize: 1 })
    const tasks = yield* crowd(n => queue.put(n))
    for (let n = 0; n < MANY; n += 1) expect(yield* queue.get()).toBe(n)
    yield* wait(tasks)
  })
})

test('many who join a queue are told at once', async () => {
  await runVirtual(function* () {
    const queue = new Queue<number>()
    queue.putNowait(1)
    const tasks = yield* crowd(() => queue.join())
    queue.taskDone()
    yield* wait(tasks)
  })
})

test('many getters cancelled at once, half of them woken, lose no item', async () => {
  await runVirtual(function* () {
    const queue = new Queue<number>()
    const tasks = yield* crowd(() => queue.get())
    for (let n = 0; n < MANY / 2; n += 1) queue.putNowait(n)
    yield* cancelled(tasks)
    expect(queue.statistics()).toMatchObject({ size: MANY / 2, getters: [] })
  })
})

test('many receivers cancelled at once, each with an item promised, keep the items in order', async () => {
  await runVirtual(function* () {
    const channel = new Channel<number>()
    const tasks = yield* crowd(() => channel.receive())
    for (let n = 0; n < MANY; n += 1) channel.trySend(n)
    yield* cancelled(tasks)
    for (let n = 0; n < MANY; n += 1) expect(channel.tryReceive()).toEqual({ kind: 'item', item: n })
  })
})

test('many senders are heard in order, or cancelled at once', async () => {
  await runVirtual(function* () {
    const channel = new Channel<number>()
    const tasks = yield* crowd(n => channel.send(n))
    for (let n = 0; n < MANY / 2; n += 1) yield* channel.receive()
    yield* cancelled(tasks.slice(MANY / 2))
    expect(channel.statistics()).toMatchObject({ size: 0, senders: [] })
  })
})

test('many who wait at a channel are told that it closes', async () => {
  await runVirtual(function* () {
    const channel = new Channel<number>()
    const tasks = yield* crowd(() => channel.receive())
    channel.close()
    yield* wait(tasks)
    expect(tasks.every(task => task.result().kind === 'closed')).toBe(true)
  })
})

test('many selects with a queue and one and the same future are over, each by itself', async () => {
  await runVirtual(function* () {
    const queue = new Queue<number>()
    const stop = new WatchedFuture<void>()
    const tasks = yield* crowd(() => select({ job: queue.get(), stop }))
    for (let n = 0; n < MANY / 2; n += 1) queue.putNowait(n)
    yield* sleep(1)
    expect(tasks.filter(task => task.done()).length).toBe(MANY / 2)
    yield* cancelled(tasks.slice(MANY / 2))
    expect(queue.statistics().getters).toEqual([])
  })
})

test('many selects over many queues are cancelled at once', async () => {
  await runVirtual(function* () {
    const queues = Array.from({ length: 5 }, () => new Queue<number>())
    const cases = () => Object.fromEntries(queues.map((queue, n) => [`queue${n}`, queue.get()]))
    const tasks = yield* crowd(() => select(cases()))
    for (const queue of queues) for (let n = 0; n < MANY / 10; n += 1) queue.putNowait(n)
    yield* sleep(1)
    expect(tasks.filter(task => task.done()).length).toBe(MANY / 2)
    yield* cancelled(tasks.slice(MANY / 2))
    for (const queue of queues) expect(queue.statistics()).toMatchObject({ size: 0, getters: [] })
  })
})

test('a queue by priority compares as often as a heap does, however many are in it', () => {
  let compared = 0
  const queue = new PriorityQueue<number>({
    compare: (a, b) => {
      compared += 1
      return a - b
    },
  })
  for (let n = 0; n < MANY; n += 1) queue.putNowait((n * 7919) % MANY)
  for (let n = 0; n < MANY; n += 1) expect(queue.getNowait()).toBe(n)
  expect(compared).toBeLessThan(3 * MANY * Math.log2(MANY))
})
