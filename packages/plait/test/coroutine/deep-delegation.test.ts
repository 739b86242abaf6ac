import { describe, expect, test } from 'vitest'
import { type Coroutine, coroutine, GeneratorExit } from '../../src/coroutine.ts'
import { createTask, isCancelled, sleep } from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'

const DEPTH = 10_000

type Two<T> = Generator<unknown, T, unknown>
type Deep = Coroutine<number, unknown, unknown>

interface Seen {
  exits: number
  finals: number
}

/** Suspends twice at the very bottom; adds one on each way up. */
const dive = coroutine(function* dive(depth: number, seen: Seen): Two<number> {
  try {
    if (depth === 0) return ((yield 'bottom') as number) + ((yield 'again') as number)
    return 1 + (yield* dive(depth - 1, seen) as Iterable<unknown> as Deep)
  } catch (error) {
    if (error instanceof GeneratorExit) seen.exits += 1
    throw error
  } finally {
    seen.finals += 1
  }
}) as (depth: number, seen: Seen) => Deep

describe(`${DEPTH} coroutines deep, by hand`, () => {
  test('a chain is entered, resumed at the bottom, and returns through every level', () => {
    const seen = { exits: 0, finals: 0 }
    const root = dive(DEPTH, seen)
    expect(root.next()).toEqual({ done: false, value: 'bottom' })
    expect(root.send(20)).toEqual({ done: false, value: 'again' })
    expect(root.send(3)).toEqual({ done: true, value: DEPTH + 23 })
    expect(seen).toEqual({ exits: 0, finals: DEPTH + 1 })
  })

  test('an error thrown at the bottom passes every level', () => {
    const seen = { exits: 0, finals: 0 }
    const root = dive(DEPTH, seen)
    root.next()
    const error = new Error('from the bottom')
    expect(() => root.throw(error)).toThrow(error)
    expect(seen).toEqual({ exits: 0, finals: DEPTH + 1 })
    expect(root.state).toBe('closed')
  })

  test('close reaches every level', () => {
    const seen = { exits: 0, finals: 0 }
    const root = dive(DEPTH, seen)
    root.next()
    root.close()
    expect(seen).toEqual({ exits: DEPTH + 1, finals: DEPTH + 1 })
  })
})

/** Grows one level a step, so that no step is entered deep: the stack of the engine stays flat at any depth. */
const grow = coroutine(function* grow(depth: number): Generator<undefined, number, void> {
  yield
  return depth === 0 ? 0 : 1 + (yield* grow(depth - 1) as Iterable<unknown> as Coroutine<number, undefined, void>)
}) as (depth: number) => Coroutine<number, undefined, void>

test('a chain that grows a level a step is driven to any depth by hand', () => {
  const root = grow(DEPTH * 5)
  let steps = 0
  let result = root.next()
  while (result.done !== true) {
    steps += 1
    result = root.next()
  }
  expect(result.value).toBe(DEPTH * 5)
  expect(steps).toBe(DEPTH * 5 + 1)
})

describe(`${DEPTH} coroutines deep, in a task`, () => {
  const descend = coroutine(function* descend(depth: number, seen: Seen): Generator<never, number, never> {
    try {
      if (depth === 0) {
        yield* sleep(1) as never
        yield* sleep(0) as never
        return 0
      }
      return 1 + (yield* descend(depth - 1, seen) as never)
    } finally {
      seen.finals += 1
    }
  }) as (depth: number, seen: Seen) => Coroutine<number>

  test('a chain waits at the bottom and returns through every level', async () => {
    const seen = { exits: 0, finals: 0 }
    expect(await runVirtual(descend(DEPTH, seen))).toBe(DEPTH)
    expect(seen.finals).toBe(DEPTH + 1)
  })

  test('a cancel reaches the bottom and passes every level', async () => {
    const seen = { exits: 0, finals: 0 }
    await runVirtual(function* () {
      const task = createTask(descend(DEPTH, seen))
      yield* sleep(0.5)
      task.cancel('enough')
      try {
        yield* task
        expect.unreachable()
      } catch (error) {
        expect(isCancelled(error)).toBe(true)
      }
      expect(task.cancelled()).toBe(true)
    })
    expect(seen.finals).toBe(DEPTH + 1)
  })
})
