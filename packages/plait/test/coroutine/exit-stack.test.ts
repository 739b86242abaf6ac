import { describe, expect, test } from 'vitest'
import { contextmanager, ExitStack, MisuseError } from '../../src/coroutine.ts'
import { causes, exit, model, plain, programs } from './exit-programs.ts'
import { errorOf } from './thrown.ts'

const tag = (log: unknown[]) =>
  contextmanager(function* tag(name: string) {
    log.push(`<${name}>`)
    try {
      yield name.toUpperCase()
    } catch (error) {
      log.push(error)
      throw error
    } finally {
      log.push(`</${name}>`)
    }
  })

const disposable = (log: unknown[], name: string) => ({
  [Symbol.dispose]: () => log.push(`disposed ${name}`),
})
const code = (act: () => unknown) => (errorOf(act) as MisuseError).code

describe('every stack of up to four exits, around a body that ends well or not', () => {
  test('tells each exit what the model says, and ends as it says', () => {
    let count = 0
    for (const { exits, fails } of programs(4)) {
      const first = new Error('first')
      const log: unknown[] = []
      let end: unknown
      try {
        end = new ExitStack().with(stack => {
          for (const [i, action] of exits.entries()) stack.push(exit(action, i, log, first))
          if (fails) throw first
          return 'body'
        })
      } catch (error) {
        end = error
      }
      const expected = model(exits, fails, first)
      expect({ log: log.map(plain), end: plain(end) }, `${exits} ${fails}`).toEqual(expected)
      count += 1
    }
    expect(count).toBe(2 * (1 + 5 + 25 + 125 + 625))
  })
})

describe('what is left', () => {
  test('goes last in, first out: managers, disposables, exits and callbacks', () => {
    const log: unknown[] = []
    const result = new ExitStack().with(stack => {
      log.push(stack.enter(tag(log)('a')))
      const thing = disposable(log, 'd')
      expect(stack.enter(thing)).toBe(thing)
      stack.push(error => log.push(error))
      stack.callback((one: number, two: string) => log.push(one, two), 1, 'two')
      return 5
    })
    expect(result).toBe(5)
    expect(log).toEqual(['<a>', 'A', 1, 'two', undefined, 'disposed d', '</a>'])
  })

  test('is told the error of the body, and what it throws in its place has that as its cause', () => {
    const log: unknown[] = []
    const body = new RangeError('body')
    const error = errorOf(() =>
      new ExitStack().with(stack => {
        stack.push(error => {
          throw new Error('third', { cause: error })
        })
        stack.enter(tag(log)('a'))
        stack.push(() => {
          throw new TypeError('second')
        })
        stack.enter(tag(log)('b'))
        throw body
      }),
    )
    expect(causes(error)).toEqual(['third', 'second', 'body'])
    expect(log.map(plain)).toEqual(['<a>', '<b>', 'error body', '</b>', 'error second', '</a>'])
  })

  test('may swallow only by returning true itself', () => {
    for (const answer of [1, 'yes', {}, [true]]) {
      const error = errorOf(() =>
        new ExitStack().with(stack => {
          stack.push(() => answer)
          stack.callback(() => true)
          stack.enter({ [Symbol.dispose]: () => true } as unknown as Disposable)
          throw 'no'
        }),
      )
      expect(error).toBe('no')
    }
  })

  test('may fail with anything, undefined too', () => {
    const error = errorOf(() =>
      new ExitStack().with(stack => {
        stack.callback(() => {
          throw undefined
        })
      }),
    )
    expect(error).toBeUndefined()
  })

  test('may be given more to leave while it is leaving', () => {
    const log: string[] = []
    const stack = new ExitStack()
    stack.callback(() => stack.callback(() => log.push('late')))
    stack.close()
    expect(log).toEqual(['late'])
  })
})

describe('a stack', () => {
  test('is left by close, once, and by using', () => {
    const log: unknown[] = []
    {
      using stack = new ExitStack()
      stack.enter(tag(log)('a'))
      stack.close()
      stack.close()
      log.push('end')
    }
    expect(log).toEqual(['<a>', '</a>', 'end'])
    expect(() => {
      using stack = new ExitStack()
      stack.push(error => log.push(error))
      throw new RangeError('no')
    }).toThrow(RangeError)
    expect(log.at(-1)).toBeUndefined()
  })

  test('gives all it has to another one', () => {
    const log: unknown[] = []
    const kept = new ExitStack().with(stack => {
      stack.enter(tag(log)('a'))
      const all = stack.popAll()
      stack.callback(() => log.push('the first one ends'))
      return all
    })
    expect(log).toEqual(['<a>', 'the first one ends'])
    kept?.close()
    expect(log.at(-1)).toBe('</a>')
  })

  test('in another one is told the error as well', () => {
    const log: unknown[] = []
    const result = new ExitStack().with(outer => {
      const inner = outer.enter(new ExitStack())
      inner.push(error => log.push(error) > 0)
      throw 'no'
    })
    expect(log).toEqual(['no'])
    expect(result).toBeUndefined()
  })

  test('keeps what was entered before something that could not be', () => {
    const log: unknown[] = []
    const broken = contextmanager(function* (): Generator<void, void, unknown> {
      throw new RangeError('broken')
    })
    expect(() =>
      new ExitStack().with(stack => {
        stack.enter(tag(log)('a'))
        stack.enter(broken())
      }),
    ).toThrow('broken')
    expect(log.map(plain)).toEqual(['<a>', 'error broken', '</a>'])
  })

  test('that is closed takes nothing more, and enters nothing', () => {
    const log: unknown[] = []
    const stack = new ExitStack()
    stack.with(() => {})
    expect(code(() => stack.enter(tag(log)('a')))).toBe('stackClosed')
    expect(code(() => stack.enter(disposable(log, 'd')))).toBe('stackClosed')
    expect(code(() => stack.push(() => {}))).toBe('stackClosed')
    expect(code(() => stack.callback(() => {}))).toBe('stackClosed')
    expect(code(() => stack.with(() => {}))).toBe('stackClosed')
    expect(log).toEqual([])
  })

  test('refuses what it cannot leave, where it is handed in', () => {
    const stack = new ExitStack()
    for (const wrong of [undefined, null, 5, {}, () => {}, { [Symbol.asyncDispose]() {} }] as never[]) {
      expect(code(() => stack.enter(wrong))).toBe('notEnterable')
    }
    expect(() => stack.push(5 as never)).toThrow(MisuseError)
    expect(() => stack.callback('x' as never)).toThrow(MisuseError)
  })

  test('refuses an exit that would have to be waited for, and leaves the others', () => {
    const exits: (() => unknown)[] = [async () => {}, function* () {}, () => Promise.resolve(true)]
    for (const exit of exits) {
      const log: unknown[] = []
      for (const way of ['push', 'callback'] as const) {
        const stack = new ExitStack()
        stack.enter(tag(log)('a'))
        stack[way](exit)
        expect(code(() => stack.close())).toBe('exitWaits')
      }
      expect(log.filter(entry => entry === '</a>')).toHaveLength(2)
    }
  })
})
