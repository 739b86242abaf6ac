import { describe, expect, test } from 'vitest'
import {
  asynccontextmanager,
  ContextVar,
  coroutine,
  createTask,
  Future,
  getEventLoop,
  isCancelled,
  type MisuseError,
  type Operation,
  run,
  sleep,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { errorOf } from './endings.ts'

const code = function* (what: Operation<unknown>): Operation<string> {
  return ((yield* errorOf(what)) as MisuseError).code
}

describe('a manager', () => {
  test('may swallow an error or a cancel, wait for it, and with gives undefined', async () => {
    await runVirtual(function* () {
      const forgiving = asynccontextmanager(function* () {
        try {
          yield 5
        } catch {
          yield* sleep(1)
        }
      })
      const forgivingAsync = asynccontextmanager(async function* () {
        try {
          yield 5
        } catch {
          await sleep(1)
        }
      })
      for (const manager of [forgiving, forgivingAsync]) {
        const body = async (): Promise<string> => {
          throw new RangeError('no')
        }
        expect(yield* manager().with(body)).toBeUndefined()
        const task = createTask(manager().with(new Future<string>()))
        yield* sleep(1)
        task.cancel()
        expect(yield* task).toBeUndefined()
      }
    })
  })

  test('may throw another error, whose cause the first one then is', async () => {
    await runVirtual(function* () {
      const first = new RangeError('first')
      const body = function* () {
        throw first
      }
      const second = asynccontextmanager(function* () {
        try {
          yield
        } finally {
          yield* sleep(1)
          // biome-ignore lint/correctness/noUnsafeFinally: what a cleanup that fails does
          throw new TypeError('second')
        }
      })
      const error = (yield* errorOf(second().with(body))) as Error
      expect(error).toEqual(new TypeError('second'))
      expect(error.cause).toBe(first)
    })
  })

  test('that is cancelled while it deals with an error does not lose the error', async () => {
    await runVirtual(function* () {
      const slow = asynccontextmanager(function* () {
        try {
          yield
        } finally {
          yield* sleep(5)
        }
      })
      const first = new RangeError('first')
      for (const reason of [undefined, 'enough']) {
        const task = createTask(
          slow().with(async () => {
            throw first
          }),
        )
        yield* sleep(1)
        task.cancel(reason)
        const error = (yield* errorOf(task)) as Error
        expect(isCancelled(error)).toBe(true)
        expect(error.message).toBe(reason ?? '')
        expect(error.cause).toBe(first)
        expect(task.cancelled()).toBe(true)
      }
      const task = createTask(sleep(1))
      task.cancel()
      expect(((yield* errorOf(task)) as Error).cause).toBeUndefined()
    })
  })

  test('that does not yield once is named, closed, and waited for', async () => {
    await runVirtual(function* () {
      const log: string[] = []
      const never = asynccontextmanager(function* never(): Generator<never, void, never> {})
      const neverAsync = asynccontextmanager(async function* never(): AsyncGenerator<
        number,
        void,
        unknown
      > {})
      const twice = asynccontextmanager(function* twice() {
        try {
          yield 1
          yield 2
        } finally {
          yield* sleep(1)
          log.push('closed')
        }
      })
      const twiceAsync = asynccontextmanager(async function* twice() {
        try {
          yield 1
          yield 2
        } finally {
          await sleep(1)
          log.push('closed')
        }
      })
      expect(yield* code(never().with(sleep(1)))).toBe('managerNeverYielded')
      expect(yield* code(neverAsync().with(sleep(1)))).toBe('managerNeverYielded')
      for (const manager of [twice, twiceAsync]) {
        const error = (yield* errorOf(manager().with(sleep(1)))) as Error
        expect(error.message).toContain('twice(…) yielded a second time')
        expect(error.cause).toBeUndefined()
      }
      expect(log).toEqual(['closed', 'closed'])
      const failing = asynccontextmanager(function* () {
        try {
          yield 1
          yield 2
        } finally {
          // biome-ignore lint/correctness/noUnsafeFinally: what a careless manager does
          throw new RangeError('at the close')
        }
      })
      const both = (yield* errorOf(failing().with(sleep(1)))) as MisuseError
      expect(both.code).toBe('managerYieldedTwice')
      expect(both.cause).toEqual(new RangeError('at the close'))
      const first = new RangeError('no')
      const stubborn = asynccontextmanager(function* () {
        for (;;)
          try {
            yield
          } catch {}
      })
      const error = (yield* errorOf(
        stubborn().with(async () => {
          throw first
        }),
      )) as MisuseError
      expect(error.code).toBe('managerYieldedTwice')
      expect(error.cause).toBe(first)
    })
  })

  test('yields itself, or by a generator it delegates to, a bare yield too; not by a coroutine', async () => {
    await runVirtual(function* () {
      function* raw() {
        yield* sleep(1)
        yield 'value'
        yield* sleep(1)
      }
      const delegating = asynccontextmanager(function* () {
        yield* raw()
      })
      expect(yield* delegating().with(async value => value)).toBe('value')
      const bare = asynccontextmanager(function* () {
        yield* sleep(0)
        yield
        yield* sleep(0)
      })
      expect(yield* bare().with(async value => [value])).toEqual([undefined])
      const hidden = asynccontextmanager(function* () {
        yield* coroutine(raw)() as Operation<void>
      })
      expect(yield* code(hidden().with(async value => value))).toBe('notAWait')
    })
  })

  test('whose yields share one result object is told from a coroutine that yielded by it before', async () => {
    const shared = { done: false, value: 7 }
    const endless = (): Iterable<number> => ({ [Symbol.iterator]: () => ({ next: () => shared }) })
    const child = coroutine(function* child(): Generator<number, void, unknown> {
      yield* endless()
    })
    const stepped = () => {
      const byValue = (function* (): Generator<number, void, unknown> {
        yield* child()
      })()
      expect(byValue.next().value).toBe(7)
    }
    const manager = asynccontextmanager(function* (): Generator<number, void, never> {
      try {
        yield* endless()
      } finally {
        yield* endless()
      }
    })
    await runVirtual(function* () {
      const body = (value: number): Operation<void> => {
        expect(value).toBe(7)
        stepped()
        throw new RangeError('no')
      }
      stepped()
      expect(yield* code(manager().with(body))).toBe('managerYieldedTwice')
    })
  })

  test('waits in coroutines deeper than the native stack holds', async () => {
    await runVirtual(function* () {
      const dive: (depth: number) => Operation<number> = coroutine(function* (depth: number) {
        if (depth > 0) return yield* dive(depth - 1)
        yield* sleep(1)
        yield* sleep(0)
        return 5
      })
      const deep = asynccontextmanager(function* () {
        const value = yield* dive(5000)
        yield value
        yield* dive(5000)
      })
      expect(yield* deep().with(async value => value)).toBe(5)
      expect(getEventLoop().time()).toBe(2)
    })
  })

  test('sees the context variables of its task, at both ends', async () => {
    await runVirtual(function* () {
      const user = new ContextVar<string>('user')
      const seen: string[] = []
      const manager = asynccontextmanager(async function* () {
        await sleep(1)
        seen.push(user.get())
        yield
        await sleep(1)
        seen.push(user.get())
      })
      user.set('ann')
      yield* manager().with(async () => {
        await sleep(1)
        user.set('bob')
      })
      expect(seen).toEqual(['ann', 'bob'])
    })
  })

  test('that is closed by hand in its body is left, and may not wait then', () => {
    const log: string[] = []
    const manager = asynccontextmanager(function* manager() {
      try {
        yield
      } finally {
        log.push('left')
      }
    })
    const held = coroutine(function* () {
      yield* manager().with(sleep(5))
    })()
    held.next()
    held.close()
    expect(log).toEqual(['left'])
  })

  test('is made of generator functions only', async () => {
    for (const wrong of [() => {}, async () => {}, 5, undefined] as never[]) {
      expect(() => asynccontextmanager(wrong)).toThrow('asynccontextmanager(…) takes a generator function')
    }
    await run(function* () {
      const manager = asynccontextmanager(function* () {
        yield 1
      })
      expect(() => manager().with(5 as never)).toThrow('5')
      expect(() => manager().with(Promise.resolve() as never)).toThrow('promise')
    })
  })
})
