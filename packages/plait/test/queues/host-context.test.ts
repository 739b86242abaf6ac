import { AsyncLocalStorage } from 'node:async_hooks'
import { afterAll, expect, test } from 'vitest'
import {
  type Awaitable,
  Barrier,
  Channel,
  Condition,
  ContextVar,
  createTask,
  Event,
  gather,
  Lock,
  type Operation,
  Queue,
  Semaphore,
  select,
  sleep,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'

const storage = new AsyncLocalStorage<string>()
const variable = new ContextVar<string>('whose', { default: 'nobody' })
afterAll(() => storage.disable())

/** A wait, and how somebody else ends it. */
interface Meeting {
  readonly wait: () => Awaitable<unknown>
  readonly wake: () => Operation<unknown> | undefined
}

function* taken<T extends Lock | Semaphore>(what: T): Operation<T> {
  yield* what.acquire()
  return what
}

const meetings: Record<string, () => Operation<Meeting>> = {
  *'lock release'() {
    const lock = yield* taken(new Lock())
    return { wait: () => lock.hold(sleep(0)), wake: () => void lock.release() }
  },
  *'semaphore release'() {
    const semaphore = yield* taken(new Semaphore(1))
    return { wait: () => semaphore.hold(sleep(0)), wake: () => void semaphore.release() }
  },
  *'event set'() {
    const event = new Event()
    return { wait: () => event.wait(), wake: () => void event.set() }
  },
  *'condition notify'() {
    const condition = new Condition()
    return {
      wait: () => condition.hold(condition.wait()),
      wake: () => condition.hold(async () => condition.notifyAll()),
    }
  },
  *'coming to a barrier'() {
    const barrier = new Barrier(3)
    return { wait: () => barrier.wait(), wake: () => barrier.wait() }
  },
  *'queue put'() {
    const queue = new Queue<number>()
    return { wait: () => queue.get(), wake: () => gather(queue.put(1), queue.put(2)) }
  },
  *'queue get'() {
    const queue = new Queue<number>({ maxSize: 2 })
    queue.putNowait(0)
    queue.putNowait(0)
    return { wait: () => queue.put(1), wake: () => gather(queue.get(), queue.get()) }
  },
  *'queue taskDone'() {
    const queue = new Queue<number>()
    queue.putNowait(0)
    return { wait: () => queue.join(), wake: () => void queue.taskDone() }
  },
  *'channel send'() {
    const channel = new Channel<number>()
    return { wait: () => channel.receive(), wake: () => gather(channel.send(1), channel.send(2)) }
  },
  *'channel receive'() {
    const channel = new Channel<number>()
    return { wait: () => channel.send(1), wake: () => gather(channel.receive(), channel.receive()) }
  },
  *'channel close'() {
    const channel = new Channel<number>()
    return { wait: () => channel.forEach(async () => {}), wake: () => void channel.close() }
  },
  *'a put, of a select'() {
    const queue = new Queue<number>()
    return {
      wait: () => select({ get: queue.get(), never: new Event().wait() }),
      wake: () => gather(queue.put(1), queue.put(2)),
    }
  },
}

test.each(Object.entries(meetings))(
  'a task woken from another context reads its own store: by %s',
  async (_, make) => {
    await runVirtual(function* () {
      const { wait, wake } = yield* make()
      const seen: unknown[] = []
      const note = () => void seen.push(`${storage.getStore()} ${variable.get()}`)
      const tasks = storage.run('mine', () => [
        createTask(function* () {
          variable.set('mine')
          yield* wait()
          note()
        }),
        createTask(async () => {
          variable.set('mine')
          await wait()
          note()
          await null
          note()
        }),
      ])
      yield* sleep(1)
      const waker = storage.run('theirs', () =>
        createTask(function* () {
          variable.set('theirs')
          yield* wake() ?? sleep(0)
          yield* sleep(0)
          note()
        }),
      )
      yield* gather(waker, ...tasks)
      expect(seen.sort()).toEqual(['mine mine', 'mine mine', 'mine mine', 'theirs theirs'])
      expect(storage.getStore()).toBeUndefined()
    })
  },
)
