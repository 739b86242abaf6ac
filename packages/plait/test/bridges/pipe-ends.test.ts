import { createReadStream, createWriteStream } from 'node:fs'
import { Readable, Writable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import {
  asyncGenerator,
  Channel,
  ChannelClosedError,
  createTask,
  type Emit,
  isCancelled,
  type Operation,
  pipe,
  run,
  type SinkLike,
  sleep,
  sourceOf,
  until,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { errorOf } from '../tasks/endings.ts'
import { reports } from '../tasks/reports.ts'
import { listeners } from './listeners.ts'

const broken = new Error('broken')

describe('out of a channel', () => {
  test('into another: everything goes over, and the end too', async () => {
    await runVirtual(function* () {
      const [from, to] = [new Channel<number>({ capacity: 2 }), new Channel<number>()]
      const piping = createTask(pipe(from, to))
      createTask(function* () {
        for (const n of [1, 2, 3]) yield* from.send(n)
        from.close()
      })
      expect(yield* to.toArray()).toEqual([1, 2, 3])
      yield* piping
    })
  })

  test('an error goes over', async () => {
    await runVirtual(function* () {
      const [from, to] = [new Channel<number>({ capacity: 2 }), new Channel<number>()]
      const piping = createTask(pipe(from, to))
      yield* from.send(1)
      from.close(broken)
      expect((yield* to.next()).value).toBe(1)
      expect(yield* errorOf(to.next())).toBe(broken)
      expect(yield* errorOf(piping)).toBe(broken)
    })
  })

  test('whose sink is gone: it is closed, and those who send learn of it', async () => {
    await runVirtual(function* () {
      const [from, to] = [new Channel<number>(), new Channel<number>()]
      const piping = createTask(pipe(from, to))
      yield* from.send(1)
      to.close()
      expect(yield* errorOf(piping)).toBeInstanceOf(ChannelClosedError)
      expect(yield* errorOf(from.send(2))).toBeInstanceOf(ChannelClosedError)
    })
  })
})

describe('a sink that is over before it begins', () => {
  test('ends the source', async () => {
    const destroyed = new Writable({ write() {} }).destroy()
    const ended = new Writable({ write: (_chunk, _encoding, done) => done() }).end()
    await new Promise(resolve => ended.once('close', resolve))
    const closed = new WritableStream<number>()
    await closed.close()
    const channel = new Channel<number>()
    channel.close()
    for (const sink of [destroyed, ended, closed, channel] as SinkLike<number>[]) {
      await runVirtual(function* () {
        const source = Readable.from([1, 2, 3])
        const error = (yield* errorOf(pipe<number>(source, sink))) as Error & { code?: string }
        if (sink === channel) expect(error).toBeInstanceOf(ChannelClosedError)
        else expect(error.code).toBe('ERR_STREAM_PREMATURE_CLOSE')
        expect(source.destroyed && source.closed).toBe(true)
      })
    }
  })

  test('or is locked by another, is left alone, and the source too', async () => {
    await runVirtual(function* () {
      const sink = new WritableStream<number>()
      sink.getWriter()
      const source = Readable.from([1, 2, 3])
      expect(yield* errorOf(pipe<number>(source, sink))).toBeInstanceOf(TypeError)
      expect(source.destroyed).toBe(false)
      source.destroy()
    })
  })
})

test('a sink that fails or is closed while the source has nothing to give is noticed', async () => {
  await runVirtual(function* () {
    const controllers: WritableStreamDefaultController[] = []
    const web = new WritableStream<number>({ start: controller => void controllers.push(controller) })
    const numbers = new Channel<number>()
    const idle = createTask(pipe(numbers, web))
    yield* sleep(1)
    controllers[0]?.error(broken)
    expect(yield* errorOf(idle)).toBe(broken)
    expect(numbers.closed && !web.locked).toBe(true)
    const stream = new Writable({ write: (_chunk, _encoding, done) => done() })
    const source = new Channel<string>()
    const piping = createTask(pipe(source, stream))
    yield* sleep(1)
    stream.destroy()
    expect(yield* errorOf(piping)).toMatchObject({ code: 'ERR_STREAM_PREMATURE_CLOSE' })
    expect(source.closed).toBe(true)
    expect(listeners(stream)).toBe(0)
  })
})

test('an error of the cleanup has the first error as its cause, and the other end is cleaned up all the same', async () => {
  await runVirtual(function* () {
    const worse = new Error('worse')
    const log: string[] = []
    const sink = new WritableStream<number>({
      abort: () => {
        throw worse
      },
    })
    const source = asyncGenerator(function* (emit: Emit<number>) {
      try {
        yield* emit(1)
        yield* sleep(100)
      } finally {
        log.push('left')
      }
    })
    const piping = createTask(pipe(source(), sink))
    yield* sleep(1)
    piping.cancel()
    const error = yield* errorOf(piping)
    expect(error).toBe(worse)
    expect(worse.cause).toSatisfy(isCancelled)
    expect(log).toEqual(['left'])
    expect(sink.locked).toBe(false)
  })
})

test('a chunk that a Node stream refuses fails the pipe', async () => {
  await runVirtual(function* () {
    const stream = new Writable({ write: (_chunk, _encoding, done) => done() })
    const source = new Channel<number>({ capacity: 1 })
    yield* source.send(5)
    expect(yield* errorOf(pipe<unknown>(source, stream))).toMatchObject({ code: 'ERR_INVALID_ARG_TYPE' })
    expect(stream.destroyed && source.closed).toBe(true)
  })
})

test('a Node stream that never tells that it is closed is not waited for', async () => {
  await runVirtual(function* () {
    const stream = new Writable({ emitClose: false, write: () => {} })
    const source = new Channel<string>()
    const piping = createTask(pipe(source, stream))
    yield* sleep(1)
    piping.cancel()
    expect(isCancelled(yield* errorOf(piping))).toBe(true)
    yield* until(new Promise(resolve => setImmediate(resolve)))
  })
})

test('cancelled again in its cleanup, it lets go of one end and still ends the other', async () => {
  await runVirtual(function* () {
    const log: string[] = []
    const sink = new WritableStream<number>({ abort: () => new Promise(() => {}) })
    const source = asyncGenerator(function* (_emit: Emit<number>) {
      try {
        yield* sleep(100)
      } finally {
        log.push('left')
      }
    })
    const piping = createTask(pipe(source(), sink))
    yield* sleep(1)
    piping.cancel()
    yield* sleep(1)
    expect(log).toEqual([])
    piping.cancel()
    expect(isCancelled(yield* errorOf(piping) as Operation<unknown>)).toBe(true)
    expect(log).toEqual(['left'])
    expect(sink.locked).toBe(false)
  })
})

describe('a Node stream that fails before anybody asks it', () => {
  test('as a source or a sink is heard all the same, and its error is that of the pipe', async () => {
    await run(function* () {
      const missing = createReadStream('/there/is/no/such/file')
      const unwritable = createWriteStream('/there/is/no/such/folder/file')
      const before = listeners(unwritable)
      const sink = new Channel<Buffer>()
      const source = new Channel<Buffer>()
      const pipes = [pipe<Buffer>(missing, sink), pipe(source, unwritable)]
      yield* until(closed(missing))
      yield* until(closed(unwritable))
      for (const piping of pipes) expect(yield* errorOf(piping)).toMatchObject({ code: 'ENOENT' })
      expect(sink.closed && source.closed).toBe(true)
      expect(listeners(unwritable)).toBe(before)
    })
  })

  test('as a source that is never asked is reported', async () => {
    const told = await reports(function* () {
      const missing = createReadStream('/there/is/no/such/file')
      sourceOf(missing)
      yield* until(closed(missing))
    })
    expect(told).toMatchObject([{ exception: { code: 'ENOENT' }, title: 'sourceOf(…)' }])
  })
})

const closed = (stream: Readable | Writable) =>
  new Promise<void>(resolve => (stream.closed ? resolve() : stream.once('close', resolve)))
