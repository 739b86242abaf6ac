import { expect } from 'vitest'
import { allTasks, Channel, type Flow, mapConcurrent } from '../../src/index.ts'
import { type Actor, interrupted, type Scenario, type Steps } from '../sync/interrupted.ts'
import { Crew, Numbers } from './crew.ts'

/** Nobody is left at work. */
function expectRest(crew: Crew): void {
  expect(crew.running).toBe(0)
  expect(allTasks().map(task => task.name)).toEqual(['main'])
}

/** One who goes through all results, in every color. */
function taking(ordered: boolean): () => Scenario {
  return () => {
    const crew = new Crew()
    const numbers = new Numbers(4)
    const taken: number[] = []
    const results: { flow?: Flow<number> } = {}
    let wasClean = true
    return {
      tasks: {
        *taker(me) {
          const flow = mapConcurrent(
            numbers.items,
            n => (me.color === 'async' ? crew.workAsync(n, n, 2) : crew.work(n, n, 2)),
            { concurrency: 2, ordered },
          )
          results.flow = flow
          try {
            yield* me.waitFor(() =>
              flow.forEach(
                me.body(function* (n: number) {
                  taken.push(n)
                  yield* me.sleep(1)
                }),
              ),
            )
          } finally {
            // Interrupted once more while it waits for that, it goes without, and the cleanup goes on.
            if (me.task.cancelling() <= 1) wasClean = crew.running === 0
          }
        },
      },
      *check(victim) {
        expect(taken).toEqual([1, 2, 3, 4].slice(0, taken.length))
        if (victim === undefined) expect(taken).toHaveLength(4)
        expect(wasClean).toBe(true)
        if (results.flow !== undefined) {
          expect(yield* results.flow.toArray()).toEqual([])
          yield* results.flow.stop()
        }
        expectRest(crew)
        expect(numbers.state).not.toBe('begun')
      },
    }
  }
}

interrupted('whoever leaves a map waits for the cleanup of what it began', taking(true), { taker: 7 })
interrupted('whoever leaves an unordered map waits for the cleanup of what it began', taking(false), {
  taker: 7,
})

interrupted(
  'no result is lost or doubled among those who ask for one at a time',
  () => {
    const crew = new Crew()
    const results = mapConcurrent(new Numbers(6).items, n => crew.work(n, n), { concurrency: 2 })
    const taken: (number | undefined)[] = []
    function* taker(me: Actor): Steps {
      for (let n = 0; n < 2; n += 1) {
        const next = yield* me.waitFor(() => results.next())
        taken.push(next.value)
        yield* me.sleep(1)
      }
    }
    return {
      tasks: { a: taker, b: taker },
      *check() {
        const rest = yield* results.toArray()
        expect([...taken, ...rest].toSorted()).toEqual([1, 2, 3, 4, 5, 6])
        expectRest(crew)
      },
    }
  },
  { a: 4, b: 4 },
)

interrupted(
  'a map over a channel loses nothing that was sent while nobody left it',
  () => {
    const crew = new Crew()
    const channel = new Channel<number>()
    const sent: number[] = []
    const taken: number[] = []
    const results = mapConcurrent(channel, n => crew.work(n, 2), { concurrency: 2 })
    return {
      mayBeLate: true,
      tasks: {
        *sender(me) {
          try {
            for (const n of [1, 2, 3]) {
              yield* me.wait(options => channel.send(n, options))
              sent.push(n)
            }
          } finally {
            channel.close()
          }
        },
        *taker(me) {
          for (;;) {
            const next = yield* me.waitFor(() => results.next())
            if (next.done === true) return
            taken.push(next.value)
          }
        },
      },
      *check(victim) {
        const rest = yield* results.toArray()
        if (victim === 'sender') expect([1, 2, 3]).toEqual(expect.arrayContaining([...taken, ...rest]))
        else expect([...taken, ...rest]).toEqual([1, 2, 3])
        expect([...taken, ...rest]).toEqual(expect.arrayContaining(sent))
        expectRest(crew)
      },
    }
  },
  { sender: 2, taker: 2 },
)

interrupted(
  'a map is stopped once for all who stop it, and each waits for its end',
  () => {
    const crew = new Crew()
    const numbers = new Numbers()
    const results = mapConcurrent(numbers.items, n => crew.work(n, 5, 3), { concurrency: 2 })
    function* stopper(me: Actor): Steps {
      yield* me.sleep(1)
      yield* me.waitFor(() => results.stop())
      expect(crew.running).toBe(0)
    }
    return {
      tasks: {
        *asker(me) {
          yield* me.waitFor(() => results.next())
        },
        a: stopper,
        b: stopper,
      },
      *check() {
        yield* results.stop()
        expectRest(crew)
        expect(numbers.state).not.toBe('begun')
      },
    }
  },
  { asker: 1, a: 2, b: 2 },
)
