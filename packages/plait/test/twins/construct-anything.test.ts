import { describe, expect, test } from 'vitest'
import { c0, classTwins, give, giveG, lend, make, mn, newTarget } from '../../src/twins.ts'
import type { Twin } from './by-hand.ts'
import { T } from './classes.ts'
import { got, run, WAYS } from './pausing.ts'

/* What `new` makes of whatever it is used on, and what a class does with the twins of its methods. */

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
