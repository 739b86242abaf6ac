import { expect } from 'vitest'
import { getEventLoop, RateLimiter, select, sleep } from '../../src/index.ts'
import { type Actor, interrupted, type Scenario, type Steps } from '../sync/interrupted.ts'

/** Four who want a turn each, one or two every ten milliseconds. */
function users(make: () => RateLimiter, isChosen: boolean): () => Scenario {
  return () => {
    const limiter = make()
    const asked: string[] = []
    const had: string[] = []
    const times: number[] = []
    function* user(me: Actor): Steps {
      asked.push(me.name)
      if (isChosen) yield* me.wait(options => select({ turn: limiter.acquire(), late: sleep(500) }, options))
      else yield* me.wait(options => limiter.acquire(options))
      had.push(me.name)
      times.push(getEventLoop().time())
    }
    return {
      tasks: { a: user, b: user, c: user, d: user },
      *check(victim) {
        const others = (names: readonly string[]) => names.filter(name => name !== victim)
        expect(others(had)).toEqual(others(asked))
        expect(limiter.statistics().waiters).toEqual([])
        // Every turn that was given back has been had: the others came as early as they might.
        expect(times).toEqual([0, 10, 20, 30].slice(0, times.length))
      },
    }
  }
}

const parks = { a: 0, b: 1, c: 1, d: 1 }
const even = (burst?: number) => () => new RateLimiter({ limit: 1, intervalMs: 10, burst })
interrupted('turns by the clock are had in order, and none is used up in vain', users(even(), false), parks)
interrupted('turns of a bucket are had in order, and none is used up in vain', users(even(1), false), parks)
interrupted('turns by the clock, as cases of a select, are none used up in vain', users(even(), true), parks)
