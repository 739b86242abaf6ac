import { EventEmitter, getEventListeners } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import {
  createTask,
  type EventFlow,
  type EventsOptions,
  events,
  type Future,
  isCancelled,
  type Operation,
  once,
  QueueFullError,
  run,
  select,
  sleep,
  timeout,
  type WaitOptions,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { errorOf } from '../tasks/endings.ts'
import { reports } from '../tasks/reports.ts'
import { CountingTarget, listeners } from './listeners.ts'

const both = ['emitter', 'target'] as const

/** An emitter or a target, to be made to tell a number, and what the reader is told. */
interface Made {
  listen(options?: EventsOptions): EventFlow<unknown>
  once(options?: WaitOptions): Future<unknown>
  tell(n: number, name?: string): void
  listeners(): number
  read(brought: unknown): unknown
}

function made(kind: (typeof both)[number]): Made {
  if (kind === 'emitter') {
    const emitter = new EventEmitter()
    return {
      listen: options => events(emitter, 'number', options),
      once: options => once(emitter, 'number', options),
      tell: (n, name = 'number') => void emitter.emit(name, n),
      listeners: () => listeners(emitter),
      read: brought => (brought as number[])[0],
    }
  }
  const target = new CountingTarget()
  return {
    listen: options => events<CustomEvent<number>>(target, 'number', options),
    once: options => once<CustomEvent<number>>(target, 'number', options),
    tell: (n, name = 'number') => void target.dispatchEvent(new CustomEvent(name, { detail: n })),
    listeners: () => target.listeners,
    read: brought => (brought as CustomEvent<number>).detail,
  }
}

describe.each(both)('of an %s, events', kind => {
  test('are kept from the call on, and read in order, in both colors', async () => {
    for (const color of ['generator', 'async']) {
      await runVirtual(function* () {
        const { listen, tell, read, listeners } = made(kind)
        const flow = listen({ close: 'end' })
        tell(1)
        tell(2)
        const seen: unknown[] = []
        const reader =
          color === 'generator'
            ? createTask(
                flow.forEach(function* (brought) {
                  seen.push(read(brought))
                }),
              )
            : createTask(async () => {
                for await (const brought of flow) seen.push(read(brought))
              })
        yield* sleep(1)
        tell(3)
        tell(0, 'another')
        yield* sleep(1)
        expect(seen).toEqual([1, 2, 3])
        tell(4)
        tell(0, 'end')
        tell(5)
        expect(listeners()).toBe(0)
        yield* reader
        expect(seen).toEqual([1, 2, 3, 4])
        expect((yield* flow.next()).done).toBe(true)
      })
    }
  })

  test('may end by any of several names', async () => {
    await runVirtual(function* () {
      for (const end of ['end', 'close']) {
        const { listen, tell, listeners } = made(kind)
        const flow = listen({ close: ['end', 'close'] })
        tell(1, end)
        expect((yield* flow.next()).done).toBe(true)
        expect(listeners()).toBe(0)
      }
    })
  })

  test('left in any way, are listened to no more, and nothing more comes', async () => {
    const ways: Record<string, (flow: EventFlow<unknown>, controller: AbortController) => unknown> = {
      stop: flow => flow.stop(),
      using: flow => flow[Symbol.dispose](),
      abort: (_flow, controller) => controller.abort('enough'),
      break: flow =>
        createTask(async () => {
          for await (const _ of flow) break
        }),
      cancel: flow => {
        const reader = createTask(flow.toArray())
        createTask(function* () {
          yield* sleep(1)
          reader.cancel()
        })
        return reader
      },
    }
    for (const [way, leave] of Object.entries(ways)) {
      await runVirtual(function* () {
        const { listen, tell, listeners } = made(kind)
        const controller = new AbortController()
        const flow = listen({ signal: controller.signal })
        tell(1)
        tell(2)
        const left = leave(flow, controller) as Operation<unknown> | undefined
        if (left !== undefined) yield* endingOf(left)
        expect(listeners() + getEventListeners(controller.signal, 'abort').length, way).toBe(0)
        tell(3)
        if (way === 'abort') expect(yield* errorOf(flow.next())).toBe('enough')
        else expect((yield* flow.next()).done, way).toBe(true)
        flow[Symbol.dispose]()
        yield* flow.stop()
      })
    }
  })

  test('one by one, the readers take turns, and one who is cancelled when hers has come passes it on', async () => {
    await runVirtual(function* () {
      const { listen, tell, read } = made(kind)
      using flow = listen()
      const seen: string[] = []
      const [a, b, c] = ['a', 'b', 'c'].map(name =>
        createTask(function* () {
          seen.push(`${name}${read((yield* flow.next()).value)}`)
        }),
      )
      yield* sleep(1)
      tell(1)
      tell(2)
      a?.cancel()
      b?.cancel()
      yield* sleep(1)
      expect(seen).toEqual(['c1'])
      expect(read((yield* flow.next()).value)).toBe(2)
      expect([a?.cancelled(), b?.cancelled(), c?.cancelled()]).toEqual([true, true, false])
    })
  })

  test('may be a case of a select, which loses none of them', async () => {
    await runVirtual(function* () {
      const { listen, tell, read } = made(kind)
      using flow = listen()
      expect(yield* select({ next: flow.next(), tick: sleep(5) })).toMatchObject({ kind: 'tick' })
      tell(1)
      const chosen = yield* select({ next: flow.next(), tick: sleep(5) })
      expect(chosen.kind === 'next' && read(chosen.value.value)).toBe(1)
    })
  })

  describe('of which more come than are kept', () => {
    test('fail, with the numbers and the way out, after those that are kept', async () => {
      await runVirtual(function* () {
        const { listen, tell, read, listeners } = made(kind)
        const flow = listen({ limit: 2 })
        for (const n of [1, 2, 3, 4]) tell(n)
        expect(listeners()).toBe(0)
        expect([read((yield* flow.next()).value), read((yield* flow.next()).value)]).toEqual([1, 2])
        const error = yield* errorOf(flow.next())
        expect(error).toBeInstanceOf(QueueFullError)
        expect((error as Error).message).toMatch(/"number".*limit 2.*overflow: 'dropOldest'/)
      })
    })

    test('drop the oldest or the newest, if told to', async () => {
      await runVirtual(function* () {
        for (const [overflow, left] of [
          ['dropOldest', [3, 4]],
          ['dropNewest', [1, 2]],
        ] as const) {
          const { listen, tell, read } = made(kind)
          using flow = listen({ limit: 2, overflow })
          for (const n of [1, 2, 3, 4]) tell(n)
          expect([read((yield* flow.next()).value), read((yield* flow.next()).value)]).toEqual(left)
          tell(5)
          expect(read((yield* flow.next()).value)).toBe(5)
        }
      })
    })

    test('are 1024, if nothing is said', async () => {
      await runVirtual(function* () {
        const { listen, tell } = made(kind)
        const flow = listen()
        for (let n = 0; n < 1025; n += 1) tell(n)
        const error = yield* errorOf(flow.toArray())
        expect((error as Error).message).toContain('limit 1024')
      })
    })
  })

  test('with a signal that is aborted already are none', async () => {
    await runVirtual(function* () {
      const { listen, listeners } = made(kind)
      const flow = listen({ signal: AbortSignal.abort('before') })
      expect(listeners()).toBe(0)
      expect(yield* errorOf(flow.next())).toBe('before')
    })
  })

  describe('once', () => {
    test('gives the next one from the call on, and listens no more from that moment', async () => {
      await runVirtual(function* () {
        const { once, tell, read, listeners } = made(kind)
        const next = once()
        tell(1)
        expect(listeners()).toBe(0)
        tell(2)
        expect([read(yield* next), read(yield* next)]).toEqual([1, 1])
      })
      const { once, tell, read } = made(kind)
      setImmediate(() => tell(7))
      expect(read(await once())).toBe(7)
    })

    test('cancelled, timed out or aborted, listens no more', async () => {
      await runVirtual(function* () {
        const { once, listeners } = made(kind)
        const reader = createTask(once())
        yield* sleep(1)
        expect(listeners()).toBeGreaterThan(0)
        reader.cancel()
        expect(isCancelled(yield* errorOf(reader))).toBe(true)
        yield* errorOf(timeout(5, once()))
        once().cancel()
        const controller = new AbortController()
        const aborted = createTask(once({ signal: controller.signal }))
        yield* sleep(1)
        controller.abort('stop')
        expect(yield* errorOf(aborted)).toBe('stop')
        expect(yield* errorOf(once({ signal: controller.signal }))).toBe('stop')
        const other = new AbortController()
        once({ signal: other.signal }).cancel()
        expect(getEventListeners(other.signal, 'abort')).toHaveLength(0)
        expect(listeners()).toBe(0)
      })
    })

    test('may be a case of one select after another, and is still listened for', async () => {
      await runVirtual(function* () {
        const { once, tell, read } = made(kind)
        const next = once()
        expect((yield* select({ next, tick: sleep(5) })).kind).toBe('tick')
        tell(1)
        const chosen = yield* select({ next, tick: sleep(5) })
        expect(chosen.kind === 'next' && read(chosen.value)).toBe(1)
      })
    })
  })
})

function* endingOf(what: Operation<unknown>): Operation<void> {
  try {
    yield* what
  } catch {
    // What is looked at is what is left behind.
  }
}

describe("an emitter's 'error'", () => {
  const broken = new Error('broken')

  test('fails the source, after what is kept, and it listens no more', async () => {
    await runVirtual(function* () {
      const emitter = new EventEmitter()
      const flow = events(emitter, 'data')
      emitter.emit('data', 1)
      emitter.emit('error', broken)
      expect(listeners(emitter)).toBe(0)
      expect(yield* flow.next()).toEqual({ done: false, value: [1] })
      expect(yield* errorOf(flow.next())).toBe(broken)
    })
  })

  test('that nobody reads or waits for is reported', async () => {
    const told = await reports(function* () {
      const emitter = new EventEmitter()
      events(emitter, 'data')
      once(emitter, 'end')
      emitter.emit('error', broken)
    })
    expect(told).toMatchObject([
      { exception: broken, title: 'events(…)' },
      { exception: broken, title: 'the event "end" of a EventEmitter' },
    ])
  })

  test('may be what is read, or what ends it', async () => {
    await runVirtual(function* () {
      const emitter = new EventEmitter()
      using errors = events<[Error]>(emitter, 'error')
      const ended = events(emitter, 'data', { close: 'error' })
      emitter.emit('error', broken)
      expect((yield* errors.next()).value).toEqual([broken])
      expect((yield* ended.next()).done).toBe(true)
    })
  })

  test('ends a once with it, but for that of the error itself', async () => {
    await runVirtual(function* () {
      const emitter = new EventEmitter()
      const data = createTask(once(emitter, 'data'))
      const error = createTask(once(emitter, 'error'))
      yield* sleep(1)
      emitter.emit('error', broken)
      expect(listeners(emitter)).toBe(0)
      expect(yield* errorOf(data)).toBe(broken)
      expect(yield* error).toEqual([broken])
    })
  })

  test('of a target is an event like others', async () => {
    await runVirtual(function* () {
      const target = new EventTarget()
      using flow = events(target, 'message')
      target.dispatchEvent(new Event('error'))
      target.dispatchEvent(new Event('message'))
      expect((yield* flow.next()).value?.type).toBe('message')
    })
  })
})

test('what has both kinds of methods is taken for an emitter, and names may be symbols', async () => {
  await run(function* () {
    const { port1, port2 } = new MessageChannel()
    using messages = events(port1, 'message')
    port2.postMessage({ n: 1 })
    expect((yield* messages.next()).value).toMatchObject([{ n: 1 }])
    port1.close()
    const name = Symbol('tick')
    const emitter = new EventEmitter()
    using ticks = events(emitter, name)
    emitter.emit(name, 1, 2)
    expect((yield* ticks.next()).value).toEqual([1, 2])
  })
})

test('sockets and servers', async () => {
  await run(function* () {
    const server = createServer((_request, response) => void response.end('hello'))
    const listening = once(server, 'listening')
    server.listen(0, '127.0.0.1')
    yield* listening
    const { port } = server.address() as AddressInfo
    const call = request({ port, host: '127.0.0.1', agent: false })
    call.end()
    const [response] = yield* once<[import('node:http').IncomingMessage]>(call, 'response')
    const chunks = yield* events<[Buffer]>(response, 'data', { close: 'end' }).toArray()
    expect(chunks.map(String).join('')).toBe('hello')
    const closed = once(server, 'close')
    server.close()
    yield* closed
  })
})
