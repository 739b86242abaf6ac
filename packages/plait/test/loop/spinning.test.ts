import { describe, expect, test } from 'vitest'
import {
  createTask,
  Event,
  Future,
  gather,
  getEventLoop,
  Lock,
  type Operation,
  Queue,
  run,
  select,
  sleep,
  type Task,
  TimeoutError,
  timeout,
  wait,
} from '../../src/index.ts'

/** Waits that are satisfied each time: a loop of them never takes a turn. */
const waits: Record<string, () => () => Operation<unknown>> = {
  'a future': () => {
    const future = new Future<number>()
    future.setResult(1)
    return () => future
  },
  'an event': () => {
    const event = new Event()
    event.set()
    return () => event.wait()
  },
  'a queue': () => {
    const queue = new Queue<number>()
    return () => (queue.empty() ? queue.put(1) : queue.get())
  },
  'a lock': () => {
    const lock = new Lock()
    return () => lock.hold(sleep(-1))
  },
  'a select': () => {
    const queue = new Queue<number>()
    return () => select({ get: queue.get(), default: null })
  },
  'an empty gather': () => () => gather(),
}

/** Far more than any of these does in the time that is allowed: one that is never interrupted ends here, and fails. */
const MOST = 20_000_000

describe('a loop of satisfied waits', () => {
  test.each(Object.entries(waits))('on %s is ended by a time limit', async (_what, make) => {
    const program = run(
      timeout(5, function* () {
        const begin = make()
        for (let n = 0; n < MOST; n += 1) yield* begin()
      }),
    )
    await expect(program).rejects.toThrow(TimeoutError)
  })

  test('does not keep callbacks from their time, and is cancelled where it stands', async () => {
    await run(function* () {
      const event = new Event()
      event.set()
      let ended = ''
      const spinner: Task<void> = createTask(function* () {
        // From here on: a machine that takes longer to begin must not have it cancelled before.
        getEventLoop().callLater(5, () => spinner.cancel('enough'))
        try {
          for (let n = 0; n < MOST; n += 1) yield* event.wait()
          ended = 'by itself'
        } catch (error) {
          ended = String(error)
          throw error
        }
      })
      yield* wait([spinner])
      expect(ended).toBe('CancelledError: enough')
    })
  })
})
