import { describe, expect, test } from 'vitest'
import {
  Barrier,
  type Body,
  Channel,
  Condition,
  createTask,
  DeadlockError,
  Event,
  Lock,
  PriorityQueue,
  Queue,
  Semaphore,
  select,
  sleep,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'

async function deadlockOf(main: Body<[], unknown>): Promise<DeadlockError> {
  const error: unknown = await runVirtual(main).catch(error => error)
  expect(error).toBeInstanceOf(DeadlockError)
  return error as DeadlockError
}

/** What each task of a stuck program is said to wait for. */
async function waitsOf(main: Body<[], unknown>): Promise<Record<string, string>> {
  const { tasks } = await deadlockOf(main)
  return Object.fromEntries(tasks.map(({ task, waitsFor }) => [task, waitsFor]))
}

const stuck: Record<string, { main: Body<[], unknown>; says: string }> = {
  'a lock': {
    *main() {
      const lock = new Lock({ name: 'db' })
      createTask(lock.acquire(), { name: 'holder' })
      yield* sleep(1)
      yield* lock.acquire()
    },
    says: 'lock "db", held by holder, which has ended',
  },
  'its own lock': {
    *main() {
      const lock = new Lock()
      yield* lock.acquire()
      yield* lock.acquire()
    },
    says: 'a lock, held by main',
  },
  'an event': {
    *main() {
      yield* new Event({ name: 'ready' }).wait()
    },
    says: 'event "ready", which is not set',
  },
  'a condition': {
    *main() {
      const condition = new Condition(undefined, { name: 'changed' })
      yield* condition.hold(condition.wait())
    },
    says: 'a notification of condition "changed"',
  },
  'a semaphore': {
    *main() {
      const semaphore = new Semaphore(1, { name: 'connections' })
      yield* semaphore.acquire()
      yield* semaphore.acquire()
    },
    says: 'semaphore "connections", whose permits are held by main',
  },
  'a semaphore without permits': {
    *main() {
      yield* new Semaphore(0).acquire()
    },
    says: 'a semaphore',
  },
  'a barrier': {
    *main() {
      yield* new Barrier(3, { name: 'start' }).wait()
    },
    says: 'barrier "start", where 1 of 3 have come',
  },
  'an empty queue': {
    *main() {
      yield* new Queue({ name: 'jobs' }).get()
    },
    says: 'an item of queue "jobs" (0 items)',
  },
  'a full queue': {
    *main() {
      const queue = new PriorityQueue<number>({ maxSize: 1, name: 'jobs' })
      yield* queue.put(1)
      yield* queue.put(2)
    },
    says: 'room in queue "jobs" (1 of 1 items)',
  },
  'unfinished items': {
    *main() {
      const queue = new Queue<number>()
      yield* queue.put(1)
      yield* queue.join()
    },
    says: 'the 1 unfinished items of a queue (1 items)',
  },
  'a receiver': {
    *main() {
      yield* new Channel<number>({ name: 'lines' }).send(1)
    },
    says: 'a receiver on channel "lines"',
  },
  'a sender': {
    *main() {
      yield* new Channel<number>({ capacity: 2 }).receive()
    },
    says: 'a sender on a channel (0 of 2 items)',
  },
  'one of several': {
    *main() {
      const queue = new Queue({ name: 'jobs' })
      yield* select({ job: queue.get(), line: new Channel({ name: 'lines' }).receive() })
    },
    says: 'one of job (an item of queue "jobs" (0 items)), line (a sender on channel "lines")',
  },
}

describe('a task that is stuck for ever', () => {
  test.each(Object.entries(stuck))('on %s is said to wait for just that', async (_, { main, says }) => {
    expect(await waitsOf(main)).toMatchObject({ main: says })
  })

  test('in an async function is told the same', async () => {
    const lock = new Lock({ name: 'db' })
    const waits = await waitsOf(async () => {
      await lock.acquire()
      await lock.hold(async () => {})
    })
    expect(waits).toMatchObject({ main: 'lock "db", held by main' })
  })
})

test('two tasks with each other’s locks are named first, as a circle, and each says who holds what', async () => {
  const [left, right] = [new Lock({ name: 'left' }), new Lock({ name: 'right' })]
  function* both(first: Lock, second: Lock) {
    using _one = yield* first.acquire()
    yield* sleep(1)
    using _other = yield* second.acquire()
  }
  const error = await deadlockOf(function* () {
    createTask(new Event().wait(), { name: 'bystander' })
    createTask(both(left, right), { name: 'ann' })
    yield* createTask(both(right, left), { name: 'bob' })
  })
  expect(error.circles.map(circle => [...circle].sort())).toEqual([['ann', 'bob']])
  expect(error.message.split('\n')[1]).toMatch(/in a circle: (ann → bob → ann|bob → ann → bob)/)
  expect(error.message).toMatch(/ann .*waits for lock "right", held by bob/)
  expect(error.message).toMatch(/bob .*waits for lock "left", held by ann/)
  expect(
    error.tasks
      .map(({ task }) => task)
      .slice(0, 2)
      .sort(),
  ).toEqual(['ann', 'bob'])
})
