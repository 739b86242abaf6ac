import { describe, expect, test } from 'vitest'
import { coroutine } from '../../src/coroutine.ts'
import { sleep } from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'

type Two<T = unknown> = Generator<unknown, T, unknown>

const counting = (log: string[] = []) =>
  coroutine(function* counting(): Two<string> {
    try {
      yield 1
      yield 2
      yield 3
      return 'counted'
    } finally {
      log.push('closed')
    }
  })

describe('by value', () => {
  test('for…of gives every yield of a coroutine', () => {
    expect([...counting()()]).toEqual([1, 2, 3])
  })

  test('for…of gives the yields of the whole chain of callees', () => {
    const outer = coroutine(function* (): Two<void> {
      yield 0
      yield* counting()()
      yield 4
    })
    expect([...outer()]).toEqual([0, 1, 2, 3, 4])
  })

  test('leaving a for…of closes the coroutine and its callees', () => {
    const log: string[] = []
    const outer = coroutine(function* (): Two<void> {
      try {
        yield* counting(log)()
      } finally {
        log.push('outer')
      }
    })
    const one = outer()
    for (const value of one) if (value === 2) break
    expect(log).toEqual(['closed', 'outer'])
    expect(one.state).toBe('closed')
  })

  test('an error in the body of a for…of closes the coroutine', () => {
    const log: string[] = []
    expect(() => {
      for (const _ of counting(log)()) throw new Error('body')
    }).toThrow('body')
    expect(log).toEqual(['closed'])
  })

  test('a raw generator stepped by hand drives the coroutine it delegates to', () => {
    const log: string[] = []
    function* raw(): Two {
      return `raw ${yield* counting(log)()}`
    }
    const steps = raw()
    expect([steps.next().value, steps.next().value, steps.next().value]).toEqual([1, 2, 3])
    expect(steps.next()).toEqual({ done: true, value: 'raw counted' })
    const left = raw()
    left.next()
    left.return('early')
    expect(log).toEqual(['closed', 'closed'])
  })

  test('throw into a raw generator reaches the coroutine inside, and its answer comes back', () => {
    const catching = coroutine(function* (): Two<string> {
      try {
        yield 1
      } catch (error) {
        const more = yield `caught ${(error as Error).message}`
        return `then ${more}`
      }
      return ''
    })
    function* raw(): Two {
      return yield* catching()
    }
    const steps = raw()
    steps.next()
    expect(steps.throw(new Error('x'))).toEqual({ done: false, value: 'caught x' })
    expect(steps.next('more')).toEqual({ done: true, value: 'then more' })
  })
})

describe('mixed in one chain', () => {
  test('coroutine in raw in coroutine in raw: values, errors and returns pass through', () => {
    const innermost = coroutine(function* (): Two<number> {
      try {
        return (yield 'innermost') as number
      } catch (error) {
        throw new Error('wrapped', { cause: error })
      }
    })
    function* rawInner(): Two<number> {
      return (yield* innermost()) + 1
    }
    const middle = coroutine(function* (): Two<number> {
      return (yield* rawInner()) * 10
    })
    function* rawOuter(): Two<number> {
      return (yield* middle()) + 2
    }
    const root = () =>
      coroutine(function* (): Two<number> {
        return yield* rawOuter()
      })()
    const one = root()
    expect(one.next().value).toBe('innermost')
    expect(one.send(4)).toEqual({ done: true, value: 52 })
    const two = root()
    two.next()
    const error = new Error('x')
    expect(() => two.throw(error)).toThrow(expect.objectContaining({ message: 'wrapped', cause: error }))
  })

  test('closing the root runs the finally blocks of both kinds, innermost first', () => {
    const log: string[] = []
    const leaf = coroutine(function* (): Two<void> {
      try {
        yield 1
      } finally {
        log.push('leaf')
      }
    })
    function* raw(): Two<void> {
      try {
        yield* leaf()
      } finally {
        log.push('raw')
      }
    }
    const root = coroutine(function* (): Two<void> {
      try {
        yield* raw()
      } finally {
        log.push('root')
      }
    })()
    root.next()
    root.close()
    expect(log).toEqual(['leaf', 'raw', 'root'])
  })

  test('in a task, waits inside any mixture are the task’s', async () => {
    const log: string[] = []
    const leaf = coroutine(function* leaf(n: number) {
      yield* sleep(1)
      log.push(`leaf ${n}`)
      return n
    })
    function* raw(n: number) {
      const a = yield* leaf(n)
      yield* sleep(0)
      const b = yield* leaf(n + 1)
      yield
      return a + b
    }
    const root = coroutine(function* root() {
      const first = yield* raw(1)
      return first + (yield* raw(3))
    })
    expect(await runVirtual(root())).toBe(10)
    expect(log).toEqual(['leaf 1', 'leaf 2', 'leaf 3', 'leaf 4'])
  })
})
