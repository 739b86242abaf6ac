import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  Channel,
  ChannelClosedError,
  createTask,
  getEventLoop,
  type Operation,
  type Received,
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

interface Item {
  readonly from: string
  readonly n: number
}

/** What was sent is received or still there; of one sender, in the order sent. */
class Model {
  readonly channel: Channel<Item>
  readonly #sent = new Set<Item>()
  readonly #received = new Set<Item>()
  /** The number of the last item received of each sender, by whomever. */
  readonly #last = new Map<string, number>()

  constructor(capacity: number) {
    this.channel = new Channel<Item>({ capacity })
  }

  sent(item: Item): void {
    this.#sent.add(item)
  }

  received(received: Received<Item> | undefined): void {
    if (received?.kind !== 'item') return
    const { item } = received
    expect(this.#received.has(item), 'received twice').toBe(false)
    this.#received.add(item)
    expect(item.n, item.from).toBeGreaterThan(this.#last.get(item.from) ?? -1)
    this.#last.set(item.from, item.n)
  }

  /** Nobody waits for what is there, and no more is there than there is room for. */
  checkAtRest(hasBeenQuiet: boolean): void {
    const { size, capacity, senders, receivers } = this.channel.statistics()
    if (size > 0) expect(receivers).toEqual([])
    // One select may offer to the very channel it listens to, and does not serve itself.
    if (senders.length > 0 && receivers.length > 0) expect(new Set([...senders, ...receivers]).size).toBe(1)
    if (size < capacity) expect(senders).toEqual([])
    // What was handed to one who was interrupted waits for another, whatever room there is.
    if (hasBeenQuiet) expect(size).toBeLessThanOrEqual(capacity)
    expect(this.#sent.size - this.#received.size).toBe(size)
  }

  checkEnd(): void {
    for (let rest = this.channel.tryReceive(); rest?.kind === 'item'; rest = this.channel.tryReceive())
      this.received(rest)
    expect(this.#received).toEqual(this.#sent)
    expect(this.channel.statistics()).toMatchObject({ size: 0, senders: [], receivers: [] })
  }
}

const acts = [
  'send',
  'receive',
  'next',
  'trySend',
  'tryReceive',
  'select receives',
  'select sends',
  'select both',
  'select itself',
] as const

interface Step {
  readonly act: (typeof acts)[number]
  readonly at: number
  readonly before: number
  readonly patience: Patience
  readonly victim: number | undefined
}

const TASKS = 6
const step: fc.Arbitrary<Step> = fc.record({
  act: fc.constantFrom(...acts),
  at: fc.nat(1),
  before: pause,
  patience,
  victim: victim(TASKS),
})

const programs = fc.record({
  capacities: fc.tuple(fc.nat(2), fc.nat(2)),
  tasks: fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { minLength: TASKS, maxLength: TASKS }),
  cancels: cancels(TASKS),
})

/** One step of a task, on the channels and on their models alike. */
function* perform(
  models: readonly Model[],
  who: string,
  n: number,
  { act, at, patience }: Step,
): Operation<void> {
  const [one, other] = [models[at] as Model, models[1 - at] as Model]
  const item = { from: who, n }
  switch (act) {
    case 'send':
      if (yield* patiently(patience, options => one.channel.send(item, options))) one.sent(item)
      break
    case 'receive': {
      const done = yield* patiently(patience, options => one.channel.receive(options))
      one.received(done?.got)
      break
    }
    case 'next': {
      const done = yield* patiently(patience, options => one.channel.next(options))
      if (done?.got.done === false) one.received({ kind: 'item', item: done.got.value })
      break
    }
    case 'trySend':
      if (one.channel.trySend(item)) one.sent(item)
      break
    case 'tryReceive':
      one.received(one.channel.tryReceive())
      break
    case 'select receives': {
      const done = yield* patiently(patience, options =>
        select({ first: one.channel.receive(), second: other.channel.receive() }, options),
      )
      if (done !== undefined) (done.got.kind === 'first' ? one : other).received(done.got.value)
      break
    }
    case 'select sends': {
      const done = yield* patiently(patience, options =>
        select({ first: one.channel.send(item), second: other.channel.send(item) }, options),
      )
      if (done !== undefined) (done.got.kind === 'first' ? one : other).sent(item)
      break
    }
    case 'select both':
    case 'select itself': {
      const second = act === 'select both' ? other : one
      const done = yield* patiently(patience, options =>
        select({ out: one.channel.send(item), into: second.channel.receive() }, options),
      )
      if (done?.got.kind === 'out') one.sent(item)
      else if (done?.got.kind === 'into') second.received(done.got.value)
    }
  }
}

function* performAll(
  models: readonly Model[],
  who: string,
  steps: readonly Step[],
  tasks: readonly Task<void>[],
): Operation<void> {
  for (const [n, step] of steps.entries()) {
    yield* paused(step.before)
    try {
      yield* perform(models, who, n, step)
    } catch (error) {
      if (!(error instanceof ChannelClosedError)) throw error
    }
    if (step.victim !== undefined) tasks[step.victim]?.cancel()
  }
}

test('a channel hands over what is sent, each item once, in order, and forgets nobody, whatever is cancelled', async () => {
  const property = fc.asyncProperty(programs, async ({ capacities, tasks: steps, cancels }) => {
    const models = capacities.map(capacity => new Model(capacity))
    await runVirtual(function* () {
      const tasks: Task<void>[] = []
      for (const [n, list] of steps.entries())
        tasks.push(createTask(performAll(models, `task ${n}`, list, tasks)))
      for (const { who, at } of cancels) getEventLoop().callLater(at, () => tasks[who]?.cancel())
      yield* wait(tasks, { timeoutMs: 100 })
      const isQuiet =
        cancels.length === 0 && steps.flat().every(({ patience }) => patience.kind === 'endless')
      for (const model of models) {
        model.checkAtRest(isQuiet)
        model.channel.close()
      }
      yield* wait(tasks)
      for (const task of tasks) if (!task.cancelled()) expect(task.exception()).toBeUndefined()
    })
    for (const model of models) model.checkEnd()
  })
  await fc.assert(property, draws(400))
})
