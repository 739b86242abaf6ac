import { describe, expect, test } from 'vitest'
import { K, make, mn, superCall } from '../../src/twins.ts'
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
