import { describe, expect, test } from 'vitest'
import {
  coroutine,
  createTask,
  Future,
  gather,
  type Operation,
  run,
  shield,
  sleep,
  taskGroup,
  timeout,
  wait,
} from '../../src/index.ts'

const done = () => {
  const future = new Future<number>()
  future.setResult(1)
  return future
}

/** Far more than a slice of the loop has room for, and seconds of work if the host were never let in. */
const TOO_MANY = 2_000_000

/** The waits that never have to wait: each satisfied, or at most a turn. */
const waits: Record<string, () => Operation<unknown>> = {
  'sleep(0)': () => sleep(0),
  'a satisfied future': done,
  'a bare yield': function* () {
    yield
  },
  'a gather of satisfied futures': () => gather(done()),
  'a shield of a satisfied future': () => shield(done()),
  'a wait for satisfied futures': () => wait([done()]),
  'a timeout around a satisfied future': () => timeout(1000, done()),
  'an empty gather': () => gather(),
  'a timeout around nothing': () => timeout(1000, function* () {}),
  'an empty group': () => taskGroup(function* () {}),
  'a coroutine that waits for a satisfied future': coroutine(function* () {
    yield* done()
  }),
  'a task that ends at once': () => createTask(function* () {}),
}

const host: Record<string, (fn: () => void) => void> = {
  setTimeout: fn => void setTimeout(fn, 1),
  setImmediate: fn => void setImmediate(fn),
}

describe.each(Object.entries(host))('%s of the host fires', (_hook, ask) => {
  test.each(Object.entries(waits))('while a generator task loops on %s', async (_name, begin) => {
    let fired = false
    await run(function* () {
      ask(() => {
        fired = true
      })
      for (let n = 0; !fired; n += 1) {
        if (n > TOO_MANY) throw new Error('the host never had its turn')
        yield* begin()
      }
    })
    expect(fired).toBe(true)
  })

  test.each([
    ['a satisfied future', done as () => PromiseLike<unknown>],
    ['sleep(0)', () => sleep(0)],
    ['a gather of satisfied futures', () => gather(done())],
    [
      'a coroutine that waits for one',
      coroutine(function* () {
        yield* done()
      }),
    ],
  ])('while an async function loops on %s', async (_name, begin) => {
    for (const inside of [true, false]) {
      let fired = false
      const loop = async () => {
        ask(() => {
          fired = true
        })
        for (let n = 0; !fired; n += 1) {
          if (n > TOO_MANY) throw new Error('the host never had its turn')
          await begin()
        }
      }
      await (inside ? run(loop) : loop())
      expect(fired).toBe(true)
    }
  })

  test('while many tasks wake each other in a circle', async () => {
    let fired = false
    await run(function* () {
      ask(() => {
        fired = true
      })
      const spin = function* () {
        for (let n = 0; !fired; n += 1) {
          if (n > TOO_MANY) throw new Error('the host never had its turn')
          yield
        }
      }
      yield* gather(spin, spin, spin)
    })
    expect(fired).toBe(true)
  })

  test('while callbacks ask for callbacks', async () => {
    let fired = false
    await run(function* () {
      ask(() => {
        fired = true
      })
      const over = new Future<void>()
      const loop = over.getLoop()
      let n = 0
      const again = () => {
        n += 1
        if (fired || n > TOO_MANY) over.setResult()
        else loop.callSoon(again)
      }
      again()
      yield* over
    })
    expect(fired).toBe(true)
  })
})
