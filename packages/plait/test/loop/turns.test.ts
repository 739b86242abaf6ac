import { describe, expect, test } from 'vitest'
import {
  createTask,
  EventLoop,
  type ExceptionContext,
  Future,
  getEventLoop,
  MisuseError,
  Runner,
  sleep,
} from '../../src/index.ts'
import { runVirtual, VirtualClock } from '../../src/testing.ts'

const virtualLoop = () => new EventLoop({ clock: new VirtualClock() })

describe('order', () => {
  test('callSoon calls in the order asked, with its arguments; what a callback asks for comes a turn later', async () => {
    const log: string[] = []
    await runVirtual(function* () {
      const loop = getEventLoop()
      loop.callSoon(
        (a: string, b: number) => {
          log.push(`${a}${b}`)
          loop.callSoon(() => log.push('nested'))
        },
        'first',
        1,
      )
      loop.callSoonThreadsafe(() => log.push('second'))
      yield
      log.push('task')
      yield
    })
    expect(log).toEqual(['first1', 'second', 'task', 'nested'])
  })

  test('timers run by deadline, those of one deadline in the order made, behind what is ready', async () => {
    const log: string[] = []
    await runVirtual(function* () {
      const loop = getEventLoop()
      loop.callLater(20, () => log.push('20'))
      loop.callAt(10, () => log.push('10 first'))
      loop.callLater(10, () => log.push('10 second'))
      loop.callLater(0, () => log.push('0'))
      loop.callSoon(() => log.push('soon'))
      yield* sleep(30)
    })
    expect(log).toEqual(['soon', '0', '10 first', '10 second', '20'])
  })

  test('sleepers due at the same time wake in the order they went to sleep, whatever their delays', async () => {
    const log: number[] = []
    await runVirtual(function* () {
      for (let n = 0; n < 20; n += 1) {
        createTask(function* () {
          yield* sleep(n % 5)
          yield* sleep(10 - (n % 5))
          log.push(n)
        })
      }
      yield* sleep(100)
    })
    expect(log).toEqual([0, 5, 10, 15, 1, 6, 11, 16, 2, 7, 12, 17, 3, 8, 13, 18, 4, 9, 14, 19])
  })

  test('callLater(0) follows the callSoons of its turn; a past deadline is due at once', async () => {
    const log: string[] = []
    await runVirtual(function* () {
      const loop = getEventLoop()
      loop.callAt(-100, () => log.push('past'))
      loop.callLater(0, () => log.push('now'))
      loop.callSoon(() => log.push('soon'))
      yield* sleep(1)
    })
    expect(log).toEqual(['soon', 'past', 'now'])
  })
})

describe('handles', () => {
  test('a cancelled one is not called, cancelling again or late does nothing', async () => {
    const log: string[] = []
    await runVirtual(function* () {
      const loop = getEventLoop()
      const soon = loop.callSoon(() => log.push('soon'))
      const later = loop.callLater(5, () => log.push('later'))
      const kept = loop.callLater(5, () => log.push('kept'))
      expect([later.when(), soon.cancelled()]).toEqual([5, false])
      soon.cancel()
      later.cancel()
      later.cancel()
      expect([soon.cancelled(), later.cancelled()]).toEqual([true, true])
      yield* sleep(10)
      kept.cancel()
    })
    expect(log).toEqual(['kept'])
  })

  test('one may cancel another of the same turn', async () => {
    const log: string[] = []
    await runVirtual(function* () {
      const loop = getEventLoop()
      loop.callLater(5, () => second.cancel())
      const second = loop.callLater(5, () => log.push('second'))
      yield* sleep(10)
    })
    expect(log).toEqual([])
  })
})

