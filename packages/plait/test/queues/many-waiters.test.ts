import { expect, test } from 'vitest'
import {
  type Awaitable,
  Channel,
  createTask,
  Event,
  Future,
  Lock,
  type Operation,
  PriorityQueue,
  Queue,
  Semaphore,
  select,
  sleep,
  type Task,
  wait,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'

/* With this many a cost that grows with the square would take minutes. */
const MANY = 30_000

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
    for (let n = 0; n < MANY; n += 1) {
      const next = channel.tryReceive()
      if (next?.kind !== 'item' || next.item !== n) expect.fail(`item ${n} is ${JSON.stringify(next)}`)
    }
  })
})

test('many senders are heard in order, or cancelled at once', async () => {
  await runVirtual(function* () {
    const channel = new Channel<number>()
    const tasks = yield* crowd(n => channel.send(n))
    for (let n = 0; n < MANY / 2; n += 1) yield* channel.receive()
    yield* cancelled(tasks.slice(MANY / 2))
    expect(channel.statistics()).toMatchObject({ size: 0, senders: [] })
    channel.close()
  })
})

test('many selects with a queue and one and the same future are over, each by itself', async () => {
  await runVirtual(function* () {
    const queue = new Queue<number>()
    const stop = new Future<void>()
    const tasks = yield* crowd(() => select({ job: queue.get(), stop }))
    for (let n = 0; n < MANY / 2; n += 1) queue.putNowait(n)
    yield* sleep(1)
    expect(tasks.filter(task => task.done()).length).toBe(MANY / 2)
    stop.setResult()
    yield* wait(tasks)
    expect(queue.statistics().getters).toEqual([])
  })
})

test('many selects over many queues are cancelled at once', async () => {
  await runVirtual(function* () {
    const queues = Array.from({ length: 5 }, () => new Queue<number>())
    const tasks = yield* crowd(() =>
      select(Object.fromEntries(queues.map((queue, n) => [`queue${n}`, queue.get()]))),
    )
    yield* cancelled(tasks)
    for (const queue of queues) expect(queue.statistics().getters).toEqual([])
  })
})

test('a queue of many by priority is quick to fill and to empty', () => {
  const queue = new PriorityQueue<number>()
  let compared = 0
  const counting = new PriorityQueue<number>({
    compare: (a, b) => {
      compared += 1
      return a - b
    },
  })
  for (let n = 0; n < MANY; n += 1) {
    queue.putNowait((n * 7919) % MANY)
    counting.putNowait((n * 7919) % MANY)
  }
  for (let n = 0; n < MANY; n += 1) {
    expect(queue.getNowait()).toBe(n)
    counting.getNowait()
  }
  expect(compared).toBeLessThan(3 * MANY * Math.log2(MANY))
})

test('many who want one lock, a permit or an event', async () => {
  await runVirtual(function* () {
    const lock = new Lock()
    const semaphore = new Semaphore(3)
    const event = new Event()
    const held = yield* lock.acquire()
    const users = yield* crowd(() => lock.hold(semaphore.hold(event.wait())))
    held[Symbol.dispose]()
    event.set()
    yield* wait(users)
    expect([lock.locked(), semaphore.value]).toEqual([false, 3])
  })
})

test('many cancelled at once in the line of a lock, a semaphore, an event', async () => {
  await runVirtual(function* () {
    const lock = new Lock()
    const semaphore = new Semaphore(0)
    const event = new Event()
    const held = yield* lock.acquire()
    for (const begin of [
      () => lock.acquire(),
      () => semaphore.acquire(),
      () => event.wait(),
    ] as (() => Awaitable<unknown>)[])
      yield* cancelled(yield* crowd(begin))
    held[Symbol.dispose]()
    semaphore.release()
    expect(yield* semaphore.hold(lock.hold(async () => 'free'))).toBe('free')
  })
})

test('many cancelled ahead do not slow down those who come in the same turn', async () => {
  await runVirtual(function* () {
    const semaphore = new Semaphore(1)
    const permit = yield* semaphore.acquire()
    const tasks = yield* crowd(() => semaphore.acquire())
    for (const task of tasks) task.cancel()
    permit[Symbol.dispose]()
    for (let n = 0; n < MANY; n += 1) {
      const own = yield* semaphore.acquire()
      own[Symbol.dispose]()
    }
    yield* wait(tasks)
    expect(semaphore.statistics()).toEqual({ value: 1, holders: [], waiters: [] })
  })
})
