import { describe, expect, test } from 'vitest'
import { c0, classTwins, give, giveG, K, lend, make, mn, newTarget, superCall } from '../../src/twins.ts'
import type { Twin } from './by-hand.ts'
import {
  Bare,
  Base,
  type Cell,
  Default,
  Derived,
  derived,
  log,
  Made,
  PlainBare,
  PlainBase,
  PlainDefault,
  PlainDerived,
  T,
  t,
} from './classes.ts'
import { got, outcomeOf, pausing, run, WAYS } from './pausing.ts'

/** What there is to see of an object, by the name its class has here and there. */
function shape(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const { name } = value.constructor
  return [name, Object.entries(value), (value as Base).hidden]
}

/** As text, since objects of both kinds of class have to be equal. */
function text(value: unknown): string {
  return JSON.stringify(value, undefined, 2).replaceAll('"Plain', '"')
}

async function compare(pauses: boolean, plain: () => unknown, construct: () => unknown): Promise<void> {
  log.length = 0
  const expected = outcomeOf(() => shape(plain()))
  const expectedLog = log.splice(0)
  const outcome = await run(pauses, function* (): Twin<unknown> {
    return shape(yield* got(construct()))
  })
  expect(text([outcome, log])).toBe(text([expected, expectedLog]))
  expect(K.on).toBe(false)
  if (pauses) expect(pausing.count).toBeGreaterThan(0)
}

describe.each(WAYS)('where %s', (_, pauses) => {
  test('a base class: fields in order, parameters after them, then the body', async () => {
    await compare(
      pauses,
      () => new PlainBase({ a: 1 }),
      () => make(Base, [{ a: 1 }]),
    )
    await compare(
      pauses,
      () => new PlainBase({ a: 1 }, 2, 3, 4),
      () => make(Base, [{ a: 1 }, 2, 3, 4]),
    )
  })

  test('derived classes: super makes the object, fields come after it', async () => {
    await compare(
      pauses,
      () => new PlainDerived(5),
      () => make(Derived, [5]),
    )
    await compare(
      pauses,
      () => new PlainDefault(5),
      () => make(Default, [5]),
    )
    await compare(
      pauses,
      () => new PlainBare(5),
      () => make(Bare, [5]),
    )
  })

  test('an error at any place leaves no trace in what is constructed next', async () => {
    const error = (): RangeError => new RangeError('wrong')
    await compare(
      pauses,
      () => new PlainBase({ a: error() }),
      () => make(Base, [{ a: error() }]),
    )
    await compare(
      pauses,
      () => new PlainBare(error()),
      () => make(Bare, [error()]),
    )
    await compare(
      pauses,
      () => new PlainBare(5),
      () => make(Bare, [5]),
    )
  })

  test('Reflect.construct with another new.target', async () => {
    const construct = (F: unknown, args: unknown[], target: unknown) => () =>
      mn(Reflect, Reflect.construct, [F, args, target])
    await compare(
      pauses,
      () => Reflect.construct(PlainBase, [{ a: 1 }], PlainBare),
      construct(Base, [{ a: 1 }], Bare),
    )
    await compare(
      pauses,
      () => Reflect.construct(PlainDerived, [1], PlainBase),
      construct(Derived, [1], Base),
    )
    function Target(): void {}
    const bound = Target.bind(undefined)
    Object.defineProperty(bound, 'prototype', {
      get: () => {
        log.push('prototype', K.on)
        return { constructor: { name: 'Base' } }
      },
    })
    await compare(
      pauses,
      () => Reflect.construct(PlainBase, [{ a: 1 }], bound),
      construct(Base, [{ a: 1 }], bound),
    )
  })
})

/** Constructs by `new`, plainly and in a twin, and compares what comes of it. */
async function same(pauses: boolean, plain: () => unknown, twin: () => Twin<unknown>): Promise<void> {
  log.length = 0
  const expected = outcomeOf(plain)
  const expectedLog = log.splice(0)
  expect(await run(pauses, twin)).toEqual(expected)
  expect(log).toEqual(expectedLog)
  expect(K.on).toBe(false)
}

