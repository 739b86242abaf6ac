import { describe, expect, test } from 'vitest'
import { get, give, mn, set } from '../../src/twins.ts'
import type { Twin } from './by-hand.ts'
import { got, type Outcome, outcomeOf, paused, pausing, run, WAYS } from './pausing.ts'

/** An object with accessors of every kind, all of which log what they are called on. */
function made(log: unknown[]): Record<PropertyKey, unknown> {
  const parent = {
    get both() {
      log.push(['get both', this === object])
      return 'both'
    },
    set both(value: unknown) {
      log.push(['set both', this === object, value])
    },
    get onlyGet() {
      return 'only'
    },
    set onlySet(value: unknown) {
      log.push(['set onlySet', value])
    },
    get fails(): never {
      throw new RangeError('in get')
    },
    set fails(_value: unknown) {
      throw new RangeError('in set')
    },
    hidden: 'parent',
    get shadowed() {
      log.push('not reached')
      return 'accessor'
    },
    [Symbol.for('symbol')]: 'by symbol',
    0: 'by index',
  }
  const object: Record<PropertyKey, unknown> = Object.create(parent, {
    shadowed: { value: 'data', writable: true },
    own: { get: () => 'own', configurable: true },
    fixed: { value: 'fixed' },
  })
  for (const owner of [parent, object])
    for (const descriptor of Object.values(Object.getOwnPropertyDescriptors(owner)))
      for (const fn of [descriptor.get, descriptor.set]) if (fn !== undefined) paused(fn as never)
  return object
}

const keys: PropertyKey[] = [
  ...['both', 'onlyGet', 'onlySet', 'fails', 'hidden', 'shadowed', 'own', 'fixed', 'missing'],
  ...[Symbol.for('symbol'), 0],
]
const strange: unknown[] = [undefined, null, 'text', 5, true, Symbol('s'), () => {}, [1], Object.create(null)]

describe.each(WAYS)('where %s', (_, pauses) => {
  test.each(keys)('a property is read and written as plainly: %s', async key => {
    const log: unknown[] = []
    const mine: unknown[] = []
    const plain = made(log)
    const object = made(mine)
    expect(await run(pauses, () => got(get(object, key)))).toEqual(outcomeOf(() => plain[key]))
    const expected = outcomeOf(() => {
      plain[key] = 'new'
    })
    const outcome = await run(pauses, function* (): Twin<undefined> {
      yield* got(set(object, key, 'new'))
      return undefined
    })
    expect(outcome).toEqual(expected)
    expect(mine).toEqual(log)
    const own = (of: object): unknown => Object.getOwnPropertyDescriptor(of, key)?.value
    expect(own(object)).toEqual(own(plain))
  })

  test.each(keys)('and by Reflect, for any receiver: %s', async key => {
    const log: unknown[] = []
    const mine: unknown[] = []
    const [plain, object] = [made(log), made(mine)]
    for (const receiver of [[], [{}], [5]] as const) {
      const outcome = await run(pauses, () => got(mn(Reflect, Reflect.get, [object, key, ...receiver])))
      expect(outcome).toEqual(
        outcomeOf(() => Reflect.get(...([plain, key, ...receiver] as [object, string]))),
      )
      const set = await run(pauses, () => got(mn(Reflect, Reflect.set, [object, key, 'new', ...receiver])))
      expect(set).toEqual(
        outcomeOf(() => Reflect.set(...([plain, key, 'new', ...receiver] as [object, string, unknown]))),
      )
    }
    expect(mine).toEqual(log)
  })

  test.each(strange)('so is one of %o', async o => {
    expect(await run(pauses, () => got(get(o, 'length')))).toEqual(outcomeOf(() => (o as string).length))
    const outcome = await run(pauses, function* (): Twin<undefined> {
      yield* got(set(o, 'size', 1))
      return undefined
    })
    expect(outcome).toEqual(
      outcomeOf(() => {
        ;(o as { size: number }).size = 1
      }),
    )
  })

  test('an accessor of a primitive’s prototype is called on the primitive', async () => {
    const seen: unknown[] = []
    Object.defineProperty(String.prototype, 'seen', {
      get: paused(function (this: unknown) {
        seen.push(this)
        return 'seen'
      }),
      configurable: true,
    })
    let outcome: Outcome
    try {
      outcome = await run(pauses, () => got(get('text', 'seen')))
    } finally {
      Reflect.deleteProperty(String.prototype, 'seen')
    }
    expect(outcome).toEqual({ value: 'seen' })
    expect(seen).toEqual(['text'])
    if (pauses) expect(pausing.count).toBe(1)
  })
})

test('the twin runs, not the plain accessor', () => {
  const object = {
    get x(): string {
      throw new Error('called plainly')
    },
    set x(_value: unknown) {
      throw new Error('called plainly')
    },
  }
  const { get: getter, set: setter } = Object.getOwnPropertyDescriptor(
    object,
    'x',
  ) as Required<PropertyDescriptor>
  give(getter, function* () {
    return 'twin'
  })
  const set_: unknown[] = []
  give(setter, function* (value: unknown) {
    set_.push(value)
  } as never)
  expect(get(object, 'x')).toBe('twin')
  set(object, 'x', 5)
  expect(set_).toEqual([5])
  expect(mn(Object.create(object), getter, [])).toBe('twin')
})

test('a proxy is asked for the property, and for nothing else', () => {
  const asked: unknown[] = []
  const handler = new Proxy(
    {},
    {
      get: (_target, trap) => (target: object, key: PropertyKey) => {
        asked.push([trap, key])
        return trap === 'get' ? Reflect.get(target, key) : true
      },
    },
  )
  const target = Object.defineProperty({}, 'x', { get: paused(() => 'x') })
  const proxy = new Proxy(target, handler)
  expect(get(proxy, 'x')).toBe('x')
  set(proxy, 'y', 1)
  expect(asked).toEqual([
    ['get', 'x'],
    ['set', 'y'],
  ])
})
