import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ExceptionGroup, MisuseError, TimeoutError } from '../../src/index.ts'
import { draws } from '../sync/random-runs.ts'
import { arrivals, homeOf, where } from './error-travel.ts'

class AtHome extends RangeError {}
class BelowHome extends AtHome {}
class Strange extends TimeoutError {}
Strange.prototype.name = 'Stranger'
class StrangeGroup extends AggregateError {}
const home = homeOf({ AtHome })

const classes = {
  Error,
  TypeError,
  AggregateError,
  ExceptionGroup,
  TimeoutError,
  MisuseError,
  AtHome,
  BelowHome,
  Strange,
  StrangeGroup,
}
/** Those that arrive as the very class. */
const same: ReadonlySet<unknown> = new Set(
  Object.values(classes).filter(cls => cls !== BelowHome && cls !== Strange && cls !== StrangeGroup),
)

const SIZE = 6
/** A number is the error of that place in the graph. */
const carried = fc.oneof(
  fc.nat(SIZE - 1).map(at => ({ at })),
  fc
    .anything({ withDate: true, withMap: true, withSet: true, withBigInt: true, maxDepth: 2 })
    .map(value => ({ value })),
)
type Carried = typeof carried extends fc.Arbitrary<infer T> ? T : never

const node = fc.record({
  cls: fc.constantFrom(...(Object.keys(classes) as (keyof typeof classes)[])),
  message: fc.string(),
  name: fc.option(fc.string(), { nil: undefined }),
  cause: fc.option(carried, { nil: undefined }),
  errors: fc.option(fc.array(carried, { maxLength: 3 }), { nil: undefined }),
  extras: fc.dictionary(fc.constantFrom('code', 'inner', '__proto__', 'my key', '0'), carried),
  isHidden: fc.boolean(),
})
type Node = typeof node extends fc.Arbitrary<infer T> ? T : never

function build(nodes: readonly Node[]): Error[] {
  const errors = nodes.map(({ cls, message }): Error => {
    if (cls === 'MisuseError') return new MisuseError('aCode', message)
    if (cls === 'ExceptionGroup') return new ExceptionGroup(message, [1])
    if (cls === 'AggregateError' || cls === 'StrangeGroup') return new classes[cls]([], message)
    return new classes[cls](message)
  })
  const read = (carried: Carried): unknown => ('at' in carried ? errors[carried.at] : carried.value)
  for (const [n, { name, cause, errors: members, extras, isHidden }] of nodes.entries()) {
    const put = (key: string, value: unknown): void => {
      const enumerable = !isHidden
      Object.defineProperty(errors[n], key, { value, enumerable, writable: true, configurable: true })
    }
    if (name !== undefined) put('name', name)
    if (cause !== undefined) put('cause', read(cause))
    if (members !== undefined) put('errors', members.map(read))
    for (const [key, value] of Object.entries(extras)) put(key, read(value))
  }
  return errors
}

/** Where two graphs of errors differ, found without the codec; undefined where they are one and the same shape. */
function difference(
  sent: unknown,
  arrived: unknown,
  path: string,
  met: Map<unknown, unknown>,
): string | undefined {
  if (!(sent instanceof Error)) return isDeepStrictEqual(cloned(sent), arrived) ? undefined : path
  if (!(arrived instanceof Error) || !Error.isError(arrived)) return `${path} is no error`
  if (met.has(sent) || met.has(arrived)) return met.get(sent) === arrived ? undefined : `${path} is another`
  met.set(sent, arrived).set(arrived, sent)
  const wrong = ofClass(sent, arrived) ?? ofTexts(sent, arrived)
  if (wrong !== undefined) return `${path}: ${wrong}`
  const keys = Object.getOwnPropertyNames(sent).sort()
  if (!isDeepStrictEqual(keys, Object.getOwnPropertyNames(arrived).sort())) return `the keys of ${path}`
  for (const key of keys) {
    if (key === 'stack') continue
    const [one, other] = [sent, arrived].map(error => Object.getOwnPropertyDescriptor(error, key))
    if (one?.enumerable !== other?.enumerable) return `${path}.${key} is shown or hidden`
    const [a, b] = key === 'errors' ? [one?.value, other?.value] : [[one?.value], [other?.value]]
    if (a.length !== b.length) return `${path}.${key}.length`
    for (const [n, item] of a.entries()) {
      const inside = difference(item, b[n], `${path}.${key}[${n}]`, met)
      if (inside !== undefined) return inside
    }
  }
  return undefined
}

function ofClass(sent: Error, arrived: Error): string | undefined {
  const cls = Object.getPrototypeOf(sent).constructor
  const own = Object.getPrototypeOf(arrived).constructor
  if (same.has(cls)) return own === cls ? undefined : `of class ${own.name}`
  const parents = [cls, own].map(Object.getPrototypeOf)
  return own !== cls && own.name === cls.name && parents[0] === parents[1]
    ? undefined
    : 'of a class unlike it'
}

function ofTexts(sent: Error, arrived: Error): string | undefined {
  if (arrived.name !== sent.name) return `name ${arrived.name}`
  if (arrived.message !== sent.message) return `message ${arrived.message}`
  const frames = sent.stack?.match(/(?:\n {4}at (?!worker).*)+$/)?.[0] ?? ''
  const title = [sent.name, sent.message].filter(text => text !== '').join(': ')
  return arrived.stack === `${title}\n    at ${where}${frames}` ? undefined : `stack ${arrived.stack}`
}

/** What is no error inside arrives as a structured clone: errors in it, of which there are none here, would too. */
function cloned(value: unknown): unknown {
  return structuredClone(value)
}

test('any graph of errors arrives in its shape, both ways', () => {
  const property = fc.property(fc.array(node, { minLength: SIZE, maxLength: SIZE }), nodes => {
    const [sent] = build(nodes)
    for (const arrived of arrivals(sent, home))
      expect(difference(sent, arrived, 'error', new Map())).toBeUndefined()
  })
  fc.assert(property, draws(500))
})

test('whatever is thrown arrives, or an error in its place', () => {
  const anything = fc.anything({
    ...{ withBoxedValues: true, withDate: true, withMap: true, withSet: true, withBigInt: true },
    ...{ withNullPrototype: true, withObjectString: true, withSparseArray: true, withTypedArray: true },
    values: [fc.constantFrom<unknown>(Symbol('s'), () => 1, new WeakMap(), undefined, 5, 'text')],
  })
  const property = fc.property(anything, thrown => {
    const wanted = clonedOrUndefined(thrown)
    for (const arrived of arrivals(thrown)) {
      if (wanted === undefined) expect(arrived).toBeInstanceOf(Error)
      else expect(isDeepStrictEqual(arrived, wanted.copy)).toBe(true)
    }
  })
  fc.assert(property, draws(500))
})

function clonedOrUndefined(value: unknown): { copy: unknown } | undefined {
  try {
    return { copy: structuredClone(value) }
  } catch {
    return undefined
  }
}
