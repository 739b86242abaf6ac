import { expect, test } from 'vitest'
import {
  Barrier,
  BoundedSemaphore,
  Channel,
  Condition,
  createTask,
  Event,
  LifoQueue,
  Lock,
  PriorityQueue,
  Queue,
  Semaphore,
  select,
  sleep,
  type Task,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { ending } from '../tasks/endings.ts'

/** Tasks by name: the way they are compared, since what waits cannot be iterated. */
function named<S extends object>(statistics: S): Record<string, unknown> {
  const name = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(name)
    if (typeof value !== 'object' || value === null) return value
    return 'getName' in value ? (value as Task<unknown>).name : named(value)
  }
  return Object.fromEntries(Object.entries(statistics).map(([key, value]) => [key, name(value)]))
}

test('a lock tells who holds it and who waits, first come first', async () => {
  await runVirtual(function* () {
    const lock = new Lock({ name: 'db' })
    expect(String(lock)).toBe('<Lock "db" [unlocked]>')
    expect(lock.statistics()).toEqual({ locked: false, holder: undefined, waiters: [] })
    const user = () => lock.hold(sleep(5))
    for (const name of ['a', 'b', 'c']) createTask(user(), { name })
    yield* sleep(1)
    expect(named(lock.statistics())).toEqual({ locked: true, holder: 'a', waiters: ['b', 'c'] })
    expect(String(lock)).toBe('<Lock "db" [locked, waiters:2]>')
    yield* sleep(5)
    expect(named(lock.statistics())).toEqual({ locked: true, holder: 'b', waiters: ['c'] })
  })
})

test('one who waits in a select, in an async function or beside others is listed as the task it is', async () => {
  await runVirtual(function* () {
    const lock = new Lock()
    yield* lock.acquire()
    createTask(select({ lock: lock.acquire(), tick: sleep(5) }), { name: 'selecting' })
    createTask(async () => void (await lock.acquire()), { name: 'async' })
    createTask(async () => void (await Promise.all([lock.acquire(), sleep(1)])), { name: 'several' })
    const shared = createTask(lock.acquire(), { name: 'shared' })
    createTask(() => shared)
    yield* sleep(1)
    const names = lock.statistics().waiters.map(task => task.name)
    expect(names.sort()).toEqual(['async', 'selecting', 'several', 'shared'])
  })
})

test('what is held outside any task has no holder, and is held all the same', async () => {
  const lock = new Lock()
  const semaphore = new Semaphore(1)
  for (const what of [lock, semaphore]) {
    const step = what.acquire()[Symbol.iterator]().next()
    expect(step.done).toBe(true)
  }
  expect(lock.statistics()).toEqual({ locked: true, holder: undefined, waiters: [] })
  expect(semaphore.statistics()).toEqual({ value: 0, holders: [], waiters: [] })
})

test('an event tells whether it is set and who waits', async () => {
  await runVirtual(function* () {
    const event = new Event({ name: 'ready' })
    createTask(event.wait(), { name: 'a' })
    yield* sleep(1)
    expect(named(event.statistics())).toEqual({ isSet: false, waiters: ['a'] })
    expect(String(event)).toBe('<Event "ready" [unset, waiters:1]>')
    event.set()
    expect(named(event.statistics())).toEqual({ isSet: true, waiters: [] })
    yield* sleep(1)
    expect(String(event)).toBe('<Event "ready" [set]>')
    expect(String(new Event())).toBe('<Event [unset]>')
  })
})

test('a condition tells of its lock, and who waits to be notified', async () => {
  await runVirtual(function* () {
    const condition = new Condition(undefined, { name: 'changed' })
    createTask(condition.hold(condition.wait()), { name: 'waiter' })
    createTask(condition.hold(sleep(5)), { name: 'worker' })
    createTask(condition.hold(sleep(5)), { name: 'next' })
    yield* sleep(1)
    expect(named(condition.statistics())).toEqual({
      lock: { locked: true, holder: 'worker', waiters: ['next'] },
      waiters: ['waiter'],
    })
    expect(String(condition)).toBe('<Condition "changed" [locked, waiters:1]>')
    yield* sleep(20)
    yield* condition.hold(async () => condition.notifyAll())
    yield* sleep(1)
    expect(String(condition)).toBe('<Condition "changed" [unlocked]>')
  })
})

