import { Writable } from 'node:stream'
import { Channel, createTask, type SinkLike, sleep, until } from '../../src/index.ts'
import { listeners } from './listeners.ts'

/** Holds up what passes through it, from the moment it is told to. */
class Gate {
  passed: Promise<void> = Promise.resolve()

  /** Gives what lets everything go on. */
  hold(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.passed = promise
    return resolve
  }
}

/** A sink of some kind, and what has become of it. */
export interface Made {
  readonly sink: SinkLike<number>
  /** What has arrived. */
  readonly arrived: number[]
  /** How it ended: 'open', 'closed', or the error it was given up with. */
  state(): unknown
  /** Holds up what is written until it is let go on. */
  hold(): () => void
  /** Fails, or is closed, through no doing of the pipe's. */
  break(error?: Error): void
  /** Listeners and locks. */
  isFree(): boolean
}

export const sinks: Record<string, () => Made> = {
  'a channel': () => {
    const sink = new Channel<number>()
    const arrived: number[] = []
    let state: unknown = 'open'
    const gate = new Gate()
    createTask(function* () {
      try {
        for (;;) {
          yield* until(gate.passed)
          const next = yield* sink.next()
          if (next.done) break
          arrived.push(next.value)
        }
        state = 'closed'
      } catch (error) {
        state = error
      }
    })
    return {
      sink,
      arrived,
      state: () => state,
      hold: () => gate.hold(),
      break: error => sink.close(error),
      isFree: () => true,
    }
  },

  'a web stream': () => {
    const arrived: number[] = []
    let state: unknown = 'open'
    const gate = new Gate()
    let controller: WritableStreamDefaultController | undefined
    const sink = new WritableStream<number>({
      start: own => {
        controller = own
      },
      write: async item => {
        await gate.passed
        arrived.push(item)
      },
      close: async () => {
        await sleep(1)
        state = 'closed'
      },
      abort: async reason => {
        await sleep(1)
        state = reason
      },
    })
    return {
      sink,
      arrived,
      state: () => state,
      hold: () => gate.hold(),
      break: error => controller?.error(error),
      isFree: () => !sink.locked,
    }
  },

  'a Node stream': () => {
    const arrived: number[] = []
    let state: unknown = 'open'
    const gate = new Gate()
    const sink = new Writable({
      objectMode: true,
      highWaterMark: 1,
      write: (item, _encoding, done) => {
        gate.passed.then(() => {
          arrived.push(item)
          done()
        })
      },
      final: done => {
        state = 'closed'
        setImmediate(done)
      },
      destroy: (error, done) => {
        if (error !== null) state = error
        setImmediate(done, error)
      },
    })
    const before = listeners(sink)
    return {
      sink,
      arrived,
      state: () => state,
      hold: () => gate.hold(),
      break: error => sink.destroy(error),
      isFree: () => listeners(sink) === before,
    }
  },
}
