import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  BoundedSemaphore,
  Condition,
  createTask,
  Event,
  getEventLoop,
  Lock,
  type Operation,
  Semaphore,
  select,
  sleep,
  type Task,
  type WaitOptions,
  wait,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { cancels, draws, type Patience, patience, patiently, pause, paused, victim } from './random-runs.ts'

/** What gives permits, as the model sees it. */
type Gate = Lock | Semaphore | Condition

/** One time of wanting a permit. */
interface Wish {
  readonly before: number
  readonly how: 'using' | 'hold' | 'by hand' | 'select' | 'two at once'
  readonly patience: Patience
  readonly keep: number
  readonly victim: number | undefined
}

/** First come, first served, and no more than there are. Whoever is overtaken was on the way out, and gets nothing. */
class Model {
  readonly line: string[] = []
  readonly overtaken = new Set<string>()
  free: number
  readonly #permits: number

  constructor(permits: number) {
    this.free = permits
    this.#permits = permits
  }

  asks(who: string): void {
    this.line.push(who)
  }

  gets(who: string): void {
    expect(this.overtaken.has(who), `${who} was overtaken, and got one all the same`).toBe(false)
    for (const ahead of this.line.splice(0, this.line.indexOf(who))) this.overtaken.add(ahead)
    this.line.shift()
    this.free -= 1
    expect(this.free).toBeGreaterThanOrEqual(0)
  }

  leaves(who: string): void {
    if (!this.overtaken.delete(who)) this.line.splice(this.line.indexOf(who), 1)
  }

  givesBack(): void {
    this.free += 1
    expect(this.free).toBeLessThanOrEqual(this.#permits)
  }
}

const TASKS = 6
const wish: fc.Arbitrary<Wish> = fc.record({
  before: pause,
  how: fc.constantFrom(
    'using' as const,
    'hold' as const,
    'by hand' as const,
    'select' as const,
    'two at once' as const,
  ),
  patience,
  keep: pause,
  victim: victim(TASKS),
})

const gates: Record<string, (permits: number) => Gate> = {
  lock: () => new Lock(),
  condition: () => new Condition(),
  semaphore: permits => new Semaphore(permits),
  'bounded semaphore': permits => new BoundedSemaphore(permits),
}

const programs = fc.record({
  kind: fc.constantFrom(...Object.keys(gates)),
  many: fc.integer({ min: 1, max: 3 }),
  tasks: fc.array(fc.array(wish, { minLength: 1, maxLength: 4 }), { minLength: TASKS, maxLength: TASKS }),
  cancels: cancels(TASKS),
})

/** What one task does about one wish: it tells the model when it asks, gets, leaves and gives back. */
function* grant(gate: Gate, model: Model, who: string, { how, patience, keep }: Wish): Operation<void> {
  function* work(): Operation<void> {
    model.gets(who)
    try {
      yield* paused(keep)
    } finally {
      model.givesBack()
    }
  }
  const never = new Event()
  let had = false
  const begin = (options: WaitOptions): Operation<unknown> => {
    switch (how) {
      case 'select':
        return select({ never: never.wait(), permit: gate.acquire(), late: sleep(100) }, options)
      case 'two at once':
        return select({ one: gate.acquire(), other: gate.acquire() }, options)
      default:
        return gate.acquire(options)
    }
  }
  model.asks(who)
  if (how === 'hold') {
    const body = function* () {
      had = true
      yield* work()
    }
    yield* patiently(
      patience,
      () => gate.hold(body),
      () => had || model.leaves(who),
    )
    return
  }
  const ended = yield* patiently(patience, begin, () => model.leaves(who))
  if (ended === undefined) return
  const got = ended.got as Disposable | { value: Disposable }
  if (how === 'by hand') {
    try {
      yield* work()
    } finally {
      gate.release()
    }
  } else {
    using _held = 'value' in got ? got.value : got
    yield* work()
  }
}

test('permits are conserved, had in turn, and nobody is forgotten, whatever is cancelled', async () => {
  const property = fc.asyncProperty(programs, async ({ kind, many, tasks: wishes, cancels }) => {
    const permits = kind.includes('semaphore') ? many : 1
    const gate = (gates[kind] as (permits: number) => Gate)(permits)
    const model = new Model(permits)
    await runVirtual(function* () {
      const tasks: Task<void>[] = wishes.map((list, n) =>
        createTask(function* () {
          for (const [i, wish] of list.entries()) {
            yield* paused(wish.before)
            yield* grant(gate, model, `${n}.${i}`, wish)
            if (wish.victim !== undefined) tasks[wish.victim]?.cancel()
          }
        }),
      )
      for (const { who, at } of cancels) getEventLoop().callLater(at, () => tasks[who]?.cancel())
      yield* wait(tasks)
      for (const task of tasks) if (!task.cancelled()) expect(task.exception()).toBeUndefined()
    })
    expect([...model.line, ...model.overtaken]).toEqual([])
    expect(model.free).toBe(permits)
    expect(gate.locked()).toBe(false)
    if (gate instanceof Semaphore)
      expect(gate.statistics()).toEqual({ value: permits, holders: [], waiters: [] })
  })
  await fc.assert(property, draws(300))
})
