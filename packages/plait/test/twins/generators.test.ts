import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sleep } from '../../src/greenlet.ts'
import { createTask } from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import {
  c1,
  cn,
  delegate,
  END,
  each,
  giveG,
  item,
  lendG,
  m0,
  m1,
  make,
  S,
  spread,
  wrapG,
} from '../../src/twins.ts'
import { greenlet, type Twin } from './by-hand.ts'
import { type Inner, log, makeTwin, pairs } from './generators.ts'
import { got, type Outcome, outcomeOf, pausing, run, WAYS } from './pausing.ts'

type Gen = Generator<unknown, unknown, unknown>

/** A step of a generator; `plainly` by a caller that knows nothing of twins. */
interface Step {
  readonly way: 'next' | 'throw' | 'return'
  readonly value: unknown
  readonly plainly: boolean
}
const step: fc.Arbitrary<Step> = fc.record({
  way: fc.oneof(
    { weight: 4, arbitrary: fc.constant('next' as const) },
    { weight: 1, arbitrary: fc.constantFrom('throw', 'return' as const) },
  ),
  value: fc.constantFrom(undefined, 1, 'v'),
  plainly: fc.boolean(),
})

function* taken(steps: readonly Step[], take: (step: Step) => Twin<unknown>): Twin<unknown> {
  const outcomes: unknown[] = []
  for (const step of steps) {
    let outcome: Outcome
    try {
      const { done, value } = (yield* take(step)) as IteratorResult<unknown>
      outcome = { value: [done, value] }
    } catch (error) {
      outcome = outcomeOf(() => {
        throw error
      })
    }
    outcomes.push(outcome)
  }
  return outcomes
}

describe.each(WAYS)('where %s', (_, pauses) => {
  test.each(Object.entries(pairs))(
    'a generator is stepped as one without a twin: %s',
    async (_name, { plain, twin }) => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 8 }), async steps => {
          log.length = 0
          const one = plain('arg')
          const expected = taken(steps, function* ({ way, value }) {
            return one[way](value)
          }).next().value
          const expectedLog = log.splice(0)
          const outcome = await run(pauses, function* (): Twin<unknown> {
            const mine = (yield* got(makeTwin(twin, 'arg'))) as Gen
            return yield* taken(steps, function* ({ way, value, plainly }) {
              if (!plainly) return yield* got(m1(mine, mine[way], value))
              pausing.on = false
              try {
                return mine[way](value)
              } finally {
                pausing.on = pauses
              }
            })
          })
          expect(outcome).toEqual({ value: expected })
          expect(log).toEqual(expectedLog)
        }),
        { numRuns: 100 },
      )
    },
  )
})

/** Counts up to a number, with a sleep before each. */
function* plainCount(): Generator<number> {
  throw new Error('the plain text was run')
}
const count = giveG(plainCount, function* (to: number): Inner {
  for (let n = 1; n <= to; n++) {
    if (c1(sleep, 1) === S) yield S
    yield n
  }
  return 'counted'
} as never)

const counted = (to: number): Gen => cn(count, [to]) as Gen

test('a generator is one of its function’s in every respect', () => {
  const one = counted(2)
  expect(Object.getPrototypeOf(one)).toBe(plainCount.prototype)
  expect(one).toBeInstanceOf(plainCount)
  expect(Reflect.ownKeys(one)).toEqual([])
  expect(String(one)).toBe('[object Generator]')
  expect((one as unknown as Iterable<unknown>)[Symbol.iterator]()).toBe(one)
  expect(() => make(count, [])).toThrow('plainCount is not a constructor')
})

test('a prototype that was changed is that of later generators, and one that is no object of none', () => {
  const fn = giveG(function* made(): Generator {}, function* () {} as never)
  const prototype = Object.create(fn.prototype)
  fn.prototype = prototype
  expect(Object.getPrototypeOf(cn(fn, []))).toBe(prototype)
  ;(fn as { prototype: unknown }).prototype = 5
  expect(Object.getPrototypeOf(cn(fn, []))).toBe(Object.getPrototypeOf(function* () {}).prototype)
})

test('its text begins with its first step, but parameters are evaluated by the call', () => {
  const seen: unknown[] = []
  const fn = lendG(function* lazy(): Generator {}, function* (
    this: unknown,
    a: unknown,
    b: unknown = seen.push('b'),
  ) {
    seen.push(this, a, b)
  } as never)
  const one = m1('self', fn, 'a') as Gen
  expect(seen).toEqual(['b'])
  one.next()
  expect(seen).toEqual(['b', 'self', 'a', 1])
  const wrong = lendG(function* wrong(): Generator {}, function* (_a: unknown = JSON.parse('{')) {} as never)
  expect(() => cn(wrong, [])).toThrow(SyntaxError)
})

test('whoever knows nothing of twins steps it on the spot', () => {
  const fn = lendG(function* three(): Generator {}, function* () {
    yield 1
    yield* [2, 3]
  } as never)
  expect([...(cn(fn, []) as Iterable<unknown>)]).toEqual([1, 2, 3])
  expect(Array.from(cn(fn, []) as Iterable<unknown>)).toEqual([1, 2, 3])
  const [first] = cn(fn, []) as Iterable<unknown>
  expect(first).toBe(1)
})

test('where it would have to be suspended for that, the wait says so', async () => {
  const outcome = await run(false, function* () {
    const one = counted(2)
    return outcomeOf(() => [...one])
  })
  expect(outcome).toMatchObject({ value: { error: expect.stringContaining('CannotSuspendError') } })
})

