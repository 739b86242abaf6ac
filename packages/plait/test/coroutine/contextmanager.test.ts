import { describe, expect, test } from 'vitest'
import {
  type ContextManager,
  contextmanager,
  coroutine,
  MisuseError,
  nullcontext,
} from '../../src/coroutine.ts'
import { Future, sleep } from '../../src/index.ts'
import { errorOf } from './thrown.ts'

/** A manager that logs what happens to it. */
function logged(log: unknown[]): (name: string) => ContextManager<string> {
  return contextmanager(function* tag(name: string) {
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
}

const code = (act: () => unknown) => (errorOf(act) as MisuseError).code

describe('with a body', () => {
  test('the manager is entered, the body runs with the value, the manager is left', () => {
    const log: unknown[] = []
    const result = logged(log)('b').with(value => {
      log.push(value)
      return 5
    })
    expect(result).toBe(5)
    expect(log).toEqual(['<b>', 'B', '</b>'])
  })

  test('nothing happens before it is entered', () => {
    const log: unknown[] = []
    logged(log)('b')
    expect(log).toEqual([])
  })

  test('an error of the body is thrown in at the yield, and passes as it is', () => {
    for (const error of [new RangeError('no'), 'a text', undefined, null, { done: true, value: 1 }]) {
      const log: unknown[] = []
      const thrown = errorOf(() =>
        logged(log)('b').with(() => {
          throw error
        }),
      )
      expect(thrown).toBe(error)
      expect(log).toEqual(['<b>', error, '</b>'])
    }
  })

  test('a passing error gets no cause', () => {
    const error = new RangeError('no')
    errorOf(() =>
      logged([])('b').with(() => {
        throw error
      }),
    )
    expect('cause' in error).toBe(false)
  })

  test('an error that is caught at the yield is swallowed, and with gives undefined', () => {
    const forgiving = contextmanager(function* () {
      try {
        yield 5
      } catch {}
    })
    const result = forgiving().with((): string => {
      throw new RangeError('no')
    })
    expect(result).toBeUndefined()
  })

  test('an error thrown in its place comes out, with the first as its cause unless it has one', () => {
    const translating = contextmanager(function* (options?: ErrorOptions) {
      try {
        yield
      } catch {
        throw new TypeError('other', options)
      }
    })
    const body = () => {
      throw first
    }
    const first = new RangeError('no')
    const second = errorOf(() => translating().with(body)) as Error
    expect(second.message).toBe('other')
    expect(second.cause).toBe(first)
    expect(Object.keys(second)).toEqual([])
    expect((errorOf(() => translating({ cause: 'mine' }).with(body)) as Error).cause).toBe('mine')
  })

  test('an error after a body that ended well comes out alone', () => {
    const failing = contextmanager(function* () {
      yield 1
      throw new RangeError('late')
    })
    const error = errorOf(() => failing().with(() => 5)) as Error
    expect(error).toEqual(new RangeError('late'))
    expect('cause' in error).toBe(false)
  })

  test('an error from entering comes out, and the body does not run', () => {
    const failing = contextmanager(function* (): Generator<number, void, unknown> {
      throw new RangeError('early')
    })
    expect(() => failing().with(() => expect.unreachable())).toThrow(new RangeError('early'))
  })

  test('causes that go round in a circle end the search for one', () => {
    const [a, b, c] = [new Error('a'), new Error('b'), new Error('c')]
    a.cause = b
    b.cause = a
    const replacing = contextmanager(function* () {
      try {
        yield
      } catch {
        throw c
      }
    })
    const error = errorOf(() =>
      replacing().with(() => {
        throw a
      }),
    )
    expect(error).toBe(c)
    expect(c.cause).toBe(a)
  })

  test('an error that was the cause of the one it replaces gets no cause of its own', () => {
    const inner = new Error('inner')
    const unwrapping = contextmanager(function* () {
      try {
        yield
      } catch (error) {
        throw (error as Error).cause
      }
    })
    const error = errorOf(() =>
      unwrapping().with(() => {
        throw new Error('outer', { cause: inner })
      }),
    )
    expect(error).toBe(inner)
    expect('cause' in inner).toBe(false)
  })
})

describe('a body that waits is left when it has ended', () => {
  const two = coroutine(function* two(): Generator<number, string, unknown> {
    yield 1
    yield 2
    return 'end'
  })

  test('a generator function makes it a coroutine, which enters when it starts', () => {
    const log: unknown[] = []
    const held = logged(log)('b').with(function* (value): Generator<number, string, unknown> {
      log.push(value)
      return yield* two()
    })
    expect(log).toEqual([])
    expect(held.next()).toEqual({ done: false, value: 1 })
    expect(log).toEqual(['<b>', 'B'])
    expect(held.next()).toEqual({ done: false, value: 2 })
    expect(log).toEqual(['<b>', 'B'])
    expect(held.next()).toEqual({ done: true, value: 'end' })
    expect(log).toEqual(['<b>', 'B', '</b>'])
  })

  test('a function that returns a generator or a coroutine has begun: it is entered at once', () => {
    const log: unknown[] = []
    const held = logged(log)('b').with(() => two())
    expect(log).toEqual(['<b>'])
    expect([...held]).toEqual([1, 2])
    expect(log).toEqual(['<b>', '</b>'])
  })

  test('its error is thrown in at the yield', () => {
    const log: unknown[] = []
    const held = coroutine(function* () {
      yield* logged(log)('b').with(function* () {
        throw 'no'
      })
    })()
    expect(errorOf(() => held.next())).toBe('no')
    expect(log).toEqual(['<b>', 'no', '</b>'])
  })

  test('a coroutine that is closed in it is left', () => {
    const log: unknown[] = []
    const held = logged(log)('b').with(() => two())
    held.next()
    held.close()
    expect(log).toEqual(['<b>', expect.objectContaining({ name: 'GeneratorExit' }), '</b>'])
  })

  test('an async function makes it a promise', async () => {
    const log: unknown[] = []
    const held = logged(log)('b').with(async value => {
      await null
      log.push(value)
      return 5
    })
    expect(log).toEqual(['<b>'])
    expect(await held).toBe(5)
    expect(log).toEqual(['<b>', 'B', '</b>'])
    const failing = logged(log)('c').with(async () => {
      throw 'no'
    })
    await expect(failing).rejects.toBe('no')
    expect(log.slice(3)).toEqual(['<c>', 'no', '</c>'])
  })

  test('data to iterate over is a result like any other', () => {
    const log: unknown[] = []
    const search = new URLSearchParams('a=1')
    expect(logged(log)('b').with(() => search)).toBe(search)
    expect(logged(log)('b').with(() => [1])).toEqual([1])
    expect(log).toEqual(['<b>', '</b>', '<b>', '</b>'])
  })
})

describe('with using', () => {
  test('it is entered for a block and left at its end, once', () => {
    const log: unknown[] = []
    {
      using entered = logged(log)('b').enter()
      log.push(entered.value)
      entered[Symbol.dispose]()
      log.push('end')
    }
    expect(log).toEqual(['<b>', 'B', '</b>', 'end'])
  })

  test('it is not told the error of the block', () => {
    const log: unknown[] = []
    expect(() => {
      using entered = logged(log)('b').enter()
      throw new RangeError(entered.value)
    }).toThrow(RangeError)
    expect(log).toEqual(['<b>', '</b>'])
  })
})

describe('a generator that does not yield once', () => {
  test('is named: none, twice, twice after an error', () => {
    const never = contextmanager(function* never(): Generator<number, void, unknown> {})
    expect(code(() => never().with(() => {}))).toBe('managerNeverYielded')
    const log: string[] = []
    const twice = contextmanager(function* twice() {
      try {
        try {
          yield 1
        } finally {
          yield 2
        }
      } finally {
        log.push('closed')
      }
    })
    expect(() => twice().with(() => {})).toThrow('twice(…) yielded a second time')
    expect(log).toEqual(['closed'])
    const first = new RangeError('no')
    const error = errorOf(() =>
      twice().with(() => {
        throw first
      }),
    ) as MisuseError
    expect(error.code).toBe('managerYieldedTwice')
    expect(error.cause).toBe(first)
  })

  test('is closed, and what it throws or yields then is not lost or waited for', () => {
    const stubborn = contextmanager(function* () {
      try {
        yield 1
        yield 2
      } catch {
        yield 3
      }
    })
    expect(code(() => stubborn().with(() => {}))).toBe('managerYieldedTwice')
    const failing = contextmanager(function* () {
      try {
        yield 1
        yield 2
      } finally {
        // biome-ignore lint/correctness/noUnsafeFinally: what a careless manager does
        throw new RangeError('at the close')
      }
    })
    const error = errorOf(() => failing().with(() => {})) as MisuseError
    expect(error.code).toBe('managerYieldedTwice')
    expect(error.cause).toEqual(new RangeError('at the close'))
  })
})

describe('a manager', () => {
  test('is entered once, by whatever door', () => {
    const tag = logged([])('b')
    tag.with(() => {})
    expect(() => tag.with(() => {})).toThrow('call its function again')
    expect(code(() => tag.enter())).toBe('managerReused')
  })

  test('may delegate its yield: to a generator, to coroutines, to a list', () => {
    const log: string[] = []
    function* raw(): Generator<number, void, unknown> {
      try {
        yield 1
      } catch (error) {
        log.push(`raw ${error}`)
      }
    }
    const inner = coroutine(function* (): Generator<number, void, unknown> {
      yield* raw()
    })
    const outer = coroutine(function* (): Generator<number, void, unknown> {
      yield* inner()
    })
    const body = (value: number) => {
      expect(value).toBe(1)
      throw 'no'
    }
    for (const steps of [raw, inner, outer]) {
      const manager = contextmanager(function* () {
        yield* steps()
      })
      expect(manager().with(body)).toBeUndefined()
    }
    expect(log).toEqual(['raw no', 'raw no', 'raw no'])
    const list = contextmanager(function* () {
      yield* [1]
    })
    expect(errorOf(() => list().with(body))).toBe('no')
  })

  test('keeps its this, its defaults and its name', () => {
    class Shelf {
      readonly name = 'shelf'
      item = contextmanager(function* item(this: Shelf, n = 3) {
        yield `${this.name} ${n}`
      })
    }
    expect(new Shelf().item().with(value => value)).toBe('shelf 3')
    expect(new Shelf().item.name).toBe('item')
  })

  test('is made of generator functions only', () => {
    for (const wrong of [() => {}, async () => {}, async function* () {}, 5, undefined] as never[]) {
      expect(() => contextmanager(wrong)).toThrow(MisuseError)
    }
    expect(() => nullcontext().with(5 as never)).toThrow(MisuseError)
  })

  test('that waits is told how to be made, and closed', () => {
    const nested = coroutine(function* () {
      yield* sleep(0)
    })
    for (const wait of [sleep(5), sleep(0), new Future<void>(), nested()]) {
      const log: string[] = []
      const slow = contextmanager(function* slow() {
        try {
          yield* wait
          yield 1
        } finally {
          log.push('closed')
        }
      })
      expect(() => slow().with(() => {})).toThrow('slow(…) waits')
      expect(log).toEqual(['closed'])
    }
  })
})
