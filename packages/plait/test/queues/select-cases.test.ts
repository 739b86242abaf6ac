import { describe, expect, test } from 'vitest'
import {
  Channel,
  ChannelClosedError,
  createTask,
  Event,
  getEventLoop,
  Lock,
  Queue,
  QueueShutDownError,
  Semaphore,
  select,
  sleep,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { errorOf } from '../tasks/endings.ts'
import { turnsOf } from './turns-of.ts'

describe('a case is ready', () => {
  test('a task or a future when it is done, which goes on whether it is chosen or not', async () => {
    await runVirtual(function* () {
      const quick = createTask(sleep(1))
      const slow = createTask(function* () {
        yield* sleep(5)
        return 'slow'
      })
      expect(yield* select({ quick, slow })).toEqual({ kind: 'quick', value: undefined })
      expect(slow.done()).toBe(false)
      expect(yield* slow).toBe('slow')
      expect(yield* select({ slow })).toEqual({ kind: 'slow', value: 'slow' })
    })
  })

  test('with its error, if it ends with one, which is thrown, and taken', async () => {
    await runVirtual(function* () {
      const broken = new Error('broken')
      const failing = createTask(function* () {
        yield* sleep(1)
        throw broken
      })
      const queue = new Queue<number>()
      expect(yield* errorOf(select({ failing, get: queue.get() }))).toBe(broken)
      expect(queue.statistics().getters).toEqual([])
      queue.shutdown()
      expect(yield* errorOf(select({ get: queue.get() }))).toBeInstanceOf(QueueShutDownError)
      const channel = new Channel<number>()
      channel.close()
      expect(yield* errorOf(select({ send: channel.send(1) }))).toBeInstanceOf(ChannelClosedError)
      expect(yield* select({ receive: channel.receive() })).toEqual({
        kind: 'receive',
        value: { kind: 'closed' },
      })
    })
  })

  test('when a queue is shut down or a channel closed meanwhile', async () => {
    await runVirtual(function* () {
      const queue = new Queue<number>()
      const channel = new Channel<number>()
      const never = new Event()
      const getting = createTask(select({ get: queue.get(), never: never.wait() }))
      const sending = createTask(select({ send: channel.send(1), never: never.wait() }))
      yield* sleep(1)
      queue.shutdown()
      channel.close()
      expect(yield* errorOf(getting)).toBeInstanceOf(QueueShutDownError)
      expect(yield* errorOf(sending)).toBeInstanceOf(ChannelClosedError)
      expect(never.statistics().waiters).toEqual([])
    })
  })

  test('a sleep when its time is over, counted from the select', async () => {
    await runVirtual(function* () {
      const tick = sleep(10)
      yield* sleep(50)
      const began = getEventLoop().time()
      expect(yield* select({ tick, never: new Event().wait() })).toEqual({ kind: 'tick', value: undefined })
      expect(getEventLoop().time() - began).toBe(10)
    })
  })

  test('a sleep of nothing after a turn for the others', async () => {
    await runVirtual(function* () {
      const queue = new Queue<string>()
      getEventLoop().callSoon(() => queue.putNowait('in time'))
      const next = yield* select({ get: queue.get(), turn: sleep(0) })
      expect(next).toEqual({ kind: 'get', value: 'in time' })
      expect(yield* select({ get: queue.get(), turn: sleep(0) })).toEqual({ kind: 'turn', value: undefined })
    })
  })

  test('an event, a lock, a permit, a put, a join', async () => {
    await runVirtual(function* () {
      const event = new Event()
      event.set()
      expect(yield* select({ event: event.wait() })).toEqual({ kind: 'event', value: true })
      const lock = new Lock()
      const locked = yield* select({ lock: lock.acquire() })
      expect(lock.locked()).toBe(true)
      locked.value[Symbol.dispose]()
      expect(lock.locked()).toBe(false)
      const permits = new Semaphore(1)
      yield* select({ permit: permits.acquire() })
      expect(permits.value).toBe(0)
      const queue = new Queue<number>()
      yield* select({ put: queue.put(1) })
      expect(queue.size).toBe(1)
      const joining = createTask(select({ join: queue.join(), late: sleep(10) }))
      yield* sleep(1)
      queue.taskDone()
      expect((yield* joining).kind).toBe('join')
    })
  })

  test('an undefined one never', async () => {
    await runVirtual(function* () {
      const queue = new Queue<number>()
      for (const isOpen of [false, true]) {
        queue.putNowait(1)
        const next = yield* select({ get: isOpen ? queue.get() : undefined, tick: sleep(5) })
        expect(next.kind).toBe(isOpen ? 'get' : 'tick')
      }
    })
  })
})

describe('with a default', () => {
  test('it never waits, and takes what is ready before that', async () => {
    await runVirtual(function* () {
      const queue = new Queue<number>()
      const channel = new Channel<number>()
      const empty = () => select({ get: queue.get(), send: channel.send(1), default: null })
      expect(yield* turnsOf(empty())).toBe(0)
      expect(yield* empty()).toEqual({ kind: 'default', value: null })
      queue.putNowait(3)
      expect(yield* empty()).toEqual({ kind: 'get', value: 3 })
      expect(queue.statistics().getters).toEqual([])
      expect(yield* select({ default: null })).toEqual({ kind: 'default', value: null })
    })
  })

  test('a sleep beside it never begins', async () => {
    await runVirtual(function* () {
      expect((yield* select({ tick: sleep(0), default: null })).kind).toBe('default')
      expect((yield* select({ tick: sleep(1000), default: null })).kind).toBe('default')
      // Were it under way, it would be the next thing to happen.
      yield* sleep(2000)
      expect(getEventLoop().time()).toBe(2000)
    })
  })
})
