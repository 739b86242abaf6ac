import { describe, expect, test } from 'vitest'
import { call } from '../../src/greenlet.ts'
import { coroutine, createTask, DeadlockError, Future, sleep } from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { c1, c2, S } from '../../src/twins.ts'
import { fail, greenlet, inside, nap, stand, type Twin } from '../twins/by-hand.ts'

describe('where a greenlet stands is told', () => {
  test('by the functions on its stack, outermost first, each with its place', async () => {
    await runVirtual(function* () {
      const task = createTask(
        inside(
          'outer',
          inside('inner', () => nap(1, 0)),
        ),
      )
      yield* sleep(0)
      task.cancel()
    }).catch(() => {})
    await runVirtual(function* () {
      const napping = greenlet('napping', function* (): Twin<void> {
        if (c2(nap, 5, 0) === S) (yield S)._result
      })
      const task = createTask(inside('outer', napping))
      expect(task.getStack().map(({ name }) => name)).toEqual(['outer'])
      yield* sleep(1)
      const stack = task.getStack()
      expect(stack.map(({ name }) => name)).toEqual(['outer', 'napping', 'nap'])
      for (const { location } of stack) expect(location).toMatch(/(by-hand|stacks\.test)\.ts.*:\d+:\d+$/)
      expect(task.getCoro()).toBeTypeOf('function')
      yield* task
    })
  })

  test('with coroutines in between, in their order', async () => {
    const middle = coroutine(function* middle() {
      yield* call(nap, 5, 0)
    })
    await runVirtual(function* () {
      const task = createTask(
        coroutine(function* root() {
          yield* middle()
        })(),
      )
      yield* sleep(1)
      expect(task.getStack().map(({ name }) => name)).toEqual(['root', 'middle', 'nap', 'nap'].slice(0, 3))
      yield* task
    })
  })

  test('in a deadlock’s report', async () => {
    const waiting = greenlet('waiting', function* (): Twin<void> {
      if (c1(stand, new Future<void>()) === S) (yield S)._result
    })
    const error: unknown = await runVirtual(function* () {
      yield* createTask(inside('outer', waiting), { name: 'forever' })
    }).catch(error => error)
    expect(error).toBeInstanceOf(DeadlockError)
    expect((error as DeadlockError).tasks).toMatchObject([
      { waitsFor: 'forever, which is not done' },
      { task: 'forever', coroutine: 'outer > waiting > stand', waitsFor: 'a future that nobody has set' },
    ])
    expect((error as DeadlockError).tasks[1]?.location).toMatch(/by-hand\.ts.*:\d+:\d+$/)
  })
})

describe('the stack of an error', () => {
  test('names the functions it came through that the engine does not see', async () => {
    const error: unknown = await runVirtual(function* () {
      const failing = greenlet('failing', function* (): Twin<void> {
        if (c2(fail, 1, new Error('boom')) === S) (yield S)._result
      })
      yield* createTask(
        coroutine(function* root() {
          yield* call(inside('outer', failing))
        })(),
        { name: 'worker' },
      )
    }).catch(error => error)
    const lines = (error as Error).stack?.split('\n').map(line => line.trim()) ?? []
    const from = lines.indexOf('at fail')
    expect(lines.slice(from, from + 5)).toEqual([
      'at fail',
      'at failing',
      'at coroutine outer',
      'at coroutine root',
      'in task worker',
    ])
  })
})

describe('a coroutine of a plain function', () => {
  const suspended = () => {
    const made = call(
      inside(
        'outer',
        greenlet('inner', function* (): Twin<void> {
          if (c2(nap, 0, 0) === S) (yield S)._result
        }),
      ),
    )
    made.next()
    return made
  }

  test('has the name of the function, and the states of a coroutine', () => {
    const made = call(nap, 0, 0)
    expect([made.name, made.state]).toEqual(['nap', 'created'])
    made.next()
    expect(made.state).toBe('suspended')
    made.next()
    expect(made.state).toBe('closed')
    expect(String(made)).toBe('<Coroutine nap closed>')
  })

  test('is where its innermost function is, and awaits what that does', async () => {
    const made = suspended()
    expect(made.location).toMatch(/by-hand\.ts.*:\d+:\d+$/)
    expect(made.awaiting).toBeDefined()
    made.close()
    const future = new Future<void>()
    await runVirtual(function* () {
      const standing = greenlet('standing', function* (): Twin<unknown> {
        const r = c1(stand, future)
        return r === S ? (yield S)._result : r
      })
      const waiting = call(inside('outer', standing))
      const task = createTask(waiting)
      yield* sleep(1)
      expect(waiting.awaiting).toBe(future)
      expect(waiting.state).toBe('suspended')
      const inner = call(nap, 5, 0)
      const outer = coroutine(function* outer() {
        yield* inner
      })()
      const other = createTask(outer)
      yield* sleep(1)
      expect(outer.awaiting).toBe(inner)
      future.setResult()
      yield* task
      yield* other
    })
  })
})
