import { expect } from 'vitest'
import { Barrier, BrokenBarrierError } from '../../src/index.ts'
import { type Actor, interrupted, type Scenario, type Steps } from './interrupted.ts'

/** So many runners at a barrier, some of them late, and what must hold of it whoever is interrupted. */
function race(
  parties: number,
  names: string,
  rounds: number,
  extra: (barrier: Barrier) => Scenario['tasks'] = () => ({}),
  passes = names.split(' ').length * rounds,
): () => Scenario {
  return () => {
    const barrier = new Barrier(parties)
    const indexes: number[] = []
    function* runner(me: Actor): Steps {
      if (me.name.startsWith('late')) yield* me.sleep(2)
      for (let round = 0; round < rounds; ) {
        try {
          indexes.push(yield* me.wait(options => barrier.wait(options)))
          round += 1
        } catch (error) {
          if (!(error instanceof BrokenBarrierError)) throw error
          if (barrier.broken) return
        }
      }
    }
    return {
      tasks: { ...Object.fromEntries(names.split(' ').map(name => [name, runner])), ...extra(barrier) },
      atRest() {
        expect(barrier.nWaiting).toBeLessThan(parties)
        expect(barrier.statistics()).toMatchObject({ state: 'filling' })
        expect(barrier.statistics().waiters.length).toBe(barrier.nWaiting)
      },
      end: () => barrier.abort(),
      *check(victim) {
        expect(barrier.nWaiting).toBe(0)
        const state = barrier.broken ? 'broken' : 'filling'
        expect(barrier.statistics()).toMatchObject({ state, waiters: [] })
        if (victim === undefined) expect(indexes.length).toBe(passes)
        // Each index is given once a round, but for that of one who was cancelled when all had come.
        const times = Array.from(
          { length: parties },
          (_, index) => indexes.filter(one => one === index).length,
        )
        expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(victim === undefined ? 0 : 1)
      },
    }
  }
}

interrupted('a barrier lets all go on or none, twice over', race(3, 'a b c', 2), { a: 2, b: 2, c: 2 })

interrupted('those who come while a round leaves have a round of their own', race(2, 'a b c d', 2), {
  a: 2,
  b: 1,
  c: 4,
  d: 3,
})

interrupted(
  'a barrier that is reset loses nobody',
  race(3, 'a b late', 1, barrier => ({
    *resetter(me) {
      yield* me.sleep(1)
      yield* me.waitFor(() => barrier.reset())
    },
  })),
  { a: 3, b: 2, late: 1, resetter: 1 },
)

interrupted(
  'a barrier that is broken and mended holds nobody from before',
  race(
    3,
    'a b late',
    1,
    barrier => ({
      *breaker(me) {
        yield* me.sleep(1)
        yield* me.waitFor(() => barrier.abort())
        yield* me.sleep(0.5)
        yield* me.waitFor(() => barrier.reset())
      },
    }),
    0,
  ),
  { a: 1, b: 1, late: 2, breaker: 2 },
)
