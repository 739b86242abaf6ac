import { describe, expect, test } from 'vitest'
import {
  allTasks,
  ContextVar,
  copyContext,
  coroutine,
  createTask,
  currentTask,
  eagerTaskFactory,
  Future,
  getEventLoop,
  isCancelled,
  sleep,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { after, errorOf } from './endings.ts'

describe('names and text forms', () => {
  test('the text form tells state, name and how it ended', async () => {
    await runVirtual(function* () {
      const good = createTask(after(1, 'page'), { name: 'load' })
      const bad = createTask(after(1, new RangeError('far')), { name: 'fail' })
      const cut = createTask(sleep(9), { name: 'cut' })
      expect(String(good)).toBe(`<Task pending name='load'>`)
      yield* good
      yield* errorOf(bad)
      cut.cancel()
      yield* errorOf(cut)
      expect(String(good)).toBe(`<Task finished name='load' result="page">`)
      expect(String(bad)).toBe(`<Task failed name='fail' exception=RangeError: far>`)
      expect(String(cut)).toBe(`<Task cancelled name='cut'>`)
    })
  })

  test('tasks without a name are numbered; the main one is called main; names can be changed', async () => {
    await runVirtual(function* () {
      expect(currentTask()?.name).toBe('main')
      const [a, b] = [createTask(sleep(0)), createTask(sleep(0))]
      expect(a.name).toMatch(/^Task-\d+$/)
      expect(Number(b.name.slice(5))).toBe(Number(a.name.slice(5)) + 1)
      a.setName('x')
      expect([a.getName(), a.name]).toEqual(['x', 'x'])
      b.name = 'y'
      expect(b.getName()).toBe('y')
      expect(currentTask()?.getName()).toBe('main')
    })
  })
})

describe('createTask', () => {
  test('runs from the next turn on, beside its maker', async () => {
    const log: string[] = []
    await runVirtual(function* () {
      createTask(function* () {
        log.push('child')
      })
      log.push('maker')
      yield
      log.push('maker again')
    })
    expect(log).toEqual(['maker', 'child', 'maker again'])
  })

  test('takes an operation, a coroutine, a generator function and an async function', async () => {
    const made = coroutine(function* (n: number) {
      yield* sleep(1)
      return n
    })
    const results = await runVirtual(function* () {
      const tasks = [
        createTask(after(1, 1)),
        createTask(made(2)),
        createTask(() => made(3)),
        createTask(function* () {
          yield* sleep(1)
          return 4
        }),
        createTask(async () => {
          await sleep(1)
          return 5
        }),
      ]
      const all: number[] = []
      for (const task of tasks) all.push(yield* task)
      return all
    })
    expect(results).toEqual([1, 2, 3, 4, 5])
  })

  test('eagerStart runs the first step at once, with currentTask swapped and swapped back', async () => {
    const log: unknown[] = []
    await runVirtual(function* () {
      const child = createTask(
        function* () {
          log.push(currentTask()?.name, allTasks().length)
          yield* sleep(1)
          log.push(currentTask()?.name)
        },
        { eagerStart: true, name: 'child' },
      )
      log.push(currentTask()?.name)
      yield* child
    })
    expect(log).toEqual(['child', 2, 'main', 'child'])
  })

  test('an eager child that ends at once is done when createTask returns, its error included', async () => {
    await runVirtual(function* () {
      const good = createTask(
        function* () {
          return 5
        },
        { eagerStart: true },
      )
      expect(good.result()).toBe(5)
      const bad = createTask(
        function* () {
          throw new Error('at once')
        },
        { eagerStart: true },
      )
      expect(bad.exception()).toMatchObject({ message: 'at once' })
      const cut = createTask(sleep(5), { eagerStart: true })
      cut.cancel()
      expect(isCancelled(yield* errorOf(cut))).toBe(true)
    })
  })

  test('eagerTaskFactory makes every task of a loop eager', async () => {
    const log: string[] = []
    await runVirtual(function* () {
      getEventLoop().setTaskFactory(eagerTaskFactory)
      expect(getEventLoop().getTaskFactory()).toBe(eagerTaskFactory)
      createTask(function* () {
        log.push('child')
      })
      log.push('maker')
      getEventLoop().setTaskFactory(undefined)
      createTask(function* () {
        log.push('late child')
      })
      log.push('maker again')
      yield
    })
    expect(log).toEqual(['child', 'maker', 'maker again', 'late child'])
  })

  test('with a context the task runs in it and changes it; without, its changes are its own', async () => {
    const user = new ContextVar<string>('user', { default: 'nobody' })
    await runVirtual(function* () {
      const context = copyContext()
      const renames = (name: string) =>
        function* () {
          user.set(name)
          yield* sleep(1)
          return user.get()
        }
      expect(yield* createTask(renames('ann'), { context })).toBe('ann')
      expect(context.get(user)).toBe('ann')
      expect(yield* createTask(renames('bob'))).toBe('bob')
      expect(user.get()).toBe('nobody')
    })
  })

  test('a signal cancels it with its reason; one aborted already cancels it before it runs', async () => {
    await runVirtual(function* () {
      const controller = new AbortController()
      const task = createTask(sleep(10), { signal: controller.signal })
      yield* sleep(1)
      controller.abort('stop it')
      expect(yield* errorOf(task)).toMatchObject({ reason: 'stop it' })
      let ran = false
      const never = createTask(
        function* () {
          ran = true
        },
        { signal: AbortSignal.abort('before') },
      )
      expect(yield* errorOf(never)).toMatchObject({ reason: 'before' })
      expect(ran).toBe(false)
    })
  })
})

describe('who is who', () => {
  test('parent is the task that made it, while both are alive', async () => {
    await runVirtual(function* () {
      const main = currentTask()
      const [child, grandchild] = yield* createTask(function* () {
        const child = createTask(sleep(5))
        expect(child.parent).toBe(currentTask())
        return [child, createTask(sleep(5))] as const
      })
      expect(main?.parent).toBeUndefined()
      expect([child.parent, grandchild.parent]).toEqual([undefined, undefined])
      expect(createTask(sleep(0)).parent).toBe(main)
    })
  })

  test('allTasks lists those not done, in the order made', async () => {
    await runVirtual(function* () {
      const a = createTask(sleep(1))
      const b = createTask(sleep(2))
      expect(allTasks().map(task => task.name)).toEqual(['main', a.name, b.name])
      yield* a
      expect(allTasks().map(task => task.name)).toEqual(['main', b.name])
    })
    expect(currentTask()).toBeUndefined()
  })

  test('getCoro is what it drives, getContext what its variables hold, getLoop its loop', async () => {
    const user = new ContextVar<string>('user')
    const work = coroutine(function* work() {
      yield* sleep(1)
    })
    await runVirtual(function* () {
      const one = work()
      user.set('ann')
      const task = createTask(one)
      expect(task.getCoro()).toBe(one)
      expect(task.getContext().get(user)).toBe('ann')
      expect(task.getLoop()).toBe(getEventLoop())
      yield
      expect(task.getCoro()).toBe(one)
    })
  })

  test('a future set by somebody else is waited for across two loops', async () => {
    const shared = new Future<number>()
    const waiting = runVirtual(() => shared)
    await runVirtual(function* () {
      yield* sleep(1)
      shared.setResult(9)
    })
    expect(await waiting).toBe(9)
  })
})
