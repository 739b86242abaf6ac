import { describe, expect, test } from 'vitest'
import { Coroutine, coroutine, GeneratorExit, MisuseError, primed } from '../../src/coroutine.ts'

const echo = coroutine(function* echo(): Generator<string, string, string> {
  let heard = yield 'ready'
  while (heard !== 'stop') heard = yield `heard ${heard}`
  return 'stopped'
})

function codeOf(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    if (error instanceof MisuseError) return error.code
    throw error
  }
  return 'no error'
}

describe('next and send', () => {
  test('a call makes a coroutine object and runs nothing', () => {
    let ran = false
    const made = coroutine(function* () {
      ran = true
    })()
    expect(made).toBeInstanceOf(Coroutine)
    expect(ran).toBe(false)
    expect(made.state).toBe('created')
  })

  test('send gives the value to the yield it stands at, and the end tells the return value', () => {
    const voice = echo()
    expect(voice.next()).toEqual({ done: false, value: 'ready' })
    expect(voice.send('a')).toEqual({ done: false, value: 'heard a' })
    expect(voice.send('b')).toEqual({ done: false, value: 'heard b' })
    expect(voice.send('stop')).toEqual({ done: true, value: 'stopped' })
    expect(voice.state).toBe('closed')
    expect(voice.next()).toEqual({ done: true, value: undefined })
    expect(voice.send('late')).toEqual({ done: true, value: undefined })
  })

  test('sending a value to one that has not started is an error, and it can still be started', () => {
    const voice = echo()
    expect(codeOf(() => voice.send('lost'))).toBe('sentBeforeStart')
    expect(voice.state).toBe('created')
    expect(voice.next()).toEqual({ done: false, value: 'ready' })
  })

  test('sending undefined to one that has not started starts it, as send(None) does', () => {
    expect(echo().send(undefined as unknown as string)).toEqual({ done: false, value: 'ready' })
  })

  test('a primed one stands at its first yield, ready for send', () => {
    const averager = primed(function* averager(start: number): Generator<number, void, number> {
      let sum = start
      for (let count = 1; ; count += 1) sum += yield sum / count
    })
    const average = averager(0)
    expect(average.state).toBe('suspended')
    expect(average.send(10)).toEqual({ done: false, value: 5 })
    expect(averager.name).toBe('averager')
  })

  test('results kept by the caller do not change at later steps', () => {
    const counter = coroutine(function* (): Generator<number, void, void> {
      yield 1
      yield 2
    })()
    const [first, second] = [counter.next(), counter.next()]
    expect([first.value, second.value]).toEqual([1, 2])
  })

  test('an error ends it: it is thrown out, and afterwards the coroutine is closed', () => {
    const failing = coroutine(function* (): Generator<number, void, void> {
      yield 1
      throw new RangeError('too far')
    })()
    failing.next()
    expect(() => failing.next()).toThrow(RangeError)
    expect(failing.state).toBe('closed')
    expect(failing.next()).toEqual({ done: true, value: undefined })
  })

  test('resuming a coroutine from inside itself is an error that leaves it running', () => {
    const self: { it?: Coroutine<string, undefined, void> } = {}
    const selfish = coroutine(function* (): Generator<undefined, string, void> {
      yield
      return codeOf(() => self.it?.next())
    })
    self.it = selfish()
    self.it.next()
    expect(self.it.next()).toEqual({ done: true, value: 'alreadyRunning' })
  })
})

