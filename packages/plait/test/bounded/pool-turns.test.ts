import { describe, expect, test } from 'vitest'
import { gather, getEventLoop, type Operation, sleep, TaskPool } from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { Crew } from './crew.ts'

describe('the limit', () => {
  test.each([1, 3, 7, 20])('%i is never exceeded, and always used, in any color', async limit => {
    await runVirtual(function* () {
      const crew = new Crew()
      const pool = new TaskPool({ limit })
      for (let n = 0; n < 14; n += 1)
        pool.spawn(n % 2 === 0 ? () => crew.work(n, 10) : () => crew.workAsync(n, 10))
      yield* sleep(5)
      expect(crew.running).toBe(Math.min(limit, 14))
      yield* pool.join()
      expect(crew.most).toBe(Math.min(limit, 14))
      expect(getEventLoop().time()).toBe(10 * Math.ceil(14 / limit))
    })
  })

  test('raised, lets more begin at once; lowered, lets those that run go on', async () => {
    await runVirtual(function* () {
      const crew = new Crew()
      const pool = new TaskPool({ limit: 1 })
      for (let n = 1; n <= 8; n += 1) pool.spawn(crew.work(n, 10))
      yield* sleep(5)
      expect(crew.running).toBe(1)
      pool.limit = 3
      expect(pool.limit).toBe(3)
      yield* sleep(1)
      expect(crew.running).toBe(3)
      pool.limit = 2
      yield* sleep(1)
      expect(crew.running).toBe(3)
      yield* sleep(4) // 1 ended at 10, and nobody took its place
      expect(crew.running).toBe(2)
      yield* pool.join()
      expect(crew.log.filter(entry => entry.startsWith('end'))).toHaveLength(8)
      expect(crew.most).toBe(3)
    })
  })

  test('lowered before those who were called have begun, is that of the first of them', async () => {
    await runVirtual(function* () {
      const crew = new Crew()
      const pool = new TaskPool({ limit: 3 })
      pool.pause()
      for (const name of ['a', 'b', 'c']) pool.spawn(crew.work(name, 10))
      yield* sleep(1)
      pool.resume()
      pool.limit = 1
      yield* pool.join()
      expect(crew.log).toEqual(['begin a', 'end a', 'begin b', 'end b', 'begin c', 'end c'])
    })
  })

  test('may be without end', async () => {
    await runVirtual(function* () {
      const crew = new Crew()
      const pool = new TaskPool({ limit: Number.POSITIVE_INFINITY })
      for (let n = 0; n < 1000; n += 1) pool.spawn(crew.work(n, 10))
      yield* pool.join()
      expect(crew.most).toBe(1000)
    })
  })

  test.each([0, -1, 1.5, Number.NaN, '2', null, undefined])('%s is refused', limit => {
    expect(() => new TaskPool({ limit: limit as number })).toThrow(/limit.*whole number/)
    const pool = new TaskPool({ limit: 1 })
    expect(() => {
      pool.limit = limit as number
    }).toThrow(/limit.*whole number/)
    expect(pool.limit).toBe(1)
  })

  test('is used by one who comes while another has been called and has not begun', async () => {
    await runVirtual(function* () {
      const crew = new Crew()
      const pool = new TaskPool({ limit: 2 })
      const loop = getEventLoop()
      // Both end at 10, and the third is called; before it begins comes a fourth, for whom there is room.
      loop.callLater(10, () => loop.callSoon(() => pool.spawn(crew.work('d', 5))))
      for (const name of ['a', 'b']) pool.spawn(crew.work(name, 10))
      pool.spawn(crew.work('c', 100))
      yield* sleep(20)
      expect(crew.log.slice(-3)).toEqual(['begin c', 'begin d', 'end d'])
      yield* pool.join()
    })
  })
})

describe('turns', () => {
  test('are had in the order of spawning', async () => {
    await runVirtual(function* () {
      const crew = new Crew()
      const pool = new TaskPool({ limit: 2 })
      for (let n = 0; n < 10; n += 1) pool.spawn(crew.work(n, (n * 7) % 5))
      yield* pool.join()
      const begun = crew.log.filter(entry => entry.startsWith('begin'))
      expect(begun).toEqual(Array.from({ length: 10 }, (_, n) => `begin ${n}`))
    })
  })

  test('are not taken from those who wait, by one who is eager', async () => {
    await runVirtual(function* () {
      const crew = new Crew()
      const pool = new TaskPool({ limit: 1 })
      pool.spawn(crew.work('a', 10))
      pool.spawn(crew.work('b', 10))
      yield* sleep(10)
      pool.spawn(crew.work('c', 10), { eagerStart: true })
      yield* pool.join()
      expect(crew.log.filter(entry => entry.startsWith('begin'))).toEqual(['begin a', 'begin b', 'begin c'])
    })
  })

  test('that are free begin at once those who are eager', async () => {
    await runVirtual(function* () {
      const crew = new Crew()
      const pool = new TaskPool({ limit: 2 })
      const eager = pool.spawn(crew.work('a', 10), { eagerStart: true })
      expect(crew.log).toEqual(['begin a'])
      const done = pool.spawn(async () => 'at once', { eagerStart: true })
      pool.spawn(crew.work('c', 10), { eagerStart: true })
      expect(pool.statistics().running).toContain(eager)
      expect(yield* done).toBe('at once')
      yield* pool.join()
      expect(pool.statistics()).toMatchObject({ running: [], queued: [] })
    })
  })
})

