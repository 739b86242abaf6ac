import { describe, expect, test } from 'vitest'
import * as twins from '../../src/twins.ts'
import { builtIns, m0, m1, m2, m3, mn, S } from '../../src/twins.ts'
import type { Twin } from './by-hand.ts'
import { got, type Outcome, outcomeOf, paused, pausing, run, WAYS } from './pausing.ts'

type Method = (...args: unknown[]) => unknown

/** A call of a method in a twin. */
function called(pauses: boolean, self: unknown, fn: unknown, ...args: unknown[]): Promise<Outcome> {
  return run(pauses, function* (): Twin<unknown> {
    return yield* got(mn(self, fn, args))
  })
}

/** Fails if anything natively calls the twin's plain function. */
function neverPlain(name: string, twin: (...args: never[]) => Twin<unknown>): Method {
  const plain = {
    [name]: () => {
      throw new Error(`${name} was called plainly`)
    },
  }[name] as Method
  return twins.lend(plain, twin)
}

describe('the names of the functions with twins', () => {
  test('are told', () => {
    expect(builtIns).toContain('Array.prototype.map')
    expect(builtIns).toContain('Reflect.construct')
    expect(new Set(builtIns).size).toBe(builtIns.length)
  })

  test('and the functions show nothing of it', () => {
    expect(Object.keys(Array.prototype.map)).toEqual([])
    expect([][Symbol.iterator]().next.name).toBe('next')
    expect(Array.prototype.map.length).toBe(1)
  })
})

