import { describe, expect, test } from 'vitest'
import { CannotSuspendError, call } from '../../src/greenlet.ts'
import { Coroutine, createTask, currentTask, getEventLoop, sleep } from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { bind, c0, c1, c2, give, m1, S, sync, wrap } from '../../src/twins.ts'
import { greenlet, nap, type Twin } from './by-hand.ts'

const napping = (log: string[]) =>
  function* napping(): Twin<string> {
    try {
      log.push('begins')
      if (c2(nap, 5, undefined) === S) (yield S)._result
      log.push('never')
      return 'slept'
    } finally {
      log.push('cleaned')
    }
  }

describe('steps run on the spot', () => {
  test('give what they return', () => {
    expect(
      sync(
        (function* () {
          return 5
        })() as never,
      ),
    ).toBe(5)
  })

  test('and a wait beneath throws before it begins', async () => {
    const log: string[] = []
    const started: unknown[] = []
    await runVirtual(
      greenlet('main', function* (): Twin<void> {
        const before = getEventLoop().time()
        expect(() => sync(napping(log)() as never)).toThrow(CannotSuspendError)
        started.push(getEventLoop().time() - before)
        // And afterwards waits are as they were.
        if (c2(nap, 1, undefined) === S) (yield S)._result
      }) as never,
    )
    expect(log).toEqual(['begins', 'cleaned'])
    expect(started).toEqual([0])
  })

  test('and one that did not ask is withdrawn: it ends with the error where it stands', async () => {
    const log: string[] = []
    const raw = give(
      () => {},
      () => sleep(5)[Symbol.iterator](),
    )
    const outer = function* (): Twin<string> {
      try {
        const r = c0(raw)
        return (r === S ? (yield S)._result : r) as string
      } catch (error) {
        log.push((error as Error).name)
        return 'caught'
      }
    }
    expect(
      await runVirtual(
        greenlet('main', function* () {
          return sync(outer() as never)
        }) as never,
      ),
    ).toBe('caught')
    expect(log).toEqual(['CannotSuspendError'])
  })

  test('but a task begun beneath, or a coroutine driven by hand, suspends as it likes', async () => {
    const seen: unknown[] = []
    await runVirtual(
      greenlet('main', function* (): Twin<void> {
        sync(
          (function* () {
            createTask(
              greenlet('eager', function* (): Twin<void> {
                seen.push(currentTask()?.name)
                if (c2(nap, 1, undefined) === S) (yield S)._result
                seen.push('eager slept')
              }),
              { name: 'eager', eagerStart: true },
            )
            const byHand = call(nap, 0, 'turn')
            seen.push(byHand.next().done)
            seen.push(byHand.next())
            expect(() => c1(nap, 1)).toThrow(CannotSuspendError)
          })() as never,
        )
        if (c2(nap, 2, undefined) === S) (yield S)._result
      }) as never,
    )
    expect(seen).toEqual(['eager', false, { done: true, value: 'turn' }, 'eager slept'])
  })
})

test('a recursion run on the spot is not handed to a driver, which could not take it', () => {
  const count = (n: number): number => (n === 0 ? 0 : 1 + count(n - 1))
  const twin = function* (n: number): Twin<number> {
    if (n === 0) return 0
    const r = c1(count, n - 1)
    return 1 + ((r === S ? (yield S)._result : r) as number)
  }
  give(count, twin)
  expect(sync(twin(1000) as never)).toBe(1000)
})

test('a generator stepped beneath may wait as it likes: whoever steps it sees it', async () => {
  function* steps() {
    return yield* call(nap, 0, 'turned')
  }
  const found = await runVirtual(
    greenlet('main', function* (): Twin<unknown> {
      return sync(
        (function* () {
          const made = steps()
          const step = made.next()
          return [step.done, made.next(step.value as never)]
        })() as never,
      )
    }) as never,
  )
  expect(found).toEqual([false, { done: true, value: 'turned' }])
})

describe('a function made inside a twin', () => {
  const add = function* (this: unknown, a: number, b = 2): Generator<unknown, unknown> {
    return [this, a + b]
  }

  test.each([0, 1, 2, 3, 7])('has its name and a length of %i', length => {
    for (const kind of [0, 1, 2] as const) {
      const fn = wrap(add, 'add', length, kind)
      expect([fn.name, fn.length]).toEqual(['add', length])
      expect(Object.getOwnPropertyDescriptor(fn, 'name')).toMatchObject({
        writable: false,
        enumerable: false,
      })
      expect(Object.hasOwn(fn, 'prototype')).toBe(kind === 0)
    }
    expect(wrap(add, '', 0, 1).name).toBe('')
  })

  test('is called with its own this and arguments, in both forms', () => {
    const self = {}
    for (const kind of [0, 2] as const) {
      const fn = wrap(add, 'add', 1, kind) as (...args: unknown[]) => unknown
      expect(fn.call(self, 1)).toEqual([self, 3])
      expect(fn.call(self, 1, 1, 1)).toEqual([self, 2])
      expect(m1(self, fn, 1)).toEqual([self, 3])
    }
  })

  test('is constructed if it is a function, and not if it is an arrow function or a method', () => {
    const Made = wrap(
      function* (this: { x?: number }, x: number) {
        this.x = x
      },
      'Made',
      1,
      0,
    ) as unknown as new (
      x: number,
    ) => { x: number }
    const made = new Made(5)
    expect(made.x).toBe(5)
    expect(made).toBeInstanceOf(Made)
    for (const kind of [1, 2] as const)
      expect(() => Reflect.construct(wrap(add, 'add', 0, kind), [])).toThrow(/is not a constructor/)
  })

  test('suspends where a twin calls it, and throws where a native function does', async () => {
    const log: string[] = []
    const main = greenlet('main', function* (): Twin<string> {
      const fn = wrap(napping(log), 'napping', 0, 1)
      expect(() => [1].map(fn as () => string)).toThrow(CannotSuspendError)
      const r = c0(fn)
      return (r === S ? (yield S)._result : r) as string
    })
    expect(await runVirtual(main as never)).toBe('slept')
    expect(log).toEqual(['begins', 'cleaned', 'begins', 'never', 'cleaned'])
  })
})

describe('bind in a plain text', () => {
  const plain = function plain(this: unknown, ...args: unknown[]): unknown {
    return ['plain', this, ...args]
  }
  give(plain, function* (this: unknown, ...args: unknown[]): Twin<unknown> {
    if (c2(nap, 1, undefined) === S) (yield S)._result
    return ['twin', this, ...args]
  })

  test('of a function with a twin gives one that has a twin too', async () => {
    const self = {}
    const bound = bind(plain, plain.bind, [self, 1]) as (...args: unknown[]) => unknown
    expect(bound(2)).toEqual(['plain', self, 1, 2])
    expect(bound.name).toBe('bound plain')
    const main = greenlet('main', function* (): Twin<unknown> {
      const r = c1(bound, 2)
      return r === S ? (yield S)._result : r
    })
    expect(await runVirtual(main as never)).toEqual(['twin', self, 1, 2])
  })

  test('of anything else is a call of whatever that is', () => {
    const odd = { bind: (a: number, b: number) => a + b }
    expect(bind(odd, odd.bind, [1, 2])).toBe(3)
    expect(() => bind(odd, undefined, [])).toThrow(new TypeError('undefined is not a function'))
    const native = bind(Math.max, Math.max.bind, [null, 5]) as (n: number) => number
    expect(native(4)).toBe(5)
  })
})

test('a coroutine is what a call of a plain function gives', () => {
  expect(call(nap, 1, 2)).toBeInstanceOf(Coroutine)
})
