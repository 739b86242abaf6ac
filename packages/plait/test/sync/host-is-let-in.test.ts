import { describe, expect, test } from 'vitest'
import {
  type Awaitable,
  Barrier,
  Channel,
  Condition,
  Event,
  Lock,
  Queue,
  run,
  Semaphore,
  select,
} from '../../src/index.ts'

/** Waits that are satisfied each time, and so never take a turn. */
const waits: Record<string, () => () => Awaitable<unknown>> = {
  lock: () => {
    const lock = new Lock()
    return () => lock.hold(async () => {})
  },
  semaphore: () => {
    const semaphore = new Semaphore(Number.MAX_SAFE_INTEGER)
    return () => semaphore.acquire()
  },
  event: () => {
    const event = new Event()
    event.set()
    return () => event.wait()
  },
  condition: () => {
    const condition = new Condition()
    return () => condition.hold(condition.waitFor(() => true))
  },
  barrier: () => {
    const barrier = new Barrier(1)
    return () => barrier.wait()
  },
  queue: () => {
    const queue = new Queue<number>()
    return () => (queue.empty() ? queue.put(1) : queue.get())
  },
  channel: () => {
    const channel = new Channel<number>({ capacity: 1 })
    return () => (channel.size === 0 ? channel.send(1) : channel.receive())
  },
  select: () => {
    const queue = new Queue<number>()
    return () => select({ get: queue.get(), default: null })
  },
}

/** Far more than fit between two looks at the clock: a program that starves the host ends here, and fails. */
const MOST = 1_000_000

describe('waits that are always satisfied let the host in', () => {
  test.each(Object.entries(waits))('%s, in a generator', async (_, make) => {
    let isIn = false
    await run(function* () {
      const wait = make()
      setTimeout(() => {
        isIn = true
      })
      for (let n = 0; n < MOST && !isIn; n += 1) yield* wait()
    })
    expect(isIn).toBe(true)
  })

  test.each(Object.entries(waits))('%s, in an async function', async (_, make) => {
    let isIn = false
    await run(async () => {
      const wait = make()
      setTimeout(() => {
        isIn = true
      })
      for (let n = 0; n < MOST && !isIn; n += 1) await wait()
    })
    expect(isIn).toBe(true)
  })
})
