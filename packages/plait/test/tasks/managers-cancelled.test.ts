import { describe, expect, test } from 'vitest'
import {
  AsyncExitStack,
  asynccontextmanager,
  contextmanager,
  coroutine,
  createTask,
  currentTask,
  type Operation,
  sleep,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { between, type Log, moments, type Program, traceOf, tracesOf } from './cancel-everywhere.ts'

/*
 * Managers and stacks against the same program written out with try and finally: cancelled at every wait, and at every
 * two of them, the traces must be the same, with their times.
 */

/** Waits in a coroutine in a coroutine. */
const nested = coroutine(function* (log: Log, what: string) {
  yield* inner(log, what)
  yield* sleep(0)
})
const inner = coroutine(function* (log: Log, what: string) {
  try {
    yield* sleep(1)
  } catch (error) {
    log(`${what} interrupted`)
    throw error
  }
})

/** Opens in three milliseconds; closes in three. */
const opened = asynccontextmanager(function* opened(log: Log, name: string) {
  yield* opening(log, name)
  try {
    yield name.toUpperCase()
  } finally {
    yield* closing(log, name)
  }
})
const openedAsync = asynccontextmanager(async function* openedAsync(log: Log, name: string) {
  await opening(log, name)
  try {
    yield name.toUpperCase()
  } finally {
    await closing(log, name)
  }
})
const opening = coroutine(function* (log: Log, name: string) {
  log(`opening ${name}`)
  yield* sleep(1)
  yield* nested(log, name)
  yield* sleep(1)
  log(`opened ${name}`)
})
const closing = coroutine(function* (log: Log, name: string) {
  log(`closing ${name}`)
  yield* sleep(1)
  yield* nested(log, name)
  yield* sleep(1)
  log(`closed ${name}`)
})

const body = coroutine(function* (log: Log, name: string) {
  log(`body ${name}`)
  yield* sleep(1)
  yield* nested(log, 'body')
  return 'result'
})

function* writtenOut(log: Log): Operation<string> {
  yield* opening(log, 'a')
  try {
    return yield* body(log, 'A')
  } finally {
    yield* closing(log, 'a')
  }
}

async function expectSame(program: Program, model: Program, length: number, onlyBetween = false) {
  const when = moments(length).filter(moment => !onlyBetween || between(moment))
  const [traces, expected] = [await tracesOf(program, when), await tracesOf(model, when)]
  expect(traces.get('never')?.end).toBe(`${length} value result`)
  expect(traces).toEqual(expected)
  const ends = [...traces.values()].map(({ end }) => end.replace(/^\S+ /, ''))
  expect(ends.filter(end => end === 'cancelled').length).toBeGreaterThan(ends.length / 2)
}

describe('a manager is entered and left like the same code written out, cancelled at every wait and every two', () => {
  test('with a body that is an operation, a generator function or a coroutine function', async () => {
    await expectSame(log => opened(log, 'a').with(body(log, 'A')), writtenOut, 8)
    await expectSame(
      log =>
        opened(log, 'a').with(function* (name) {
          return yield* body(log, name)
        }),
      writtenOut,
      8,
    )
    const makes = (log: Log) =>
      coroutine(function* (name: string) {
        return yield* body(log, name)
      })
    await expectSame(log => opened(log, 'a').with(makes(log)), writtenOut, 8)
  })

  test('inside coroutines, and a hundred deep', async () => {
    const dive: (log: Log, depth: number) => Operation<unknown> = coroutine(function* (log, depth) {
      return yield* depth === 0 ? opened(log, 'a').with(name => body(log, name)) : dive(log, depth - 1)
    })
    await expectSame(log => dive(log, 100), writtenOut, 8)
  })

  test('with an async body', async () => {
    const program: Program = log => opened(log, 'a').with(async name => await body(log, name))
    await expectSame(program, writtenOut, 8, true)
  })

  test('from an async function', async () => {
    const program: Program = log => async () =>
      await opened(log, 'a').with(async name => await body(log, name))
    await expectSame(program, writtenOut, 8, true)
  })

  test('made of an async generator', async () => {
    await expectSame(log => openedAsync(log, 'a').with(name => body(log, name)), writtenOut, 8, true)
    const program: Program = log => async () =>
      await openedAsync(log, 'a').with(async name => await body(log, name))
    await expectSame(program, writtenOut, 8, true)
  })

  test('with await using', async () => {
    for (const manager of [opened, openedAsync]) {
      const program: Program = log => async () => {
        await using entered = await manager(log, 'a').enter()
        return await body(log, entered.value)
      }
      await expectSame(program, writtenOut, 8, true)
    }
  })
})

describe('a stack leaves everything it has, cancelled at every wait and every two', () => {
  /** Two managers, a callback that waits, and a sync manager between them. */
  function* stackWrittenOut(log: Log): Operation<string> {
    yield* opening(log, 'a')
    try {
      try {
        log('<b>')
        try {
          yield* opening(log, 'c')
          try {
            return yield* body(log, 'AC')
          } finally {
            yield* closing(log, 'c')
          }
        } finally {
          log('</b>')
        }
      } finally {
        yield* inner(log, 'callback')
        log('called')
      }
    } finally {
      yield* closing(log, 'a')
    }
  }
  const tag = contextmanager(function* (log: Log, name: string) {
    log(`<${name}>`)
    try {
      yield
    } finally {
      log(`</${name}>`)
    }
  })

  test('in generators', async () => {
    const program: Program = log =>
      new AsyncExitStack().with(function* (stack) {
        const a = yield* stack.enter(opened(log, 'a'))
        stack.callback(function* (what: string) {
          yield* inner(log, what)
          log('called')
        }, 'callback')
        yield* stack.enter(tag(log, 'b'))
        const c = yield* stack.enter(opened(log, 'c'))
        return yield* body(log, a + c)
      })
    await expectSame(program, stackWrittenOut, 15)
  })

  test('in async functions, with a body and with await using', async () => {
    const fill = async (stack: AsyncExitStack, log: Log) => {
      const a = await stack.enter(openedAsync(log, 'a'))
      stack.callback(async (what: string) => {
        await inner(log, what)
        log('called')
      }, 'callback')
      await stack.enter(tag(log, 'b'))
      const c = await stack.enter(opened(log, 'c'))
      return await body(log, a + c)
    }
    await expectSame(
      log => () => new AsyncExitStack().with(stack => fill(stack, log)),
      stackWrittenOut,
      15,
      true,
    )
    const block: Program = log => async () => {
      await using stack = new AsyncExitStack()
      return await fill(stack, log)
    }
    await expectSame(block, stackWrittenOut, 15, true)
  })
})

describe('a cancel that comes while an async function stands in a promise of its own', () => {
  /** Leaves in an async function that was cancelled in a bare await, which nothing can interrupt. */
  async function cancelledIn(block: (log: Log, bare: () => Promise<void>) => Promise<unknown>) {
    return await traceOf(
      log => () =>
        block(log, async () => {
          await Promise.resolve()
          currentTask()?.cancel()
          await Promise.resolve()
        }),
    )
  }

  test.each([opened, openedAsync])('is thrown after the block was left (%#)', async manager => {
    const { log, end } = await cancelledIn(async (log, bare) => {
      {
        await using entered = await manager(log, 'a').enter()
        await bare()
        log(`end of ${entered.value}`)
      }
      log('left')
      await sleep(5)
      log('never')
    })
    expect(log).toEqual(['0 opening a', '3 opened a', '3 end of A', '3 closing a', '6 closed a', '6 left'])
    expect(end).toBe('6 cancelled')
  })

  test('is thrown after a stack was closed, all of it', async () => {
    const { log, end } = await cancelledIn(async (log, bare) => {
      const stack = new AsyncExitStack()
      await stack.enter(opened(log, 'a'))
      stack.callback(() => log('plain'))
      await stack.enter(openedAsync(log, 'b'))
      await bare()
      await stack.close()
      log('closed')
    })
    expect(log.slice(4)).toEqual([
      '6 closing b',
      '9 closed b',
      '9 plain',
      '9 closing a',
      '12 closed a',
      '12 closed',
    ])
    expect(end).toBe('12 cancelled')
  })

  test('is thrown at the next wait if leaving has none', async () => {
    const { log, end } = await cancelledIn(async (log, bare) => {
      const stack = new AsyncExitStack()
      stack.callback(() => log('plain'))
      await bare()
      await stack.close()
      log('left')
      await sleep(5)
      log('never')
    })
    expect(log).toEqual(['0 plain', '0 left'])
    expect(end).toBe('0 cancelled')
  })

  test('leaves a task alone that has ended meanwhile', async () => {
    await runVirtual(function* () {
      const task = createTask(async () => {
        const stack = new AsyncExitStack()
        stack.callback(() => sleep(1))
        await Promise.resolve()
        currentTask()?.cancel()
        void stack.close().then(undefined, () => {})
        return 'result'
      })
      yield* sleep(5)
      expect(task.result()).toBe('result')
    })
  })
})

describe('a cancel that interrupts leaving', () => {
  test('is thrown by close', async () => {
    const { log, end } = await traceOf(
      log => async () => {
        const stack = new AsyncExitStack()
        stack.callback(() => sleep(5))
        try {
          await stack.close()
        } catch (error) {
          log(String(error))
          throw error
        }
      },
      [{ at: 1 }],
    )
    expect(log).toEqual(['1 CancelledError'])
    expect(end).toBe('1 cancelled')
  })

  test('is thrown after a block, which has its value already', async () => {
    const { log, end } = await traceOf(
      log => async () => {
        {
          await using stack = new AsyncExitStack()
          stack.callback(() => sleep(5))
        }
        log('left')
        await sleep(5)
        log('never')
      },
      [{ at: 1 }],
    )
    expect(log).toEqual(['1 left'])
    expect(end).toBe('1 cancelled')
  })

  test('is told from the cancel of something else, and from an error', async () => {
    const { log, end } = await traceOf(log => async () => {
      const other = createTask(sleep(5))
      {
        await using stack = new AsyncExitStack()
        stack.callback(() => other)
        other.cancel()
      }
      log('never')
    })
    expect(log).toEqual([])
    expect(end).toBe('0 cancelled')
    const failing = await traceOf(
      log => async () => {
        try {
          await using stack = new AsyncExitStack()
          stack.callback(() => {
            throw new RangeError('no')
          })
          await sleep(5)
        } catch (error) {
          const { error: own, suppressed } = error as SuppressedError
          log(`${own} over ${suppressed}`)
        }
      },
      [{ at: 1 }],
    )
    expect(failing.log).toEqual(['1 RangeError: no over CancelledError'])
  })
})
