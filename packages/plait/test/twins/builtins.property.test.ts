import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { m1, m2, S } from '../../src/twins.ts'
import type { Twin } from './by-hand.ts'
import { outcomeOf, paused, pausing, run, WAYS } from './pausing.ts'

/*
 * The array methods with a callback that has a twin do just what they do without: over any array, with holes, with callbacks
 * that mutate it, throw or suspend. What is compared is the result, what became of the array, and every call of the callback.
 */

/** A step of a callback: what it does to the array, and how it ends. */
interface Act {
  readonly does: 'nothing' | 'set' | 'delete' | 'push' | 'pop' | 'shrink' | 'grow' | 'throw'
  readonly at: number
  readonly gives: unknown
}

const item = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -3, max: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom(undefined, null, 'text', NaN, 0.5) },
  { weight: 1, arbitrary: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 }) },
)
/** Undefined stands for a hole. */
const slots = fc.array(
  fc.option(
    item.map(value => ({ value })),
    { nil: undefined, freq: 4 },
  ),
  { maxLength: 8 },
)
const act: fc.Arbitrary<Act> = fc.record({
  does: fc.oneof(
    { weight: 5, arbitrary: fc.constant('nothing' as const) },
    {
      weight: 3,
      arbitrary: fc.constantFrom('set', 'delete', 'push', 'pop', 'shrink', 'grow', 'throw' as const),
    },
  ),
  at: fc.nat(9),
  gives: item,
})
const acts = fc.array(act, { maxLength: 8 })
const kinds = fc.constantFrom('array' as const, 'subclass' as const, 'like' as const, 'frozen' as const)
type Kind = 'array' | 'subclass' | 'like' | 'frozen'

class Sub extends Array<unknown> {}

function listOf(kind: Kind, from: readonly ({ value: unknown } | undefined)[]): Record<string, unknown> {
  const list: Record<string, unknown> =
    kind === 'like' ? { length: from.length } : ((kind === 'subclass' ? new Sub() : []) as never)
  list.length = from.length
  for (const [index, slot] of from.entries()) if (slot !== undefined) list[index] = slot.value
  return kind === 'frozen' ? Object.freeze(list) : list
}

/** All there is to a value that a test can see: its class, its items, its holes. */
function shape(value: unknown, list?: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (value === list) return 'the list'
  return [value.constructor.name, (value as unknown[]).length, Object.entries(value)]
}

function callback(how: readonly Act[], list: Record<string, unknown>, log: unknown[]) {
  let calls = 0
  return function (this: unknown, ...args: unknown[]): unknown {
    log.push([this, ...args.map(arg => shape(arg, list))])
    const act = how[calls++ % how.length]
    if (act === undefined || calls > 200) return calls
    if (act.does === 'set') list[act.at] = 'set'
    else if (act.does === 'delete') delete list[act.at]
    else if (act.does === 'push') list[list.length as number] = 'pushed'
    else if (act.does === 'pop' || act.does === 'shrink') list.length = act.does === 'pop' ? 1 : act.at
    else if (act.does === 'grow') list.length = (list.length as number) + 1
    else if (act.does === 'throw') throw new RangeError(`in call ${calls}`)
    return act.gives
  }
}

const METHODS = [
  ...['map', 'forEach', 'filter', 'find', 'findIndex', 'findLast', 'findLastIndex', 'some', 'every'],
  ...['flatMap', 'reduce', 'reduceRight', 'sort', 'toSorted'],
] as const

const methodOf = (name: string): ((...args: unknown[]) => unknown) =>
  (Array.prototype as unknown as Record<string, (...args: unknown[]) => unknown>)[name] as never

