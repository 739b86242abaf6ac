import { describe, expect, test, vi } from 'vitest'
import {
  CancelledError,
  createTask,
  Future,
  getEventLoop,
  InvalidStateError,
  isCancelled,
  sleep,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { ending, errorOf } from './endings.ts'

describe('states', () => {
  test('pending: not done, and neither result nor exception can be asked for', () => {
    const future = new Future<number>()
    expect([future.done(), future.cancelled()]).toEqual([false, false])
    expect(() => future.result()).toThrow(InvalidStateError)
    expect(() => future.result()).toThrow(/not done yet: wait for it with yield\* or await/)
    expect(() => future.exception()).toThrow(InvalidStateError)
    expect(String(future)).toBe('<Future pending>')
  })

  test('finished: gives its result, to any number of askers', () => {
    const future = new Future<number>()
    future.setResult(5)
    expect([future.result(), future.result(), future.exception()]).toEqual([5, 5, undefined])
    expect([future.done(), future.cancelled()]).toEqual([true, false])
    expect(String(future)).toBe('<Future finished result=5>')
  })

  test('failed: throws its error, and gives it', () => {
    const future = new Future<number>()
    const error = new RangeError('x')
    future.setException(error)
    expect(() => future.result()).toThrow(error)
    expect(future.exception()).toBe(error)
    expect(future.cancelled()).toBe(false)
    expect(String(future)).toBe('<Future failed exception=RangeError: x>')
  })

  test('cancelled: throws CancelledError with the reason', () => {
    const future = new Future<number>()
    expect(future.cancel('enough')).toBe(true)
    expect([future.done(), future.cancelled()]).toEqual([true, true])
    expect(() => future.result()).toThrow(CancelledError)
    expect(() => future.exception()).toThrow('enough')
    expect(String(future)).toBe('<Future cancelled>')
  })

  test('a second ending is an error that says what it is already, and changes nothing', () => {
    const ended = [new Future<number>(), new Future<number>(), new Future<number>()] as const
    ended[0].setResult(1)
    ended[1].setException(new Error('x'))
    ended[2].cancel()
    for (const future of ended) {
      const before = String(future)
      expect(() => future.setResult(2)).toThrow(InvalidStateError)
      expect(() => future.setResult(2)).toThrow(/setResult\(2\) came too late.*check done\(\) first/)
      expect(() => future.setException(new Error('y'))).toThrow(InvalidStateError)
      expect(future.cancel()).toBe(false)
      expect(String(future)).toBe(before)
    }
    ended[1].exception()
  })

  test('falsy values are results and errors like any other', async () => {
    for (const value of [undefined, null, 0, '', false]) {
      const good = new Future<unknown>()
      good.setResult(value)
      expect(good.result()).toBe(value)
      const bad = new Future<unknown>()
      bad.setException(value)
      expect(await runVirtual(() => ending(bad))).toEqual({ error: value })
    }
  })
})

describe('callbacks', () => {
  test('are called in a later turn, in the order added, with the future, after its waiters of before', async () => {
    const log: string[] = []
    await runVirtual(function* () {
      const future = new Future<number>()
      const waiter = createTask(function* () {
        log.push(`task ${yield* future}`)
      })
      yield
      future.addDoneCallback(done => log.push(`first ${done.result()}`))
      future.addDoneCallback(done => log.push(`second ${done === future}`))
      future.setResult(1)
      log.push('set')
      yield* waiter
    })
    expect(log).toEqual(['set', 'task 1', 'first 1', 'second true'])
  })

  test('one added to a done future is queued, never called at once', async () => {
    const log: string[] = []
    await runVirtual(function* () {
      const future = new Future<void>()
      future.setResult()
      future.addDoneCallback(() => log.push('called'))
      log.push('added')
      yield
      log.push('a turn later')
    })
    expect(log).toEqual(['added', 'called', 'a turn later'])
  })

  test('removing takes every registration of the function away and tells how many', async () => {
    const fn = vi.fn()
    const other = vi.fn()
    await runVirtual(function* () {
      const future = new Future<void>()
      future.addDoneCallback(fn)
      future.addDoneCallback(other)
      future.addDoneCallback(fn)
      expect(future.removeDoneCallback(fn)).toBe(2)
      expect(future.removeDoneCallback(fn)).toBe(0)
      future.setResult()
      yield
    })
    expect(fn).not.toHaveBeenCalled()
    expect(other).toHaveBeenCalledOnce()
  })

  test('the same function on two futures is called once for each, with its own', async () => {
    const seen: unknown[] = []
    await runVirtual(function* () {
      const [a, b] = [new Future<number>(), new Future<number>()]
      const note = (future: Future<number>) => seen.push(future.result())
      a.addDoneCallback(note)
      b.addDoneCallback(note)
      a.setResult(1)
      b.setResult(2)
      yield
    })
    expect(seen).toEqual([1, 2])
  })

  test('one that throws is told to the exception handler, and the others are called', async () => {
    const told: unknown[] = []
    const called = vi.fn()
    await runVirtual(function* () {
      getEventLoop().setExceptionHandler((_loop, { exception }) => told.push(exception))
      const future = new Future<void>()
      const error = new Error('callback')
      future.addDoneCallback(() => {
        throw error
      })
      future.addDoneCallback(called)
      future.setResult()
      yield
      expect(told).toEqual([error])
    })
    expect(called).toHaveBeenCalledOnce()
  })
})

describe('waiting', () => {
  test('any number of tasks may wait, and are woken in the order they came', async () => {
    const log: string[] = []
    await runVirtual(function* () {
      const future = new Future<string>()
      const waiters = [1, 2, 3].map(n =>
        createTask(function* () {
          log.push(`${n} ${yield* future}`)
        }),
      )
      yield* sleep(1)
      future.setResult('go')
      for (const waiter of waiters) yield* waiter
    })
    expect(log).toEqual(['1 go', '2 go', '3 go'])
  })

  test('waiting for a done one takes no turn', async () => {
    const log: string[] = []
    await runVirtual(function* () {
      const future = new Future<string>()
      future.setResult('there')
      getEventLoop().callSoon(() => log.push('next turn'))
      log.push(yield* future)
      log.push(yield* future)
      yield
    })
    expect(log).toEqual(['there', 'there', 'next turn'])
  })

  test('cancelling a task that waits for a future cancels the future', async () => {
    await runVirtual(function* () {
      const future = new Future<void>()
      const waiter = createTask(() => future)
      yield
      waiter.cancel('why')
      const error = yield* errorOf(waiter)
      expect(isCancelled(error) && error.reason).toBe('why')
      expect(future.cancelled()).toBe(true)
    })
  })

  test('works with await outside any loop of ours: the host loop serves', async () => {
    const future = new Future<number>()
    setImmediate(() => future.setResult(3))
    expect(await future).toBe(3)
    const failed = new Future<number>()
    setImmediate(() => failed.setException(new Error('no')))
    await expect(Promise.resolve(failed)).rejects.toThrow('no')
  })

  test('the very CancelledError goes to the first who asks; later ones get a fresh one without the message', async () => {
    await runVirtual(function* () {
      const task = createTask(sleep(10))
      yield
      task.cancel('because')
      const [first, second] = [yield* errorOf(task), yield* errorOf(task)]
      expect([first, second].every(isCancelled)).toBe(true)
      expect((first as Error).message).toBe('because')
      expect((second as Error).message).toBe('')
    })
  })
})
