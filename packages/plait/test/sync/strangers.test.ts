import { describe, expect, test } from 'vitest'
import {
  Barrier,
  Channel,
  Condition,
  coroutine,
  createTask,
  Event,
  EventLoop,
  Future,
  getEventLoop,
  Lock,
  type Operation,
  Queue,
  run,
  Semaphore,
  select,
  sleep,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'

/** Sends from a callback of the host, as soon as somebody is there to receive it. */
function offer<T>(channel: Channel<T>, item: T): void {
  setTimeout(() => {
    if (!channel.trySend(item)) offer(channel, item)
  })
}

describe('what a stranger tries with what tasks wait on together', () => {
  test('a callback of the host releases, sets, puts and sends, in a program on the real clock', async () => {
    const lock = new Lock()
    const event = new Event()
    const semaphore = new Semaphore(0)
    const queue = new Queue<string>()
    const channel = new Channel<string>()
    const log: unknown[] = []
    await run(function* () {
      yield* lock.acquire()
      setTimeout(() => {
        lock.release()
        event.set()
        semaphore.release()
        queue.putNowait('put')
        offer(channel, 'sent')
      }, 1)
      yield* lock.hold(async () => void log.push('lock'))
      yield* event.wait()
      yield* semaphore.acquire()
      log.push(yield* queue.get(), yield* channel.receive())
    })
    expect(log).toEqual(['lock', 'put', { kind: 'item', item: 'sent' }])
  })

  test('and so does one under virtual time, which is not taken for stuck', async () => {
    const queue = new Queue<string>()
    const got = runVirtual(function* () {
      setTimeout(() => queue.putNowait('from outside'), 5)
      return yield* queue.get()
    })
    expect(await got).toBe('from outside')
  })

  test('awaiting them outside any run: the host loop serves', async () => {
    const queue = new Queue<number>()
    const lock = new Lock()
    setTimeout(() => queue.putNowait(5), 1)
    expect(await queue.get()).toBe(5)
    expect(await lock.hold(async () => lock.locked())).toBe(true)
    {
      using _held = await lock.acquire()
      expect(lock.locked()).toBe(true)
    }
    expect(lock.locked()).toBe(false)
    const channel = new Channel<number>()
    offer(channel, 3)
    expect(await select({ next: channel.receive(), late: sleep(10_000) })).toEqual({
      kind: 'next',
      value: { kind: 'item', item: 3 },
    })
  })

  test('two loops meet on everything there is', async () => {
    const [left, right] = [new EventLoop(), new EventLoop()]
    const queue = new Queue<number>({ maxSize: 1 })
    const channel = new Channel<number>()
    const lock = new Lock()
    const event = new Event()
    const semaphore = new Semaphore(0)
    const condition = new Condition()
    const barrier = new Barrier(2)
    const log: unknown[] = []
    const one = left.runUntilComplete(function* () {
      for (let n = 0; n < 3; n += 1) log.push(yield* queue.get())
      yield* event.wait()
      yield* semaphore.acquire()
      log.push(yield* channel.receive())
      yield* lock.hold(sleep(1))
      yield* condition.hold(function* () {
        yield* condition.waitFor(() => log.length === 5)
      })
      log.push(yield* barrier.wait())
      return (yield* select({ never: new Event().wait(), next: queue.get() })).value
    })
    const other = right.runUntilComplete(function* () {
      for (let n = 0; n < 3; n += 1) yield* queue.put(n)
      event.set()
      semaphore.release()
      yield* channel.send(3)
      yield* lock.hold(sleep(1))
      yield* condition.hold(async () => {
        log.push('condition')
        condition.notifyAll()
      })
      log.push(yield* barrier.wait())
      yield* queue.put(7)
      return 'other'
    })
    expect(await Promise.all([one, other])).toEqual([7, 'other'])
    expect(log.slice(0, 5)).toEqual([0, 1, 2, { kind: 'item', item: 3 }, 'condition'])
    expect(log.slice(5).sort()).toEqual([0, 1])
    left.close()
    right.close()
  })

  test('one made in one program and used in the next, which finds nobody of the first in line', async () => {
    const lock = new Lock()
    const queue = new Queue<number>()
    await runVirtual(function* () {
      createTask(lock.hold(sleep(1000)))
      for (let n = 0; n < 3; n += 1) {
        createTask(lock.hold(sleep(1)))
        createTask(queue.get())
      }
      yield* sleep(1)
    })
    expect(lock.statistics()).toEqual({ locked: false, holder: undefined, waiters: [] })
    expect(queue.statistics().getters).toEqual([])
    await runVirtual(function* () {
      yield* lock.hold(queue.put(1))
      expect(yield* queue.get()).toBe(1)
    })
  })

  test('closing a coroutine driven by hand leaves the line; closed when it was woken, it passes the lock on', async () => {
    for (const isWoken of [false, true]) {
      const lock = new Lock()
      const log: string[] = []
      const user = coroutine(function* user() {
        try {
          using _held = yield* lock.acquire()
          log.push('had it')
        } finally {
          log.push('left')
        }
      })
      await runVirtual(function* () {
        const held = yield* lock.acquire()
        const byHand = user()
        byHand.next()
        const next = createTask(lock.hold(async () => void log.push('next')))
        yield* sleep(1)
        if (isWoken) held[Symbol.dispose]()
        byHand.close()
        expect(log).toEqual(['left'])
        held[Symbol.dispose]()
        yield* next
        expect(log).toEqual(['left', 'next'])
        expect(lock.statistics()).toMatchObject({ locked: false, waiters: [] })
      })
    }
  })

  test('a raw generator that is returned from leaves the line too', () => {
    const lock = new Lock()
    const held = lock.acquire()[Symbol.iterator]().next().value as unknown as Disposable
    function* user(): Operation<void> {
      yield* lock.acquire()
    }
    const byHand = user()[Symbol.iterator]()
    byHand.next()
    expect(String(lock)).toBe('<Lock [locked, waiters:1]>')
    byHand.return?.()
    expect(String(lock)).toBe('<Lock [locked]>')
    held[Symbol.dispose]()
    expect(lock.locked()).toBe(false)
  })

  test('closing one that waits on a condition gives it the lock once more, and back', () => {
    const condition = new Condition()
    const waiter = coroutine(function* () {
      using _held = yield* condition.acquire()
      yield* condition.wait()
    })()
    waiter.next()
    expect(condition.locked()).toBe(false)
    waiter.close()
    expect(condition.statistics()).toEqual({
      lock: { locked: false, holder: undefined, waiters: [] },
      waiters: [],
    })
  })

  test('stepping one on before its turn is refused, and it can still be closed', () => {
    const queue = new Queue<number>()
    const getter = coroutine(function* () {
      yield* queue.get()
    })()
    getter.next()
    expect(() => getter.next()).toThrow(/stepped while the wait it stands in is not over/)
    queue.putNowait(1)
    expect(queue.size).toBe(1)
    getter.close()
    expect(queue.getNowait()).toBe(1)
  })

  test('a done callback that releases, one that cancels the next in line, and one that acquires', async () => {
    await runVirtual(function* () {
      const lock = new Lock()
      const log: string[] = []
      const held = yield* lock.acquire()
      const release = new Future<void>()
      const victim = createTask(lock.hold(async () => void log.push('victim')))
      const next = createTask(lock.hold(async () => void log.push('next')))
      release.addDoneCallback(() => held[Symbol.dispose]())
      release.addDoneCallback(() => victim.cancel())
      release.addDoneCallback(() => createTask(lock.hold(async () => void log.push('late'))))
      yield* sleep(1)
      release.setResult()
      yield* next
      yield* sleep(1)
      expect(log).toEqual(['next', 'late'])
      expect(lock.locked()).toBe(false)
    })
  })

  test('an instrument that cancels and releases in the middle of a wake', async () => {
    await runVirtual(function* () {
      const queue = new Queue<number>()
      const tasks = [0, 1, 2].map(() => createTask(queue.get()))
      yield* sleep(1)
      const loop = getEventLoop()
      loop.instrument = {
        wakes: () => {
          loop.instrument = undefined
          tasks[0]?.cancel()
          queue.putNowait(2)
        },
      }
      queue.putNowait(1)
      yield* sleep(1)
      expect(tasks[0]?.cancelled()).toBe(true)
      expect([tasks[1]?.result(), tasks[2]?.result()]).toEqual([2, 1].sort())
      expect(queue.empty()).toBe(true)
    })
  })

  test('everything can be an item: undefined, errors, functions, promises, tasks, itself', async () => {
    await runVirtual(function* () {
      const queue = new Queue<unknown>()
      const channel = new Channel<unknown>({ capacity: 10 })
      const task = createTask(sleep(5))
      const items = [undefined, null, new Error('x'), () => 1, Promise.resolve(1), task, queue, Symbol('s')]
      for (const item of items) {
        yield* queue.put(item)
        yield* channel.send(item)
      }
      for (const item of items) {
        expect((yield* queue.get()) === item).toBe(true)
        const next = yield* channel.receive()
        expect(next.kind === 'item' && next.item === item).toBe(true)
      }
    })
  })

  test('an error thrown under hold and select tells the coroutines it came through', async () => {
    const inner = coroutine(function* inner() {
      yield* sleep(1)
      throw new Error('broken')
    })
    const outer = coroutine(function* outer(lock: Lock) {
      yield* lock.hold(inner())
    })
    const program = runVirtual(function* () {
      yield* createTask(outer(new Lock()), { name: 'worker' })
    })
    const { stack } = (await program.catch((error: unknown) => error)) as Error
    expect(stack).toMatch(/at coroutine inner[\s\S]*at coroutine outer[\s\S]*in task worker/)
  })
})
