import { describe, expect, test } from 'vitest'
import {
  createTask,
  Future,
  gather,
  getEventLoop,
  type Operation,
  shield,
  sleep,
  type Task,
  timeout,
  until,
  wait,
  waitFor,
} from '../src/index.ts'
import { runVirtual } from '../src/testing.ts'
import { collectGarbage, collectUntil } from './collect-garbage.ts'
import { after, errorOf } from './tasks/endings.ts'

const used = () => {
  collectGarbage()
  return process.memoryUsage().heapUsed
}

/** How many wait in line for a future. */
function inLine(future: Future<unknown>): number {
  const waiters = future._waiters
  return waiters === undefined ? 0 : Array.isArray(waiters) ? waiters.length : 1
}

test('cancelled sleeps do not pile up: a hundred thousand of an hour each leave next to nothing', async () => {
  await runVirtual(function* () {
    const before = used()
    for (let round = 0; round < 100; round += 1) {
      const sleepers = Array.from({ length: 1000 }, () => createTask(sleep(3_600_000)))
      yield
      for (const sleeper of sleepers) sleeper.cancel()
      yield
      yield
    }
    expect(used() - before).toBeLessThan(5_000_000)
  })
})

test('timeouts that were not needed do not pile up either', async () => {
  await runVirtual(function* () {
    const before = used()
    for (let n = 0; n < 100_000; n += 1) yield* timeout(3_600_000, function* () {})
    expect(used() - before).toBeLessThan(5_000_000)
  })
})

test('cancelled timers of the loop are let go, with what they hold', async () => {
  const refs: WeakRef<object>[] = []
  // In a function of its own: a suspended generator keeps what its frame last held.
  const one = () => {
    const held = {}
    refs.push(new WeakRef(held))
    const timer = getEventLoop().callLater(3_600_000, () => held)
    timer.cancel()
  }
  await runVirtual(function* () {
    for (let n = 0; n < 1000; n += 1) one()
    yield* until(() => collectUntil(() => refs.every(ref => ref.deref() === undefined)))
    expect(refs.filter(ref => ref.deref() !== undefined)).toHaveLength(0)
  })
})

test('a chain of a hundred thousand tasks, each made by the one before, retains none that ended', async () => {
  const refs: WeakRef<Task<void>>[] = []
  await runVirtual(function* () {
    const before = used()
    const over = new Future<void>()
    const next = (left: number): void => {
      const task = createTask(function* () {
        yield
        if (left === 0) over.setResult()
        else next(left - 1)
      })
      if (left % 10_000 === 1) refs.push(new WeakRef(task))
    }
    next(100_000)
    yield* over
    yield* sleep(1)
    expect(used() - before).toBeLessThan(5_000_000)
    yield* until(() => collectUntil(() => refs.every(ref => ref.deref() === undefined)))
    expect(refs.filter(ref => ref.deref() !== undefined)).toHaveLength(0)
  })
})

test('a task that ended lets go of its coroutine, and of what that held', async () => {
  const refs: WeakRef<object>[] = []
  await runVirtual(function* () {
    const work = function* (held: object) {
      yield* sleep(1)
      return Object.keys(held).length
    }
    const start = () => {
      const held = { big: true }
      refs.push(new WeakRef(held))
      return createTask(work(held))
    }
    const tasks = [start(), start()]
    for (const task of tasks) yield* task
    yield* until(() => collectUntil(() => refs.every(ref => ref.deref() === undefined)))
    expect(refs.filter(ref => ref.deref() !== undefined)).toHaveLength(0)
    expect(tasks.map(task => task.result())).toEqual([1, 1])
  })
})

describe('a wait that was given up leaves nobody in line', () => {
  const givenUp: Record<string, (future: Future<void>) => Operation<unknown>> = {
    shield: function* (future) {
      const task = createTask(shield(future))
      yield* sleep(1)
      task.cancel()
      yield* errorOf(task)
    },
    wait: function* (future) {
      const task = createTask(wait([future]))
      yield* sleep(1)
      task.cancel()
      yield* errorOf(task)
    },
    'wait with a timeout': function* (future) {
      yield* wait([future], { timeoutMs: 1 })
    },
    'wait for the first': function* (future) {
      yield* wait([future, createTask(sleep(1))] as Future<unknown>[], { returnWhen: 'FIRST_COMPLETED' })
    },
    'a shield under a timeout': function* (future) {
      yield* errorOf(timeout(1, shield(future)))
    },
    'waitFor a shield': function* (future) {
      yield* errorOf(waitFor(shield(future), 1))
    },
    'a removed callback': function* (future) {
      const fn = () => {}
      future.addDoneCallback(fn)
      future.removeDoneCallback(fn)
    },
    'an await of a shield in an async function': function* (future) {
      const task = createTask(async () => await shield(future))
      yield* sleep(1)
      task.cancel()
      yield* errorOf(task)
    },
  }

  test.each(Object.entries(givenUp))('%s', async (_name, giveUp) => {
    await runVirtual(function* () {
      const future = new Future<void>()
      for (let n = 0; n < 20; n += 1) yield* giveUp(future)
      yield* sleep(1)
      expect(future.done()).toBe(false)
      expect(inLine(future)).toBe(0)
    })
  })
})

test('gather lets go of its children when the first has failed and all have ended', async () => {
  const refs: WeakRef<object>[] = []
  await runVirtual(function* () {
    const all = () => {
      const children = [1, 2, 3].map(ms => createTask(after(ms, new Error(`${ms}`))))
      refs.push(...children.map(child => new WeakRef(child)))
      return gather(...children)
    }
    yield* errorOf(createTask(all))
    yield* sleep(5)
    yield* until(() => collectUntil(() => refs.every(ref => ref.deref() === undefined)))
    expect(refs.filter(ref => ref.deref() !== undefined)).toHaveLength(0)
  })
})