describe.each(WAYS)('a derived constructor, where %s', (_, pauses) => {
  const foreign: [string, new (...args: unknown[]) => object][] = [
    ['of transformed code', Made],
    ['of the engine', Array],
    [
      'of code that is not transformed',
      class {
        all: unknown[]
        constructor(...all: unknown[]) {
          this.all = all
        }
      },
    ],
    [
      'of the old style',
      function Old(this: Record<string, unknown>, x: unknown) {
        this.old = [x, new.target === undefined]
      } as never,
    ],
  ]
  test.each(foreign)('has for its parent one %s', async (_what, Parent) => {
    const cases: [
      (call: (...args: unknown[]) => void, self: () => object) => unknown,
      ($o: Cell) => Twin<unknown>,
    ][] = [
      [
        (call, self) => {
          t('before')
          call(1, t('argument'))
          Object.assign(self(), { x: t('after') })
        },
        function* ($o) {
          yield* T('before')
          yield* got(superCall($o as never, [1, yield* T('argument')]))
          Object.assign($o.self, { x: yield* T('after') })
          return undefined
        },
      ],
      [
        call => {
          call()
          return { other: t('object') }
        },
        function* ($o) {
          yield* got(superCall($o as never, []))
          return { other: yield* T('object') }
        },
      ],
      [
        call => {
          call()
          return 5
        },
        function* ($o) {
          yield* got(superCall($o as never, []))
          return 5
        },
      ],
      [
        () => ({ none: t('no super') }),
        function* () {
          return { none: yield* T('no super') }
        },
      ],
      [
        () => {
          t('no super')
        },
        function* () {
          yield* T('no super')
          return undefined
        },
      ],
      [
        (_call, self) => t(self()),
        function* ($o) {
          return yield* T($o.self)
        },
      ],
      [
        call => {
          call(1)
          call(2)
        },
        function* ($o) {
          yield* got(superCall($o as never, [1]))
          yield* got(superCall($o as never, [2]))
          return undefined
        },
      ],
      [
        (call, self) => {
          call(1)
          try {
            call(2)
          } catch {
            return self()
          }
        },
        function* ($o) {
          yield* got(superCall($o as never, [1]))
          try {
            yield* got(superCall($o as never, [2]))
          } catch {
            return $o.self
          }
          return undefined
        },
      ],
      [
        () => {
          t(new RangeError('wrong'))
        },
        function* () {
          yield* T(new RangeError('wrong'))
          return undefined
        },
      ],
    ]
    for (const [plain, twin] of cases) {
      const [Plain, Own] = derived(Parent, plain, twin)
      const view = (object: unknown, C: unknown) => [
        { ...(object as object) },
        object instanceof (C as typeof Made),
      ]
      await same(
        pauses,
        () => view(new Plain(), Plain),
        function* () {
          return view(yield* got(make(Own, [])), Own)
        },
      )
    }
  })

  test('has a parent that is none', async () => {
    for (const proto of [() => {}, {}, null]) {
      const [Plain, Own] = derived(
        Made,
        call => call(t('argument')),
        function* ($o) {
          yield* got(superCall($o as never, [yield* T('argument')]))
          return undefined
        },
      )
      Object.setPrototypeOf(Plain, proto)
      Object.setPrototypeOf(Own, proto)
      log.length = 0
      const plain = outcomeOf(() => new Plain()) as { error: string }
      const expectedLog = log.splice(0)
      const outcome = await run(pauses, () => got(make(Own, [])))
      // In an arrow function the engine does not know the name of the class.
      expect(outcome).toEqual({ error: plain.error.replace('anonymous class', 'Own') })
      expect(log).toEqual(expectedLog)
    }
  })
})

describe.each(WAYS)('an ordinary function, where %s', (_, pauses) => {
  function twinned(
    body: (this: Record<string, unknown>, ...args: unknown[]) => unknown,
  ): new (
    ...args: unknown[]
  ) => object {
    function Ordinary(this: Record<string, unknown>, ...args: unknown[]): unknown {
      return Reflect.apply(body, this, args)
    }
    return give(
      Ordinary as never,
      function* (this: Record<string, unknown>, ...args: unknown[]): Twin<unknown> {
        yield* T('twin')
        return Reflect.apply(body, this, args)
      },
    ) as never
  }

  test('gives the object it is called on, unless it returns one', async () => {
    const list: unknown[] = []
    for (const result of [undefined, null, 5, 'text', list, () => {}, Symbol('s')]) {
      const F = twinned(function (x) {
        this.x = x
        return result
      })
      const object = ((await run(pauses, () => got(make(F, [1])))) as { value: object }).value
      if (typeof result === 'function' || result === list) expect(object).toBe(result)
      else {
        expect(object).toEqual(new F(1))
        expect(Object.getPrototypeOf(object)).toBe(F.prototype)
      }
    }
  })

  test('whose prototype is no object makes objects of the plain one', async () => {
    const F = twinned(() => undefined)
    ;(F as { prototype: unknown }).prototype = 5
    const object = ((await run(pauses, () => got(make(F, [])))) as { value: object }).value
    expect(Object.getPrototypeOf(object)).toBe(Object.prototype)
  })

  test('is told of new.target, and only if it was constructed', async () => {
    function F(): void {}
    function G(): void {}
    give(
      F as never,
      function (this: unknown): Twin<unknown> {
        const target = newTarget()
        return (function* () {
          yield* T('in F')
          return [target, newTarget()]
        })()
      } as never,
    )
    const told = await run(pauses, function* () {
      return [
        yield* got(make(F, [])),
        yield* got(c0(F)),
        yield* got(mn(Reflect, Reflect.construct, [F, [], G])),
      ]
    })
    expect(told).toEqual({
      value: [
        [F, undefined],
        [undefined, undefined],
        [G, undefined],
      ],
    })
  })

  test('that fails as its parameters are evaluated tells nobody else of new.target', async () => {
    const F = give(
      function F() {} as never,
      (() => {
        throw new RangeError('parameters')
      }) as never,
    )
    expect(await run(pauses, () => got(make(F, [])))).toEqual({ error: 'RangeError: parameters' })
    expect(newTarget()).toBeUndefined()
  })
})

