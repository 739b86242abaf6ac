import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  createTask,
  getEventLoop,
  LifoQueue,
  type Operation,
  PriorityQueue,
  Queue,
  QueueEmptyError,
  QueueFullError,
  QueueShutDownError,
  select,
  type Task,
  wait,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import {
  cancels,
  draws,
  type Patience,
  patience,
  patiently,
  pause,
  paused,
  victim,
} from '../sync/random-runs.ts'

/** A rank, for the queues that look at it, and a number of its own. */
type Item = readonly [rank: number, id: number]
type Kind = 'Queue' | 'LifoQueue' | 'PriorityQueue'

const make = {
  Queue: (maxSize: number) => new Queue<Item>({ maxSize }),
  LifoQueue: (maxSize: number) => new LifoQueue<Item>({ maxSize }),
  PriorityQueue: (maxSize: number) => new PriorityQueue<Item>({ maxSize }),
}

/** A queue is a list, from which the first, the last or the lowest is taken. */
class Model {
  readonly queue: Queue<Item>
  readonly #kind: Kind
  readonly #items: Item[] = []

  constructor(kind: Kind, maxSize: number) {
    this.queue = make[kind](maxSize)
    this.#kind = kind
  }

  put(item: Item): void {
    this.#items.push(item)
    this.check()
  }

  got(item: Item): void {
    const lowest = Math.min(...this.#items.map(([rank]) => rank))
    const at = {
      Queue: 0,
      LifoQueue: this.#items.length - 1,
      PriorityQueue: this.#items.findIndex(([rank]) => rank === lowest),
    }
    expect(item).toEqual(this.#items.splice(at[this.#kind], 1)[0])
    this.check()
  }

  check(): void {
    const { maxSize, size } = this.queue
    expect(size).toBe(this.#items.length)
    if (maxSize > 0) expect(size).toBeLessThanOrEqual(maxSize)
  }

  /** Nobody waits for what is there. */
  checkAtRest(): void {
    const { getters, putters } = this.queue.statistics()
    if (!this.queue.empty()) expect(getters).toEqual([])
    if (!this.queue.full()) expect(putters).toEqual([])
  }
}

const acts = [
  'put',
  'get',
  'putNowait',
  'getNowait',
  'select gets',
  'select puts',
  'select both',
  'select twice',
] as const

interface Step {
  readonly act: (typeof acts)[number]
  readonly at: number
  readonly rank: number
  readonly before: number
  readonly patience: Patience
  readonly victim: number | undefined
}

const TASKS = 6
const step: fc.Arbitrary<Step> = fc.record({
  act: fc.constantFrom(...acts),
  at: fc.nat(1),
  rank: fc.nat(2),
  before: pause,
  patience,
  victim: victim(TASKS),
})

const kinds = fc.constantFrom<Kind>('Queue', 'LifoQueue', 'PriorityQueue')
const programs = fc.record({
  queues: fc.tuple(fc.tuple(kinds, fc.nat(2)), fc.tuple(kinds, fc.nat(2))),
  tasks: fc.array(fc.array(step, { minLength: 1, maxLength: 5 }), { minLength: TASKS, maxLength: TASKS }),
  cancels: cancels(TASKS),
})

let made = 0

/** One step of a task, on the queues and on their models alike. */
function* perform(models: readonly Model[], { act, at, rank, patience }: Step): Operation<void> {
  const [one, other] = [models[at] as Model, models[1 - at] as Model]
  made += 1
  const item: Item = [rank, made]
  switch (act) {
    case 'put':
      if (yield* patiently(patience, options => one.queue.put(item, options))) one.put(item)
      break
    case 'get': {
      const taken = yield* patiently(patience, options => one.queue.get(options))
      if (taken !== undefined) one.got(taken.got)
      break
    }
    case 'putNowait':
      one.queue.putNowait(item)
      one.put(item)
      break
    case 'getNowait':
      one.got(one.queue.getNowait())
      break
    case 'select gets':
    case 'select twice': {
      const second = act === 'select gets' ? other : one
      const taken = yield* patiently(patience, options =>
        select({ first: one.queue.get(), second: second.queue.get() }, options),
      )
      if (taken !== undefined) (taken.got.kind === 'first' ? one : second).got(taken.got.value)
      break
    }
    case 'select puts': {
      const put = yield* patiently(patience, options =>
        select({ first: one.queue.put(item), second: other.queue.put(item) }, options),
      )
      if (put !== undefined) (put.got.kind === 'first' ? one : other).put(item)
      break
    }
    case 'select both': {
      const done = yield* patiently(patience, options =>
        select({ put: one.queue.put(item), get: other.queue.get() }, options),
      )
      if (done?.got.kind === 'put') one.put(item)
      else if (done?.got.kind === 'get') other.got(done.got.value)
    }
  }
}

const expected = [QueueEmptyError, QueueFullError, QueueShutDownError]

function* performAll(
  models: readonly Model[],
  steps: readonly Step[],
  tasks: readonly Task<void>[],
): Operation<void> {
  for (const step of steps) {
    yield* paused(step.before)
    try {
      yield* perform(models, step)
    } catch (error) {
      if (!expected.some(kind => error instanceof kind)) throw error
    }
    if (step.victim !== undefined) tasks[step.victim]?.cancel()
  }
}

test('a queue gives what was put, each item once, in its order, and forgets nobody, whatever is cancelled', async () => {
  const property = fc.asyncProperty(programs, async ({ queues, tasks: steps, cancels }) => {
    const models = queues.map(([kind, maxSize]) => new Model(kind, maxSize))
    await runVirtual(function* () {
      const tasks: Task<void>[] = []
      for (const list of steps) tasks.push(createTask(performAll(models, list, tasks)))
      for (const { who, at } of cancels) getEventLoop().callLater(at, () => tasks[who]?.cancel())
      yield* wait(tasks, { timeoutMs: 100 })
      for (const model of models) {
        model.checkAtRest()
        model.queue.shutdown()
      }
      yield* wait(tasks)
      for (const task of tasks) if (!task.cancelled()) expect(task.exception()).toBeUndefined()
    })
    for (const model of models) {
      while (!model.queue.empty()) model.got(model.queue.getNowait())
      model.check()
      expect(model.queue.statistics()).toMatchObject({ getters: [], putters: [] })
    }
  })
  await fc.assert(property, draws(400))
})
