import { describe, expect, test } from 'vitest'
import { nativeStack } from '../../src/coroutine/native-stack.ts'
import { call, sleep } from '../../src/greenlet.ts'
import { run } from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import * as twins from '../../src/twins.ts'
import { give, lend, S } from '../../src/twins.ts'
import { dive, fail, greenlet, nap, type Twin } from './by-hand.ts'

const { c0, c1, c2, c3, c4, cn, m0, m1, m2, m3, m4, mn, e } = twins

/** Says how it was called; suspends before that if it is told to. */
function said(this: unknown, ...args: unknown[]): unknown {
  return ['plain', this, ...args]
}
const own = { pauses: false }
give(said, function* (this: unknown, ...args: unknown[]): Twin<unknown> {
  if (own.pauses && c2(nap, 1, undefined) === S) (yield S)._result
  return ['twin', this, ...args]
})

const list = [1, 2, 3, 4, 5]
const ways: [name: string, args: number, call: (fn: unknown, self: unknown) => unknown][] = [
  ['c0', 0, fn => c0(fn)],
  ['c1', 1, fn => c1(fn, 1)],
  ['c2', 2, fn => c2(fn, 1, 2)],
  ['c3', 3, fn => c3(fn, 1, 2, 3)],
  ['c4', 4, fn => c4(fn, 1, 2, 3, 4)],
  ['cn', 5, fn => cn(fn, list)],
  ['m0', 0, (fn, self) => m0(self, fn)],
  ['m1', 1, (fn, self) => m1(self, fn, 1)],
  ['m2', 2, (fn, self) => m2(self, fn, 1, 2)],
  ['m3', 3, (fn, self) => m3(self, fn, 1, 2, 3)],
  ['m4', 4, (fn, self) => m4(self, fn, 1, 2, 3, 4)],
  ['mn', 5, (fn, self) => mn(self, fn, list)],
]

describe.each(ways)('%s', (name, count, call) => {
  const self = { name }
  const expected = [name.startsWith('m') ? self : undefined, ...list.slice(0, count)]

  test('calls a function without a twin as ever', () => {
    const seen = call(function (this: unknown, ...args: unknown[]) {
      return [this, ...args]
    }, self)
    expect(seen).toEqual(expected)
  })

  test('enters the twin of one that has it, and gives what that returns', () => {
    own.pauses = false
    expect(call(said, self)).toEqual(['twin', ...expected])
  })

  test('gives what it returns later, where it suspends', async () => {
    own.pauses = true
    const caller = greenlet('caller', function* (): Twin<unknown> {
      const r = call(said, self)
      return r === S ? (yield S)._result : r
    })
    expect(await runVirtual(caller as never)).toEqual(['twin', ...expected])
    own.pauses = false
  })

  test('says what is no function, as the engine does where it cannot see the source', () => {
    for (const [value, text] of [
      [undefined, 'undefined'],
      [null, 'object null'],
      [5, 'number 5'],
      ['x', 'string "x"'],
      [{}, 'object'],
      [true, 'boolean true'],
      [Symbol('x'), 'symbol'],
    ])
      expect(() => call(value, self)).toThrow(new TypeError(`${String(text)} is not a function`))
  })
})

describe('a twin is its function’s own', () => {
  test('and not that of a class that extends it, nor of what its properties were copied to', () => {
    class Base {}
    lend(Base as never, () => [][Symbol.iterator]())
    const Derived = class extends Base {}
    expect(() => c0(Derived)).toThrow(/Class constructor Derived cannot be invoked without 'new'/)
    const copied = Object.assign(
      () => 'plain',
      lend(
        () => 'other',
        function* () {},
      ),
    )
    expect(c0(copied)).toBe('plain')
  })

  test('and out of sight if it was given', () => {
    const fn = give(
      () => {},
      function* () {},
    )
    expect(Object.keys(fn)).toEqual([])
    expect({ ...fn }).toEqual({})
  })
})

