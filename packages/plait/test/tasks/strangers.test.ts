import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import {
  allTasks,
  coroutine,
  createTask,
  EventLoop,
  ExceptionGroup,
  Future,
  gather,
  getEventLoop,
  MisuseError,
  type Operation,
  type Resume,
  run,
  shield,
  sleep,
  type Task,
  TimeoutError,
  taskGroup,
  timeout,
  until,
  type Wait,
  wait,
  withSignal,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'

describe('what a stranger tries', () => {
  test('a function listed twice begins twice; a task listed twice is one', async () => {
    let begun = 0
    const work = async () => {
      begun += 1
      return begun
    }
    await runVirtual(function* () {
      expect(yield* gather(work, work, work)).toEqual([1, 2, 3])
      const task = createTask(work)
      expect(yield* gather(task, task)).toEqual([4, 4])
    })
  })

  test('the loser of a race is cancelled, and its cleanup waited for, at the end of the run', async () => {
    const log: string[] = []
    const child = coroutine(function* child() {
      try {
        yield* sleep(2000)
      } finally {
        yield* sleep(20)
        log.push('cleaned')
      }
    })
    await runVirtual(async () => {
      await Promise.race([sleep(5), child()])
    })
    expect(log).toEqual(['cleaned'])
  })

  test('a callback of the host makes its tasks on the loop of the program that registered it, in both colors', async () => {
    const handled: boolean[] = []
    const serve = function* () {
      const loop = getEventLoop()
      const served = new Future<void>()
      const server = createServer((_request, response) => {
        createTask(function* () {
          handled.push(getEventLoop() === loop && allTasks(loop).length > 1)
          yield* sleep(1)
          response.end('hi', () => served.setResult())
        })
      })
      yield* until(new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve)))
      const { port } = server.address() as AddressInfo
      yield* until(signal => fetch(`http://127.0.0.1:${port}/`, { signal, headers: { connection: 'close' } }))
      yield* served
      server.close()
    }
    await run(serve)
    await run(async () => {
      await createTask(serve())
    })
    expect(handled).toEqual([true, true])
  })

  test('a line of 20,000 tasks that each wait for the one before is cancelled from its head', async () => {
    await runVirtual(function* () {
      function* after(before: Task<unknown> | undefined): Generator<Wait, unknown, Resume> {
        return yield* before ?? sleep(1000)
      }
      let last = createTask(after(undefined))
      for (let i = 1; i < 20_000; i += 1) last = createTask(after(last))
      yield* sleep(1)
      last.cancel('enough')
      yield* wait([last])
      expect(last.cancelled()).toBe(true)
      expect(allTasks().length).toBe(1)
    })
  })

  test('a future of a loop that has ended still tells whoever waits for it', async () => {
    const { late } = await runVirtual(async () => ({ late: new Future<string>() }))
    late.setResult('late')
    await runVirtual(function* () {
      expect(yield* gather(late)).toEqual(['late'])
      expect(yield* shield(late)).toBe('late')
      expect((yield* wait([late])).done.size).toBe(1)
    })
    expect(await late).toBe('late')
  })

  test('an async body that has ended keeps its result, though the deadline or a cancel meets it', async () => {
    expect(await runVirtual(timeout(0, async () => 'in time'))).toBe('in time')
    const kept = taskGroup(async group => {
      group.cancel()
      return 'kept'
    })
    expect(await runVirtual(kept)).toBe('kept')
  })

  test('any wait can be given a signal', async () => {
    await runVirtual(function* () {
      const controller = new AbortController()
      getEventLoop().callLater(10, () => controller.abort(new Error('enough')))
      const children = gather(sleep(100), sleep(200))
      expect(() => withSignal('x' as never, sleep(1))).toThrow(MisuseError)
      const ended = yield* catching(() => withSignal(controller.signal, children))
      expect(String(ended)).toBe('Error: enough')
      expect(getEventLoop().time()).toBe(10)
    })
  })

  test('reasons and errors that cannot be printed break nothing', async () => {
    const unprintable = Object.create(null)
    await runVirtual(function* () {
      const task = createTask(sleep(100))
      yield* sleep(1)
      task.cancel(unprintable)
      expect(yield* catching(() => task)).toMatchObject({ reason: unprintable })
    })
  })

  test('an instrument that throws is reported, and the program goes on', async () => {
    const told: string[] = []
    const loop = new EventLoop({ clock: 'virtual' })
    loop.setExceptionHandler((_loop, { message }) => void told.push(message))
    loop.instrument = {
      stepBegins: () => {
        throw new Error('observer')
      },
    }
    expect(await loop.runUntilComplete(async () => 'done')).toBe('done')
    expect(told).toEqual(['instrument.stepBegins failed'])
  })

  test('a timeout inside a group inside a timeout: the outer one is a TimeoutError, the children end', async () => {
    await runVirtual(function* () {
      const ended = yield* catching(() =>
        timeout(10, () =>
          taskGroup(function* (group) {
            group.createTask(timeout(100, sleep(1000)))
            yield* sleep(1000)
          }),
        ),
      )
      expect(ended).toBeInstanceOf(TimeoutError)
      expect(ended).not.toBeInstanceOf(ExceptionGroup)
      expect(allTasks().length).toBe(1)
    })
  })
})

function* catching(begin: () => Operation<unknown>): Generator<Wait, unknown, Resume> {
  try {
    return yield* begin()
  } catch (error) {
    return error
  }
}
