import { Writable } from 'node:stream'
import { expect } from 'vitest'
import {
  allTasks,
  asyncGenerator,
  Channel,
  ChannelClosedError,
  type Emit,
  pipe,
  type SinkLike,
  sleep,
  until,
} from '../../src/index.ts'
import { type Actor, interrupted, type Scenario, type Steps } from '../sync/interrupted.ts'
import { listeners } from './listeners.ts'

/** Does something that the other end may be gone from. */
function* unlessClosed(steps: Steps): Steps {
  try {
    yield* steps
  } catch (error) {
    if (!(error instanceof ChannelClosedError)) throw error
  }
}

/** One sends, one pipes, one receives; whoever ends lets the others end. */
function line(): Scenario {
  const [from, to] = [new Channel<number>(), new Channel<number>({ capacity: 1 })]
  const received: number[] = []
  const close = (channel: Channel<number>): void => {
    if (!channel.closed) channel.close()
  }
  function* sending(me: Actor): Steps {
    for (const n of [1, 2, 3]) yield* me.wait(options => from.send(n, options))
  }
  return {
    mayBeLate: true,
    tasks: {
      *sender(me) {
        try {
          yield* unlessClosed(sending(me))
        } finally {
          close(from)
        }
      },
      *piper(me) {
        yield* unlessClosed(me.wait(({ signal }) => pipe(from, to, { signal })))
      },
      *receiver(me) {
        try {
          for (;;) {
            const next = yield* me.wait(options => to.receive(options))
            if (next.kind === 'closed') return
            received.push(next.item)
            yield* me.sleep(1)
          }
        } catch (error) {
          // What a pipe that was interrupted gives up its sink with.
          const isGivenUp =
            error instanceof Error &&
            /AbortError|stopped by its signal|TimeoutError/.test(`${error.name} ${error}`)
          if (!isGivenUp) throw error
        } finally {
          close(to)
        }
      },
    },
    *check(victim) {
      expect(received).toEqual([1, 2, 3].slice(0, received.length))
      if (victim === undefined) expect(received).toHaveLength(3)
      for (const channel of [from, to])
        expect(channel.statistics()).toMatchObject({ isClosed: true, senders: [], receivers: [] })
      expect(allTasks().map(task => task.name)).toEqual(['main'])
    },
  }
}

const numbers = asyncGenerator(function* numbers(emit: Emit<number>, log: string[]) {
  try {
    for (const n of [1, 2, 3]) {
      yield* emit(n)
      yield* sleep(1)
    }
  } finally {
    try {
      yield* sleep(1)
    } finally {
      log.push('cleaned') // Though it be cancelled in the middle of cleaning up.
    }
  }
})

/** A stream to write to, and what it looks like from outside. */
interface Made {
  readonly sink: SinkLike<number>
  readonly arrived: number[]
  /** Closed well or given up; nobody holds it. */
  isOver(): boolean
  isHeld(): boolean
}

const streams: Record<string, () => Made> = {
  'a web stream': () => {
    const arrived: number[] = []
    let isOver = false
    const end = async () => {
      await sleep(1)
      isOver = true
    }
    const sink = new WritableStream<number>({
      write: async item => {
        await sleep(1)
        arrived.push(item)
      },
      close: end,
      abort: end,
    })
    return { sink, arrived, isOver: () => isOver, isHeld: () => sink.locked }
  },
  'a Node stream': () => {
    const arrived: number[] = []
    const sink = new Writable({
      objectMode: true,
      highWaterMark: 1,
      write: (item, _encoding, done) => {
        arrived.push(item)
        setImmediate(done)
      },
      destroy: (error, done) => void setImmediate(done, error),
    })
    const before = listeners(sink)
    return { sink, arrived, isOver: () => sink.destroyed, isHeld: () => listeners(sink) !== before }
  },
}

function into(make: () => Made): () => Scenario {
  return () => {
    const { sink, arrived, isOver, isHeld } = make()
    const log: string[] = []
    return {
      tasks: {
        *piper(me) {
          yield* me.wait(({ signal }) => pipe(numbers(log), sink, { signal }))
        },
      },
      *check(victim) {
        expect(arrived).toEqual([1, 2, 3].slice(0, arrived.length))
        if (victim === undefined) expect(arrived).toHaveLength(3)
        // One that was interrupted twice does not wait for the ends of what it has ended.
        for (let n = 0; n < 9 && !(isOver() && !isHeld()); n += 1) {
          yield* until(new Promise(resolve => setImmediate(resolve)))
          yield* sleep(1)
        }
        expect(isOver()).toBe(true)
        expect(isHeld()).toBe(false)
        expect(log).toEqual(['cleaned'])
        expect(allTasks().map(task => task.name)).toEqual(['main'])
      },
    }
  }
}

interrupted('a line of channels and a pipe leaves nobody behind', line, { sender: 2, piper: 2, receiver: 3 })
for (const [kind, make] of Object.entries(streams))
  interrupted(`a pipe into ${kind} ends both ends`, into(make), { piper: 8 })
