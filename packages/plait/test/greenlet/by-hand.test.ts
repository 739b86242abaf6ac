import { describe, expect, test } from 'vitest'
import { call, sleep, until } from '../../src/greenlet.ts'
import { coroutine, Future, GeneratorExit, type Operation } from '../../src/index.ts'
import { c0, c1, c2, S } from '../../src/twins.ts'
import { greenlet, inside, nap, stand, type Twin } from '../twins/by-hand.ts'

const log: string[] = []

const turning = inside(
  'outer',
  greenlet('inner', function* (): Twin<string> {
    try {
      for (let i = 0; i < 2; i += 1) if (c1(sleep, 0) === S) (yield S)._result
      return 'done'
    } catch (error) {
      log.push((error as Error).name)
      throw error
    } finally {
      log.push('cleaned')
    }
  }),
)

describe('a coroutine of a plain function, driven by hand,', () => {
  test('gives at each step what its innermost wait parks on, and at last its result', () => {
    const made = call(turning)
    const first = made.next()
    expect(first.done).toBe(false)
    expect(made.next()).toEqual(first)
    expect(made.next()).toEqual({ done: true, value: 'done' })
    expect(made.next()).toEqual({ done: true, value: undefined })
  })

  test('is told where a wait is not over', () => {
    for (const made of [call(stand, new Future<void>()), call(until<void>, new Future<void>())]) {
      expect(made.next().done).toBe(false)
      expect(() => made.next()).toThrow(expect.objectContaining({ code: 'waitResumedByHand' }))
    }
  })

  test('is thrown into at its innermost wait', () => {
    log.length = 0
    const made = call(turning)
    made.next()
    expect(() => made.throw(new TypeError('boom'))).toThrow(new TypeError('boom'))
    expect(log).toEqual(['TypeError', 'cleaned'])
    expect(made.state).toBe('closed')
  })

  test('is closed from its innermost function outwards', () => {
    log.length = 0
    const made = call(turning)
    made.next()
    expect(made.close()).toBeUndefined()
    expect(log).toEqual(['GeneratorExit', 'cleaned'])
    log.length = 0
    call(turning).close()
    expect(log).toEqual([])
  })

  test('is refused a wait while it is closed', () => {
    const stubborn = call(
      greenlet('stubborn', function* (): Twin<void> {
        try {
          if (c1(sleep, 0) === S) (yield S)._result
        } catch (error) {
          expect(error).toBeInstanceOf(GeneratorExit)
          if (c1(sleep, 0) === S) (yield S)._result
        }
      }),
    )
    stubborn.next()
    expect(() => stubborn.close()).toThrow(/"stubborn" yielded/)
  })

  test('cannot be stepped from inside itself', () => {
    const self: { it?: { next(): unknown } } = {}
    const made = call(
      greenlet('loop', function* (): Twin<void> {
        self.it?.next()
        if (c1(sleep, 0) === S) (yield S)._result
      }),
    )
    self.it = made
    expect(() => made.next()).toThrow(/"loop" is running/)
  })
})

describe('under a generator stepped natively', () => {
  function* steps(): Operation<string> {
    return yield* call(turning)
  }

  test('it goes on step by step, by value', () => {
    const made = steps()[Symbol.iterator]()
    const first = made.next(undefined as never)
    const second = made.next(first.value as never)
    expect([first.done, second]).toEqual([false, first])
    expect(made.next(second.value as never)).toEqual({ done: true, value: 'done' })
  })

  test('a for-of sees each of its waits, and goes on', () => {
    log.length = 0
    const seen: unknown[] = [...(steps() as Iterable<unknown>)]
    expect(seen.length).toBe(2)
    expect(log).toEqual(['cleaned'])
  })

  test('a for-of that is left early closes it', () => {
    log.length = 0
    for (const _ of steps() as Iterable<unknown>) break
    expect(log).toEqual(['GeneratorExit', 'cleaned'])
  })
})

test('plain functions and coroutines call each other to any depth', () => {
  const down = coroutine(function* down(n: number): Operation<number> {
    return n === 0 ? 0 : 1 + (yield* call(across, n - 1))
  })
  const across: (n: number) => number = greenletOfOne('across', function* (n: number): Twin<number> {
    const r = c1(until, down(n))
    return 1 + ((r === S ? (yield S)._result : r) as number)
  })
  const made = call(across, 1000)
  let step = made.next()
  while (step.done !== true) step = made.next()
  expect(step.value).toBe(2001)
})

function greenletOfOne<A, T>(name: string, twin: (argument: A) => Twin<T>): (argument: A) => T {
  return greenlet(name, twin as never) as never
}

test('a twin that waits in both a callee and a coroutine is resumed by each in turn', () => {
  const main = greenlet('main', function* (): Twin<string[]> {
    const found: string[] = []
    for (const what of ['a', 'b']) {
      const r = c2(nap, 0, what)
      found.push((r === S ? (yield S)._result : r) as string)
      const waited = c1(until, call(nap, 0, `${what} again`))
      found.push((waited === S ? (yield S)._result : waited) as string)
    }
    return found
  })
  const made = call(
    greenlet('outermost', function* (): Twin<unknown> {
      const r = c0(main)
      return r === S ? (yield S)._result : r
    }),
  )
  let step = made.next()
  while (step.done !== true) step = made.next()
  expect(step.value).toEqual(['a', 'a again', 'b', 'b again'])
})
