// biome-ignore-all lint/correctness/noEmptyPattern: that an empty pattern opens and closes is one of the promises
import { describe, expect, test } from 'vitest'
import { draw, drawRest, END, each, item, open, S, shut, spread, take } from '../../src/twins.ts'
import type { Twin } from './by-hand.ts'
import { got, outcomeOf, paused, pausing, run, WAYS } from './pausing.ts'

/* for…of, spread and array patterns as the transform writes them, beside the same in plain JavaScript. */

/** The key of the second item from here. */
function* second(d: unknown): Twin<string> {
  yield* got(draw(d))
  return (yield* got(draw(d))) as string
}

interface Make {
  readonly log: unknown[]
  readonly count?: number
  readonly failsAt?: number
  readonly result?: unknown
  readonly returns?: unknown
}

/** An iterable of the program's own, all of whose functions have twins. */
function iterable({ log, count = 3, failsAt, result, ...rest }: Make): Iterable<unknown> {
  let n = 0
  const iterator: Record<string, unknown> = {
    next: paused(() => {
      log.push('next')
      if (n === failsAt) throw new RangeError('in next')
      if (result !== undefined) return result
      n += 1
      return { done: n > count, value: n }
    }),
  }
  if ('returns' in rest)
    iterator.return = () => {
      log.push('return')
      if (rest.returns instanceof Error) throw rest.returns
      return rest.returns
    }
  return {
    [Symbol.iterator]: paused(() => {
      log.push('open')
      return iterator
    }),
  } as never
}

type Body = (x: unknown, log: unknown[]) => 'break' | 'continue' | 'return' | undefined

function plainLoop(xs: unknown, body: Body, log: unknown[]): unknown {
  for (const x of xs as Iterable<unknown>) {
    const how = body(x, log)
    if (how === 'break') break
    if (how === 'return') return 'returned'
    log.push('after')
  }
  return 'ended'
}

function* twinLoop(xs: unknown, body: Body, log: unknown[]): Twin<unknown> {
  let r: unknown
  r = each(xs)
  for (const v of (r === S ? (yield S)._result : r) as Iterable<unknown>) {
    r = item(v)
    if (r === S) r = (yield S)._result
    if (r === END) break
    const x = r
    const how = body(x, log)
    if (how === 'break') break
    if (how === 'return') return 'returned'
    log.push('after')
  }
  return 'ended'
}

const visit: Body = (x, log) => {
  log.push(x)
  return undefined
}
const leave =
  (how: 'break' | 'return'): Body =>
  (x, log) => {
    log.push(x)
    return x === 2 ? how : undefined
  }
const fail: Body = x => {
  if (x === 2) throw new SyntaxError('in the body')
  return undefined
}

const sources: [what: string, make: (log: unknown[]) => unknown, isOurs?: boolean][] = [
  ['an iterable of the program', log => iterable({ log, returns: {} }), true],
  ['one without return', log => iterable({ log }), true],
  ['one whose return gives no object', log => iterable({ log, returns: 5 }), true],
  ['one whose return throws', log => iterable({ log, returns: new TypeError('in return') }), true],
  ['one that fails', log => iterable({ log, failsAt: 1, returns: {} }), true],
  ['one whose results are no objects', log => iterable({ log, result: 'text' }), true],
  ['one whose next is no function', () => ({ [Symbol.iterator]: () => ({ next: 5 }) })],
  ['one without next', () => ({ [Symbol.iterator]: paused(() => ({})) })],
  ['one whose iterator is no object', () => ({ [Symbol.iterator]: paused(() => 5) })],
  ['an array', () => [1, 2, 3]],
  ['a Set', () => new Set([1, 2, 3])],
  ['a Map', () => new Map([[1, 2]])],
  ['a string', () => 'a𝒳b'],
  ['bytes', () => new Uint8Array([1, 2, 3])],
  [
    'arguments',
    () =>
      (function (..._: unknown[]) {
        // biome-ignore lint/complexity/noArguments: they are iterable
        return arguments
      })(1, 2),
  ],
  ['an iterator of the engine', () => [1, 2, 3].entries()],
  [
    'a generator of the engine',
    () =>
      (function* () {
        yield* [1, 2, 3]
      })(),
  ],
  [
    'an array whose own method has a twin',
    log => Object.assign([7, 8], { [Symbol.iterator]: iterable({ log })[Symbol.iterator] }),
    true,
  ],
]

