import { describe, expect, test } from 'vitest'
import {
  type AsyncContextManager,
  asynccontextmanager,
  coroutine,
  createTask,
  currentTask,
  Future,
  getEventLoop,
  isCancelled,
  type MisuseError,
  type Operation,
  sleep,
  suppress,
  TimeoutError,
  taskGroup,
  timeout,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { errorOf } from './endings.ts'

/** The same manager in both colors: it logs, and waits at both ends. */
const colors: [string, (log: unknown[]) => (name: string) => AsyncContextManager<string>][] = [
  [
    'a generator',
    log =>
      asynccontextmanager(function* session(name: string) {
        yield* sleep(1)
        log.push(`<${name}>`)
        try {
          yield name.toUpperCase()
        } catch (error) {
          log.push(error)
          throw error
        } finally {
          yield* sleep(1)
          log.push(`</${name}>`)
        }
      }),
  ],
  [
    'an async generator',
    log =>
      asynccontextmanager(async function* session(name: string) {
        await sleep(1)
        log.push(`<${name}>`)
        try {
          yield name.toUpperCase()
        } catch (error) {
          log.push(error)
          throw error
        } finally {
          await sleep(1)
          log.push(`</${name}>`)
        }
      }),
  ],
]

const code = function* (what: Operation<unknown>): Operation<string> {
  return ((yield* errorOf(what)) as MisuseError).code
}

describe.each(colors)('a manager made of %s', (_, logged) => {
  test('is entered, runs a body of any color, and is left', async () => {
    await runVirtual(function* () {
      const log: unknown[] = []
      const session = logged(log)
      const me = currentTask()
      function* body(value: string): Operation<string> {
        log.push(value)
        yield* sleep(1)
        expect(currentTask()).toBe(me)
        return 'result'
      }
      const asCoroutine = coroutine(function* (value: string) {
        return yield* body(value)
      })
      const all = [
        session('b').with(body('B')),
        session('b').with(body),
        session('b').with(asCoroutine),
        session('b').with(async value => {
          log.push(value)
          await sleep(1)
          expect(currentTask()).toBe(me)
          return 'result'
        }),
      ]
      for (const held of all) {
        expect(yield* held).toBe('result')
        expect(log.splice(0)).toEqual(['<b>', 'B', '</b>'])
      }
      expect(getEventLoop().time()).toBe(all.length * 3)
    })
  })

  test('does nothing before it is waited for', async () => {
    await runVirtual(function* () {
      const log: unknown[] = []
      const held = logged(log)('b').with(sleep(1))
      yield* sleep(5)
      expect(log).toEqual([])
      yield* held
      expect(yield* code(held)).toBe('waitedTwice')
    })
  })

  test('has an error of the body thrown in at its yield, and passes it as it is', async () => {
    await runVirtual(function* () {
      for (const error of [new RangeError('no'), 'a text', undefined, { done: true, value: 1 }]) {
        const log: unknown[] = []
        const thrown = yield* errorOf(
          logged(log)('b').with(function* () {
            yield* sleep(1)
            throw error
          }),
        )
        expect(thrown).toBe(error)
        expect(log).toEqual(['<b>', error, '</b>'])
        const fromAsync = yield* errorOf(
          logged(log)('b').with(async () => {
            throw error
          }),
        )
        expect(fromAsync).toBe(error)
      }
    })
  })

  test('has a cancel thrown in at its yield, and its cleanup is waited for', async () => {
    await runVirtual(function* () {
      const log: unknown[] = []
      const task = createTask(logged(log)('b').with(new Future<void>()))
      yield* sleep(2)
      task.cancel('enough')
      expect(isCancelled(yield* errorOf(task))).toBe(true)
      expect(log.map(String)).toEqual(['<b>', 'CancelledError: enough', '</b>'])
      expect(getEventLoop().time()).toBe(3)
    })
  })

  test('inside a timeout is left before that ends, around one it is left after', async () => {
    await runVirtual(function* () {
      const log: unknown[] = []
      const session = logged(log)
      const never = new Future<void>()
      const outer = yield* errorOf(timeout(5, session('b').with(sleep(100))))
      expect(outer).toBeInstanceOf(TimeoutError)
      expect(getEventLoop().time()).toBe(6)
      const inner = yield* errorOf(session('c').with(timeout(5, never)))
      expect(inner).toBeInstanceOf(TimeoutError)
      expect(log[4]).toBe(inner)
      expect(yield* suppress(TimeoutError).with(() => timeout(1, session('d').with(never)))).toBeUndefined()
      expect(currentTask()?.cancelling()).toBe(0)
    })
  })

  test('works in an async function, with a body and with await using', async () => {
    await runVirtual(async () => {
      const log: unknown[] = []
      expect(await logged(log)('b').with(async value => value + value)).toBe('BB')
      {
        await using entered = await logged(log)('c').enter()
        log.push(entered.value)
        await Promise.all([entered[Symbol.asyncDispose](), entered[Symbol.asyncDispose]()])
        log.push('end')
      }
      expect(log).toEqual(['<b>', '</b>', '<c>', 'C', '</c>', 'end'])
    })
  })

  test('with await using is not told the error of the block', async () => {
    await runVirtual(async () => {
      const log: unknown[] = []
      const failing = async () => {
        await using entered = await logged(log)('b').enter()
        throw new RangeError(entered.value)
      }
      await expect(failing()).rejects.toThrow(RangeError)
      expect(log).toEqual(['<b>', '</b>'])
    })
  })

  test('works outside any task', async () => {
    const log: unknown[] = []
    expect(await logged(log)('b').with(async value => value)).toBe('B')
    {
      await using entered = await logged(log)('c').enter()
      log.push(entered.value)
    }
    expect(log).toEqual(['<b>', '</b>', '<c>', 'C', '</c>'])
  })

  test('is entered once, by whatever door', async () => {
    await runVirtual(function* () {
      const session = logged([])('b')
      yield* session.with(sleep(1))
      expect(yield* code(session.with(sleep(1)))).toBe('managerReused')
      expect(yield* code(session.enter())).toBe('managerReused')
    })
  })

  test('may be held by many tasks at once', async () => {
    await runVirtual(function* () {
      const log: unknown[] = []
      const session = logged(log)
      yield* taskGroup(function* (group) {
        for (const name of ['a', 'b', 'c']) group.createTask(session(name).with(sleep(1)))
      })
      expect(log).toEqual(['<a>', '<b>', '<c>', '</a>', '</b>', '</c>'])
    })
  })
})
