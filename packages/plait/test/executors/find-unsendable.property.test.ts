import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findUnsendable } from '../../src/executors/find-unsendable.ts'
import { draws } from '../sync/random-runs.ts'

/** Values with functions in them, here and there, each with a name of its own. */
const values = fc.anything({
  ...{ withDate: true, withMap: true, withSet: true, withSparseArray: true, withTypedArray: true },
  ...{ withBoxedValues: true, withNullPrototype: true, withBigInt: true, maxDepth: 4 },
  values: [
    fc.oneof(
      { weight: 12, arbitrary: fc.oneof(fc.integer(), fc.string(), fc.constant(undefined)) },
      {
        weight: 1,
        arbitrary: fc
          .uuid()
          .map(id => Object.defineProperty(() => {}, 'name', { value: id, enumerable: false })),
      },
    ),
  ],
})

test('it is found where, and only where, a clone stops first', () => {
  let stopped = 0
  const property = fc.property(values, value => {
    const found = findUnsendable(value, 'it')
    const first = firstFunction(value)
    expect(found?.what).toBe(first && `function ${first.name}`)
    expect(found !== undefined).toBe(isRefused(value))
    if (found !== undefined) stopped += 1
  })
  fc.assert(property, draws(1000))
  expect(stopped).toBeGreaterThan(100)
})

test('its path leads there', () => {
  const keys = fc.constantFrom('a', 'my key', '3', 'größe', '"', '')
  const steps = fc.array(fc.tuple(fc.constantFrom('object', 'list', 'map', 'cause', 'instance'), keys), {
    maxLength: 8,
  })
  const property = fc.property(steps, ways => {
    const bad = (): void => {}
    const value = ways.reduceRight<unknown>((inner, [kind, key]) => wrap(kind, key, inner), bad)
    const found = findUnsendable(value, 'it')
    expect(new Function('it', `return ${found?.path}`)(value)).toBe(bad)
  })
  fc.assert(property, draws(300))
})

function wrap(kind: string, key: string, inner: unknown): unknown {
  if (kind === 'object') return { before: [1], [key]: inner }
  if (kind === 'list') return ['before', {}, inner]
  if (kind === 'map')
    return new Map<string, unknown>([
      ['before', 1],
      [key, inner],
    ])
  if (kind === 'cause') return new Error('before', { cause: inner })
  return Object.assign(new (class Row {})(), { [key]: inner })
}

/** The order of structured clone, once more and in the plainest way. */
function firstFunction(value: unknown): { readonly name: string } | undefined {
  if (typeof value === 'function') return value
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return undefined
  const inside =
    value instanceof Map ? [...value].flat() : value instanceof Set ? [...value] : Object.values(value)
  for (const item of inside) {
    const found = firstFunction(item)
    if (found !== undefined) return found
  }
  return undefined
}

function isRefused(value: unknown): boolean {
  try {
    structuredClone(value)
    return false
  } catch {
    return true
  }
}
