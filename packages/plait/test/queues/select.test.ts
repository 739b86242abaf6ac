import { describe, expect, test } from 'vitest'
import {
  Channel,
  createTask,
  DeadlockError,
  Event,
  Future,
  getEventLoop,
  Lock,
  MisuseError,
  Queue,
  Semaphore,
  select,
  sleep,
  TimeoutError,
  timeout,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { collectGarbage } from '../collect-garbage.ts'
import { errorOf } from '../tasks/endings.ts'
import { reports } from '../tasks/reports.ts'

describe('a select takes exactly one', () => {
  test('of those that are ready, and leaves the others as they were', async () => {
    await runVirtual(function* () {
      const one = new Queue<string>()
      const other = new Queue<string>()
      one.putNowait('one')
      other.putNowait('other')
      const lock = new Lock()
      const semaphore = new Semaphore(1)
      const next = yield* select({
        one: one.get(),
        other: other.get(),
        lock: lock.acquire(),
        permit: semaphore.acquire(),
      })
      const taken = [one.empty(), other.empty(), lock.locked(), semaphore.locked()]
      expect(taken.filter(Boolean).length).toBe(1)
      expect(taken[['one', 'other', 'lock', 'permit'].indexOf(next.kind)]).toBe(true)
    })
  })

  test('of those that become ready in one turn', async () => {
    await runVirtual(function* () {
      const one = new Queue<string>()
      const other = new Queue<string>()
      const choosing = createTask(select({ one: one.get(), other: other.get() }))
      yield* sleep(1)
      one.putNowait('one')
      other.putNowait('other')
      expect(yield* choosing).toEqual({ kind: 'one', value: 'one' })
      expect([one.size, other.size]).toEqual([0, 1])
      expect(yield* other.get()).toBe('other')
    })
  })

  test('and is over: nobody waits in the other lines any more, and no timer is left', async () => {
    await runVirtual(function* () {
      const queue = new Queue<number>({ maxSize: 1 })
      const full = new Queue<number>({ maxSize: 1 })
      full.putNowait(0)
      const channel = new Channel<number>()
      const lock = new Lock()
      yield* lock.acquire()
      const event = new Event()
      const never = new Future<void>()
      const choosing = createTask(
        select({
          get: queue.get(),
          put: full.put(1),
          send: channel.send(1),
          lock: lock.acquire(),
          event: event.wait(),
          never,
          late: sleep(1_000_000),
        }),
      )
      yield* sleep(1)
      const counts = () => [
        queue.statistics().getters.length,
        full.statistics().putters.length,
        channel.statistics().senders.length,
        lock.statistics().waiters.length,
        event.statistics().waiters.length,
      ]
      expect(counts()).toEqual([1, 1, 1, 1, 1])
      expect(queue.statistics().getters[0]).toBe(choosing)
      queue.putNowait(7)
      expect(yield* choosing).toEqual({ kind: 'get', value: 7 })
      expect(counts()).toEqual([0, 0, 0, 0, 0])
      expect(never.done()).toBe(false)
      expect(full.size).toBe(1)
    })
  })

  test('and so are its timers: time does not go on for their sake', async () => {
    const queue = new Queue<number>()
    queue.putNowait(1)
    let stuckAt = Number.NaN
    const program = runVirtual(function* () {
      const choosing = createTask(select({ get: queue.get(), again: queue.get(), late: sleep(1000) }))
      yield* choosing
      const waiting = createTask(select({ get: queue.get(), late: sleep(1000) }))
      yield* sleep(1)
      queue.putNowait(2)
      yield* waiting
      try {
        yield* queue.get()
      } finally {
        stuckAt = getEventLoop().time()
      }
    })
    await expect(program).rejects.toThrow(DeadlockError)
    expect(stuckAt).toBe(1)
  })

  test('and leaves nothing with a future it did not take, however often', async () => {
    await runVirtual(function* () {
      const queue = new Queue<number>()
      const stop = new Future<void>()
      const consumer = createTask(function* () {
        for (;;) if ((yield* select({ get: queue.get(), stop })).kind === 'stop') return
      })
      yield* sleep(1)
      collectGarbage()
      const before = process.memoryUsage().heapUsed
      for (let n = 0; n < 50_000; n += 1) {
        yield* queue.put(n)
        yield
      }
      collectGarbage()
      expect(process.memoryUsage().heapUsed - before).toBeLessThan(1_000_000)
      stop.setResult()
      yield* consumer
    })
  })

  test('the losers can be used by nobody again', async () => {
    await runVirtual(function* () {
      const queue = new Queue<number>()
      const event = new Event()
      queue.putNowait(1)
      queue.putNowait(2)
      const loser = event.wait()
      const tick = sleep(5)
      yield* select({ get: queue.get(), loser, tick })
      event.set()
      expect(yield* errorOf(loser)).toMatchObject({ code: 'waitedTwice' })
      expect(yield* errorOf(tick)).toMatchObject({ code: 'waitedTwice' })
      const again = queue.get()
      yield* select({ again })
      expect(yield* errorOf(select({ again }))).toMatchObject({ code: 'waitedTwice' })
    })
  })
})

describe('ending a select early', () => {
  test('a limit, a signal of the select and a signal of one of its cases leave every line', async () => {
    await runVirtual(function* () {
      const queue = new Queue<number>()
      const channel = new Channel<number>()
      const reason = new Error('enough')
      const cases = (signal?: AbortSignal) => ({ get: queue.get({ signal }), send: channel.send(1) })
      expect(yield* errorOf(timeout(5, select(cases())))).toBeInstanceOf(TimeoutError)
      for (const ofCase of [false, true]) {
        const controller = new AbortController()
        getEventLoop().callLater(5, () => controller.abort(reason))
        const { signal } = controller
        const wait = ofCase ? select(cases(signal)) : select(cases(), { signal })
        expect(yield* errorOf(wait)).toBe(reason)
        const late = ofCase ? select(cases(signal)) : select(cases(), { signal })
        expect(yield* errorOf(late)).toBe(reason)
      }
      expect(queue.statistics().getters).toEqual([])
      expect(channel.statistics().senders).toEqual([])
      queue.putNowait(1)
      const aborted = select({ get: queue.get({ signal: AbortSignal.abort(reason) }), tick: sleep(1) })
      expect(yield* errorOf(aborted)).toBe(reason)
      expect(queue.size).toBe(1)
    })
  })

  test('what a select cannot take is refused by name, and nothing is taken', async () => {
    await runVirtual(function* () {
      const queue = new Queue<number>()
      queue.putNowait(1)
      function* body(): Generator<undefined, void> {}
      for (const wrong of [body(), 5, Promise.resolve(), {}, 'text'] as never[]) {
        const error = (yield* errorOf(select({ get: queue.get(), wrong }))) as MisuseError
        expect(error).toBeInstanceOf(MisuseError)
        expect(error.code).toBe('notSelectable')
        expect(error.message).toContain('"wrong"')
      }
      expect(queue.size).toBe(1)
    })
  })
})

describe('what is reported', () => {
  test('losers are none that were never waited for', async () => {
    const body = function* () {
      const queue = new Queue<number>()
      queue.putNowait(1)
      yield* select({ get: queue.get(), again: queue.get(), never: new Event().wait(), late: sleep(5) })
      yield* select({ get: queue.get(), default: null })
    }
    expect(await reports(body, { debug: true })).toEqual([])
  })

  test('a task that lost and fails later has an error that nobody took', async () => {
    const told = await reports(function* () {
      const failing = createTask(
        function* () {
          yield* sleep(5)
          throw new Error('late')
        },
        { name: 'failing' },
      )
      yield* select({ failing, tick: sleep(1) })
      yield* sleep(10)
    })
    expect(told.map(({ message }) => message)).toEqual(['the error of failing was never taken'])
  })
})