describe('throw', () => {
  test('the error is raised at the yield it stands at, where it may be caught', () => {
    const sturdy = coroutine(function* (): Generator<string, void, void> {
      for (;;) {
        try {
          yield 'fine'
        } catch (error) {
          yield `caught ${(error as Error).message}`
        }
      }
    })()
    sturdy.next()
    expect(sturdy.throw(new Error('x'))).toEqual({ done: false, value: 'caught x' })
    expect(sturdy.next()).toEqual({ done: false, value: 'fine' })
  })

  test('throwing into one that has not started closes it, and its body never runs', () => {
    let ran = false
    const unborn = coroutine(function* (): Generator<number, void, void> {
      try {
        ran = true
        yield 1
      } catch {
        ran = true
      }
    })()
    const error = new Error('before birth')
    expect(() => unborn.throw(error)).toThrow(error)
    expect(unborn.state).toBe('closed')
    expect(unborn.next()).toEqual({ done: true, value: undefined })
    expect(ran).toBe(false)
  })

  test('throwing into one that has ended raises the error again', () => {
    const ended = coroutine(function* (): Generator<number, void, void> {})()
    ended.next()
    const error = new Error('too late')
    expect(() => ended.throw(error)).toThrow(error)
  })

  test('an iterator result that is thrown is an error, never an end', () => {
    const sly = coroutine(function* (): Generator<number, void, void> {
      yield 1
      throw { done: true, value: 5 }
    })()
    sly.next()
    expect(codeOf(() => sly.next())).toBe('stopIteration')
    expect(sly.state).toBe('closed')
  })

  test('an iterator result thrown by a callee comes out as an error too', () => {
    const inner = coroutine(function* (): Generator<number, void, void> {
      yield 1
      throw { done: true, value: 5 }
    })
    const outer = coroutine(function* (): Generator<number, void, void> {
      yield* inner()
    })()
    outer.next()
    expect(codeOf(() => outer.next())).toBe('stopIteration')
  })
})

describe('close', () => {
  test('throws a GeneratorExit that can be caught for cleanup', () => {
    const log: string[] = []
    const careful = coroutine(function* (): Generator<number, string, void> {
      try {
        yield 1
      } catch (error) {
        log.push(error instanceof GeneratorExit ? 'exit' : 'other')
      } finally {
        log.push('finally')
      }
      return 'tidy'
    })()
    careful.next()
    expect(careful.close()).toBe('tidy')
    expect(log).toEqual(['exit', 'finally'])
    expect(careful.state).toBe('closed')
  })

  test('gives undefined where the exit passes through', () => {
    const voice = echo()
    voice.next()
    expect(voice.close()).toBeUndefined()
    expect(voice.state).toBe('closed')
  })

  test('yielding while being closed is an error that names the coroutine and the value', () => {
    const stubborn = coroutine(function* stubborn(): Generator<string, void, void> {
      try {
        yield 'a'
      } catch {
        yield 'still here'
      }
    })()
    stubborn.next()
    let caught: unknown
    try {
      stubborn.close()
    } catch (error) {
      caught = error
    }
    expect(caught).toMatchObject({ code: 'ignoredExit' })
    expect((caught as Error).message).toContain('stubborn')
    expect((caught as Error).message).toContain('"still here"')
  })

  test('an error thrown in cleanup comes out of close', () => {
    const clumsy = coroutine(function* (): Generator<number, void, void> {
      try {
        yield 1
      } finally {
        // biome-ignore lint/correctness/noUnsafeFinally: the very thing under test
        throw new RangeError('while closing')
      }
    })()
    clumsy.next()
    expect(() => clumsy.close()).toThrow('while closing')
    expect(clumsy.state).toBe('closed')
  })

  test('closing one that has not started ends it without running its body; twice does nothing', () => {
    let ran = false
    const unborn = coroutine(function* (): Generator<number, void, void> {
      ran = true
      yield 1
    })()
    expect(unborn.close()).toBeUndefined()
    expect(unborn.close()).toBeUndefined()
    expect(unborn.state).toBe('closed')
    expect(unborn.next()).toEqual({ done: true, value: undefined })
    expect(ran).toBe(false)
  })

  test('closing itself while running is refused', () => {
    const self: { it?: Coroutine<string, undefined, void> } = {}
    const selfish = coroutine(function* (): Generator<undefined, string, void> {
      yield
      return codeOf(() => self.it?.close())
    })
    self.it = selfish()
    self.it.next()
    expect(self.it.next().value).toBe('alreadyRunning')
  })

  test('using closes it when the block is left', () => {
    const log: string[] = []
    const held = coroutine(function* (): Generator<number, void, void> {
      try {
        yield 1
      } finally {
        log.push('closed')
      }
    })
    {
      using one = held()
      one.next()
    }
    expect(log).toEqual(['closed'])
  })
})
