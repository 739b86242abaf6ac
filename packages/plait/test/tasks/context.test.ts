import { describe, expect, test } from 'vitest'
import {
  Context,
  ContextVar,
  copyContext,
  coroutine,
  createTask,
  getEventLoop,
  run,
  sleep,
  timeout,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'

describe('ContextVar', () => {
  test('a task starts with its maker’s values and keeps its own from there', async () => {
    const user = new ContextVar<string>('user', { default: 'nobody' })
    await runVirtual(function* () {
      user.set('ann')
      const log: string[] = []
      const child = (name: string) =>
        createTask(function* () {
          log.push(user.get())
          user.set(name)
          yield* sleep(1)
          log.push(user.get())
        })
      const tasks = [child('bob'), child('cyd')]
      user.set('dora')
      for (const task of tasks) yield* task
      expect(log).toEqual(['ann', 'ann', 'bob', 'cyd'])
      expect(user.get()).toBe('dora')
    })
    expect(user.get()).toBe('nobody')
  })

  test('is kept through the awaits of an async task, and set inside it', async () => {
    const user = new ContextVar<string>('user')
    await runVirtual(async () => {
      const tasks = ['ann', 'bob'].map(name =>
        createTask(async () => {
          user.set(name)
          await sleep(1)
          await null
          await Promise.resolve()
          return user.get()
        }),
      )
      expect(await Promise.all(tasks)).toEqual(['ann', 'bob'])
    })
  })

  test('a child awaited in the same task changes the values of that task, as yield* does', async () => {
    const user = new ContextVar<string>('user', { default: 'nobody' })
    const setUser = coroutine(function* (name: string) {
      user.set(name)
      yield* sleep(1)
    })
    const seen: string[] = []
    await runVirtual(function* () {
      yield* setUser('ann')
      seen.push(user.get())
      yield* timeout(10, async () => {
        await sleep(1)
        user.set('bob')
      })
      seen.push(user.get())
    })
    await runVirtual(async () => {
      await setUser('cyd')
      seen.push(user.get())
      await timeout(10, async () => void user.set('dora'))
      seen.push(user.get())
    })
    expect(seen).toEqual(['ann', 'bob', 'cyd', 'dora'])
  })

  test('without a value or a default, asking is an error that names it', () => {
    expect(() => new ContextVar<string>('locale').get()).toThrow(/"locale" has no value here/)
  })

  test('undefined is a value', () => {
    const maybe = new ContextVar<string | undefined>('maybe', { default: 'x' })
    new Context().run(() => {
      maybe.set(undefined)
      expect(maybe.get()).toBeUndefined()
    })
    expect(new ContextVar<undefined>('none', { default: undefined }).get()).toBeUndefined()
  })
})

describe('Token', () => {
  test('reset puts back what set replaced, or takes the variable away', () => {
    new Context().run(() => {
      const level = new ContextVar<number>('level', { default: 0 })
      const first = level.set(1)
      const second = level.set(2)
      expect([first.oldValue, second.oldValue]).toEqual([undefined, 1])
      level.reset(second)
      expect(level.get()).toBe(1)
      level.reset(first)
      expect(level.get()).toBe(0)
    })
  })

  test('using resets it when the block is left', () => {
    new Context().run(() => {
      const level = new ContextVar<number>('level', { default: 0 })
      {
        using token = level.set(5)
        expect(level.get()).toBe(5)
        expect(token.variable).toBe(level)
      }
      expect(level.get()).toBe(0)
    })
  })

  test('is good once, and for its own variable and context', () => {
    const [a, b] = [new ContextVar<number>('a'), new ContextVar<number>('b')]
    new Context().run(() => {
      const token = a.set(1)
      expect(() => b.reset(token as never)).toThrow(/"b"/)
      a.reset(token)
      expect(() => a.reset(token)).toThrow(/used already/)
    })
    const elsewhere = new Context().run(() => a.set(1))
    expect(() => new Context().run(() => a.reset(elsewhere))).toThrow(/another context/)
  })
})

describe('Context', () => {
  test('run gives what the function returns, and keeps the changes made inside', () => {
    const user = new ContextVar<string>('user', { default: 'nobody' })
    const context = copyContext()
    expect(context.run((name: string) => user.set(name).variable.get(), 'ann')).toBe('ann')
    expect([context.get(user), context.has(user), user.get()]).toEqual(['ann', true, 'nobody'])
    const copy = context.copy()
    copy.run(() => user.set('bob'))
    expect([context.get(user), copy.get(user), copy.size]).toEqual(['ann', 'bob', context.size])
  })

  test('cannot be entered twice at once, and can again after an error', () => {
    const context = new Context()
    expect(() => context.run(() => context.run(() => 1))).toThrow(/entered already/)
    expect(context.run(() => 2)).toBe(2)
  })

  test('callbacks run in the context they were registered in', async () => {
    const user = new ContextVar<string>('user', { default: 'nobody' })
    const seen: string[] = []
    await runVirtual(function* () {
      const note = () => seen.push(user.get())
      copyContext().run(() => {
        user.set('ann')
        getEventLoop().callSoon(note)
        getEventLoop().callLater(1, note)
      })
      user.set('main')
      getEventLoop().callSoon(note)
      yield* sleep(2)
    })
    expect(seen).toEqual(['ann', 'main', 'ann'])
  })

  test('programs side by side do not see each other’s values', async () => {
    const user = new ContextVar<string>('user', { default: 'nobody' })
    const program = (name: string) =>
      run(function* () {
        user.set(name)
        yield* sleep(1)
        return user.get()
      })
    expect(await Promise.all([program('ann'), program('bob')])).toEqual(['ann', 'bob'])
  })
})
