import { describe, expect, test } from 'vitest'
import {
  Barrier,
  BrokenBarrierError,
  Condition,
  createTask,
  Event,
  gather,
  Lock,
  type Operation,
  Semaphore,
  select,
  sleep,
  type Task,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { turnsOf } from '../queues/turns-of.ts'
import { errorOf } from '../tasks/endings.ts'

describe.each([
  ['a lock', () => new Lock()],
  ['a semaphore', () => new Semaphore(1)],
] as const)('%s', (_, make) => {
  test('that is free takes no turn', async () => {
    await runVirtual(function* () {
      expect(yield* turnsOf(make().acquire())).toBe(0)
    })
  })

  test('goes to those who wait in the order they came, and not to one who gives it back and asks again', async () => {
    await runVirtual(function* () {
      const gate = make()
      const log: string[] = []
      function* user(name: string): Operation<void> {
        for (let round = 0; round < 2; round += 1) {
          using _held = yield* gate.acquire()
          log.push(name)
          yield* sleep(1)
        }
      }
      yield* gather(user('a'), user('b'), user('c'))
      expect(log.join('')).toBe('abcabc')
    })
  })

  test('lets nobody in between one who gives it back and the one that was woken', async () => {
    await runVirtual(function* () {
      const gate = make()
      const log: string[] = []
      const held = yield* gate.acquire()
      const waiting = createTask(gate.hold(async () => void log.push('waiting')))
      yield* sleep(1)
      held[Symbol.dispose]()
      const barging = createTask(gate.hold(async () => void log.push('barging')))
      yield* gather(waiting, barging)
      expect(log).toEqual(['waiting', 'barging'])
    })
  })

  test('passes to the next when the one that was woken is cancelled, and stays free when there is none', async () => {
    await runVirtual(function* () {
      const gate = make()
      const held = yield* gate.acquire()
      const [first, second] = [createTask(gate.acquire()), createTask(gate.acquire())]
      yield* sleep(1)
      held[Symbol.dispose]()
      first.cancel()
      const got = yield* second
      expect(gate.locked()).toBe(true)
      const last = createTask(gate.acquire())
      yield* sleep(1)
      got[Symbol.dispose]()
      last.cancel()
      yield* sleep(1)
      expect(gate.locked()).toBe(false)
    })
  })

  test('that is free while all who wait for it were cancelled is had at once', async () => {
    await runVirtual(function* () {
      const gate = make()
      const held = yield* gate.acquire()
      const never = new Event()
      const waiting = [
        createTask(gate.acquire()),
        createTask(select({ gate: gate.acquire(), never: never.wait() })),
      ]
      yield* sleep(1)
      for (const task of waiting) task.cancel()
      held[Symbol.dispose]()
      // They are still in line, and have not run.
      const own = gate.acquire()
      expect(yield* turnsOf(own)).toBe(0)
      yield* sleep(1)
      expect(waiting.map(task => task.cancelled())).toEqual([true, true])
      expect(gate.statistics().waiters).toEqual([])
    })
  })

  test('given back before one who was cancelled has run leaves them their reason', async () => {
    await runVirtual(function* () {
      const gate = make()
      const held = yield* gate.acquire()
      const task = createTask(gate.acquire())
      yield* sleep(1)
      task.cancel('enough')
      held[Symbol.dispose]()
      expect(yield* errorOf(task)).toMatchObject({ reason: 'enough' })
      expect(gate.locked()).toBe(false)
    })
  })

  test('loses a waiter that is cancelled before its turn, and nobody behind it', async () => {
    await runVirtual(function* () {
      const gate = make()
      const held = yield* gate.acquire()
      const tasks = [1, 2, 3].map(() => createTask(gate.hold(sleep(1))))
      yield* sleep(1)
      tasks[1]?.cancel()
      held[Symbol.dispose]()
      yield* gather(tasks[0] as Task<void>, tasks[2] as Task<void>)
      expect(gate.locked()).toBe(false)
    })
  })
})

test('so many permits given back at once wake so many, though one of them came to nothing', async () => {
  await runVirtual(function* () {
    const semaphore = new Semaphore(0)
    const tasks = [0, 1, 2, 3].map(() => createTask(semaphore.acquire()))
    yield* sleep(1)
    for (let n = 0; n < 3; n += 1) semaphore.release()
    tasks[1]?.cancel()
    yield* sleep(1)
    expect(tasks.map(task => task.done())).toEqual([true, true, true, true])
    expect(tasks[1]?.cancelled()).toBe(true)
    expect(semaphore.value).toBe(0)
  })
})

test.each([false, true])(
  'permits that come while one who was woken has not run are for all those behind (cancelled: %s)',
  async isCancelled => {
    await runVirtual(function* () {
      const semaphore = new Semaphore(0)
      const woken = createTask(semaphore.acquire())
      yield* sleep(1)
      for (let n = 0; n < 3; n += 1) semaphore.release()
      // There are permits, but it is not the turn of those who come now, before the one that was woken runs.
      expect([semaphore.value, semaphore.locked()]).toEqual([2, true])
      const behind = [0, 1].map(() => createTask(semaphore.acquire(), { eagerStart: true }))
      expect(semaphore.statistics().waiters.length).toBe(2)
      if (isCancelled) woken.cancel()
      yield* gather(...behind)
      expect(semaphore.value).toBe(isCancelled ? 1 : 0)
      expect(woken.cancelled()).toBe(isCancelled)
    })
  },
)

describe('an event', () => {
  test('that is set takes no turn, and lets all go on until it is cleared', async () => {
    await runVirtual(function* () {
      const event = new Event()
      event.set()
      event.set()
      expect(yield* turnsOf(event.wait())).toBe(0)
      expect(yield* event.wait()).toBe(true)
      event.clear()
      const task = createTask(event.wait())
      yield* sleep(1)
      expect(task.done()).toBe(false)
    })
  })

  test('set and cleared at once still wakes those who waited, and nobody who came since', async () => {
    await runVirtual(function* () {
      const event = new Event()
      const [before, after] = [createTask(event.wait()), createTask(sleep(1))]
      yield* after
      event.set()
      event.clear()
      const late = createTask(event.wait())
      yield* before
      yield* sleep(1)
      expect(late.done()).toBe(false)
    })
  })
})

describe('a condition', () => {
  function* waiters(condition: Condition, many: number): Operation<Task<true>[]> {
    const tasks = Array.from({ length: many }, () => createTask(condition.hold(condition.wait())))
    yield* sleep(1)
    return tasks
  }

  test('notifies as many as asked, first come first, and not more than there are', async () => {
    await runVirtual(function* () {
      const condition = new Condition()
      const tasks = yield* waiters(condition, 4)
      const done = () => tasks.map(task => task.done())
      for (const [many, after] of [
        [0, [false, false, false, false]],
        [1, [true, false, false, false]],
        [2, [true, true, true, false]],
        [9, [true, true, true, true]],
      ] as const) {
        yield* condition.hold(async () => condition.notify(many))
        yield* sleep(1)
        expect(done()).toEqual(after)
      }
    })
  })

  test('forgets no notification whose waiter is cancelled: another hears of it', async () => {
    await runVirtual(function* () {
      const condition = new Condition()
      const [first, second] = yield* waiters(condition, 2)
      yield* condition.acquire()
      condition.notify()
      first?.cancel()
      condition.release()
      yield* sleep(1)
      expect(first?.cancelled()).toBe(true)
      expect(second?.result()).toBe(true)
    })
  })

  test('gives the lock back to one that is cancelled, however long that takes and however often it is', async () => {
    await runVirtual(function* () {
      const condition = new Condition()
      const log: string[] = []
      const task = createTask(
        condition.hold(function* () {
          try {
            yield* condition.wait()
          } finally {
            log.push(`locked: ${condition.locked()}`)
          }
        }),
      )
      yield* sleep(1)
      yield* condition.hold(function* () {
        for (const reason of ['first', 'second', 'third']) {
          task.cancel(reason)
          yield* sleep(1)
        }
        expect(task.done()).toBe(false)
        log.push('given back')
      })
      expect(yield* errorOf(task)).toMatchObject({ reason: 'third' })
      expect(log).toEqual(['given back', 'locked: true'])
      expect(condition.locked()).toBe(false)
    })
  })

  test('asks its predicate at once, and after each notification, with the lock', async () => {
    await runVirtual(function* () {
      const condition = new Condition()
      const answers = [0, '', undefined, 'ready']
      let asked = 0
      const task = createTask(
        condition.hold(
          condition.waitFor(() => {
            expect(condition.locked()).toBe(true)
            asked += 1
            return answers[asked - 1]
          }),
        ),
      )
      yield* sleep(1)
      for (const times of [1, 2, 3]) {
        expect(asked).toBe(times)
        yield* condition.hold(async () => condition.notify())
        yield* sleep(1)
      }
      expect(yield* task).toBe('ready')
      expect(yield* turnsOf(condition.hold(condition.waitFor(() => 'at once')))).toBe(0)
    })
  })
})

describe('a barrier', () => {
  test('gives each its number, and lets all go on when the last has come, round after round', async () => {
    await runVirtual(function* () {
      const barrier = new Barrier(3)
      const log: string[] = []
      function* runner(name: string, ms: number): Operation<void> {
        for (const round of [1, 2]) {
          yield* sleep(ms)
          log.push(`${name} comes`)
          log.push(`${name} is ${yield* barrier.wait()} of round ${round}`)
        }
      }
      yield* gather(runner('a', 1), runner('b', 2), runner('c', 3))
      expect(log.slice(0, 3)).toEqual(['a comes', 'b comes', 'c comes'])
      expect(log.slice(3, 6).sort()).toEqual(['a is 0 of round 1', 'b is 1 of round 1', 'c is 2 of round 1'])
      expect(log.slice(6, 9)).toEqual(['a comes', 'b comes', 'c comes'])
      expect(log.slice(9).sort()).toEqual(['a is 0 of round 2', 'b is 1 of round 2', 'c is 2 of round 2'])
    })
  })

  test('does not count one that was cancelled: the others wait for another', async () => {
    await runVirtual(function* () {
      const barrier = new Barrier(2)
      const gone = createTask(barrier.wait())
      yield* sleep(1)
      gone.cancel()
      yield* sleep(1)
      expect(barrier.nWaiting).toBe(0)
      const waiting = createTask(barrier.wait())
      yield* sleep(1)
      expect(waiting.done()).toBe(false)
      expect([yield* barrier.wait(), yield* waiting].sort()).toEqual([0, 1])
    })
  })

  test('that is reset or aborted says so to all who wait; broken, to whoever comes, until it is reset', async () => {
    await runVirtual(function* () {
      const barrier = new Barrier(3, { name: 'start' })
      const waiting = () => [createTask(barrier.wait()), createTask(barrier.wait())]
      for (const [how, says] of [
        ['reset', 'barrier "start" was reset'],
        ['abort', 'barrier "start" was aborted'],
      ] as const) {
        const tasks = waiting()
        yield* sleep(1)
        yield* barrier[how]()
        for (const task of tasks) {
          const error = (yield* errorOf(task)) as Error
          expect(error).toBeInstanceOf(BrokenBarrierError)
          expect(error.name).toBe('BrokenBarrierError')
          expect(error.message).toBe(says)
        }
      }
      expect(yield* errorOf(barrier.wait())).toMatchObject({
        message: 'barrier "start" is broken: reset() makes it as new',
      })
      yield* barrier.reset()
      expect(barrier.broken).toBe(false)
      const tasks = waiting()
      expect([yield* barrier.wait(), ...(yield* gather(...tasks))].sort()).toEqual([0, 1, 2])
    })
  })
})
