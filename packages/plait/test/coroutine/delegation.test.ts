import { describe, expect, test } from 'vitest'
import { type Coroutine, coroutine, GeneratorExit, MisuseError } from '../../src/coroutine.ts'

type Two<T = unknown> = Generator<unknown, T, unknown>

const asker = coroutine(function* asker(question: string): Two<string> {
  const answer = yield question
  return `${question} ${answer}`
})

describe('coroutines in coroutines', () => {
  test('values go down, yields come up, and the return value is what yield* gives', () => {
    const pair = coroutine(function* (): Two {
      return [yield* asker('name?'), yield* asker('age?')]
    })()
    expect(pair.next()).toEqual({ done: false, value: 'name?' })
    expect(pair.send('Ann')).toEqual({ done: false, value: 'age?' })
    expect(pair.send(30)).toEqual({ done: true, value: ['name? Ann', 'age? 30'] })
  })

  test('a callee that never suspends is but a call, whatever it returns', () => {
    for (const value of [undefined, null, 0, { done: false }, new Error('as a value')]) {
      const inner = coroutine(function* (): Two {
        return value
      })
      const outer = coroutine(function* (): Two {
        return yield* inner()
      })
      expect(outer().next()).toEqual({ done: true, value })
    }
  })

  test('an error of a callee is thrown at the yield* and may be caught there', () => {
    const failing = coroutine(function* (): Two {
      yield 1
      throw new RangeError('inner')
    })
    const outer = coroutine(function* (): Two {
      try {
        yield* failing()
      } catch (error) {
        yield `caught ${(error as Error).message}`
      }
      return 'on'
    })()
    outer.next()
    expect(outer.next()).toEqual({ done: false, value: 'caught inner' })
    expect(outer.next()).toEqual({ done: true, value: 'on' })
  })

  test('an error of a callee at its first step is thrown at the yield* too', () => {
    const failing = coroutine(function* (): Two {
      throw new RangeError('at once')
    })
    const outer = coroutine(function* (): Two {
      try {
        yield* failing()
      } catch (error) {
        return (error as Error).message
      }
    })()
    expect(outer.next()).toEqual({ done: true, value: 'at once' })
  })

  test('throw goes to the innermost, and what that returns goes to its caller', () => {
    const catcher = coroutine(function* (): Two<string> {
      try {
        yield 'in'
      } catch (error) {
        return `took ${(error as Error).message}`
      }
      return 'no error'
    })
    const middle = coroutine(function* (): Two<string> {
      return `middle ${yield* catcher()}`
    })
    const outer = coroutine(function* (): Two {
      return yield* middle()
    })()
    outer.next()
    expect(outer.throw(new Error('x'))).toEqual({ done: true, value: 'middle took x' })
  })

  test('close reaches every frame, innermost first, even where a callee takes it as a reason to return', () => {
    const log: string[] = []
    const frame = (name: string, inner?: () => Coroutine<unknown, unknown, unknown>) =>
      coroutine(function* (): Two {
        try {
          yield inner === undefined ? name : yield* inner()
        } catch (error) {
          log.push(`${name} ${error instanceof GeneratorExit ? 'exit' : error}`)
          return name
        }
      })
    const root = frame('a', frame('b', frame('c')))()
    root.next()
    expect(root.close()).toBe('a')
    expect(log).toEqual(['c exit', 'b exit', 'a exit'])
  })

  test('a callee that yields while being closed is an error for its caller, and the caller can still tidy', () => {
    const stubborn = coroutine(function* stubborn(): Two<void> {
      try {
        yield 1
      } catch {
        yield 'no'
      }
    })
    const outer = coroutine(function* (): Two {
      try {
        yield* stubborn()
      } catch (error) {
        return error
      }
    })()
    outer.next()
    const result = outer.close()
    expect(result).toBeInstanceOf(MisuseError)
    expect(result).toMatchObject({ code: 'ignoredExit' })
  })

  test('a coroutine that is being waited for cannot be driven by hand as well', () => {
    const inner = asker('?')
    const outer = coroutine(function* outer(): Two {
      return yield* inner
    })()
    outer.next()
    expect(() => inner.next()).toThrow(/"outer"/)
    expect(() => inner.close()).toThrow(MisuseError)
    expect(outer.send('!')).toEqual({ done: true, value: '? !' })
  })

  test('a coroutine is waited for once: again is an error that names the way out', () => {
    const once = asker('?')
    const outer = coroutine(function* (): Two<void> {
      yield* once
      yield* once
    })()
    outer.next()
    expect(() => outer.send('x')).toThrow(/call its function again.*createTask/)
  })

  test('one that was driven by hand cannot be waited for from the middle on', () => {
    const begun = asker('?')
    begun.next()
    const outer = coroutine(function* (): Two<void> {
      yield* begun
    })()
    expect(() => outer.next()).toThrow(MisuseError)
  })
})

describe('delegating to iterators', () => {
  test('throw while in an iterator without throw raises the original error', () => {
    const error = new Error('mine')
    const listing = coroutine(function* (): Two<void> {
      yield* [1, 2, 3]
    })()
    expect(listing.next()).toEqual({ done: false, value: 1 })
    expect(() => listing.throw(error)).toThrow(error)
    expect(listing.state).toBe('closed')
  })

  test('so it does from inside a callee, and its caller may catch it', () => {
    const error = new Error('mine')
    const listing = coroutine(function* (): Two<void> {
      yield* [1, 2, 3]
    })
    const outer = coroutine(function* (): Two {
      try {
        yield* listing()
      } catch (caught) {
        return caught === error
      }
    })()
    outer.next()
    expect(outer.throw(error)).toEqual({ done: true, value: true })
  })

  test('closing while in such an iterator closes the iterator and gives undefined', () => {
    const log: string[] = []
    const source = {
      [Symbol.iterator]: () => ({
        next: () => ({ done: false, value: 1 }),
        return: () => {
          log.push('returned')
          return { done: true, value: undefined }
        },
      }),
    }
    const listing = coroutine(function* (): Two<void> {
      try {
        yield* source as Iterable<number>
      } finally {
        log.push('finally')
      }
    })()
    listing.next()
    expect(listing.close()).toBeUndefined()
    expect(log).toEqual(['returned', 'finally'])
  })

  test("a TypeError of the program's own is not taken for a missing throw", () => {
    const typeError = new TypeError('x is not a function')
    const listing = coroutine(function* (): Two<void> {
      try {
        yield 1
      } catch {
        throw typeError
      }
    })()
    listing.next()
    expect(() => listing.throw(new Error('other'))).toThrow(typeError)
  })
})
