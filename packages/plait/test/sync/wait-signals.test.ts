import { describe, expect, test } from 'vitest'
import {
  type Awaitable,
  Barrier,
  Channel,
  Condition,
  createTask,
  currentTask,
  Event,
  getEventLoop,
  Lock,
  type Operation,
  Queue,
  Semaphore,
  select,
  sleep,
  type WaitOptions,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { turnsOf } from '../queues/turns-of.ts'
import { errorOf } from '../tasks/endings.ts'

/** A wait, in a world where it could be had at once or in one where it could not, and how that world is seen to be as before. */
interface Waiting {
  readonly wait: (options: WaitOptions) => Awaitable<unknown>
  readonly state: () => unknown
}

type Prepare = (isReady: boolean) => Operation<Waiting>

function ready<T>(waiting: T): Operation<T> {
  return (function* () {
    return waiting
  })()
}

function* heldCondition(): Operation<Condition> {
  const condition = new Condition()
  yield* condition.acquire()
  return condition
}

const waits: Record<string, Prepare> = {
  *'lock.acquire()'(isReady) {
    const lock = new Lock()
    if (!isReady) yield* lock.acquire()
    return { wait: options => lock.acquire(options), state: () => String(lock) }
  },
  *'condition.acquire()'(isReady) {
    const condition = new Condition()
    if (!isReady) yield* condition.acquire()
    return { wait: options => condition.acquire(options), state: () => String(condition) }
  },
  *'condition.wait()'() {
    const condition = yield* heldCondition()
    return { wait: options => condition.wait(options), state: () => String(condition) }
  },
  *'condition.waitFor(…)'(isReady) {
    const condition = yield* heldCondition()
    return {
      wait: options => condition.waitFor(() => isReady, options),
      state: () => String(condition),
    }
  },
  'event.wait()'(isReady) {
    const event = new Event()
    if (isReady) event.set()
    return ready({ wait: options => event.wait(options), state: () => String(event) })
  },
  *'semaphore.acquire()'(isReady) {
    const semaphore = new Semaphore(1)
    if (!isReady) yield* semaphore.acquire()
    return { wait: options => semaphore.acquire(options), state: () => String(semaphore) }
  },
  'barrier.wait()'(isReady) {
    const barrier = new Barrier(isReady ? 1 : 2)
    return ready({ wait: options => barrier.wait(options), state: () => String(barrier) })
  },
  'queue.put()'(isReady) {
    const queue = new Queue<number>({ maxSize: 1 })
    if (!isReady) queue.putNowait(0)
    return ready({ wait: options => queue.put(1, options), state: () => queue.statistics() })
  },
  'queue.get()'(isReady) {
    const queue = new Queue<number>()
    if (isReady) queue.putNowait(0)
    return ready({ wait: options => queue.get(options), state: () => queue.statistics() })
  },
  'queue.join()'(isReady) {
    const queue = new Queue<number>()
    if (!isReady) queue.putNowait(0)
    return ready({ wait: options => queue.join(options), state: () => queue.statistics() })
  },
  'channel.send()'(isReady) {
    const channel = new Channel<number>({ capacity: isReady ? 1 : 0 })
    return ready({ wait: options => channel.send(1, options), state: () => channel.statistics() })
  },
  'channel.receive()'(isReady) {
    const channel = new Channel<number>({ capacity: 1 })
    if (isReady) channel.trySend(1)
    return ready({ wait: options => channel.receive(options), state: () => channel.statistics() })
  },
  'channel.next()'(isReady) {
    const channel = new Channel<number>({ capacity: 1 })
    if (isReady) channel.trySend(1)
    return ready({ wait: options => channel.next(options), state: () => channel.statistics() })
  },
  'select()'(isReady) {
    const queue = new Queue<number>()
    const channel = new Channel<number>()
    if (isReady) queue.putNowait(0)
    return ready({
      wait: options => select({ get: queue.get(), send: channel.send(1), late: sleep(100) }, options),
      state: () => [queue.statistics(), channel.statistics()],
    })
  },
}

describe.each(Object.entries(waits))('%s with a signal', (name, prepare) => {
  test.each([true, false])(
    'aborted already, it throws the reason at once and takes nothing (ready: %s)',
    async isReady => {
      const reason = new Error('before')
      await runVirtual(function* () {
        const { wait, state } = yield* prepare(isReady)
        const before = state()
        const signal = AbortSignal.abort(reason)
        const turns = yield* turnsOf({
          *[Symbol.iterator]() {
            expect(yield* errorOf(wait({ signal }))).toBe(reason)
          },
        })
        expect(turns).toBe(0)
        expect(state()).toEqual(before)
      })
      await runVirtual(async () => {
        const { wait, state } = await createTask(prepare(isReady))
        const before = state()
        await expect(wait({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
        expect(state()).toEqual(before)
      })
    },
  )

  test('aborted meanwhile, it throws the reason, leaves the line, and the task goes on', async () => {
    const reason = new Error('meanwhile')
    await runVirtual(function* () {
      const { wait, state } = yield* prepare(false)
      const before = state()
      const controller = new AbortController()
      getEventLoop().callLater(5, () => controller.abort(reason))
      expect(yield* errorOf(wait({ signal: controller.signal }))).toBe(reason)
      expect(state()).toEqual(before)
      expect(currentTask()?.cancelling()).toBe(0)
      yield* sleep(1)
    })
  })

  test('that is not aborted, it is as without', async () => {
    await runVirtual(function* () {
      const { wait } = yield* prepare(true)
      const { signal } = new AbortController()
      // A condition waits for its notification, whatever else is there to be had.
      if (name === 'condition.wait()') return
      expect(yield* turnsOf(wait({ signal }))).toBe(0)
    })
  })
})
