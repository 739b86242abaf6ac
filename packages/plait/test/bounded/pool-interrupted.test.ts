import { expect } from 'vitest'
import { allTasks, createTask, TaskPool } from '../../src/index.ts'
import { type Actor, interrupted, type Scenario, type Steps } from '../sync/interrupted.ts'
import { Crew } from './crew.ts'

/** All turns are back: as many as there are begin at once, and nobody is at work or waits. */
function* expectFree(pool: TaskPool, limit: number): Generator<never, void, unknown> {
  expect(pool.statistics()).toEqual({ limit, isPaused: false, running: [], queued: [] })
  const crew = new Crew()
  const tasks = Array.from({ length: limit + 1 }, (_, n) =>
    pool.spawn(crew.work(n, 1000), { eagerStart: true }),
  )
  expect(crew.running).toBe(limit)
  for (const task of tasks) task.cancel()
}

/** Those who spawn one each, and wait for it: to cancel them cancels what they wait for. */
function spawners(limit: number): () => Scenario {
  return () => {
    const crew = new Crew()
    const pool = new TaskPool({ limit })
    const spawned: string[] = []
    function* spawner(me: Actor): Steps {
      spawned.push(me.name)
      const work = (): Promise<string> => crew.workAsync(me.name, 2, 1)
      const task = pool.spawn(me.color === 'async' ? work : crew.work(me.name, 2, 1))
      yield* me.waitFor(() => task)
      expect(task.done()).toBe(true)
    }
    return {
      tasks: { a: spawner, b: spawner, c: spawner, d: spawner },
      *check(victim) {
        yield* pool.join()
        expect(crew.running).toBe(0)
        expect(crew.most).toBeLessThanOrEqual(limit)
        const begun = crew.log.filter(entry => entry.startsWith('begin')).map(entry => entry.slice(6))
        const others = (names: readonly string[]) => names.filter(name => name !== victim)
        expect(others(begun)).toEqual(others(spawned))
        yield* expectFree(pool, limit)
      },
    }
  }
}

interrupted('all turns of a pool of one are given back, and had in order', spawners(1), {
  a: 1,
  b: 1,
  c: 1,
  d: 1,
})
interrupted('all turns of a pool of two are given back, and had in order', spawners(2), {
  a: 1,
  b: 1,
  c: 1,
  d: 1,
})

interrupted(
  'a pool that is paused, cleared and joined by several ends whole',
  () => {
    const crew = new Crew()
    const pool = new TaskPool({ limit: 2 })
    return {
      tasks: {
        *spawner(me) {
          for (const n of [1, 2, 3, 4]) {
            pool.spawn(crew.work(n, 2, 1))
            yield* me.sleep(1)
          }
        },
        *pauser(me) {
          yield* me.sleep(1)
          pool.pause()
          try {
            yield* me.sleep(2)
          } finally {
            pool.resume()
          }
        },
        *clearer(me) {
          yield* me.sleep(5)
          pool.clear()
        },
        *joiner(me) {
          yield* me.sleep(1)
          yield* me.wait(options => pool.join(options))
          expect(crew.running).toBe(0)
        },
      },
      *check() {
        yield* pool.join()
        expect(crew.running).toBe(0)
        expect(crew.most).toBeLessThanOrEqual(2)
        yield* expectFree(pool, 2)
      },
    }
  },
  { spawner: 4, pauser: 2, clearer: 1, joiner: 2 },
)

interrupted(
  'tasks of a pool that are interrupted themselves touch no other',
  () => {
    const pool = new TaskPool({ limit: 2 })
    const ended: string[] = []
    let running = 0
    /** Takes a turn as the pool gives it, in a task of the scenario's own. */
    function* worker(me: Actor): Steps {
      const gate = pool.spawn(function* () {
        running += 1
        try {
          expect(running).toBeLessThanOrEqual(2)
          yield* createTask(function* () {})
          yield* createTask(function* () {})
        } finally {
          running -= 1
        }
        return me.name
      })
      ended.push((yield* me.waitFor(() => gate)) as string)
    }
    return {
      tasks: { a: worker, b: worker, c: worker },
      *check(victim) {
        yield* pool.join()
        const others = (names: readonly string[]) => names.filter(name => name !== victim)
        expect(others(ended)).toEqual(others(['a', 'b', 'c']))
        expect(running).toBe(0)
        expect(allTasks().map(task => task.name)).toEqual(['main'])
        yield* expectFree(pool, 2)
      },
    }
  },
  { a: 1, b: 1, c: 1 },
)