describe.each(WAYS)('where %s', (_, pauses) => {
  describe('for…of is as in plain code', () => {
    const bodies: [string, Body][] = [
      ['to the end', visit],
      ['left by break', leave('break')],
      ['left by return', leave('return')],
      ['left by an error', fail],
    ]
    for (const [what, make, isOurs = false] of sources)
      for (const [how, body] of bodies)
        test(`over ${what}, ${how}`, async () => {
          const plainLog: unknown[] = []
          const plain = outcomeOf(() => plainLoop(make(plainLog), body, plainLog))
          const log: unknown[] = []
          expect(await run(pauses, () => twinLoop(make(log), body, log))).toEqual(plain)
          expect(log).toEqual(plainLog)
          if (pauses && isOurs) expect(pausing.count).toBeGreaterThan(0)
        })
  })

  test('loops inside each other, over the same iterator too', async () => {
    const both = (log: unknown[]) => {
      const outer = iterable({ log, count: 4 })
      return { outer, inner: () => iterable({ log, count: 2 }) }
    }
    const plainLog: unknown[] = []
    const p = both(plainLog)
    for (const x of p.outer) for (const y of p.inner()) plainLog.push([x, y])
    const log: unknown[] = []
    const t = both(log)
    await run(pauses, function* (): Twin<unknown> {
      let r: unknown = each(t.outer)
      for (const v of (r === S ? (yield S)._result : r) as Iterable<unknown>) {
        r = item(v)
        if (r === S) r = (yield S)._result
        if (r === END) break
        const x = r
        r = each(t.inner())
        for (const w of (r === S ? (yield S)._result : r) as Iterable<unknown>) {
          r = item(w)
          if (r === S) r = (yield S)._result
          if (r === END) break
          log.push([x, r])
        }
      }
      return undefined
    })
    expect(log).toEqual(plainLog)
  })

  test.each(sources)('spread of %s', async (_what, make) => {
    const plainLog: unknown[] = []
    // Walks as a spread does, but names nothing by the source.
    const plain = outcomeOf(() => Array.from(make(plainLog) as Iterable<unknown>))
    const log: unknown[] = []
    const outcome = await run(pauses, function* (): Twin<unknown> {
      return [...((yield* got(spread(make(log)))) as Iterable<unknown>)]
    })
    expect(outcome).toEqual(plain)
    expect(log).toEqual(plainLog)
  })

  test.each(sources)('an array pattern over %s', async (_what, make) => {
    const plainLog: unknown[] = []
    const plain = outcomeOf(() => {
      const [a, , b = 'default'] = make(plainLog) as Iterable<unknown>
      return [a, b]
    })
    const log: unknown[] = []
    const drawn = await run(pauses, function* (): Twin<unknown> {
      const d = (yield* got(open(make(log)))) as Record<string, unknown>
      const {
        [(yield* got(draw(d))) as string]: a,
        [yield* second(d)]: b = 'default',
        [(yield* got(shut(d))) as string]: _shut,
      } = d as Record<string, object>
      return [a, b]
    })
    expect(drawn).toEqual(plain)
    expect(log).toEqual(plainLog)
    log.length = 0
    const taken = await run(pauses, function* (): Twin<unknown> {
      const [a, , b = 'default'] = (yield* got(take(make(log), 3))) as Iterable<unknown>
      return [a, b]
    })
    expect(taken).toEqual(plain)
    expect(log).toEqual(plainLog)
  })

  test.each(sources)('an array pattern with a rest over %s, and an empty one', async (_what, make) => {
    const plainLog: unknown[] = []
    const plain = outcomeOf(() => {
      const [a, ...rest] = make(plainLog) as Iterable<unknown>
      return [a, rest]
    })
    const log: unknown[] = []
    const drawn = await run(pauses, function* (): Twin<unknown> {
      const d = (yield* got(open(make(log)))) as Record<string, unknown>
      const { [(yield* got(draw(d))) as string]: a, [(yield* got(drawRest(d))) as string]: rest } = d
      return [a, rest]
    })
    expect(drawn).toEqual(plain)
    expect(log).toEqual(plainLog)
    plainLog.length = 0
    log.length = 0
    const plainly = outcomeOf(() => {
      const [] = make(plainLog) as Iterable<never>
    })
    const empty = await run(pauses, function* (): Twin<unknown> {
      const d = (yield* got(open(make(log)))) as Record<string, object>
      const { [(yield* got(shut(d))) as string]: _shut } = d
      return undefined
    })
    expect(empty).toEqual(plainly)
    const none = await run(pauses, function* (): Twin<unknown> {
      const [] = (yield* got(take(make([]), 0))) as Iterable<never>
      return undefined
    })
    expect(none).toEqual(plainly)
    expect(log).toEqual(plainLog)
  })
})