test('a semaphore tells what is left, who holds permits and who waits for one', async () => {
  await runVirtual(function* () {
    const semaphore = new Semaphore(2, { name: 'connections' })
    expect(String(semaphore)).toBe('<Semaphore "connections" [unlocked, value:2]>')
    for (const name of ['a', 'b', 'c']) createTask(semaphore.hold(sleep(5)), { name })
    yield* sleep(1)
    expect(named(semaphore.statistics())).toEqual({ value: 0, holders: ['a', 'b'], waiters: ['c'] })
    expect(String(semaphore)).toBe('<Semaphore "connections" [locked, waiters:1]>')
    yield* sleep(20)
    expect(semaphore.statistics()).toEqual({ value: 2, holders: [], waiters: [] })
    expect(String(new BoundedSemaphore())).toBe('<BoundedSemaphore [unlocked, value:1]>')
  })
})

test('a barrier tells how it stands and who has come', async () => {
  await runVirtual(function* () {
    const barrier = new Barrier(3, { name: 'start' })
    const runner = () => barrier.wait()
    createTask(runner(), { name: 'a' })
    createTask(runner(), { name: 'b' })
    yield* sleep(1)
    expect(named(barrier.statistics())).toEqual({ parties: 3, state: 'filling', waiters: ['a', 'b'] })
    expect([barrier.parties, barrier.nWaiting, barrier.broken]).toEqual([3, 2, false])
    expect(String(barrier)).toBe('<Barrier "start" [filling, waiters:2/3]>')
    yield* barrier.wait()
    expect(String(barrier)).toBe('<Barrier "start" [draining, waiters:0/3]>')
    yield* sleep(1)
    expect(String(barrier)).toBe('<Barrier "start" [filling, waiters:0/3]>')
    yield* barrier.abort()
    expect(String(barrier)).toBe('<Barrier "start" [broken]>')
    expect(barrier.broken).toBe(true)
  })
})

test('a queue tells how full it is, what is unfinished, and who waits', async () => {
  await runVirtual(function* () {
    const queue = new Queue<number>({ maxSize: 1, name: 'jobs' })
    createTask(queue.get(), { name: 'getter' })
    yield* sleep(1)
    expect(named(queue.statistics())).toMatchObject({ size: 0, getters: ['getter'], putters: [] })
    for (const name of ['p', 'q', 'r']) createTask(ending(queue.put(1)), { name })
    createTask(queue.join(), { name: 'joiner' })
    yield* sleep(1)
    expect(named(queue.statistics())).toEqual({
      size: 1,
      maxSize: 1,
      unfinished: 2,
      isShutDown: false,
      getters: [],
      putters: ['r'],
      joiners: ['joiner'],
    })
    expect([queue.size, queue.maxSize, queue.full(), queue.empty()]).toEqual([1, 1, true, false])
    expect(String(queue)).toBe('<Queue "jobs" [1 of 1 items]>')
    queue.shutdown(true)
    expect(String(queue)).toBe('<Queue "jobs" [0 of 1 items, shut down]>')
    queue.taskDone()
    yield* sleep(1)
    expect(named(queue.statistics())).toMatchObject({
      unfinished: 0,
      isShutDown: true,
      putters: [],
      joiners: [],
    })
    expect(String(new LifoQueue())).toBe('<LifoQueue [0 items]>')
    expect(String(new PriorityQueue())).toBe('<PriorityQueue [0 items]>')
  })
})

test('a channel tells how full it is and who waits at either end', async () => {
  await runVirtual(function* () {
    const channel = new Channel<number>({ capacity: 1, name: 'lines' })
    for (const name of ['p', 'q']) createTask(channel.send(1), { name })
    yield* sleep(1)
    expect(named(channel.statistics())).toEqual({
      size: 1,
      capacity: 1,
      isClosed: false,
      senders: ['q'],
      receivers: [],
    })
    expect(String(channel)).toBe('<Channel "lines" [1 of 1 items]>')
    yield* channel.receive()
    yield* channel.receive()
    for (const name of ['r', 's']) createTask(channel.receive(), { name })
    yield* sleep(1)
    expect(named(channel.statistics())).toMatchObject({ size: 0, senders: [], receivers: ['r', 's'] })
    channel.close()
    expect(String(channel)).toBe('<Channel "lines" [0 of 1 items, closed]>')
    expect([channel.size, channel.capacity, channel.closed]).toEqual([0, 1, true])
  })
})
