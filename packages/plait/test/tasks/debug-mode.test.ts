import { describe, expect, test } from 'vitest'
import { coroutine, createTask, currentTask, sleep, type Task, until } from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { errorOf } from './endings.ts'
import { reports } from './reports.ts'

describe('debug mode reports', () => {
  test('a coroutine, a sleep and a call that were made and never waited for, with the place', async () => {
    const cold = coroutine(function* cold() {})
    const told = await reports(
      function* () {
        cold()
        sleep(10)
        until(() => Promise.resolve())
        yield
      },
      { debug: true },
    )
    const messages = told.map(context => context.message)
    expect(messages.length).toBe(3)
    for (const [n, name] of ['cold', 'sleep(…)', 'until(…)'].entries()) {
      expect(messages[n]).toContain(`${name} was made and never waited for`)
      expect(messages[n]).toMatch(/made at .*debug-mode\.test\.ts/)
      expect(messages[n]).toContain('yield*')
    }
  })

  test('nothing of what was waited for, in either color, driven by hand, or given to a task', async () => {
    const work = coroutine(function* work() {
      yield* sleep(1)
    })
    const told = await reports(
      async () => {
        await work()
        await sleep(1)
        await createTask(work())
        const byHand = work()
        byHand.next()
        byHand.close()
        work().close()
      },
      { debug: true },
    )
    expect(told).toEqual([])
  })

  test('a swallowed cancel, and none that uncancel() took back', async () => {
    const told = await reports(
      function* () {
        const stay = (takeBack: boolean) =>
          function* () {
            try {
              yield* sleep(100)
            } catch {
              if (takeBack) currentTask()?.uncancel()
            }
          }
        const tasks = [createTask(stay(false), { name: 'deaf' }), createTask(stay(true), { name: 'polite' })]
        yield
        for (const task of tasks) task.cancel()
        for (const task of tasks) yield* task
      },
      { debug: true },
    )
    expect(told.map(context => context.title)).toEqual(['deaf'])
    expect(told[0]?.message).toContain('isCancelled(error)')
  })

  test('a slow step, with the name of the task', async () => {
    const told = await reports(
      function* () {
        const slow = createTask(
          function* () {
            const end = performance.now() + 30
            while (performance.now() < end);
          },
          { name: 'hog' },
        )
        yield* slow
      },
      { debug: true, slowStepMs: 20 },
    )
    expect(told.filter(context => context.title === 'hog')).toHaveLength(1)
    expect(told[0]?.message).toMatch(/a step of hog took \d+ ms/)
  })
})

describe('stack traces', () => {
  test('show the chain of coroutines an error came through, its task, and who made that', async () => {
    const leaf = coroutine(function* leaf() {
      yield* sleep(1)
      throw new Error('deep')
    })
    const middle = coroutine(function* middle() {
      yield* leaf()
    })
    const top = coroutine(function* top() {
      yield* middle()
    })
    let stack = ''
    await runVirtual(function* () {
      const error = yield* errorOf(createTask(top(), { name: 'worker' }))
      stack = (error as Error).stack ?? ''
    })
    const lines = stack.split('\n').map(line => line.trim())
    const tail = lines.slice(-5)
    expect(tail).toEqual([
      'at coroutine leaf',
      'at coroutine middle',
      'at coroutine top',
      'in task worker',
      'made by task main',
    ])
    expect(stack).toMatch(/debug-mode\.test\.ts/)
  })

  test('are added once, by the task the error ended first, and not to errors that cannot change', async () => {
    await runVirtual(function* () {
      const inner: Task<void> = createTask(
        function* () {
          throw new Error('once')
        },
        { name: 'inner' },
      )
      const outer = createTask(() => inner, { name: 'outer' })
      const error = (yield* errorOf(outer)) as Error
      expect(error.stack?.match(/in task/g)).toHaveLength(1)
      expect(error.stack).toContain('in task inner')
      const frozen = Object.freeze(new Error('frozen'))
      expect(
        yield* errorOf(
          createTask(function* () {
            throw frozen
          }),
        ),
      ).toBe(frozen)
    })
  })
})
