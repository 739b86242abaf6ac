import { describe, expect, test } from 'vitest'
import {
  Barrier,
  BoundedSemaphore,
  Channel,
  Condition,
  createTask,
  Event,
  Lock,
  MisuseError,
  PriorityQueue,
  Queue,
  Semaphore,
  select,
  sleep,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { errorOf } from '../tasks/endings.ts'

const numbers = [-1, 1.5, Number.NaN, '3', null, {}, -Number.POSITIVE_INFINITY, 2n, true] as never[]

describe('a count that is no whole number in range is refused where it is given', () => {
  const takers: Record<string, (wrong: never) => unknown> = {
    'new Semaphore': wrong => new Semaphore(wrong),
    'new BoundedSemaphore': wrong => new BoundedSemaphore(wrong),
    'new Barrier': wrong => new Barrier(wrong),
    'new Queue': wrong => new Queue({ maxSize: wrong }),
    'new PriorityQueue': wrong => new PriorityQueue({ maxSize: wrong }),
    'new Channel': wrong => new Channel({ capacity: wrong }),
    notify: wrong => new Condition().notify(wrong),
  }
  test.each(Object.entries(takers))('%s', (name, take) => {
    for (const wrong of numbers) {
      // Nothing at all is no limit.
      if (wrong === null && /Queue|Channel/.test(name)) continue
      expect(() => take(wrong), String(wrong)).toThrow(/takes a whole number/)
    }
  })

  test('a barrier for nobody too', () => {
    expect(() => new Barrier(0)).toThrow(/1 or more, and got 0/)
    expect(() => new Barrier(undefined as never)).toThrow(MisuseError)
  })

  test('what is in range is taken, the ends included', () => {
    expect(new Semaphore(0).locked()).toBe(true)
    expect(new Semaphore().value).toBe(1)
    expect(new Queue({ maxSize: 0 }).full()).toBe(false)
    expect(new Queue({ maxSize: undefined, name: undefined }).maxSize).toBe(0)
    expect(new Channel({ capacity: 0 }).capacity).toBe(0)
    expect(new Barrier(1).parties).toBe(1)
  })
})

describe('a call that waits is waited for once', () => {
  test('and the second time is refused by name, in either color, with nothing taken', async () => {
    const semaphore = new Semaphore(5)
    const queue = new Queue<number>()
    const channel = new Channel<number>({ capacity: 9 })
    const event = new Event()
    event.set()
    const calls = {
      'lock.acquire()': () => new Lock().acquire(),
      'semaphore.acquire()': () => semaphore.acquire(),
      'event.wait()': () => event.wait(),
      'queue.put(…)': () => queue.put(1),
      'queue.get()': () => queue.get(),
      'channel.send(…)': () => channel.send(1),
      'channel.receive()': () => channel.receive(),
      'channel.next()': () => channel.next(),
      'queue.join()': () => new Queue().join(),
      'barrier.wait()': () => new Barrier(1).wait(),
      'lock.hold(…)': () => new Lock().hold(async () => {}),
      'select(…)': () => select({ default: null }),
    }
    for (const [name, make] of Object.entries(calls)) {
      queue.putNowait(0)
      channel.trySend(0)
      await runVirtual(function* () {
        const call = make()
        yield* call
        const state = [semaphore.value, queue.size, channel.size]
        const again = (yield* errorOf(call)) as MisuseError
        expect(again, name).toMatchObject({ code: 'waitedTwice' })
        expect(again.message).toContain(name)
        expect([semaphore.value, queue.size, channel.size]).toEqual(state)
      })
      await runVirtual(async () => {
        const call = make()
        await call
        await expect(call).rejects.toMatchObject({ code: 'waitedTwice' })
      })
    }
  })

  test('while the first one still waits, too', async () => {
    await runVirtual(function* () {
      const queue = new Queue<number>()
      const call = queue.get()
      const first = createTask(call)
      yield* sleep(1)
      expect(yield* errorOf(call)).toMatchObject({ code: 'waitedTwice' })
      queue.putNowait(7)
      expect(yield* first).toBe(7)
    })
  })
})

test('a signal that is none is refused where it is handed in, by each wait', () => {
  const wrong = { signal: 'stop' as never }
  const waits = [
    () => new Lock().acquire(wrong),
    () => new Condition().acquire(wrong),
    () => new Condition().wait(wrong),
    () => new Condition().waitFor(() => true, wrong),
    () => new Event().wait(wrong),
    () => new Semaphore().acquire(wrong),
    () => new Barrier(1).wait(wrong),
    () => new Queue().put(1, wrong),
    () => new Queue().get(wrong),
    () => new Queue().join(wrong),
    () => new Channel().send(1, wrong),
    () => new Channel().receive(wrong),
    () => new Channel().next(wrong),
    () => select({ default: null }, wrong),
  ]
  for (const wait of waits) expect(wait).toThrow(/signal takes an AbortSignal/)
})

test('a predicate that is none, or throws, is told to whoever waits, who has the lock', async () => {
  expect(() => new Condition().waitFor('ready' as never)).toThrow(/waitFor\(…\) takes a function/)
  await runVirtual(function* () {
    const condition = new Condition()
    const broken = new Error('broken')
    const body = function* () {
      const error = yield* errorOf(
        condition.waitFor(() => {
          throw broken
        }),
      )
      expect(error).toBe(broken)
      expect(condition.locked()).toBe(true)
    }
    yield* condition.hold(body)
    expect(condition.locked()).toBe(false)
  })
})

test('a condition cannot be waited for, or notified, by nobody holding its lock', async () => {
  await runVirtual(function* () {
    const condition = new Condition()
    expect(yield* errorOf(condition.wait())).toMatchObject({ code: 'conditionNotHeld' })
    expect(yield* errorOf(condition.waitFor(() => false))).toMatchObject({ code: 'conditionNotHeld' })
    expect(() => condition.notifyAll()).toThrow(MisuseError)
    expect(condition.statistics().waiters).toEqual([])
  })
})
