import { expect } from 'vitest'
import { Lock } from '../../src/index.ts'
import { type Actor, interrupted, type Scenario, type Steps } from './interrupted.ts'

/** Three or more who want one lock, twice each, and what must hold of it whoever is interrupted. */
function ofLock(take: (lock: Lock, me: Actor, work: () => Steps) => Steps): () => Scenario {
  return () => {
    const lock = new Lock()
    const asked: string[] = []
    const got: string[] = []
    let inside = 0
    function* user(me: Actor): Steps {
      for (const round of [1, 2]) {
        asked.push(`${me.name}${round}`)
        yield* take(lock, me, function* () {
          got.push(`${me.name}${round}`)
          inside += 1
          try {
            expect(inside).toBe(1)
            expect(lock.statistics().holder).toBe(me.task)
            yield* me.sleep(1)
          } finally {
            inside -= 1
          }
        })
      }
    }
    return {
      tasks: { a: user, b: user, c: user },
      *check(victim) {
        expect(lock.statistics()).toEqual({ locked: false, holder: undefined, waiters: [] })
        const others = (names: readonly string[]) => names.filter(name => name[0] !== victim)
        expect(others(got)).toEqual(others(asked))
      },
    }
  }
}

interrupted(
  'a lock taken with using is free at the end, and was had in the order asked',
  ofLock(function* (lock, me, work) {
    using _held = yield* me.wait(options => lock.acquire(options))
    yield* work()
  }),
  { a: 3, b: 4, c: 4 },
)

interrupted(
  'a lock held around a body is free at the end, and was had in the order asked',
  ofLock((lock, me, work) => me.waitFor(() => lock.hold(me.body(work)))),
  { a: 3, b: 4, c: 4 },
)

interrupted(
  'a lock released by hand is free at the end, and was had in the order asked',
  ofLock(function* (lock, me, work) {
    yield* me.wait(options => lock.acquire(options))
    try {
      yield* work()
    } finally {
      lock.release()
    }
  }),
  { a: 3, b: 4, c: 4 },
)