describe('what cannot be constructed', () => {
  const method = { m() {} }.m
  const arrow = (): void => {}
  const generator = function* g(): Generator {}
  const rows: [unknown, string][] = [
    [undefined, 'undefined'],
    [null, 'object null'],
    [5, 'number 5'],
    ['text', 'string "text"'],
    [{}, 'object'],
    [method, 'm'],
    [arrow, 'arrow'],
    [Math.max, 'max'],
    [async function a() {}, 'a'],
    [generator, 'g'],
    [lend({ with() {} }.with, function* () {}), 'with'],
    [
      Object.assign(
        lend(
          () => {},
          function* () {},
        ),
        { prototype: {} },
      ),
      'anonymous',
    ],
    [giveG(function* twinned(): Generator {}, function* () {} as never), 'twinned'],
  ]
  test.each(rows)('%o is named', (value, name) => {
    expect(() => make(value, [])).toThrow(new TypeError(`${name} is not a constructor`))
  })

  test('and whatever else a constructor says is its own', () => {
    const error = new TypeError('F is not a constructor')
    class Wrong {
      constructor() {
        throw error
      }
    }
    expect(() => make(Wrong, [])).toThrow(error)
  })
})

test('what has no twin is constructed by the engine: natives, proxies, bound functions, classes', () => {
  expect(make(Map, [[[1, 2]]])).toEqual(new Map([[1, 2]]))
  const seen: PropertyKey[] = []
  const proxy = new Proxy(class A {}, {
    construct: (_target, args) => ({ args }),
    getOwnPropertyDescriptor: (_target, key) => void seen.push(key),
  })
  expect(make(proxy, [1])).toEqual({ args: [1] })
  expect(seen).toEqual([])
  expect(
    make(
      function F(this: { x: number }) {
        this.x = 1
      }.bind(null as never),
      [],
    ),
  ).toEqual({ x: 1 })
})

describe('the methods of a class get their twins', () => {
  const [$m, $s, $get, $set, $g, $old] = ['m', 's', 'get', 'set', 'g', 'old'].map(name => Symbol(name))
  class C {
    old(): string {
      return 'first'
    }
    *[$old as never](): Twin<string> {
      return 'twin of the first'
    }
    m(): string {
      return 'plain'
    }
    *[$m as never](this: unknown): Twin<unknown> {
      return ['twin', this]
    }
    static s(): string {
      return 'plain'
    }
    static *[$s as never](...args: unknown[]): Twin<unknown> {
      return ['static', args]
    }
    get x(): string {
      return 'plain'
    }
    *[$get as never](): Twin<string> {
      return 'got'
    }
    set x(_value: unknown) {}
    *[$set as never](value: unknown): Twin<unknown> {
      return ['set', value]
    }
    *g(): Generator {}
    *[$g as never](): Generator {
      yield 'inner'
    }
  }
  const other = lend(
    () => 'other',
    function* () {
      return 'twin of another'
    },
  )
  C.prototype.old = other
  const given = classTwins(
    C as never,
    [
      ['old', $old as symbol, 0, 0],
      ['m', $m as symbol, 0, 0],
      ['s', $s as symbol, 1, 0],
      ['x', $get as symbol, 0, 1],
      ['x', $set as symbol, 0, 2],
      ['g', $g as symbol, 0, 3],
    ],
    undefined,
    undefined,
    false,
  )
  const c = new C()
  const x = Object.getOwnPropertyDescriptor(C.prototype, 'x') as { get: unknown; set: unknown }

  test('of every kind, and keep nothing else', () => {
    expect(given).toBe(C)
    expect(mn(c, c.m, [])).toEqual(['twin', c])
    expect(mn(C, C.s, [1])).toEqual(['static', [1]])
    expect(mn(c, x.get, [])).toBe('got')
    expect(mn(c, x.set, [5])).toEqual(['set', 5])
    expect([...(mn(c, c.g, []) as Iterable<unknown>)]).toEqual(['inner'])
    expect(Reflect.ownKeys(C.prototype)).toEqual(['constructor', 'old', 'm', 'x', 'g'])
    expect(Reflect.ownKeys(C)).toEqual([
      'length',
      'name',
      'prototype',
      's',
      ...Object.getOwnPropertySymbols(C),
    ])
    expect(Object.keys(C)).toEqual([])
  })

  test('but not what was put in the place of one, and has a twin already', () => {
    expect(mn(c, c.old, [])).toBe('twin of another')
  })

  test('and a class is called no more than before', () => {
    expect(() => c0(C)).toThrow(/Class constructor C cannot be invoked without 'new'/)
  })
})
