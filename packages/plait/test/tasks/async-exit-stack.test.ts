import { describe, expect, test } from 'vitest'
import {
  AsyncExitStack,
  asynccontextmanager,
  CancelledError,
  closing,
  contextmanager,
  coroutine,
  createTask,
  currentTask,
  ExitStack,
  Future,
  getEventLoop,
  isCancelled,
  type MisuseError,
  nullcontext,
  type Operation,
  sleep,
  suppress,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { type Action, exit, model, plain, programs } from '../coroutine/exit-programs.ts'
import { causesOf } from './cancel-everywhere.ts'
import { errorOf } from './endings.ts'

const code = function* (what: Operation<unknown>): Operation<string> {
  return ((yield* errorOf(what)) as MisuseError).code
}

const session = asynccontextmanager(function* session(log: unknown[], name: string) {
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
})

const tag = contextmanager(function* tag(log: unknown[], name: string) {
  log.push(`<${name}>`)
  try {
    yield name.toUpperCase()
  } finally {
    log.push(`</${name}>`)
  }
})

/** The exits of every color: plain, generator function, coroutine function, async, and functions that return these. */
const colorings: ((exit: (error: unknown) => unknown) => (error: unknown) => unknown)[] = [
  exit => exit,
  exit =>
    function* (error) {
      yield* sleep(1)
      return exit(error)
    },
  exit =>
    coroutine(function* (error: unknown) {
      yield* sleep(0)
      return exit(error)
    }),
  exit => async error => {
    await sleep(1)
    return exit(error)
  },
  exit => error => createTask(async () => exit(error)),
]

describe('every stack of up to three exits of mixed colors, around a body that ends well or not', () => {
  test('tells each exit what the model says, and ends as it says', async () => {
    await runVirtual(function* () {
      let color = 0
      for (const { exits, fails } of programs(3)) {
        const first = new Error('first')
        const log: unknown[] = []
        const fill = (stack: AsyncExitStack, action: Action, i: number) => {
          color += 1
          stack.push(
            (colorings[color % colorings.length] as (typeof colorings)[0])(exit(action, i, log, first)),
          )
        }
        let end: unknown
        try {
          end = yield* new AsyncExitStack().with(function* (stack) {
            for (const [i, action] of exits.entries()) fill(stack, action, i)
            yield* sleep(1)
            if (fails) throw first
            return 'body'
          })
        } catch (error) {
          end = error
        }
        const expected = model(exits, fails, first)
        expect({ log: log.map(plain), end: plain(end) }, `${exits} ${fails}`).toEqual(expected)
      }
      expect(color).toBeGreaterThan(5 * 125)
    })
  })
})

describe('what is left', () => {
  test('goes last in, first out, whatever its kind', async () => {
    await runVirtual(function* () {
      const log: unknown[] = []
      const result = yield* new AsyncExitStack().with(function* (stack) {
        log.push(yield* stack.enter(session(log, 'a')))
        log.push(yield* stack.enter(tag(log, 'b')))
        const thing = { [Symbol.dispose]: () => log.push('disposed') }
        expect(yield* stack.enter(thing)).toBe(thing)
        yield* stack.enter({
          async [Symbol.asyncDispose]() {
            await sleep(1)
            log.push('disposed, after a wait')
          },
          [Symbol.dispose]: () => expect.unreachable(),
        })
        const file = {
          async close() {
            await sleep(1)
            log.push('file closed')
          },
        }
        expect(yield* stack.enter(closing(file))).toBe(file)
        expect(yield* stack.enter(nullcontext(7))).toBe(7)
        stack.callback((...args: unknown[]) => void log.push(...args), 1, 'two')
        return 5
      })
      expect(result).toBe(5)
      const left = [1, 'two', 'file closed', 'disposed, after a wait', 'disposed', '</b>', '</a>']
      expect(log).toEqual(['<a>', 'A', '<b>', 'B', ...left])
      expect(getEventLoop().time()).toBe(4)
    })
  })

  test('takes no turn where nothing waits', async () => {
    await runVirtual(function* () {
      const log: string[] = []
      getEventLoop().callSoon(() => log.push('a turn'))
      yield* new AsyncExitStack().with(function* (stack) {
        yield* stack.enter(nullcontext())
        stack.callback(() => log.push('left'))
      })
      log.push('end')
      yield* sleep(0)
      expect(log).toEqual(['left', 'end', 'a turn'])
    })
  })

  test('runs in the task it is left by, whatever its color', async () => {
    await runVirtual(function* () {
      const stack = new AsyncExitStack()
      const seen: unknown[] = []
      const note = () => seen.push(currentTask()?.name)
      stack.callback(note)
      stack.callback(async () => {
        note()
        await sleep(1)
        note()
      })
      yield* createTask(stack.close(), { name: 'closer' })
      expect(seen).toEqual(['closer', 'closer', 'closer'])
    })
  })

  test('is told the error of the body, and what it throws in its place has that as its cause', async () => {
    await runVirtual(function* () {
      const log: unknown[] = []
      const error = yield* errorOf(
        new AsyncExitStack().with(async stack => {
          stack.push(async error => {
            await sleep(1)
            throw new Error('third', { cause: error })
          })
          await stack.enter(session(log, 'a'))
          stack.callback(function* () {
            yield* sleep(1)
            throw new TypeError('second')
          })
          throw new RangeError('body')
        }),
      )
      expect(causesOf(error)).toBe('third after second after body')
      expect(log.map(plain)).toEqual(['<a>', 'error second', '</a>'])
    })
  })

  test('may swallow only by giving true itself', async () => {
    await runVirtual(function* () {
      const yes = async () => true
      for (const fill of [
        (stack: AsyncExitStack) => stack.push(async () => 1),
        (stack: AsyncExitStack) => stack.callback(yes),
        (stack: AsyncExitStack) => createTask(stack.enter({ [Symbol.asyncDispose]: yes } as never)),
        (stack: AsyncExitStack) => createTask(stack.enter(closing({ close: yes }))),
      ]) {
        const error = yield* errorOf(
          new AsyncExitStack().with(function* (stack) {
            fill(stack)
            yield* sleep(1)
            throw 'no'
          }),
        )
        expect(error).toBe('no')
      }
      const ended = yield* new AsyncExitStack().with(function* (stack) {
        yield* stack.enter(suppress(RangeError))
        throw new RangeError('no')
      })
      expect(ended).toBeUndefined()
    })
  })

  test('may swallow a cancel, if it says so; suppress has to name it', async () => {
    await runVirtual(function* () {
      const endOf = function* (fill: (stack: AsyncExitStack) => Operation<unknown>) {
        const task = createTask(
          new AsyncExitStack().with(function* (stack) {
            yield* fill(stack)
            yield* new Future<void>()
          }),
        )
        yield* sleep(1)
        task.cancel()
        return yield* suppress(CancelledError).with(function* () {
          yield* task
          return 'swallowed'
        })
      }
      expect(yield* endOf(stack => stack.enter(suppress(Error)))).toBeUndefined()
      expect(yield* endOf(stack => stack.enter(suppress(CancelledError)))).toBe('swallowed')
    })
  })

  test('may be given more to leave while it is leaving', async () => {
    await runVirtual(function* () {
      const log: string[] = []
      const stack = new AsyncExitStack()
      stack.callback(async () => {
        await sleep(1)
        stack.callback(() => log.push('late'))
      })
      yield* stack.close()
      expect(log).toEqual(['late'])
    })
  })
})

describe('a stack', () => {
  test('is left by close, once, and by await using', async () => {
    await runVirtual(async () => {
      const log: unknown[] = []
      {
        await using stack = new AsyncExitStack()
        await stack.enter(session(log, 'a'))
        await stack.close()
        await stack.close()
        log.push('end')
      }
      expect(log).toEqual(['<a>', '</a>', 'end'])
      const failing = async () => {
        await using stack = new AsyncExitStack()
        stack.push(error => log.push(error))
        throw new RangeError('no')
      }
      await expect(failing()).rejects.toThrow(RangeError)
      expect(log.at(-1)).toBeUndefined()
    })
  })

  test('gives all it has to another one', async () => {
    await runVirtual(function* () {
      const log: unknown[] = []
      const kept = yield* new AsyncExitStack().with(function* (stack) {
        yield* stack.enter(session(log, 'a'))
        const all = stack.popAll()
        stack.callback(() => log.push('the first one ends'))
        return all
      })
      expect(log).toEqual(['<a>', 'the first one ends'])
      yield* (kept as AsyncExitStack).close()
      expect(log.at(-1)).toBe('</a>')
    })
  })

  test('in another one, of either kind, is told the error as well', async () => {
    await runVirtual(function* () {
      for (const inner of [new AsyncExitStack(), new ExitStack()]) {
        const log: unknown[] = []
        const result = yield* new AsyncExitStack().with(function* (outer) {
          yield* outer.enter(inner)
          inner.push(error => log.push(error) > 0)
          throw 'no'
        })
        expect(log).toEqual(['no'])
        expect(result).toBeUndefined()
      }
    })
  })

  test('that is closed takes nothing more, and enters nothing', async () => {
    await runVirtual(function* () {
      const log: unknown[] = []
      const stack = new AsyncExitStack()
      yield* stack.with(sleep(1))
      expect(yield* code(stack.enter(session(log, 'a')))).toBe('stackClosed')
      expect(yield* code(stack.enter(tag(log, 'b')))).toBe('stackClosed')
      expect(yield* code(stack.with(sleep(1)))).toBe('stackClosed')
      expect(() => stack.push(() => {})).toThrow('closed')
      expect(() => stack.callback(() => {})).toThrow('closed')
      expect(log).toEqual([])
    })
  })

  test('that is closed while something enters leaves that at once', async () => {
    await runVirtual(function* () {
      const log: unknown[] = []
      const stack = new AsyncExitStack()
      const entering = createTask(stack.enter(session(log, 'a')))
      yield* sleep(0)
      yield* stack.close()
      expect(yield* code(entering)).toBe('stackClosed')
      expect(log).toEqual(['<a>', expect.objectContaining({ code: 'stackClosed' }), '</a>'])
    })
  })

  test('refuses what it cannot leave', async () => {
    await runVirtual(function* () {
      const stack = new AsyncExitStack()
      for (const wrong of [undefined, null, 5, {}, () => {}] as never[])
        expect(yield* code(stack.enter(wrong))).toBe('notEnterable')
      expect(() => stack.push(5 as never)).toThrow('function')
      expect(() => stack.callback('x' as never)).toThrow('function')
    })
  })

  test('that was cancelled twice keeps both reasons, and every exit has run', async () => {
    await runVirtual(function* () {
      const log: string[] = []
      const task = createTask(
        new AsyncExitStack().with(function* (stack) {
          for (const name of ['c', 'b', 'a'])
            stack.callback(async () => {
              log.push(`leaving ${name}`)
              await sleep(5)
              log.push(`left ${name}`)
            })
          yield* new Future<void>()
        }),
      )
      yield* sleep(1)
      task.cancel('one')
      yield* sleep(2)
      task.cancel('two')
      const error = yield* errorOf(task)
      expect(isCancelled(error)).toBe(true)
      expect(causesOf(error)).toBe('two after one')
      expect(log).toEqual(['leaving a', 'leaving b', 'left b', 'leaving c', 'left c'])
    })
  })
})
