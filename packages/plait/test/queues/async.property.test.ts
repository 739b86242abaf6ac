import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  Channel,
  ChannelClosedError,
  createTask,
  getEventLoop,
  isCancelled,
  Lock,
  Queue,
  QueueShutDownError,
  type Received,
  Semaphore,
  select,
  sleep,
  type Task,
  TimeoutError,
  timeout,
  type WaitOptions,
  wait,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { cancels, draws, type Patience, patience, pause, victim } from '../sync/random-runs.ts'

/*
 * Async functions hear of what they have in turns of their own, so of order nothing is said here: only that nothing is
 * lost, nothing is doubled, nobody is forgotten, and all is given back.
 */

class World {
  readonly queue = new Queue<number>({ maxSize: 2 })
  readonly channel: Channel<number>
  readonly lock = new Lock()
  readonly semaphore = new Semaphore(2)
  readonly put: number[] = []
  readonly got: number[] = []
  made = 0
  inside = 0

  constructor(capacity: number) {
    this.channel = new Channel<number>({ capacity })
  }

  take(received: Received<number>): void {
    if (received.kind === 'item') this.got.push(received.item)
  }
}

const acts = [
  'put',
  'get',
  'send',
  'receive',
  'lock',
  'hold',
  'permit',
  'select',
  'two at once',
  'iterate',
] as const

interface Step {
  readonly act: (typeof acts)[number]
  readonly before: number
  readonly inside: number
  readonly patience: Patience
  readonly victim: number | undefined
}

const TASKS = 6
const step: fc.Arbitrary<Step> = fc.record({
  act: fc.constantFrom(...acts),
  before: pause,
  inside: pause,
  patience,
  victim: victim(TASKS),
})

const programs = fc.record({
  capacity: fc.nat(1),
  tasks: fc.array(fc.array(step, { minLength: 1, maxLength: 5 }), { minLength: TASKS, maxLength: TASKS }),
  cancels: cancels(TASKS),
})

/** Waits as long as it has patience; undefined if that was not long enough. */
async function patiently<T>(how: Patience, begin: (options: WaitOptions) => PromiseLike<T>) {
  const controller = new AbortController()
  const timer = how.kind === 'signal' ? getEventLoop().callLater(how.ms, () => controller.abort()) : undefined
  try {
    if (how.kind === 'limit') return { value: await timeout(how.ms, async () => await begin({})) }
    return { value: await begin(how.kind === 'signal' ? { signal: controller.signal } : {}) }
  } catch (error) {
    if (error instanceof TimeoutError || error instanceof DOMException) return undefined
    throw error
  } finally {
    timer?.cancel()
  }
}

async function perform(world: World, { act, inside, patience }: Step): Promise<void> {
  const { queue, channel, lock, semaphore, put, got } = world
  world.made += 1
  const item = world.made
  const work = async () => {
    world.inside += 1
    try {
      if (inside >= 0) await sleep(inside)
    } finally {
      world.inside -= 1
    }
  }
  switch (act) {
    case 'put':
      if (await patiently(patience, options => queue.put(item, options))) put.push(item)
      break
    case 'get': {
      const taken = await patiently(patience, options => queue.get(options))
      if (taken !== undefined) got.push(taken.value)
      break
    }
    case 'send':
      if (await patiently(patience, options => channel.send(item, options))) put.push(item)
      break
    case 'receive': {
      const taken = await patiently(patience, options => channel.receive(options))
      if (taken !== undefined) world.take(taken.value)
      break
    }
    case 'lock':
    case 'permit': {
      const gate = act === 'lock' ? lock : semaphore
      const taken = await patiently(patience, options => gate.acquire(options))
      using _held = taken?.value
      if (taken !== undefined) await work()
      break
    }
    case 'hold':
      await patiently(patience, () => lock.hold(() => semaphore.hold(work)))
      break
    case 'select': {
      const done = await patiently(patience, options =>
        select({ put: queue.put(item), into: channel.receive(), permit: semaphore.acquire() }, options),
      )
      if (done?.value.kind === 'put') put.push(item)
      else if (done?.value.kind === 'into') world.take(done.value.value)
      else if (done?.value.kind === 'permit') {
        using _permit = done.value.value
        await work()
      }
      break
    }
    case 'two at once': {
      const [one, other] = await Promise.allSettled([queue.get(), channel.send(item)])
      if (one.status === 'fulfilled') got.push(one.value)
      if (other.status === 'fulfilled') put.push(item)
      for (const end of [one, other]) if (end.status === 'rejected') throw end.reason
      break
    }
    case 'iterate':
      for await (const each of channel) {
        got.push(each)
        if (each % 2 === 0) break
      }
  }
}

async function performAll(world: World, steps: readonly Step[], tasks: readonly Task<void>[]): Promise<void> {
  for (const step of steps) {
    if (step.before >= 0) await sleep(step.before)
    try {
      await perform(world, step)
    } catch (error) {
      if (isCancelled(error)) throw error
      if (!(error instanceof QueueShutDownError || error instanceof ChannelClosedError)) throw error
    }
    if (step.victim !== undefined) tasks[step.victim]?.cancel()
  }
}

test('async functions lose nothing, keep nothing and forget nobody, whatever is cancelled', async () => {
  const property = fc.asyncProperty(programs, async ({ capacity, tasks: steps, cancels }) => {
    const world = new World(capacity)
    const { queue, channel, lock, semaphore, put, got } = world
    await runVirtual(function* () {
      const tasks: Task<void>[] = []
      for (const list of steps) tasks.push(createTask(() => performAll(world, list, tasks)))
      for (const { who, at } of cancels) getEventLoop().callLater(at, () => tasks[who]?.cancel())
      yield* wait(tasks, { timeoutMs: 100 })
      const { size, getters, putters } = queue.statistics()
      if (size > 0) expect(getters).toEqual([])
      if (size < queue.maxSize) expect(putters).toEqual([])
      if (channel.size > 0) expect(channel.statistics().receivers).toEqual([])
      expect([world.inside, lock.locked(), semaphore.value]).toEqual([0, false, 2])
      queue.shutdown()
      channel.close()
      yield* wait(tasks)
      for (const task of tasks) if (!task.cancelled()) expect(task.exception()).toBeUndefined()
    })
    while (!queue.empty()) got.push(queue.getNowait())
    for (let rest = channel.tryReceive(); rest?.kind === 'item'; rest = channel.tryReceive()) world.take(rest)
    expect(got.sort((a, b) => a - b)).toEqual(put.sort((a, b) => a - b))
    expect(queue.statistics()).toMatchObject({ getters: [], putters: [] })
    expect(channel.statistics()).toMatchObject({ senders: [], receivers: [] })
    expect(lock.statistics()).toEqual({ locked: false, holder: undefined, waiters: [] })
    expect(semaphore.statistics()).toEqual({ value: 2, holders: [], waiters: [] })
  })
  await fc.assert(property, draws(300))
})