describe('what cannot be iterated', () => {
  const values: [unknown, name: string][] = [
    [undefined, 'undefined'],
    [null, 'object null'],
    [5, 'number 5'],
    [{}, 'object'],
    [{ [Symbol.iterator]: 5 }, 'object'],
    [Symbol('s'), 'symbol'],
  ]
  test.each(values)('is named as the engine names it where it has no source to quote: %o', (value, name) => {
    const error = new TypeError(`${name} is not iterable (cannot read property Symbol(Symbol.iterator))`)
    for (const begin of [each, spread, open]) expect(() => begin(value)).toThrow(error)
    expect(() => take(value, 1)).toThrow(error)
    const engine = outcomeOf(() => {
      const steps = (function* () {
        yield* value as Iterable<unknown>
      })()
      steps.next()
    })
    expect(engine).toEqual({ error: String(error) })
  })
})

test('the engine’s own iterables are left to the engine', () => {
  const values = [
    'text',
    [1],
    new Set([1]),
    new Map(),
    [1].values(),
    (function* () {})(),
    'ab'.matchAll(/./g),
  ]
  for (const value of values) {
    expect(each(value)).toBe(value)
    expect(spread(value)).toBe(value)
    expect(take(value, 1)).toBe(value)
  }
})

test('an array is not, while the iterators of arrays have a next of the program’s', () => {
  const prototype = Object.getPrototypeOf([][Symbol.iterator]()) as { next: unknown }
  const { next } = prototype
  const list = [1, 2]
  prototype.next = function (this: Iterator<number>) {
    const { done, value } = (next as () => IteratorResult<number>).call(this)
    return { done, value: value * 10 }
  }
  let all: unknown
  try {
    all = spread(list)
  } finally {
    prototype.next = next
  }
  expect(all).toEqual([10, 20])
})

test('a list that grows while it is walked is walked to its end', async () => {
  const list = [1, 2]
  const seen: unknown[] = []
  await run(false, () =>
    twinLoop(
      list,
      x => {
        seen.push(x)
        if (list.length < 4) list.push(list.length + 1)
        return undefined
      },
      [],
    ),
  )
  expect(seen).toEqual([1, 2, 3, 4])
})

test('an iterator whose return suspends is closed in a pattern, and the pattern goes on', async () => {
  const log: unknown[] = []
  const one = (): unknown => ({
    [Symbol.iterator]: () => ({
      next: () => ({ done: false, value: 1 }),
      return: paused(() => {
        log.push('closed')
        return {}
      }),
    }),
  })
  const outcome = await run(true, function* (): Twin<unknown> {
    const d = open(one()) as Record<string, object>
    const { [draw(d) as string]: a, [(yield* got(shut(d))) as string]: _shut } = d
    const [b] = (yield* got(take(one(), 1))) as unknown[]
    return [a, b]
  })
  expect(outcome).toEqual({ value: [1, 1] })
  expect(log).toEqual(['closed', 'closed'])
})