describe('running', () => {
  test('runUntilComplete gives the result, stops the loop, and may be called again', async () => {
    const loop = virtualLoop()
    expect([loop.isRunning(), loop.isClosed()]).toEqual([false, false])
    const running = loop.runUntilComplete(sleep(1000))
    expect(loop.isRunning()).toBe(true)
    await running
    expect([loop.isRunning(), loop.time()]).toEqual([false, 1000])
    expect(await loop.runUntilComplete(async () => 5)).toBe(5)
    await expect(
      loop.runUntilComplete(function* () {
        throw new RangeError('x')
      }),
    ).rejects.toThrow(RangeError)
    loop.close()
    expect(loop.isClosed()).toBe(true)
    await expect(loop.runUntilComplete(sleep(1))).rejects.toThrow(MisuseError)
  })

  test('what is asked of a stopped loop waits until it runs', async () => {
    const loop = virtualLoop()
    const log: string[] = []
    loop.callSoon(() => log.push('before'))
    const task = loop.createTask(function* () {
      log.push('task')
      yield* sleep(5)
      return 'done'
    })
    await new Promise(resolve => setImmediate(resolve))
    expect(log).toEqual([])
    expect(await loop.runUntilComplete(task)).toBe('done')
    expect(log).toEqual(['before', 'task'])
    loop.close()
  })

  test('stop ends runForever when the turn under way is over; what is queued stays queued', async () => {
    const loop = virtualLoop()
    const log: string[] = []
    loop.callSoon(() => {
      loop.stop()
      loop.callSoon(() => log.push('next turn'))
    })
    loop.callSoon(() => log.push('this turn'))
    await loop.runForever()
    expect(log).toEqual(['this turn'])
    loop.callSoon(() => loop.stop())
    await loop.runForever()
    expect(log).toEqual(['this turn', 'next turn'])
    loop.close()
  })

  test('close drops what is queued, and the loop takes nothing more', async () => {
    const loop = virtualLoop()
    let called = false
    loop.callSoon(() => {
      called = true
    })
    loop.callLater(1, () => {
      called = true
    })
    loop.close()
    await new Promise(resolve => setTimeout(resolve, 5))
    expect(called).toBe(false)
    expect(() => loop.callSoon(() => {})).toThrow(/closed/)
  })

  test('a loop that runs cannot be run or closed', async () => {
    await runVirtual(function* () {
      expect(() => getEventLoop().close()).toThrow(/not running/)
    })
    const loop = virtualLoop()
    const running = loop.runForever()
    await expect(loop.runForever()).rejects.toThrow(/not running/)
    await expect(loop.runUntilComplete(sleep(1))).rejects.toThrow(/not running/)
    loop.stop()
    await running
    loop.close()
  })

  test('a Runner runs programs one after another on one loop, and its close ends what they left', async () => {
    const log: string[] = []
    {
      await using runner = new Runner({ clock: 'virtual' })
      await runner.run(function* () {
        createTask(function* () {
          try {
            yield* sleep(1000)
          } finally {
            log.push('left over')
          }
        })
        yield* sleep(1)
      })
      expect(log).toEqual([])
      expect(await runner.run(async () => getEventLoop() === runner.getLoop())).toBe(true)
      expect(runner.getLoop().time()).toBe(1)
    }
    expect(log).toEqual(['left over'])
  })
})

describe('errors', () => {
  test('of callbacks and timers are told to the exception handler, and the loop goes on', async () => {
    const told: ExceptionContext[] = []
    const error = new Error('x')
    await runVirtual(function* () {
      const loop = getEventLoop()
      loop.setExceptionHandler((from, context) => {
        expect(from).toBe(loop)
        told.push(context)
      })
      expect(loop.getExceptionHandler()).toBeDefined()
      loop.callSoon(function refresh() {
        throw error
      })
      loop.callLater(1, () => {
        throw error
      })
      yield* sleep(5)
    })
    expect(told.map(context => context.exception)).toEqual([error, error])
    expect(told[0]?.message).toBe('refresh failed')
  })
})

test('a loop’s futures and tasks are its own', async () => {
  const loop = virtualLoop()
  const future = loop.createFuture<number>()
  expect(future).toBeInstanceOf(Future)
  expect([future.getLoop(), loop.createTask(sleep(0)).getLoop()]).toEqual([loop, loop])
  loop.close()
})
