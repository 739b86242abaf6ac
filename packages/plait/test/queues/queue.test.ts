import { describe, expect, test } from 'vitest'
import {
  coroutine,
  createTask,
  currentTask,
  getEventLoop,
  LifoQueue,
  Queue,
  QueueEmptyError,
  QueueFullError,
  QueueShutDownError,
  sleep,
  TimeoutError,
  timeout,
  wait,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { errorOf } from '../tasks/endings.ts'
import { turnsOf } from './turns-of.ts'

describe('a queue', () => {
  test('gives items in the order put, and takes no turn for what is there', async () => {
    await runVirtual(function* () {
      const queue = new Queue<number | undefined | null>()
      for (const item of [1, undefined, null, 0]) expect(yield* turnsOf(queue.put(item))).toBe(0)
      const all: unknown[] = []
      while (!queue.empty()) all.push(yield* queue.get())
      expect(all).toEqual([1, undefined, null, 0])
    })
  })

  test('with a limit lets nobody in beyond it', async () => {
    await runVirtual(function* () {
      const queue = new Queue<number>({ maxSize: 2 })
      const log: string[] = []
      createTask(function* () {
        for (let n = 0; n < 5; n += 1) {
          yield* queue.put(n)
          log.push(`put ${n}, ${queue.size}`)
        }
      })
      yield* sleep(1)
      expect(log).toEqual(['put 0, 1', 'put 1, 2'])
      for (let n = 0; n < 5; n += 1) {
        expect(yield* queue.get()).toBe(n)
        yield* sleep(1)
      }
      expect(log.slice(2)).toEqual(['put 2, 2', 'put 3, 2', 'put 4, 2'])
    })
  })

  test('without waiting gives or takes at once, or says why not and what waits', () => {
    const queue = new Queue<number>({ maxSize: 1, name: 'jobs' })
    expect(() => queue.getNowait()).toThrow(QueueEmptyError)
    expect(() => queue.getNowait()).toThrow('queue "jobs" is empty; "yield* queue.get()" waits for an item')
    queue.putNowait(1)
    expect(() => queue.putNowait(2)).toThrow(QueueFullError)
    expect(() => queue.putNowait(2)).toThrow(/queue "jobs" is full \(maxSize 1\).*waits for room/)
    expect(queue.getNowait()).toBe(1)
    queue.shutdown()
    expect(() => queue.getNowait()).toThrow(QueueShutDownError)
    expect(() => queue.putNowait(1)).toThrow(QueueShutDownError)
    const names = [QueueEmptyError, QueueFullError, QueueShutDownError].map(kind => new kind().name)
    expect(names).toEqual(['QueueEmptyError', 'QueueFullError', 'QueueShutDownError'])
  })

  test('last in first out gives the newest', async () => {
    await runVirtual(function* () {
      const queue = new LifoQueue<number>()
      for (const n of [1, 2, 3]) yield* queue.put(n)
      expect(yield* queue.get()).toBe(3)
      yield* queue.put(4)
      expect([yield* queue.get(), yield* queue.get(), yield* queue.get()]).toEqual([4, 2, 1])
    })
  })
})

describe('join', () => {
  test('waits until everything ever put was dealt with, and not longer', async () => {
    await runVirtual(function* () {
      const queue = new Queue<number>()
      expect(yield* turnsOf(queue.join())).toBe(0)
      for (const n of [1, 2, 3]) queue.putNowait(n)
      const joined = [createTask(queue.join()), createTask(queue.join())]
      for (let left = 3; left > 0; left -= 1) {
        yield* sleep(1)
        expect(joined.map(task => task.done())).toEqual([false, false])
        yield* queue.get()
        queue.taskDone()
      }
      yield* sleep(0)
      expect(joined.map(task => task.done())).toEqual([true, true])
    })
  })

  test('goes on though more is put before it runs', async () => {
    await runVirtual(function* () {
      const queue = new Queue<number>()
      queue.putNowait(1)
      const joined = createTask(queue.join())
      yield* sleep(1)
      queue.taskDone()
      queue.putNowait(2)
      yield* joined
    })
  })
})

describe('shutting down', () => {
  test('lets out what is in, and no more in', async () => {
    await runVirtual(function* () {
      const queue = new Queue<number>({ maxSize: 2 })
      for (const n of [1, 2]) queue.putNowait(n)
      const late = [3, 4].map(n => createTask(queue.put(n)))
      yield* sleep(1)
      queue.shutdown()
      queue.shutdown()
      for (const task of late) expect(yield* errorOf(task)).toBeInstanceOf(QueueShutDownError)
      expect([yield* queue.get(), yield* queue.get()]).toEqual([1, 2])
      expect(yield* errorOf(queue.get())).toBeInstanceOf(QueueShutDownError)
      expect(yield* errorOf(queue.put(5))).toBeInstanceOf(QueueShutDownError)
    })
  })

  test('tells all who wait for an item, and none who joins', async () => {
    await runVirtual(function* () {
      const queue = new Queue<number>()
      const getters = [1, 2, 3].map(() => createTask(queue.get()))
      yield* sleep(1)
      queue.shutdown()
      for (const task of getters) expect(yield* errorOf(task)).toBeInstanceOf(QueueShutDownError)
      const other = new Queue<number>()
      other.putNowait(1)
      const joiner = createTask(other.join())
      other.shutdown()
      yield* sleep(1)
      expect(joiner.done()).toBe(false)
      other.getNowait()
      other.taskDone()
      yield* joiner
    })
  })

  test('at once drops what is in, and counts that as dealt with', async () => {
    await runVirtual(function* () {
      const queue = new Queue<number>()
      for (const n of [1, 2, 3]) queue.putNowait(n)
      const joiner = createTask(queue.join())
      yield* queue.get()
      queue.shutdown(true)
      expect(queue.empty()).toBe(true)
      yield* sleep(1)
      expect(joiner.done()).toBe(false)
      queue.taskDone()
      yield* joiner
      expect(yield* errorOf(queue.get())).toBeInstanceOf(QueueShutDownError)
    })
  })
})

describe('whoever is given up on has taken nothing', () => {
  test('a get with a limit leaves the item that comes later', async () => {
    await runVirtual(function* () {
      const queue = new Queue<number>()
      expect(yield* errorOf(timeout(5, queue.get()))).toBeInstanceOf(TimeoutError)
      queue.putNowait(1)
      expect(queue.size).toBe(1)
    })
  })

  test('a getter that is cancelled when its item was there passes it on', async () => {
    await runVirtual(function* () {
      const queue = new Queue<number>()
      const [first, second] = [createTask(queue.get()), createTask(queue.get())]
      yield* sleep(1)
      queue.putNowait(1)
      first.cancel()
      expect(yield* second).toBe(1)
    })
  })

  test('a putter that is cancelled when there was room lets the next in', async () => {
    await runVirtual(function* () {
      const queue = new Queue<number>({ maxSize: 1 })
      queue.putNowait(0)
      const [first, second] = [createTask(queue.put(1)), createTask(queue.put(2))]
      yield* sleep(1)
      expect(queue.getNowait()).toBe(0)
      first.cancel()
      yield* second
      expect(queue.getNowait()).toBe(2)
      expect(queue.empty()).toBe(true)
    })
  })

  test('of two reads that race as tasks, the one cancelled in time loses nothing', async () => {
    await runVirtual(function* () {
      const [one, other] = [new Queue<string>(), new Queue<string>()]
      const reads = [createTask(one.get()), createTask(other.get())]
      yield* sleep(1)
      one.putNowait('one')
      other.putNowait('other')
      reads[1]?.cancel()
      const { done } = yield* wait(reads)
      expect([...done].filter(task => !task.cancelled()).map(task => task.result())).toEqual(['one'])
      expect(other.getNowait()).toBe('other')
    })
  })

  test('of two reads that race as promises, the one left behind is ended with its task, and takes nothing', async () => {
    await runVirtual(function* () {
      const [one, other] = [new Queue<string>(), new Queue<string>()]
      const racing = createTask(async () => await Promise.race([one.get(), other.get()]))
      yield* sleep(1)
      one.putNowait('one')
      expect(yield* racing).toBe('one')
      yield* sleep(1)
      other.putNowait('other')
      yield* sleep(1)
      expect(other.size).toBe(1)
    })
  })

  test('a wait that cancels its own task as it begins is over with it, in both colors', async () => {
    const queue = new Queue<number>()
    const log: string[] = []
    const giveUp = coroutine(function* () {
      currentTask()?.cancel()
      try {
        yield* queue.get()
      } finally {
        log.push('left')
      }
    })
    await runVirtual(function* () {
      const tasks = [createTask(giveUp()), createTask(async () => void (await giveUp()))]
      yield* wait(tasks)
      log.push('ended')
      expect(tasks.map(task => task.cancelled())).toEqual([true, true])
      queue.putNowait(1)
      yield* sleep(1)
    })
    expect(log).toEqual(['left', 'left', 'ended'])
    expect(queue.size).toBe(1)
  })

  test('what was had before a cancel is heard is not lost, in async functions either', async () => {
    await runVirtual(async () => {
      const queue = new Queue<number>()
      const got: number[] = []
      const taker = createTask(async () => {
        got.push(await queue.get())
        await sleep(1)
      })
      await sleep(1)
      queue.putNowait(1)
      // Right after the step in which the item is taken.
      getEventLoop().callSoon(() => taker.cancel())
      await sleep(1)
      expect(taker.cancelled()).toBe(true)
      expect(got).toEqual([1])
      expect(queue.empty()).toBe(true)
    })
  })
})
