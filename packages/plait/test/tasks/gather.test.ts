import { describe, expect, test } from 'vitest'
import {
  asCompleted,
  createTask,
  Future,
  gather,
  gatherSettled,
  getEventLoop,
  InvalidStateError,
  isCancelled,
  MisuseError,
  shield,
  sleep,
  TimeoutError,
  wait,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { after, errorOf } from './endings.ts'

describe('gather', () => {
  test('gives the results in the order listed, run side by side', async () => {
    await runVirtual(function* () {
      expect(yield* gather(after(30, 'a'), after(10, 'b'), () => after(20, 'c'))).toEqual(['a', 'b', 'c'])
      expect(getEventLoop().time()).toBe(30)
      expect(yield* gather()).toEqual([])
    })
  })

  test('throws the first error at once, and the others go on', async () => {
    await runVirtual(function* () {
      const slow = createTask(after(30, 'slow'))
      const error = yield* errorOf(
        gather(slow, after(10, new Error('first')), after(20, new Error('second'))),
      )
      expect(error).toMatchObject({ message: 'first' })
      expect(getEventLoop().time()).toBe(10)
      expect(slow.done()).toBe(false)
      expect(yield* slow).toBe('slow')
    })
  })

  test('one listed twice runs once and gives its result twice; a function listed twice is called twice', async () => {
    await runVirtual(function* () {
      let runs = 0
      const count = function* () {
        yield* sleep(1)
        runs += 1
        return runs
      }
      const once = count()
      expect(yield* gather(once, once)).toEqual([1, 1])
      expect(yield* gather(count, count)).toEqual([2, 3])
    })
  })

  test('cancelling it cancels every child; it ends with the first that has ended, gatherSettled with the last', async () => {
    for (const [collect, end] of [
      [gather, 6],
      [gatherSettled, 11],
    ] as const) {
      await runVirtual(function* () {
        const children = [5, 10].map(ms =>
          createTask(function* () {
            try {
              yield* sleep(1000)
            } finally {
              yield* sleep(ms)
            }
          }),
        )
        const all = createTask<unknown>(collect(...children))
        yield* sleep(1)
        all.cancel('stop')
        expect(isCancelled(yield* errorOf(all))).toBe(true)
        expect(getEventLoop().time()).toBe(end)
        yield* wait(children)
        expect(children.map(child => child.cancelled())).toEqual([true, true])
      })
    }
  })

  test('a cancelled child is an error of it', async () => {
    await runVirtual(function* () {
      const child = createTask(sleep(10))
      const all = createTask(gather(child, after(20, 'x')))
      yield
      child.cancel()
      expect(isCancelled(yield* errorOf(all))).toBe(true)
    })
  })

  test('gatherSettled gives every end as an outcome', async () => {
    await runVirtual(function* () {
      const cut = createTask(sleep(99))
      getEventLoop().callLater(5, () => cut.cancel('cut'))
      const outcomes = yield* gatherSettled(after(10, 1), after(1, new Error('x')), cut)
      expect(outcomes).toMatchObject([
        { kind: 'result', value: 1 },
        { kind: 'error', error: { message: 'x' } },
        { kind: 'error', error: { name: 'CancelledError' } },
      ])
    })
  })
})

describe('wait', () => {
  test('ALL_COMPLETED throws nobody’s error and keeps the order given', async () => {
    await runVirtual(function* () {
      const tasks = [createTask(after(20, 1)), createTask(after(10, new Error('x')))]
      const { done, pending } = yield* wait(tasks)
      expect([...done].map(task => tasks.indexOf(task))).toEqual([0, 1])
      expect(pending.size).toBe(0)
      expect(tasks[1]?.exception()).toMatchObject({ message: 'x' })
    })
  })

  test('FIRST_COMPLETED ends at the first, and leaves the rest running', async () => {
    await runVirtual(function* () {
      const [slow, fast] = [createTask(after(20, 'slow')), createTask(after(10, 'fast'))]
      const { done, pending } = yield* wait([slow, fast], { returnWhen: 'FIRST_COMPLETED' })
      expect([done.has(fast), pending.has(slow)]).toEqual([true, true])
      expect(getEventLoop().time()).toBe(10)
      expect(yield* slow).toBe('slow')
    })
  })

  test('FIRST_EXCEPTION ends at the first error; a cancelled one is none', async () => {
    await runVirtual(function* () {
      const cut = createTask(sleep(99))
      getEventLoop().callLater(1, () => cut.cancel())
      const [good, bad, late] = [1, new Error('x'), 9].map((end, n) => createTask(after(2 + n, end)))
      const { done, pending } = yield* wait([cut, good, bad, late] as never[], {
        returnWhen: 'FIRST_EXCEPTION',
      })
      expect(getEventLoop().time()).toBe(3)
      expect([done.size, pending.size]).toEqual([3, 1])
      expect(bad?.exception()).toBeInstanceOf(Error)
    })
  })

  test('a timeout is no error: what is done by then is done', async () => {
    await runVirtual(function* () {
      const [slow, fast] = [createTask(after(20, 1)), createTask(after(5, 1))]
      const { done, pending } = yield* wait([slow, fast], { timeoutMs: 10 })
      expect([[...done][0] === fast, [...pending][0] === slow]).toEqual([true, true])
      expect(getEventLoop().time()).toBe(10)
      const none = yield* wait([slow], { timeoutMs: 0 })
      expect([none.done.size, none.pending.size]).toEqual([0, 1])
    })
  })

  test('a cancel leaves the tasks alone', async () => {
    await runVirtual(function* () {
      const task = createTask(after(10, 'x'))
      const waiting = createTask(wait([task]))
      yield* sleep(1)
      waiting.cancel()
      expect(isCancelled(yield* errorOf(waiting))).toBe(true)
      expect(yield* task).toBe('x')
    })
  })
})

describe('asCompleted', () => {
  const ends = () => [after(30, 'c'), after(10, 'a'), after(20, 'b')]

  test('gives them in the order they end in: one by one, forEach, toArray, for await', async () => {
    await runVirtual(function* () {
      const seen: string[] = []
      const source = asCompleted(ends())
      for (;;) {
        const { done, value } = yield* source.next()
        if (done === true) break
        seen.push(yield* value)
      }
      yield* asCompleted(ends()).forEach(function* (task) {
        seen.push(yield* task)
      })
      seen.push(...(yield* asCompleted(ends()).toArray()).map(task => task.result()))
      yield* createTask(async () => {
        for await (const task of asCompleted(ends())) seen.push(await task)
      })
      expect(seen.join('')).toBe('abcabcabcabc')
    })
  })

  test('gives the very tasks it was given', async () => {
    await runVirtual(function* () {
      const tasks = [createTask(after(2, 'x')), createTask(after(1, 'y'))]
      const [first, second] = yield* asCompleted(tasks).toArray()
      expect([first === tasks[1], second === tasks[0]]).toEqual([true, true])
    })
  })

  test('after timeoutMs asking for the next one throws TimeoutError; those that ended are still given', async () => {
    await runVirtual(function* () {
      const source = asCompleted(ends(), { timeoutMs: 15 })
      yield* sleep(40)
      const first = yield* source.next()
      expect(first.value?.result()).toBe('a')
      expect(yield* errorOf(source.next())).toBeInstanceOf(TimeoutError)
    })
  })

  test('leaves the tasks running when whoever asks is cancelled', async () => {
    await runVirtual(function* () {
      const task = createTask(after(10, 'x'))
      const source = asCompleted([task])
      const asking = createTask(source.next())
      yield* sleep(1)
      asking.cancel()
      yield* errorOf(asking)
      expect(yield* task).toBe('x')
    })
  })
})

describe('shield', () => {
  test('cancelling whoever waits leaves the inner task running', async () => {
    await runVirtual(function* () {
      const inner = createTask(after(10, 'saved'))
      const outer = createTask(shield(inner))
      yield* sleep(1)
      outer.cancel('go')
      expect(yield* errorOf(outer)).toMatchObject({ reason: 'go' })
      expect(inner.done()).toBe(false)
      expect(yield* inner).toBe('saved')
    })
  })

  test('a cancelled inner task cancels the wait; its result and its error pass through', async () => {
    await runVirtual(function* () {
      const inner = createTask(sleep(10))
      const outer = createTask(shield(inner))
      yield* sleep(1)
      inner.cancel()
      expect(isCancelled(yield* errorOf(outer))).toBe(true)
      expect(yield* shield(after(1, 5))).toBe(5)
      expect(yield* errorOf(shield(after(1, new Error('x'))))).toMatchObject({ message: 'x' })
    })
  })

  test('a done future is waited for without a turn', async () => {
    await runVirtual(function* () {
      const done = new Future<number>()
      done.setResult(1)
      let turns = 0
      getEventLoop().callSoon(() => {
        turns += 1
      })
      expect(yield* shield(done)).toBe(1)
      expect(turns).toBe(0)
    })
  })
})

test('none of these waits can be waited for twice, and each says so', async () => {
  await runVirtual(function* () {
    const task = createTask(after(1, 1))
    for (const call of [gather(task), gatherSettled(task), wait([task]), shield(task)]) {
      yield* call
      expect(yield* errorOf(call)).toBeInstanceOf(MisuseError)
    }
    expect(() => new Future().result()).toThrow(InvalidStateError)
  })
})
