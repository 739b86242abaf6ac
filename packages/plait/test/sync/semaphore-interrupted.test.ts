import { expect } from 'vitest'
import { BoundedSemaphore, Semaphore } from '../../src/index.ts'
import { type Actor, interrupted, type Scenario, type Steps } from './interrupted.ts'

/** Five who want one of two permits, and what must hold of them whoever is interrupted. */
function ofSemaphore(take: (semaphore: Semaphore, me: Actor, work: () => Steps) => Steps): () => Scenario {
  return () => {
    const semaphore = new BoundedSemaphore(2)
    const asked: string[] = []
    const got: string[] = []
    let inside = 0
    function* user(me: Actor): Steps {
      asked.push(me.name)
      yield* take(semaphore, me, function* () {
        got.push(me.name)
        inside += 1
        try {
          expect(inside).toBeLessThanOrEqual(2)
          expect(semaphore.statistics().holders).toContain(me.task)
          yield* me.sleep(me.name === 'a' ? 1 : 2)
        } finally {
          inside -= 1
        }
      })
    }
    return {
      tasks: { a: user, b: user, c: user, d: user, e: user },
      *check(victim) {
        expect(semaphore.statistics()).toEqual({ value: 2, holders: [], waiters: [] })
        const others = (names: readonly string[]) => names.filter(name => name !== victim)
        expect(others(got)).toEqual(others(asked))
      },
    }
  }
}

interrupted(
  'permits taken with using are all back at the end, and were had in the order asked',
  ofSemaphore(function* (semaphore, me, work) {
    using _permit = yield* me.wait(options => semaphore.acquire(options))
    yield* work()
  }),
  { a: 1, b: 1, c: 2, d: 2, e: 2 },
)

interrupted(
  'permits held around a body are all back at the end, and were had in the order asked',
  ofSemaphore((semaphore, me, work) => me.waitFor(() => semaphore.hold(me.body(work)))),
  { a: 1, b: 1, c: 2, d: 2, e: 2 },
)

interrupted(
  'permits released by hand are all back at the end, and were had in the order asked',
  ofSemaphore(function* (semaphore, me, work) {
    yield* me.wait(options => semaphore.acquire(options))
    try {
      yield* work()
    } finally {
      semaphore.release()
    }
  }),
  { a: 1, b: 1, c: 2, d: 2, e: 2 },
)

interrupted(
  'permits given to those who wait, and to nobody, are counted',
  () => {
    const semaphore = new Semaphore(0)
    let given = 0
    const taken: string[] = []
    function* taker(me: Actor): Steps {
      yield* me.wait(options => semaphore.acquire(options))
      taken.push(me.name)
    }
    return {
      tasks: {
        a: taker,
        b: taker,
        c: taker,
        *giver(me) {
          try {
            yield* me.sleep(1)
            given += 1
            semaphore.release()
            yield* me.sleep(1)
          } finally {
            while (given < 3) {
              given += 1
              semaphore.release()
            }
          }
        },
      },
      *check(victim) {
        expect(semaphore.value + taken.length).toBe(given)
        expect(semaphore.statistics().waiters).toEqual([])
        const others = (names: readonly string[]) => names.filter(name => name !== victim)
        expect(others(taken)).toEqual(others(['a', 'b', 'c']))
      },
    }
  },
  { a: 1, b: 1, c: 1, giver: 2 },
)
