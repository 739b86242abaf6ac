import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  Barrier,
  BrokenBarrierError,
  Condition,
  createTask,
  currentTask,
  getEventLoop,
  type Operation,
  type Task,
  wait,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { cancels, draws, type Patience, patience, patiently, pause, paused, victim } from './random-runs.ts'

const TASKS = 6

function cancelLater(tasks: readonly Task<unknown>[], cancels: readonly { who: number; at: number }[]): void {
  for (const { who, at } of cancels) getEventLoop().callLater(at, () => tasks[who]?.cancel())
}

function expectGoodEnds(tasks: readonly Task<unknown>[]): void {
  for (const task of tasks) if (!task.cancelled()) expect(task.exception()).toBeUndefined()
}

/** A stock that some add to and some take from. */
interface Deal {
  readonly act: 'take' | 'add one' | 'add two' | 'add for all'
  readonly before: number
  readonly inside: number
  readonly patience: Patience
  readonly victim: number | undefined
}

const deal: fc.Arbitrary<Deal> = fc.record({
  act: fc.constantFrom('take', 'take', 'add one', 'add two', 'add for all'),
  before: pause,
  inside: pause,
  patience,
  victim: victim(TASKS),
})

const trade = fc.record({
  tasks: fc.array(fc.array(deal, { minLength: 1, maxLength: 4 }), { minLength: TASKS, maxLength: TASKS }),
  cancels: cancels(TASKS),
})

test('a condition wakes somebody for everything there is, with the lock, whatever is cancelled', async () => {
  const property = fc.asyncProperty(trade, async ({ tasks: deals, cancels }) => {
    const changed = new Condition()
    let stock = 0
    let added = 0
    let taken = 0
    const add = (many: number): void => {
      stock += many
      added += many
      if (many > 2) changed.notifyAll()
      else changed.notify(many)
    }
    function* doInside({ act, inside, patience }: Deal): Operation<void> {
      yield* paused(inside)
      if (act !== 'take') {
        add({ 'add one': 1, 'add two': 2, 'add for all': 3 }[act])
        return
      }
      try {
        const got = yield* patiently(patience, options => changed.waitFor(() => stock > 0, options))
        if (got === undefined) return
        stock -= 1
        taken += 1
      } finally {
        expect(changed.statistics().lock.holder).toBe(currentTask())
      }
    }
    await runVirtual(function* () {
      const tasks: Task<void>[] = deals.map(list =>
        createTask(function* () {
          for (const deal of list) {
            yield* paused(deal.before)
            yield* changed.hold(doInside(deal))
            if (deal.victim !== undefined) tasks[deal.victim]?.cancel()
          }
        }),
      )
      cancelLater(tasks, cancels)
      yield* wait(tasks, { timeoutMs: 100 })
      if (stock > 0) expect(changed.statistics().waiters).toEqual([])
      for (const _ of tasks) yield* changed.hold(async () => add(TASKS))
      yield* wait(tasks)
      expectGoodEnds(tasks)
    })
    expect(stock).toBe(added - taken)
    expect(changed.statistics()).toEqual({
      lock: { locked: false, holder: undefined, waiters: [] },
      waiters: [],
    })
  })
  await fc.assert(property, draws(250))
})

interface Arrival {
  readonly act: 'wait' | 'reset' | 'abort'
  readonly before: number
  readonly patience: Patience
  readonly victim: number | undefined
}

const arrival: fc.Arbitrary<Arrival> = fc.record({
  act: fc.oneof(
    { weight: 8, arbitrary: fc.constant('wait' as const) },
    fc.constantFrom('reset' as const, 'abort' as const),
  ),
  before: pause,
  patience,
  victim: victim(TASKS),
})

const crowds = fc.record({
  parties: fc.integer({ min: 1, max: 4 }),
  tasks: fc.array(fc.array(arrival, { minLength: 1, maxLength: 5 }), { minLength: TASKS, maxLength: TASKS }),
  cancels: cancels(TASKS),
})

test('a barrier lets all go on together or none, and forgets nobody, whatever is cancelled', async () => {
  const property = fc.asyncProperty(crowds, async ({ parties, tasks: arrivals, cancels }) => {
    const barrier = new Barrier(parties)
    function* arrive({ act, patience }: Arrival): Operation<void> {
      if (act !== 'wait') yield* barrier[act]()
      else {
        const got = yield* patiently(patience, options => barrier.wait(options))
        if (got !== undefined) expect(got.got).toBeLessThan(parties)
      }
    }
    await runVirtual(function* () {
      const tasks: Task<void>[] = arrivals.map(list =>
        createTask(function* () {
          for (const arrival of list) {
            yield* paused(arrival.before)
            try {
              yield* arrive(arrival)
            } catch (error) {
              if (!(error instanceof BrokenBarrierError)) throw error
            }
            if (arrival.victim !== undefined) tasks[arrival.victim]?.cancel()
          }
        }),
      )
      cancelLater(tasks, cancels)
      yield* wait(tasks, { timeoutMs: 100 })
      // Whoever still waits does so because too few have come.
      const waiting = tasks.filter(task => !task.done())
      const { state, waiters } = barrier.statistics()
      expect(state).toBe(barrier.broken ? 'broken' : 'filling')
      expect(waiters.map(String).sort()).toEqual(waiting.map(String).sort())
      expect(barrier.nWaiting).toBe(waiting.length)
      expect(waiting.length).toBeLessThan(parties)
      // Some of them may mend it once more.
      for (let left = tasks; left.some(task => !task.done()); left = left.filter(task => !task.done())) {
        yield* barrier.abort()
        yield* wait(left, { timeoutMs: 20 })
      }
      expectGoodEnds(tasks)
      // It is as good as new.
      yield* barrier.reset()
      const again = Array.from({ length: parties }, () => createTask(barrier.wait()))
      yield* wait(again)
      expect(again.map(task => task.result())).toEqual(again.map((_, index) => index))
    })
  })
  await fc.assert(property, draws(250))
})