describe.each(WAYS)('where %s', (_, pauses) => {
  test('a callback gets what it is called on, coerced or not as its own code has it', async () => {
    function strict(this: unknown): unknown {
      return this
    }
    const sloppy = new Function('return this') as Method
    for (const fn of [strict, sloppy]) {
      const plain = [1].map(fn as never, 5)
      const outcome = (await called(pauses, [1], [].map, paused(fn as never), 5)) as { value: unknown[] }
      expect(typeof outcome.value[0]).toBe(typeof plain[0])
    }
  })

  test('a method finds its subclass by species, which may be a class that suspends', async () => {
    const made: unknown[] = []
    class Sub extends Array<unknown> {}
    Object.defineProperty(Sub, Symbol.species, { get: () => Kind })
    function Kind(this: { length: number }, length: number): void {
      made.push(length)
      this.length = length
    }
    const from = Sub.from([1, 2, 3])
    const expected = [3, 0, 0].map(length => ({ length, made: length }))
    for (const [n, name] of (['map', 'filter', 'flatMap'] as const).entries()) {
      made.length = 0
      const plain = outcomeOf(() => ({ ...((from[name] as Method)((x: unknown) => x) as object) }))
      twins.give(Kind as never, function* (this: { length: number }, length: number): Twin<undefined> {
        yield* got(
          m0(
            undefined,
            paused(() => {}),
          ),
        )
        made.push(length)
        this.length = length
        return undefined
      })
      const outcome = await called(
        pauses,
        from,
        from[name],
        paused((x: unknown) => x),
      )
      expect({ value: { ...((outcome as { value: object }).value as object) } }).toEqual(plain)
      expect((outcome as { value: object }).value).toBeInstanceOf(Kind)
      expect(made).toEqual([expected[n]?.made, expected[n]?.made])
      Reflect.deleteProperty(Kind, Object.getOwnPropertySymbols(Kind)[0] as symbol)
    }
  })

  const strange: [string, unknown][] = [
    ['no object', Object.assign([1], { constructor: 5 })],
    ['a species that is no constructor', Object.assign([1], { constructor: { [Symbol.species]: parseInt } })],
    ['a species of null', Object.assign([1], { constructor: { [Symbol.species]: null } })],
    [
      'a species whose objects cannot be written',
      Object.assign([1], {
        constructor: {
          [Symbol.species]: () => Object.freeze([]),
        },
      }),
    ],
    ['more than an array can hold', { length: 2 ** 32 }],
    ['a length that is no number', { length: 'many', 0: 1 }],
    [
      'a length that throws',
      {
        get length(): number {
          throw new RangeError('in length')
        },
      },
    ],
    ['a length of a BigInt', { length: 5n }],
  ]
  test.each(strange)('map over what has %s', async (_what, self) => {
    const plain = outcomeOf(() => Reflect.apply([].map as Method, self, [(x: unknown) => x]))
    expect(
      await called(
        pauses,
        self,
        [].map,
        paused((x: unknown) => x),
      ),
    ).toEqual(plain)
  })

  const names = [
    'map',
    'forEach',
    'reduce',
    'some',
    'find',
    'flatMap',
    'sort',
    'toSorted',
    'findLast',
  ] as const
  test.each(names)('%s says of what it is called on, and with, what the engine says', async name => {
    const method = [][name] as Method
    for (const [self, ...args] of [
      [null, paused(() => 1)],
      [undefined, paused(() => 1)],
      [[1], 5],
      [[1], {}],
      [[1]],
      [[1], null],
    ] as const)
      expect(await called(pauses, self, method, ...args)).toEqual(
        outcomeOf(() => Reflect.apply(method, self, args)),
      )
  })

  test('a long list is sorted, and stays in order where the comparator sees no difference', async () => {
    const list = Array.from({ length: 1200 }, (_, n) => ({ key: (n * 7919) % 101, n }))
    const holes: unknown[] = [...list.slice(0, 600), undefined, ...list.slice(600)]
    holes.length += 2
    const compare = (a: { key: number }, b: { key: number }): number => a.key - b.key
    const expected = holes.slice().sort(compare as never)
    const outcome = await called(pauses, holes, [].sort, paused(compare))
    expect(outcome).toEqual({ value: expected })
    expect(0 in holes && !(1202 in holes)).toBe(true)
    expect(await called(pauses, list, [].toSorted, paused(compare))).toEqual({
      value: list.toSorted(compare),
    })
  })

  const froms: [string, make: (log: unknown[]) => unknown, C?: unknown][] = [
    ['an array', () => [1, 2, 3]],
    ['what is like an array', () => ({ length: 3, 0: 'a', 2: 'c' })],
    ['a number', () => 5],
    ['a string', () => 'a𝒳'],
    ['nothing', () => undefined],
    ['a Set, into a subclass', () => new Set([1, 2]), class Sub extends Array {}],
    ['a Set, into what is no constructor', () => new Set([1, 2]), () => {}],
    ['what is like an array, into a class', () => ({ length: 2 }), class Own {}],
    ['an iterable that has no method', () => ({ [Symbol.iterator]: 5 })],
    ['an iterator that gives no object', () => ({ [Symbol.iterator]: paused(() => 5) })],
    [
      'an iterator of the program',
      log => {
        let n = 0
        return {
          [Symbol.iterator]: paused(() => ({
            next: paused(() => ({ done: n > 2, value: n++ })),
            return: paused(() => {
              log.push('closed')
              return {}
            }),
          })),
        }
      },
    ],
    [
      'an iterator whose return throws',
      log => ({
        [Symbol.iterator]: paused(() => ({
          next: paused(() => ({ done: false, value: 1 })),
          return: paused(() => {
            log.push('closed')
            throw new TypeError('in return')
          }),
        })),
      }),
    ],
  ]
  test.each(froms)('Array.from of %s', async (_what, make, C = Array) => {
    for (const fn of [
      undefined,
      5,
      (x: unknown, n: number) => `${String(x)} ${n}`,
      (_x: unknown, n: number) => {
        if (n === 1) throw new RangeError('in the callback')
      },
      () => {
        throw new RangeError('in the callback')
      },
    ]) {
      const endless = String(make).includes('done: false') && String(fn).includes('n === 1') === false
      if (endless && !String(fn).includes('throw')) continue
      const log: unknown[] = []
      const mine: unknown[] = []
      const plain = outcomeOf(() => Reflect.apply(Array.from as Method, C, [make(log), fn]))
      const twin = typeof fn === 'function' ? paused(fn as never) : fn
      expect(await called(pauses, C, Array.from, make(mine), twin)).toEqual(plain)
      expect(mine).toEqual(log)
    }
  })

  test('call, apply and their kin enter the twin of what they call', async () => {
    const twin = neverPlain('said', function* (this: unknown, ...args: never[]): Twin<unknown> {
      yield* got(
        m0(
          undefined,
          paused(() => {}),
        ),
      )
      return [this, ...args]
    })
    const cases: [self: unknown, fn: unknown, args: unknown[], expected: unknown][] = [
      [twin, twin.call, ['self', 1, 2], ['self', 1, 2]],
      [twin, twin.call, [], [undefined]],
      [twin, twin.apply, ['self', [1, 2]], ['self', 1, 2]],
      [twin, twin.apply, ['self', null], ['self']],
      [twin, twin.apply, ['self', { length: 2, 0: 'a' }], ['self', 'a', undefined]],
      [Reflect, Reflect.apply, [twin, 'self', [1]], ['self', 1]],
      [twin.call, twin.call.call, [twin, 'self', 1], ['self', 1]],
      [twin.apply, twin.call, [twin, 'self', [1]], ['self', 1]],
    ]
    for (const [self, fn, args, expected] of cases)
      expect(await called(pauses, self, fn, ...args)).toEqual({ value: expected })
  })

  test('and say of what they cannot do what the engine says', async () => {
    const fn = paused(() => 1)
    const cases: [self: unknown, fn: Method, args: unknown[]][] = [
      [fn, fn.apply as Method, [undefined, 5]],
      [5, Function.prototype.apply as Method, [undefined, []]],
      [Reflect, Reflect.apply as Method, [5, undefined, []]],
      [Reflect, Reflect.apply as Method, [fn, undefined]],
      [Reflect, Reflect.construct as Method, [fn, []]],
      [Reflect, Reflect.construct as Method, [function F() {}, 5]],
      [
        Reflect,
        Reflect.construct as Method,
        [
          twins.lend(
            function F() {},
            function* () {},
          ),
          5,
        ],
      ],
      [
        Reflect,
        Reflect.construct as Method,
        [
          twins.lend(
            function F() {},
            function* () {},
          ),
          [],
          5,
        ],
      ],
    ]
    for (const [self, method, args] of cases)
      expect(await called(pauses, self, method, ...args)).toEqual(
        outcomeOf(() => Reflect.apply(method, self, args)),
      )
  })

  test('replace with a pattern of the program’s own, whose method has a twin', async () => {
    const pattern = {
      [Symbol.replace]: neverPlain('replacer', function* (text: string, by: string): Twin<string> {
        yield* got(
          m0(
            undefined,
            paused(() => {}),
          ),
        )
        return `${text} ${by}`
      }),
    }
    expect(await called(pauses, 'a', ''.replace, pattern, 'b')).toEqual({ value: 'a b' })
    expect(await called(pauses, 'a', ''.replaceAll, pattern, 'b')).toEqual({ value: 'a b' })
    const local = { [Symbol.match]: true, flags: 'i', ...pattern }
    expect(await called(pauses, 'a', ''.replaceAll, local, 'b')).toEqual(
      outcomeOf(() => 'a'.replaceAll(local as never, 'b')),
    )
  })

  test('replace says of what it is called on, and with, what the engine says', async () => {
    const by = paused(() => 'x')
    const cases: [unknown, ...unknown[]][] = [
      [null, 'a', by],
      ['a', Symbol('s'), by],
      [Symbol('s'), 'a', by],
      ['a', /a/, by],
      ['undefined', undefined, by],
      [15, 5, by],
      ['a', { toString: () => 'a' }, by],
    ]
    for (const method of [''.replace, ''.replaceAll] as Method[])
      for (const [self, ...args] of cases)
        expect(await called(pauses, self, method, ...args)).toEqual(
          outcomeOf(() => Reflect.apply(method, self, args)),
        )
  })

  test('what regular expressions of the program’s own make up is replaced as the engine does', async () => {
    const made = (): RegExp =>
      Object.assign(/x/g, {
        results: [
          { index: 3, 0: 'd', length: 2, 1: 5, groups: { n: 1 } },
          { index: 1, 0: 'b', length: 1 },
          { index: 4.7, 0: 'e', length: 1, groups: 'text' },
          { index: 99, 0: 'z', length: 1 },
        ],
        exec(this: { results: unknown[] }) {
          return this.results.shift() ?? null
        },
      }) as never
    const log: unknown[] = []
    const mine: unknown[] = []
    const fn =
      (to: unknown[]) =>
      (...args: unknown[]): string => {
        to.push(args)
        return `<${args[0]}>`
      }
    const plain = 'abcdefg'.replace(made(), fn(log))
    expect(await called(pauses, 'abcdefg', ''.replace, made(), paused(fn(mine)))).toEqual({ value: plain })
    expect(mine).toEqual(log)
  })
})

test('an accessor in the prototypes is no obstacle to an item of a result', () => {
  const list = Array.from({ length: 45 }, (_, n) => n)
  Object.defineProperty(Array.prototype, '40', {
    set() {
      throw new Error('the setter was called')
    },
    get: () => 'inherited',
    configurable: true,
  })
  let results: unknown[]
  try {
    results = [
      m1(
        list,
        [].map,
        paused((x: unknown) => x),
      ),
      list.map(x => x),
    ]
  } finally {
    Reflect.deleteProperty(Array.prototype, '40')
  }
  expect(results[0]).toEqual(results[1])
})

test('a method with a callback that has no twin is left to the engine', async () => {
  const stack = (await called(false, [1], [].map, () => new Error().stack)) as { value: string[] }
  expect(stack.value[0]).toMatch(/Array\.map/)
  expect(m1([1], [].map, (x: number) => x + 1)).toEqual([2])
  expect(m2([1, 2], [].reduce, (a: number, b: number) => a + b, 0)).toBe(3)
  expect(m3('a', ''.replace, 'a', () => 'b', 0)).toBe('b')
  expect(pausing.count).toBe(0)
  expect(S).toBeDefined()
})
