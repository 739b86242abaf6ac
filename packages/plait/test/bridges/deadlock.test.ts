import { spawnSync } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import {
  asyncGenerator,
  Channel,
  createTask,
  DeadlockError,
  type Emit,
  events,
  Future,
  fromCallback,
  gatherSettled,
  once,
  pipe,
  select,
  sleep,
  sourceOf,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'

const index = fileURLToPath(new URL('../../src/index.ts', import.meta.url))

/** Each of these waits for what never comes; in a program of its own, since only the end of a process tells. */
const waits: Record<string, [wait: string, says: string]> = {
  events: ["events(new EventEmitter(), 'data').next()", 'the event "data" of a EventEmitter'],
  'events of a target': ["events(new EventTarget(), 'load').next()", 'the event "load" of a EventTarget'],
  once: ["once(new EventEmitter(), Symbol('tick'))", 'the event Symbol(tick) of a EventEmitter'],
  fromCallback: ['fromCallback(() => {})', 'a callback'],
  'a web stream': ['sourceOf(new ReadableStream()).next()', 'the next item of a ReadableStream'],
  'a Node stream': ['sourceOf(new Readable({ read() {} })).toArray()', 'the next item of a Readable'],
  'an async generator': [
    'sourceOf((async function* () { await new Promise(() => {}) })()).next()',
    'the next item of a AsyncGenerator',
  ],
  'a full Node stream': [
    'pipe(sourceOf(["a", "b"]), new Writable({ highWaterMark: 1, write() {} }))',
    'room in a Writable',
  ],
  'the end of a Node stream': ['pipe([], new Writable({ final() {} }))', 'the end of a Writable'],
  'a full web stream': [
    'pipe([1, 2, 3], new WritableStream({ write: () => new Promise(() => {}) }))',
    'room in a WritableStream',
  ],
  'the end of a web stream': [
    'pipe([], new WritableStream({ close: () => new Promise(() => {}) }))',
    'the end of a WritableStream',
  ],
}

describe('on the real clock, a program that is stuck', () => {
  test('says of each bridge what it waits for', () => {
    const code = `import { EventEmitter } from 'node:events'
      import { Readable, Writable } from 'node:stream'
      import { createTask, events, fromCallback, once, pipe, run, sourceOf, wait } from ${JSON.stringify(index)}
      await run(function* main() {
        const tasks = [${Object.values(waits).map(([wait], n) => `createTask(${wait}, { name: 'w${n}' })`)}]
        yield* wait(tasks)
      })`
    const { stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
      encoding: 'utf8',
      timeout: 30_000,
    })
    expect(stderr).toContain('DeadlockError: nothing can ever run again')
    for (const [n, [, says]] of Object.values(waits).entries())
      expect(stderr).toMatch(new RegExp(`w${n} .*waits for ${says.replace(/[()]/g, '\\$&')}`))
    expect(status).toBe(1)
  })
})

describe('under virtual time', () => {
  async function stuck(main: () => Generator<never, unknown, never>): Promise<Record<string, string>> {
    const error: unknown = await runVirtual(main).catch(error => error)
    expect(error).toBeInstanceOf(DeadlockError)
    const tasks = (error as DeadlockError).tasks
    return Object.fromEntries(tasks.map(({ task, waitsFor }) => [task, waitsFor]))
  }

  test('who waits for a generator, and what that waits for, is told at once', async () => {
    const waits = await stuck(function* main() {
      const lines = asyncGenerator(function* lines(emit: Emit<string>) {
        yield* emit('one')
        yield* new Future<void>()
      })
      yield* lines().toArray()
    } as never)
    expect(waits).toEqual({
      main: 'the next item of lines(…)',
      lines: 'a future that nobody has set',
    })
  })

  test('a generator at its emit waits for somebody to ask', async () => {
    const waits = await stuck(function* main() {
      const lines = asyncGenerator(function* lines(emit: Emit<string>) {
        yield* emit('one')
      })
      yield* lines().next()
      yield* new Future<void>()
    } as never)
    expect(waits.lines).toBe('somebody to ask for the next item of lines(…)')
  })

  test('a wait for the outside that was given up, or is over, holds nobody up', async () => {
    const waits = await stuck(function* main() {
      const emitter = new EventEmitter()
      using flow = events(emitter, 'data')
      const never = [
        createTask(flow.next()),
        createTask(once(emitter, 'data')),
        createTask(fromCallback(() => {})),
        createTask(
          fromCallback(() => {
            throw new Error('at once')
          }),
        ),
        createTask(sourceOf(new ReadableStream()).next()),
      ]
      yield* sleep(1)
      for (const task of never) task.cancel()
      yield* gatherSettled(...never)
      const next = flow.next()
      yield* select({ next, tick: sleep(1) })
      emitter.emit('data')
      yield* flow.next()
      yield* new Future<void>()
    } as never)
    expect(waits).toEqual({ main: 'a future that nobody has set' })
  })

  test('channels on either side of a pipe, and the source of one, keep their own words', async () => {
    const waits = await stuck(function* main() {
      const [from, to] = [new Channel({ name: 'from' }), new Channel({ name: 'to' })]
      createTask(pipe(from, to), { name: 'pipe' })
      createTask(sourceOf(to).next(), { name: 'reader' })
      yield* new Future<void>()
    } as never)
    expect(waits).toMatchObject({
      pipe: 'a sender on channel "from"',
      reader: 'a sender on channel "to"',
    })
  })
})