test('a generator that was made already is entered as any call is', async () => {
  function* steps(): Twin<number> {
    const r = c2(nap, 1, 5)
    return (r === S ? (yield S)._result : r) as number
  }
  const caller = greenlet('caller', function* (): Twin<unknown> {
    const r = e(steps(), steps)
    return r === S ? (yield S)._result : r
  })
  expect(await runVirtual(caller as never)).toBe(5)
})

test('a twin may give any iterator: its next is resumed with what it was parked on, its throw with errors', async () => {
  const log: unknown[] = []
  const odd = give(
    () => 'plain',
    () => {
      const inner = nap as unknown
      let n = 0
      return {
        next(value: { _result?: unknown } | undefined) {
          log.push(n)
          n += 1
          if (n === 1) {
            expect(c2(inner, 1, 'slept')).toBe(S)
            return { done: false, value: S }
          }
          return { done: true, value: value?._result }
        },
      }
    },
  )
  const caller = greenlet('caller', function* (): Twin<unknown> {
    const r = c0(odd)
    return r === S ? (yield S)._result : r
  })
  expect(await runVirtual(caller as never)).toBe('slept')
  expect(log).toEqual([0, 1])
})

describe('an error', () => {
  const boom = new Error('boom')
  const failing = (ms: number) =>
    greenlet('failing', function* (): Twin<unknown> {
      const r = c2(fail, ms, boom)
      return r === S ? (yield S)._result : r
    })

  test('of a callee that has suspended is thrown where it was called, and can be caught there', async () => {
    const log: string[] = []
    const caller = greenlet('caller', function* (): Twin<unknown> {
      try {
        const r = c0(failing(1))
        return r === S ? (yield S)._result : r
      } catch (error) {
        log.push('caught')
        if (c2(nap, 1, undefined) === S) (yield S)._result
        return error
      } finally {
        if (c2(nap, 1, undefined) === S) (yield S)._result
        log.push('cleaned')
      }
    })
    expect(await runVirtual(caller as never)).toBe(boom)
    expect(log).toEqual(['caught', 'cleaned'])
  })

  test('that nobody catches ends the task', async () => {
    await expect(runVirtual(failing(1) as never)).rejects.toBe(boom)
  })

  test('leaves the native stack as it was, in a task and by hand', async () => {
    const soon = greenlet('soon', function* (): Twin<unknown> {
      const r = c0(failing(1))
      return r === S ? (yield S)._result : r
    })
    const atOnce = greenlet('atOnce', function* (): Twin<unknown> {
      if (c1(sleep, 0) === S) (yield S)._result
      return c0(
        greenlet('inner', function* (): Twin<never> {
          throw boom
        }),
      )
    })
    for (const fn of [soon, atOnce]) {
      await expect(runVirtual(fn as never)).rejects.toBe(boom)
      expect(nativeStack.depth).toBe(0)
    }
    const byHand = call(atOnce)
    byHand.next()
    expect(() => byHand.next()).toThrow(boom)
    expect(nativeStack.depth).toBe(0)
  })

  test('thrown and caught any number of times leaves the count of calls right', async () => {
    const thrower = give(
      () => {},
      function* () {
        throw boom
      },
    )
    const caller = greenlet('caller', function* (): Twin<unknown> {
      let caught = 0
      for (let i = 0; i < 10_000; i += 1) {
        try {
          if (c0(thrower) === S) (yield S)._result
        } catch {
          caught += 1
        }
      }
      return caught
    })
    expect(await runVirtual(caller as never)).toBe(10_000)
  })
})

test('a recursion goes deeper than the native stack would let it', async () => {
  expect(
    await run(
      greenlet('main', function* (): Twin<unknown> {
        const r = c1(dive, 100_000)
        return r === S ? (yield S)._result : r
      }) as never,
    ),
  ).toBe(100_000)
})
