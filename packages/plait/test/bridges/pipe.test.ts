import { describe, expect, test } from 'vitest'
import {
  asyncGenerator,
  ChannelClosedError,
  createTask,
  type Emit,
  Future,
  getEventLoop,
  isCancelled,
  type PipeOptions,
  pipe,
  sleep,
  until,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { ending, errorOf } from '../tasks/endings.ts'
import { sinks } from './made-sinks.ts'

/** Counts, notes how it is left, and never ends unless it is told where to. */
const count = asyncGenerator(function* count(emit: Emit<number>, log: unknown[], to?: number) {
  try {
    for (let n = 1; n !== to; n += 1) {
      log.push(n)
      yield* emit(n)
    }
    log.push('end')
  } finally {
    yield* sleep(2)
    log.push('left')
  }
})

const broken = new Error('broken')

describe.each(Object.entries(sinks))('into %s', (kind, make) => {
  test('everything arrives, in order, before the pipe is over, and the sink is closed', async () => {
    for (const pipeInColor of [
      (...args: Parameters<typeof pipe<number>>) => pipe(...args),
      (...args: Parameters<typeof pipe<number>>) =>
        createTask(async () => {
          await pipe(...args)
        }),
    ]) {
      await runVirtual(function* () {
        const { sink, arrived, state, isFree } = make()
        yield* pipeInColor(count([], 100), sink)
        if (kind === 'a channel') yield* sleep(1)
        expect(arrived).toEqual(Array.from({ length: 99 }, (_, n) => n + 1))
        expect(state()).toBe('closed')
        expect(isFree()).toBe(true)
      })
    }
  })

  test('nothing is taken from the source that the sink does not want', async () => {
    await runVirtual(function* () {
      const { sink, arrived, hold } = make()
      const release = hold()
      const log: unknown[] = []
      const piping = createTask(pipe(count(log), sink))
      yield* sleep(50)
      expect(arrived.length).toBeLessThanOrEqual(1)
      expect(log.length).toBeLessThanOrEqual(2)
      release()
      while (arrived.length < 3) yield* until(new Promise(resolve => setImmediate(resolve)))
      piping.cancel()
      yield* ending(piping)
    })
  })

  test('an error of the source is what the sink is given up with, and what the pipe throws', async () => {
    await runVirtual(function* () {
      const { sink, arrived, state, isFree } = make()
      const failing = asyncGenerator(function* (emit: Emit<number>) {
        yield* emit(1)
        throw broken
      })
      expect(yield* errorOf(pipe(failing(), sink))).toBe(broken)
      if (kind === 'a channel') yield* sleep(1)
      expect(state()).toBe(broken)
      expect(arrived).toEqual(kind === 'a channel' ? [1] : arrived)
      expect(isFree()).toBe(true)
    })
  })

  test('a cancel gives up the sink, stops the source, and waits for both', async () => {
    for (const source of ['busy', 'idle'] as const) {
      await runVirtual(function* () {
        const { sink, state, isFree, hold } = make()
        const release = source === 'busy' ? hold() : undefined
        const log: unknown[] = []
        const idle = asyncGenerator(function* (_emit: Emit<number>) {
          try {
            yield* new Future<void>()
          } finally {
            yield* sleep(2)
            log.push('left')
          }
        })
        const piping = createTask(pipe(source === 'busy' ? count(log) : idle(), sink))
        yield* sleep(5)
        piping.cancel()
        // A web stream is given up when the write it is at is over.
        if (release !== undefined) getEventLoop().callLater(1, release)
        expect(isCancelled(yield* errorOf(piping))).toBe(true)
        expect(log.at(-1)).toBe('left')
        // A cancel of ours would pass for one of whoever reads the other end.
        if (kind === 'a channel') yield* until(new Promise(resolve => setImmediate(resolve)))
        expect(state()).toMatchObject({ name: 'AbortError' })
        expect(isFree()).toBe(true)
      })
    }
  })

  test('a signal ends it as a cancel does, with its reason for both ends; at once if it is aborted already', async () => {
    await runVirtual(function* () {
      for (const when of ['before', 'meanwhile']) {
        const { sink, state, isFree } = make()
        const log: unknown[] = []
        const controller = new AbortController()
        if (when === 'before') controller.abort(broken)
        const slow = asyncGenerator(function* (emit: Emit<number>) {
          try {
            yield* emit(1)
            yield* sleep(100)
          } finally {
            log.push('left')
          }
        })
        const piping = createTask(pipe(slow(), sink, { signal: controller.signal }))
        yield* sleep(5)
        controller.abort(broken)
        expect(yield* errorOf(piping)).toBe(broken)
        yield* sleep(1)
        expect(state(), when).toBe(broken)
        expect(isFree()).toBe(true)
        expect(log).toEqual(when === 'before' ? [] : ['left'])
      }
    })
  })

  test('a sink that fails ends the source, whose cleanup is waited for, and the pipe throws its error', async () => {
    await runVirtual(function* () {
      const made = make()
      const log: unknown[] = []
      const slow = asyncGenerator(function* (emit: Emit<number>) {
        try {
          for (let n = 0; ; n += 1) {
            yield* emit(n)
            yield* sleep(5)
          }
        } finally {
          yield* sleep(2)
          log.push('left')
        }
      })
      const piping = createTask(pipe(slow(), made.sink))
      yield* sleep(7)
      made.break(broken)
      const error = yield* errorOf(piping)
      if (kind === 'a channel') expect(error).toBeInstanceOf(ChannelClosedError)
      else expect(error).toBe(broken)
      expect(log).toEqual(['left'])
      expect(made.isFree()).toBe(true)
    })
  })

  test('left open at the end, it has taken everything all the same', async () => {
    await runVirtual(function* () {
      const { sink, arrived, hold } = make()
      const release = hold()
      const piping = createTask(pipe([1], sink, { preventClose: true }))
      yield* until(new Promise(resolve => setImmediate(resolve)))
      expect(piping.done()).toBe(false)
      release()
      yield* piping
      expect(arrived).toEqual([1])
    })
  })

  test('options leave the ends open', async () => {
    const rows: [option: keyof PipeOptions, how: 'ends' | 'fails' | 'is cancelled'][] = [
      ['preventClose', 'ends'],
      ['preventAbort', 'fails'],
      ['preventAbort', 'is cancelled'],
      ['preventCancel', 'is cancelled'],
    ]
    for (const [option, how] of rows) {
      await runVirtual(function* () {
        const { sink, state, isFree } = make()
        const log: unknown[] = []
        const source = asyncGenerator(function* (emit: Emit<number>) {
          try {
            for (const n of [1, 2]) {
              yield* emit(n)
              yield* sleep(2)
            }
            if (how === 'fails') throw broken
            if (how === 'is cancelled') yield* sleep(100)
          } finally {
            log.push('left')
          }
        })
        const flow = source()
        const piping = createTask(pipe(flow, sink, { [option]: true }))
        if (how === 'is cancelled') {
          yield* sleep(7)
          piping.cancel()
        }
        const end = yield* ending(piping)
        expect('error' in end, `${option} ${how}`).toBe(how !== 'ends')
        expect(isFree()).toBe(true)
        yield* sleep(1)
        if (option === 'preventCancel') expect(log).toEqual([])
        else {
          expect(log).toEqual(['left'])
          expect(state(), `${option} ${how}`).toBe('open')
        }
        yield* flow.stop()
      })
    }
  })
})