describe('pause()', () => {
  test('lets those that run go on, and no other begin, until resume()', async () => {
    await runVirtual(function* () {
      const crew = new Crew()
      const pool = new TaskPool({ limit: 2 })
      for (let n = 1; n <= 4; n += 1) pool.spawn(crew.work(n, 10))
      yield* sleep(5)
      pool.pause()
      pool.pause()
      const late = pool.spawn(crew.work(5, 10))
      yield* sleep(100)
      expect(crew.log).toEqual(['begin 1', 'begin 2', 'end 1', 'end 2'])
      expect(pool.statistics()).toMatchObject({ isPaused: true, running: [], queued: { length: 3 } })
      pool.resume()
      pool.resume()
      yield* late
      expect(crew.most).toBe(2)
      expect(getEventLoop().time()).toBe(125)
    })
  })

  test('holds even for one whose turn it had become, and who had not begun', async () => {
    await runVirtual(function* () {
      const crew = new Crew()
      const pool = new TaskPool({ limit: 1 })
      const loop = getEventLoop()
      loop.callLater(10, () => loop.callSoon(() => loop.callSoon(() => pool.pause())))
      pool.spawn(crew.work('a', 10))
      pool.spawn(function* () {
        crew.log.push(pool.statistics().isPaused ? 'begun, though paused' : 'begun')
      })
      yield* sleep(100)
      pool.resume()
      yield* pool.join()
      expect(crew.log).toEqual(['begin a', 'end a', 'begun'])
    })
  })

  test('a raised limit does not end', async () => {
    await runVirtual(function* () {
      const crew = new Crew()
      const pool = new TaskPool({ limit: 1 })
      pool.pause()
      for (let n = 1; n <= 3; n += 1) pool.spawn(crew.work(n, 10))
      pool.limit = 5
      yield* sleep(10)
      expect(crew.begun).toBe(0)
      pool.resume()
      yield* sleep(1)
      expect(crew.begun).toBe(3)
    })
  })
})

describe('a task of the pool', () => {
  test('may spawn others, and wait for them where there is room', async () => {
    await runVirtual(function* () {
      const pool = new TaskPool({ limit: 4 })
      function* tree(depth: number): Operation<number> {
        if (depth === 0) return 1
        const sides = [pool.spawn(tree(depth - 1)), pool.spawn(tree(depth - 1))] as const
        const [left, right] = yield* gather(...sides)
        return left + right
      }
      expect(yield* pool.spawn(tree(1))).toBe(2)
      expect(pool.statistics()).toMatchObject({ running: [], queued: [] })
    })
  })

  test('that waits for one that finds no room is stuck, and told as that', async () => {
    const program = runVirtual(function* () {
      const pool = new TaskPool({ limit: 1, name: 'narrow' })
      yield* pool.spawn(
        function* outer() {
          yield* pool.spawn(sleep(1), { name: 'inner' })
        },
        { name: 'outer' },
      )
    })
    await expect(program).rejects.toThrow(/inner .*its turn in pool "narrow", which runs 1 of 1/)
    await expect(program).rejects.toThrow(/outer .*waits for inner/)
  })

  test('is a task as any: it has its name, its result and its error', async () => {
    await runVirtual(function* () {
      const pool = new TaskPool({ limit: 1 })
      const broken = new Error('broken')
      const good = pool.spawn(async () => 'good', { name: 'good' })
      const bad = pool.spawn(
        function* () {
          yield* sleep(1)
          throw broken
        },
        { name: 'bad' },
      )
      expect(String(good)).toBe("<Task pending name='good'>")
      expect(yield* good).toBe('good')
      yield* pool.join()
      expect(bad.exception()).toBe(broken)
      expect([good.name, bad.name]).toEqual(['good', 'bad'])
    })
  })

  test('may be spawned from outside any task, and from a callback', async () => {
    const pool = new TaskPool({ limit: 1 })
    const tasks = [pool.spawn(sleep(1)), pool.spawn(async () => 'done')] as const
    expect(await tasks[1]).toBe('done')
    await pool.join()
    await runVirtual(function* () {
      const ended: string[] = []
      getEventLoop().callLater(5, () => {
        pool.spawn(async () => ended.push('callback'))
      })
      yield* sleep(10)
      yield* pool.join()
      expect(ended).toEqual(['callback'])
    })
  })
})

test('its text form and statistics say how many run and wait', async () => {
  await runVirtual(function* () {
    const pool = new TaskPool({ limit: 2, name: 'downloads' })
    expect(String(pool)).toBe('<TaskPool "downloads" [0 of 2 running, 0 queued]>')
    for (const name of ['a', 'b', 'c']) pool.spawn(sleep(10), { name })
    const told = () => {
      const { running, queued, ...rest } = pool.statistics()
      return { ...rest, running: running.map(task => task.name), queued: queued.map(task => task.name) }
    }
    expect(told()).toEqual({ limit: 2, isPaused: false, running: [], queued: ['a', 'b', 'c'] })
    yield* sleep(1)
    expect(told()).toEqual({ limit: 2, isPaused: false, running: ['a', 'b'], queued: ['c'] })
    pool.pause()
    expect(String(pool)).toBe('<TaskPool "downloads" [2 of 2 running, 1 queued, paused]>')
    pool.resume()
    yield* pool.join()
    expect(String(new TaskPool({ limit: 1 }))).toBe('<TaskPool [0 of 1 running, 0 queued]>')
  })
})
