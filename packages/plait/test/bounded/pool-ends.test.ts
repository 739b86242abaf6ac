import { describe, expect, test } from 'vitest'
import {
  CancelledError,
  coroutine,
  createTask,
  isCancelled,
  MisuseError,
  select,
  sleep,
  TaskPool,
  timeout,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { ending, errorOf } from '../tasks/endings.ts'
import { reports } from '../tasks/reports.ts'
import { Crew } from './crew.ts'

describe('join()', () => {
  test('of an idle pool takes no time', async () => {
    await runVirtual(function* () {
      yield* new TaskPool({ limit: 1 }).join()
    })
  })

  test('waits for those spawned meanwhile as well', async () => {
    await runVirtual(function* () {
      const crew = new Crew()
      const pool = new TaskPool({ limit: 2 })
      pool.spawn(function* () {
        yield* crew.work('a', 5)
        pool.spawn(crew.work('b', 10))
      })
      yield* pool.join()
      expect(crew.log.at(-1)).toBe('end b')
    })
  })

  test('waits for one spawned in the very turn in which it was woken', async () => {
    await runVirtual(function* () {
      const crew = new Crew()
      const pool = new TaskPool({ limit: 2 })
      pool.spawn(crew.work('a', 10))
      createTask(function* () {
        yield* sleep(5)
        yield* sleep(5)
        pool.spawn(crew.work('b', 10))
      })
      yield* pool.join()
      expect(crew.log.at(-1)).toBe('end b')
      expect(pool.statistics()).toMatchObject({ running: [], queued: [] })
    })
  })

  test('throws nobody’s error, waits for cleanups, and may be waited for by many', async () => {
    const told = await reports(function* () {
      const crew = new Crew()
      const pool = new TaskPool({ limit: 2 })
      const bad = pool.spawn(function* () {
        throw new Error('bad')
      })
      const slow = pool.spawn(crew.work('slow', 10, 50))
      const joiners = [createTask(pool.join()), createTask(async () => await pool.join())]
      yield* sleep(5)
      slow.cancel()
      for (const joiner of joiners) yield* joiner
      expect(crew.log).toEqual(['begin slow', 'cleaned slow'])
      expect((bad.exception() as Error).message).toBe('bad')
    })
    expect(told).toEqual([])
  })

  test('cancelled, timed out, aborted or left by a select, leaves the tasks alone', async () => {
    await runVirtual(function* () {
      const crew = new Crew()
      const pool = new TaskPool({ limit: 1 })
      pool.spawn(crew.work('a', 100))
      const joiner = createTask(pool.join())
      yield* sleep(1)
      joiner.cancel()
      expect(isCancelled(yield* errorOf(joiner))).toBe(true)
      yield* errorOf(timeout(5, pool.join()))
      expect(yield* errorOf(pool.join({ signal: AbortSignal.abort('now') }))).toBe('now')
      expect((yield* select({ all: pool.join(), late: sleep(5) })).kind).toBe('late')
      expect(crew.running).toBe(1)
      expect((yield* select({ all: pool.join(), late: sleep(500) })).kind).toBe('all')
      expect(crew.log).toEqual(['begin a', 'end a'])
    })
  })
})

describe('one that is cancelled before its turn', () => {
  test('never runs, touches no other, and whoever waits for it is told', async () => {
    await runVirtual(function* () {
      const crew = new Crew()
      const pool = new TaskPool({ limit: 1 })
      const tasks = ['a', 'b', 'c', 'd'].map(name => pool.spawn(crew.work(name, 10), { name }))
      const waiting = createTask(() => tasks[1] as (typeof tasks)[0])
      yield* sleep(1)
      expect(tasks[1]?.cancel('not wanted')).toBe(true)
      const error = yield* errorOf(waiting)
      expect(error).toBeInstanceOf(CancelledError)
      expect((error as CancelledError).reason).toBe('not wanted')
      yield* pool.join()
      expect(crew.log).toEqual(['begin a', 'end a', 'begin c', 'end c', 'begin d', 'end d'])
      expect(tasks.map(task => task.cancelled())).toEqual([false, true, false, false])
    })
  })

  test('in the very turn in which it would have begun, passes the turn on', async () => {
    for (let turns = 0; turns < 5; turns += 1) {
      await runVirtual(function* () {
        const crew = new Crew()
        const pool = new TaskPool({ limit: 1 })
        pool.spawn(crew.work('a', 10))
        const b = pool.spawn(crew.work('b', 10, 1))
        pool.spawn(crew.work('c', 10))
        createTask(function* () {
          yield* sleep(10)
          for (let n = 0; n < turns; n += 1) yield* sleep(0)
          b.cancel()
        })
        yield* pool.join()
        expect(crew.log.slice(-2)).toEqual(['begin c', 'end c'])
        expect(crew.most).toBe(1)
        expect(pool.statistics()).toMatchObject({ running: [], queued: [] })
      })
    }
  })

  test('before its first step at all, is gone as well', async () => {
    await runVirtual(function* () {
      const crew = new Crew()
      const pool = new TaskPool({ limit: 2 })
      const tasks = [1, 2, 3].map(n => pool.spawn(crew.work(n, 10)))
      tasks[0]?.cancel()
      tasks[2]?.cancel()
      yield* pool.join()
      expect(crew.log).toEqual(['begin 2', 'end 2'])
      expect(pool.statistics()).toMatchObject({ running: [], queued: [] })
    })
  })

  test('by its signal, aborted before or after, is no different', async () => {
    await runVirtual(function* () {
      const crew = new Crew()
      const pool = new TaskPool({ limit: 1 })
      const controller = new AbortController()
      const { signal } = controller
      const early = pool.spawn(crew.work('early', 10), { signal: AbortSignal.abort('before') })
      const running = pool.spawn(crew.work('running', 100, 5), { signal })
      const queued = pool.spawn(crew.work('queued', 10), { signal })
      const other = pool.spawn(crew.work('other', 10))
      yield* sleep(1)
      controller.abort('after')
      const ends = []
      for (const task of [early, running, queued]) ends.push((yield* errorOf(task)) as CancelledError)
      expect(ends.map(error => error.reason)).toEqual(['before', 'after', 'after'])
      yield* other
      expect(crew.log).toEqual(['begin running', 'cleaned running', 'begin other', 'end other'])
    })
  })
})

describe('one that is cancelled at work', () => {
  test('keeps its turn until its cleanup has ended', async () => {
    await runVirtual(function* () {
      const crew = new Crew()
      const pool = new TaskPool({ limit: 1 })
      const a = pool.spawn(crew.work('a', 100, 50))
      pool.spawn(() => crew.workAsync('b', 10))
      yield* sleep(1)
      a.cancel()
      yield* pool.join()
      expect(crew.log).toEqual(['begin a', 'cleaned a', 'begin b', 'end b'])
      expect(crew.most).toBe(1)
    })
  })
})

describe('clear()', () => {
  test('cancels those that have not begun, says how many, and settles them for whoever waits', async () => {
    await runVirtual(function* () {
      const crew = new Crew()
      const pool = new TaskPool({ limit: 1 })
      const [a, b, c] = ['a', 'b', 'c'].map(name => pool.spawn(crew.work(name, 10)))
      yield* sleep(1)
      expect(pool.clear('no time')).toBe(2)
      for (const task of [b, c]) {
        const end = yield* ending(task as NonNullable<typeof a>)
        expect(end).toMatchObject({ error: { reason: 'no time' } })
      }
      expect(pool.clear()).toBe(0)
      yield* pool.join()
      expect(crew.log).toEqual(['begin a', 'end a'])
      expect(yield* pool.spawn(crew.work('d', 1))).toBe('d')
    })
  })

  test('of a paused pool empties it', async () => {
    await runVirtual(function* () {
      const pool = new TaskPool({ limit: 1 })
      pool.pause()
      for (let n = 0; n < 3; n += 1) pool.spawn(sleep(10))
      yield* sleep(1)
      expect(pool.clear()).toBe(3)
      yield* pool.join()
    })
  })

  test('leaves nothing to be reported, in debug mode either', async () => {
    const load = coroutine(function* load() {
      yield* sleep(10)
    })
    const told = await reports(
      function* () {
        const pool = new TaskPool({ limit: 1 })
        pool.spawn(load())
        pool.spawn(load())
        pool.spawn(() => load())
        pool.spawn(async () => await load())
        yield* sleep(1)
        pool.clear()
        yield* pool.join()
      },
      { debug: true },
    )
    expect(told).toEqual([])
  })
})

test('cancel() cancels all, begun or not, and says how many', async () => {
  await runVirtual(function* () {
    const crew = new Crew()
    const pool = new TaskPool({ limit: 2 })
    const tasks = [1, 2, 3, 4].map(n => pool.spawn(crew.work(n, 100, n)))
    yield* sleep(1)
    expect(pool.cancel('closing')).toBe(4)
    yield* pool.join()
    expect(crew.log).toEqual(['begin 1', 'begin 2', 'cleaned 1', 'cleaned 2'])
    for (const task of tasks) expect(yield* errorOf(task)).toMatchObject({ reason: 'closing' })
    expect(pool.cancel()).toBe(0)
  })
})

test('an error stays with its task: the others go on, and one nobody takes is reported', async () => {
  const told = await reports(function* () {
    const crew = new Crew()
    const pool = new TaskPool({ limit: 1 })
    const fail = (message: string) =>
      function* () {
        yield* sleep(1)
        throw new Error(message)
      }
    const taken = pool.spawn(fail('taken'))
    pool.spawn(fail('unseen'), { name: 'lonely' })
    const good = pool.spawn(crew.work('good', 10))
    expect(((yield* errorOf(taken)) as Error).message).toBe('taken')
    expect(yield* good).toBe('good')
    yield* pool.join()
  })
  expect(told).toMatchObject([{ title: 'lonely', exception: { message: 'unseen' } }])
})

test('what cannot be run is refused at once, and takes no turn', async () => {
  await runVirtual(function* () {
    const pool = new TaskPool({ limit: 1 })
    for (const what of [null, undefined, 1, 'text', {}, [], Promise.resolve()])
      expect(() => pool.spawn(what as never)).toThrow(MisuseError)
    expect(() => pool.spawn(sleep(1), { signal: 'no' as never })).toThrow(/signal/i)
    expect(pool.statistics()).toMatchObject({ running: [], queued: [] })
    const odd = pool.spawn((() => 42) as never)
    expect(yield* errorOf(odd)).toMatchObject({ name: 'MisuseError' })
    expect(yield* pool.spawn(async () => 'next')).toBe('next')
  })
})

test('a pool whose tasks are left at the end of a run is cancelled with it', async () => {
  const crew = new Crew()
  await runVirtual(function* () {
    const pool = new TaskPool({ limit: 1 })
    for (const name of ['a', 'b', 'c']) pool.spawn(crew.work(name, 100, 10))
    yield* sleep(1)
  })
  expect(crew.log).toEqual(['begin a', 'cleaned a'])
})
