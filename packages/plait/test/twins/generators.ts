import { cn, delegate, giveG } from '../../src/twins.ts'
import type { Twin } from './by-hand.ts'
import { got, paused } from './pausing.ts'

/* Generator functions as they are written, beside their twins as the transform writes them. */

export const log: unknown[] = []

/** What generators call: it logs, and may suspend. */
const t: (...values: unknown[]) => unknown = paused((...values: unknown[]): unknown => {
  log.push(...values)
  if (values[0] instanceof Error) throw values[0]
  return values.at(-1)
})

/** The inner generator of a twin yields the program's values, and S. */
export type Inner = Generator<unknown, unknown, never>
const T = (...values: unknown[]): Twin<unknown> => got(cn(t, values))

export type Maker = (this: unknown, ...args: unknown[]) => Generator<unknown, unknown, unknown>

/** A generator function, and the same with a twin. */
export interface Pair {
  readonly plain: Maker
  readonly twin: Maker
}

/** The plain text is called by nobody here: whatever a twin does is done by its inner generator. */
function pair(plain: Maker, inner: (this: unknown, ...args: never[]) => Inner): Pair {
  const twin = function* (): Generator {
    throw new Error('the plain text was run')
  }
  Object.defineProperty(twin, 'name', { value: plain.name })
  return { plain, twin: giveG(twin as never, inner as never) }
}

const simple = pair(
  function* simple(a) {
    const x = yield t('first', a)
    const y = yield t('second', x)
    return t('end', y)
  },
  function* (a): Inner {
    const x: unknown = yield yield* T('first', a)
    const y: unknown = yield yield* T('second', x)
    return yield* T('end', y)
  },
)

const stubborn = pair(
  function* stubborn() {
    for (let n = 0; n < 3; n++) {
      try {
        t('tried', yield n)
      } catch (error) {
        t('caught', yield ['caught', error])
      } finally {
        t('finally')
        if (n === 1) yield 'in finally'
      }
    }
    return 'stubborn'
  },
  function* (): Inner {
    for (let n = 0; n < 3; n++) {
      try {
        yield* T('tried', (yield n) as unknown)
      } catch (error) {
        yield* T('caught', (yield ['caught', error]) as unknown)
      } finally {
        yield* T('finally')
        if (n === 1) yield 'in finally'
      }
    }
    return 'stubborn'
  },
)

const overriding = pair(
  function* overriding() {
    try {
      yield t('in')
    } finally {
      // biome-ignore lint/correctness/noUnsafeFinally: a finally may replace how its generator ends
      return t('replaced')
    }
  },
  function* (): Inner {
    try {
      yield yield* T('in')
    } finally {
      // biome-ignore lint/correctness/noUnsafeFinally: as above
      return yield* T('replaced')
    }
  },
)

const failing = pair(
  function* failing() {
    yield 1
    t(new RangeError('in the body'))
  },
  function* (): Inner {
    yield 1
    yield* T(new RangeError('in the body'))
    return undefined
  },
)

/** Something to delegate to; it logs what it is asked. */
function iterable(has: readonly string[], results: () => unknown): () => object {
  return () => ({
    [Symbol.iterator]: paused(() => {
      t('open')
      const made: Record<string, unknown> = {}
      for (const name of has)
        made[name] = paused((...args: unknown[]) => {
          log.push([name, ...args])
          return results()
        })
      return made
    }),
  })
}

/** Results whose value is read only by whoever gets them in the end. */
function counting(): () => unknown {
  let n = 0
  return () => {
    const value = ++n
    return {
      done: value % 4 === 0,
      get value() {
        log.push('value is read')
        return value
      },
    }
  }
}

const targets: (() => [plain: unknown, twin: unknown])[] = [
  ...[simple, stubborn, overriding, failing].map(({ plain, twin }): (() => [unknown, unknown]) => () => [
    plain.call(undefined, 'a'),
    makeTwin(twin, 'a'),
  ]),
  () => [
    [1, 2, 3],
    [1, 2, 3],
  ],
  () => ['text', 'text'],
  () => [simple.plain('engine'), simple.plain('engine')],
  () => [5, 5],
  () => [undefined, undefined],
  ...[['next', 'throw', 'return'], ['next', 'return'], ['next', 'throw'], ['next'], []].map(
    (has): (() => [unknown, unknown]) => {
      return () => [iterable(has, counting())(), iterable(has, counting())()]
    },
  ),
  () => [iterable(['next', 'throw', 'return'], () => 5)(), iterable(['next', 'throw', 'return'], () => 5)()],
  () => {
    const fail = (): never => {
      throw new SyntaxError('in a step')
    }
    return [iterable(['next', 'throw', 'return'], fail)(), iterable(['next', 'throw', 'return'], fail)()]
  },
  () => {
    let n = 0
    const once = (of: () => number) => (): unknown => (of() > 0 ? 5 : { done: false, value: 'once' })
    let m = 0
    return [
      iterable(
        ['next', 'return'],
        once(() => n++),
      )(),
      iterable(
        ['next', 'return'],
        once(() => m++),
      )(),
    ]
  },
]

/** A generator as a call in a twin makes it; S if the native stack is deep. */
export function makeTwin(maker: Maker, ...args: unknown[]): unknown {
  return cn(maker, args)
}

/** The engine may quote the source of what is not iterable, as well as it can. */
function told(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { name, message } = error
  return `${name}: ${/is not (?:iterable|a function)/.test(message) ? 'not iterable' : message}`
}

function delegating(n: number): Pair {
  const choose = targets[n] as () => [unknown, unknown]
  return pair(
    function* delegating() {
      try {
        // By a name of its own: the engine would tell of the expression.
        const target = choose()[0] as Iterable<unknown>
        return ['delegated', yield* target]
      } catch (error) {
        t('caught')
        yield told(error)
        return 'after'
      } finally {
        t('finally')
      }
    },
    function* (): Inner {
      try {
        return ['delegated', yield* delegate(yield* got(choose()[1]))]
      } catch (error) {
        yield* T('caught')
        yield told(error)
        return 'after'
      } finally {
        yield* T('finally')
      }
    },
  )
}

export const pairs: Readonly<Record<string, Pair>> = {
  simple,
  stubborn,
  overriding,
  failing,
  ...Object.fromEntries(targets.map((_, n) => [`delegating to ${n}`, delegating(n)])),
}