describe.each(WAYS)('where %s', (_, pauses) => {
  test.each(METHODS)('%s is as without a twin', async name => {
    const method = methodOf(name)
    await fc.assert(
      fc.asyncProperty(kinds, slots, acts, fc.option(item), async (kind, from, how, extra) => {
        const more = extra === null ? [] : [extra]
        const list = listOf(kind, from)
        const log: unknown[] = []
        const fn = callback(how, list, log)
        const plain = outcomeOf(() => shape(method.call(list, fn, ...more), list))

        const mine = listOf(kind, from)
        const mineLog: unknown[] = []
        const mineFn = paused(callback(how, mine, mineLog))
        const outcome = await run(pauses, function* (): Twin<unknown> {
          const r = more.length === 0 ? m1(mine, method, mineFn) : m2(mine, method, mineFn, extra)
          return shape(r === S ? (yield S)._result : r, mine)
        })
        expect(outcome).toEqual(plain)
        expect(shape(mine)).toEqual(shape(list))
        expect(mineLog).toEqual(log)
        if (pauses) expect(pausing.count).toBe(log.length)
      }),
      { numRuns: 150 },
    )
  })

  test('forEach of a Map and of a Set that change meanwhile', async () => {
    const change = fc.record({
      does: fc.constantFrom('add', 'delete', 'clear', 'nothing', 'throw'),
      at: fc.nat(6),
    })
    await fc.assert(
      fc.asyncProperty(fc.boolean(), fc.array(fc.nat(6)), fc.array(change), async (isMap, from, how) => {
        const make = (): Map<number, string> | Set<number> =>
          isMap ? new Map(from.map(n => [n, `v${n}`])) : new Set(from)
        const change = (of: Map<number, string> | Set<number>, log: unknown[]) =>
          function (this: unknown, ...args: unknown[]): void {
            log.push([this, args[0], args[1], args[2] === of])
            const { does, at } = how[log.length - 1] ?? {}
            if (does === 'add') of instanceof Map ? of.set(at as number, 'added') : of.add(at as number)
            else if (does === 'delete') of.delete(at as number)
            else if (does === 'clear') of.clear()
            else if (does === 'throw') throw new RangeError('in the callback')
          }
        const [plain, mine] = [make(), make()]
        const [log, mineLog]: [unknown[], unknown[]] = [[], []]
        const expected = outcomeOf(() => plain.forEach(change(plain, log), 'self'))
        const outcome = await run(pauses, function* (): Twin<unknown> {
          const r = m2(mine, mine.forEach, paused(change(mine, mineLog)), 'self')
          return r === S ? (yield S)._result : r
        })
        expect(outcome).toEqual(expected)
        expect(mineLog).toEqual(log)
        expect([...mine]).toEqual([...plain])
      }),
      { numRuns: 150 },
    )
  })

  test('replace and replaceAll with a function', async () => {
    const patterns: (string | RegExp)[] = [
      ...['a', '', 'ab', /a/, /a/g, /(a)|(b)/g, /(?<x>a)(?<y>b)?/g, /(?<x>b)/, /$/g, /(?:)/gu, /a/y, /a/gy],
      ...[/𝒳|(?=a)/gu],
    ]
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '𝒳'), maxLength: 10 })
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.constantFrom(...patterns),
        fc.constantFrom('replace', 'replaceAll'),
        fc.nat(3),
        fc.array(fc.constantFrom('', 'X', '$&', 5, null, undefined, Symbol.iterator)),
        async (given, pattern, name, lastIndex, gives) => {
          const method = String.prototype[name as 'replace'] as (...args: unknown[]) => unknown
          const fn = (log: unknown[]) =>
            function (this: unknown, ...args: unknown[]): unknown {
              log.push([this, ...args], pattern instanceof RegExp && pattern.lastIndex)
              return gives[(log.length / 2 - 1) % gives.length]
            }
          const start = (): void => {
            if (pattern instanceof RegExp) pattern.lastIndex = lastIndex
          }
          const [log, mineLog]: [unknown[], unknown[]] = [[], []]
          start()
          const plain = outcomeOf(() => method.call(given, pattern, fn(log)))
          const end = pattern instanceof RegExp && pattern.lastIndex
          start()
          const outcome = await run(pauses, function* (): Twin<unknown> {
            const r = m2(given, method, pattern, paused(fn(mineLog)))
            return r === S ? (yield S)._result : r
          })
          expect(outcome).toEqual(plain)
          expect(mineLog).toEqual(log)
          expect(pattern instanceof RegExp && pattern.lastIndex).toBe(end)
        },
      ),
      { numRuns: 400 },
    )
  })
})
