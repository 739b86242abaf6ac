import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  createTask,
  getEventLoop,
  type Operation,
  RateLimiter,
  select,
  sleep,
  wait,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { cancels, draws, patience, patiently, pause, paused } from '../sync/random-runs.ts'

const wish = fc.record({
  how: fc.constantFrom('acquire', 'acquire', 'select', 'two at once', 'try'),
  before: pause,
  after: fc.nat(5),
  patience,
})

const TASKS = 6
const programs = fc.record({
  limit: fc.integer({ min: 1, max: 3 }),
  intervalMs: fc.constantFrom(0, 3, 4, 10),
  burst: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
  tasks: fc.array(fc.array(wish, { minLength: 1, maxLength: 5 }), { minLength: TASKS, maxLength: TASKS }),
  cancels: cancels(TASKS),
})

type Wish = typeof wish extends fc.Arbitrary<infer T> ? T : never

/** Who asked, first come first, and when turns were had. Whoever is overtaken was on the way out, and gets nothing. */
class Model {
  readonly limiter: RateLimiter
  readonly times: number[] = []
  readonly line: string[] = []
  readonly #overtaken = new Set<string>()
  readonly #limit: number
  readonly #intervalMs: number
  readonly #burst: number | undefined

  constructor(limit: number, intervalMs: number, burst: number | undefined) {
    this.limiter = new RateLimiter({ limit, intervalMs, burst })
    this.#limit = limit
    this.#intervalMs = intervalMs
    this.#burst = burst
  }

  had(who?: string): void {
    if (who !== undefined) {
      expect(this.#overtaken.has(who), `${who} was overtaken, and had one all the same`).toBe(false)
      for (const ahead of this.line.splice(0, this.line.indexOf(who))) this.#overtaken.add(ahead)
      this.line.shift()
    } else for (const ahead of this.line.splice(0)) this.#overtaken.add(ahead)
    this.times.push(getEventLoop().time())
    this.#check()
  }

  left(who: string): void {
    if (!this.#overtaken.delete(who)) this.line.splice(this.line.indexOf(who), 1)
  }

  /** When one more could be had, had all been had that were. */
  earliest(): number {
    const { times } = this
    if (this.#burst === undefined) {
      const oldest = times.at(-this.#limit)
      return times.length < this.#limit || oldest === undefined ? 0 : oldest + this.#intervalMs
    }
    // A bucket, filled and emptied turn by turn.
    const every = this.#intervalMs / this.#limit
    let tokens = this.#burst
    let last = 0
    for (const time of times) {
      tokens = Math.min(this.#burst, tokens + (every === 0 ? this.#burst : (time - last) / every)) - 1
      last = time
    }
    return last + Math.max(0, 1 - tokens) * every
  }

  #check(): void {
    const now = this.times.pop() as number
    expect(now).toBeGreaterThanOrEqual(this.earliest() - 1e-6)
    this.times.push(now)
  }
}

/** One wish of one task: it tells the model when it asks, has its turn, or leaves. */
function* perform(model: Model, who: string, { how, patience, after }: Wish): Operation<void> {
  const { limiter } = model
  if (how === 'try') {
    if (limiter.tryAcquire()) model.had()
    return
  }
  const names = how === 'two at once' ? [`${who}, one`, `${who}, other`] : [who]
  const started = getEventLoop().time()
  model.line.push(names[0] as string)
  const ended = yield* patiently(
    patience,
    (options): Operation<unknown> => {
      if (how === 'acquire') return limiter.acquire(options)
      if (how === 'select') return select({ turn: limiter.acquire(), late: sleep(100) }, options)
      return select({ one: limiter.acquire(), other: limiter.acquire() }, options)
    },
    () => model.left(names[0] as string),
  )
  if (ended === undefined) return
  const { got } = ended
  if (typeof got === 'object' && got !== null && (got as { kind: string }).kind === 'late') {
    expect(getEventLoop().time() - started).toBe(100)
    model.left(who)
    return
  }
  model.had(names[0])
  yield* sleep(after)
}

test('turns are never had too early, are had in order, and none is lost, whatever is cancelled', async () => {
  const property = fc.asyncProperty(programs, async ({ limit, intervalMs, burst, tasks: lists, cancels }) => {
    const model = new Model(limit, intervalMs, burst)
    await runVirtual(function* () {
      const tasks = lists.map((list, n) =>
        createTask(function* () {
          for (const [i, wish] of list.entries()) {
            yield* paused(wish.before)
            yield* perform(model, `${n}.${i}`, wish)
          }
        }),
      )
      for (const { who, at } of cancels) getEventLoop().callLater(at, () => tasks[who]?.cancel())
      yield* wait(tasks)
      for (const task of tasks) if (!task.cancelled()) expect(task.exception()).toBeUndefined()
      expect(model.line).toEqual([])
      expect(model.limiter.statistics().waiters).toEqual([])
      // A turn that was given back is there: one more is had as soon as the model says, and not later.
      const earliest = Math.max(getEventLoop().time(), model.earliest())
      yield* model.limiter.acquire()
      expect(getEventLoop().time()).toBeCloseTo(earliest, 6)
    })
  })
  await fc.assert(property, draws(400))
})
