import { describe, expect, test } from 'vitest'
import { type Coroutine, coroutine, GeneratorExit } from '../../src/coroutine.ts'
import { createTask, isCancelled, type Operation, sleep } from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'

const DEPTH = 10_000

class Counts {
  exits = 0
  finals = 0
}

type Two<T> = Generator<unknown, T, unknown>
type Deep = Coroutine<number, unknown, unknown>

/** Delegates all the way down in one step, suspends twice at the very bottom, and adds one on each way up. */
const dive: (depth: number, counts: Counts) => Deep = coroutine(function* (
  depth: number,
  counts: Counts,
): Two<number> {
  try {
    if (depth === 0) return ((yield 'bottom') as number) + ((yield 'again') as number)
    return 1 + (yield* dive(depth - 1, counts))
  } catch (error) {
    if (error instanceof GeneratorExit) counts.exits += 1
    throw error
  } finally {
    counts.finals += 1
  }
})

describe(`${DEPTH} coroutines entered in one step`, () => {
  test('resumed at the bottom, they return through every level', () => {
    const counts = new Counts()
    const root = dive(DEPTH, counts)
    expect(root.next()).toEqual({ done: false, value: 'bottom' })
    expect(root.send(20)).toEqual({ done: false, value: 'again' })
    expect(root.send(3)).toEqual({ done: true, value: DEPTH + 23 })
    expect(counts).toEqual({ exits: 0, finals: DEPTH + 1 })
  })

  test('an error thrown at the bottom passes every level', () => {
    const counts = new Counts()
    const root = dive(DEPTH, counts)
    root.next()
    const error = new Error('from the bottom')
    expect(() => root.throw(error)).toThrow(error)
    expect(counts).toEqual({ exits: 0, finals: DEPTH + 1 })
    expect(root.state).toBe('closed')
  })

  test('close reaches every level', () => {
    const counts = new Counts()
    const root = dive(DEPTH, counts)
    root.next()
    root.close()
    expect(counts).toEqual({ exits: DEPTH + 1, finals: DEPTH + 1 })
  })
})

/** Grows a level a step, so that no step is entered deep. */
const grow: (depth: number, counts: Counts) => Coroutine<number, undefined, void> = coroutine(function* (
  depth: number,
  counts: Counts,
): Generator<undefined, number, void> {
  try {
    yield
    return depth === 0 ? 0 : 1 + (yield* grow(depth - 1, counts))
  } finally {
    counts.finals += 1
  }
})

describe('a chain that grows a level a step', () => {
  test(`is driven by hand to depth ${DEPTH}, and returns through every level`, () => {
    const counts = new Counts()
    const root = grow(DEPTH, counts)
    let steps = 0
    let result = root.next()
    for (; result.done !== true; result = root.next()) steps += 1
    expect(result.value).toBe(DEPTH)
    expect(steps).toBe(DEPTH + 1)
    expect(counts.finals).toBe(DEPTH + 1)
  })

  test(`is thrown into, and closed, at depth ${DEPTH}`, () => {
    for (const end of ['throw', 'close'] as const) {
      const counts = new Counts()
      const root = grow(DEPTH, counts)
      for (let level = 0; level <= DEPTH; level += 1) root.next()
      if (end === 'close') root.close()
      else expect(() => root.throw(new Error('stop'))).toThrow('stop')
      expect(counts.finals).toBe(DEPTH + 1)
    }
  })

  test(`is driven by a task to depth ${DEPTH}`, async () => {
    const counts = new Counts()
    // In a task its bare yields give way for a turn each.
    const root = grow(DEPTH, counts) as unknown as Coroutine<number>
    expect(await runVirtual(root)).toBe(DEPTH)
    expect(counts.finals).toBe(DEPTH + 1)
  })

  test('costs as many steps of the engine at any depth: a resume at the bottom does not walk the chain', () => {
    // Counted, not timed: frames are made countable by a getter on the links a walk would have to follow.
    const root = grow(DEPTH, new Counts())
    for (let level = 0; level < DEPTH; level += 1) root.next()
    let looks = 0
    for (let frame: unknown = root; frame !== undefined; ) {
      const next = (frame as { _inner: unknown })._inner
      Object.defineProperty(frame, '_inner', {
        configurable: true,
        get: () => {
          looks += 1
          return next
        },
        set: value => {
          Object.defineProperty(root, '_inner', { configurable: true, writable: true, value })
        },
      })
      frame = next
    }
    root.next()
    expect(looks).toBeLessThan(100)
  })
})

describe(`${DEPTH} coroutines entered in one step of a task`, () => {
  const descend: (depth: number, counts: Counts) => Coroutine<number> = coroutine(function* (
    depth: number,
    counts: Counts,
  ): Operation<number> {
    try {
      if (depth === 0) {
        yield* sleep(1)
        yield* sleep(0)
        return 0
      }
      return 1 + (yield* descend(depth - 1, counts))
    } finally {
      counts.finals += 1
    }
  } as (depth: number, counts: Counts) => Operation<number>)

  test('they wait at the bottom and return through every level', async () => {
    const counts = new Counts()
    expect(await runVirtual(descend(DEPTH, counts))).toBe(DEPTH)
    expect(counts.finals).toBe(DEPTH + 1)
  })

  test('a cancel reaches the bottom and passes every level', async () => {
    const counts = new Counts()
    await runVirtual(function* () {
      const task = createTask(descend(DEPTH, counts))
      yield* sleep(0.5)
      task.cancel('enough')
      const error: unknown = yield* ended(task)
      expect(isCancelled(error)).toBe(true)
    })
    expect(counts.finals).toBe(DEPTH + 1)
  })
})

function* ended(task: Operation<unknown>) {
  try {
    yield* task
  } catch (error) {
    return error
  }
}