test('a loop over one suspends in its steps', async () => {
  const loop = greenlet('loop', function* (): Twin<unknown> {
    const seen: unknown[] = []
    let r: unknown = each(counted(3))
    for (const v of (r === S ? (yield S)._result : r) as Iterable<unknown>) {
      r = item(v)
      if (r === S) r = (yield S)._result
      if (r === END) break
      seen.push(r)
    }
    return [seen, yield* got(spread(counted(2)))]
  })
  expect(await runVirtual(loop as never)).toEqual([
    [1, 2, 3],
    [1, 2],
  ])
})

test('a generator that stands in a step is running, for twins and for others; afterwards it goes on', async () => {
  const one = counted(3)
  const said: unknown[] = []
  const step = (value: unknown) =>
    greenlet('step', function* (): Twin<unknown> {
      return yield* got(m1(one, one.next, value))
    })
  await runVirtual(async () => {
    const first = createTask(step(0) as never)
    await createTask(
      greenlet('meanwhile', function* (): Twin<undefined> {
        for (const way of ['next', 'throw', 'return'] as const) {
          said.push(
            outcomeOf(() => m1(one, one[way], 5)),
            outcomeOf(() => one[way](5)),
          )
        }
        return undefined
      }) as never,
    )
    expect(await first).toEqual({ done: false, value: 1 })
    expect(await createTask(step(0) as never)).toEqual({ done: false, value: 2 })
  })
  expect(said).toEqual(said.map(() => ({ error: 'TypeError: Generator is already running' })))
  expect(one.return(7)).toEqual({ done: true, value: 7 })
  expect(one.next()).toEqual({ done: true, value: undefined })
  expect(m1(one, one.next, 0)).toEqual({ done: true, value: undefined })
})

test('and so is one that steps itself', () => {
  let one: Gen
  const fn = lendG(function* self(): Generator {}, function* () {
    const ways = [() => one.next(), () => m0(one, one.next), () => one.return(1), () => m1(one, one.throw, 1)]
    yield ways.map(outcomeOf)
    return 'end'
  } as never)
  const already = { error: 'TypeError: Generator is already running' }
  for (const plainly of [true, false]) {
    one = cn(fn, []) as Gen
    const step = (): unknown => (plainly ? one.next() : m0(one, one.next))
    expect(step()).toEqual({ done: false, value: [already, already, already, already] })
    expect(step()).toEqual({ done: true, value: 'end' })
  }
})

test('a generator of the engine’s is stepped by the engine', () => {
  const plain = (function* () {
    yield 1
  })()
  expect(m0(plain, plain.next)).toEqual({ done: false, value: 1 })
  expect(m1(plain, plain.return, 5)).toEqual({ done: true, value: 5 })
  expect(() => m0({}, plain.next)).toThrow(TypeError)
  expect(outcomeOf(() => m1(5, plain.throw, 1))).toEqual(outcomeOf(() => Reflect.apply(plain.throw, 5, [1])))
})

test('an error in a step that waits is thrown there, and the generator is over', async () => {
  const fn = lendG(function* failing(): Generator {}, function* (): Inner {
    try {
      if (c1(sleep, 1) === S) yield S
      yield 1
      if (c1(sleep, 1) === S) yield S
      throw new RangeError('after the wait')
    } finally {
      log.push('finally')
    }
  } as never)
  log.length = 0
  const outcome = await run(false, function* (): Twin<unknown> {
    const one = cn(fn, []) as Gen
    const first = yield* got(m0(one, one.next))
    let error: unknown
    try {
      yield* got(m0(one, one.next))
    } catch (thrown) {
      error = String(thrown)
    }
    return [first, error, yield* got(m0(one, one.next))]
  })
  const over = { done: true, value: undefined }
  expect(outcome).toEqual({ value: [{ done: false, value: 1 }, 'RangeError: after the wait', over] })
  expect(log).toEqual(['finally'])
})

test('generators that delegate to each other, however deep, wait at the bottom', async () => {
  const depth = 3000
  const dive = lendG(function* dive(): Generator {}, function* (n: number): Inner {
    if (n > 0) return 1 + ((yield* delegate(yield* got(cn(dive, [n - 1])))) as number)
    if (c1(sleep, 1) === S) yield S
    const x: number = yield 'bottom'
    return x
  } as never)
  const outcome = await run(false, function* (): Twin<unknown> {
    const one = (yield* got(cn(dive, [depth]))) as Gen
    return [yield* got(m0(one, one.next)), yield* got(m1(one, one.next, 5))]
  })
  expect(outcome).toEqual({
    value: [
      { done: false, value: 'bottom' },
      { done: true, value: depth + 5 },
    ],
  })
})

test('a generator function made in a twin has its name and length, and one text for all', async () => {
  const fn = wrapG(
    function* (this: unknown, a: unknown): Inner {
      const x: unknown = yield a
      return [this, x]
    } as never,
    'made',
    1,
  ) as unknown as (this: unknown, a: unknown) => Gen
  expect([fn.name, fn.length]).toEqual(['made', 1])
  for (const one of [fn.call('self', 1), m1('self', fn, 1) as Gen]) {
    expect(Object.getPrototypeOf(one)).toBe(fn.prototype)
    expect(one.next()).toEqual({ done: false, value: 1 })
    expect(m1(one, one.next, 2)).toEqual({ done: true, value: ['self', 2] })
  }
})
