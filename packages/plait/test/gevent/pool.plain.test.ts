import { expect } from 'vitest'
import { Pool, PoolFull } from '../../src/gevent/pool.ts'
import { Full } from '../../src/gevent/queue-errors.ts'
import { Greenlet, sleep, spawn } from '../../src/gevent.ts'
import { napping, now, thrownBy } from '../greenlets.plain.ts'
import { plainTest } from '../plain-test.ts'

plainTest('a spawn in a full pool waits until one of its greenlets has ended', () => {
  const pool = new Pool(2)
  const log: unknown[] = []
  for (const ms of [10, 30, 10]) {
    pool.spawn(napping, ms)
    log.push([now(), pool.length, pool.freeCount(), pool.full()])
  }
  expect(log).toEqual([
    [0, 1, 1, false],
    [0, 2, 0, true],
    [10, 2, 0, true],
  ])
  pool.join()
  expect([now(), pool.freeCount()]).toEqual([30, 2])
})

plainTest('those who wait for room are served in the order they came', () => {
  const pool = new Pool(1)
  pool.spawn(napping, 5)
  const log: string[] = []
  for (const name of ['a', 'b', 'c'])
    spawn(() => {
      pool.spawn(napping, 5)
      log.push(`${name} ${now()}`)
    })
  sleep(50)
  expect(log).toEqual(['a 5', 'b 10', 'c 15'])
})

plainTest('a full pool refuses at once where it may not wait, or when the time is up', () => {
  const pool = new Pool(1)
  pool.spawn(napping, 20)
  const greenlet = new Greenlet(napping, 1)
  expect(thrownBy(() => pool.add(greenlet, { block: false }))).toBeInstanceOf(PoolFull)
  expect(thrownBy(() => pool.start(greenlet, { timeout: 5 }))).toBeInstanceOf(Full)
  expect([now(), greenlet.started, pool.has(greenlet)]).toEqual([5, false, false])
  pool.start(greenlet, { timeout: 50 })
  expect([now(), greenlet.started, pool.has(greenlet)]).toEqual([20, true, true])
})

plainTest('one who is killed in line takes no room', () => {
  const pool = new Pool(1)
  pool.spawn(napping, 10)
  const waiter = spawn(() => pool.spawn(napping, 1000))
  sleep(0)
  waiter.kill()
  sleep(20)
  expect([pool.length, pool.freeCount(), pool.waitAvailable()]).toEqual([0, 1, 1])
})

plainTest('what is refused gives its room back', () => {
  const pool = new Pool(1)
  expect(thrownBy(() => pool.add('nobody' as never))).toMatchObject({ code: 'notAMember' })
  expect(pool.waitAvailable()).toBe(1)
  pool.spawn(napping, 10)
  expect(now()).toBe(0)
})

plainTest('waitAvailable waits for room and takes none', () => {
  const pool = new Pool(2)
  pool.spawn(napping, 10)
  pool.spawn(napping, 20)
  expect([pool.waitAvailable(5), now()]).toEqual([0, 5])
  expect([pool.waitAvailable(), now(), pool.freeCount()]).toEqual([1, 10, 1])
  expect([new Pool().waitAvailable(), new Pool(0).waitAvailable(10), now()]).toEqual([1, 0, 20])
})

plainTest('a pool without a size has any number, and one of size 0 none', () => {
  const pool = new Pool()
  for (let i = 0; i < 100; i += 1) pool.spawn(napping, 10)
  expect([pool.length, pool.full(), pool.freeCount(), now()]).toEqual([100, false, 1, 0])
  const none = new Pool(0)
  expect([none.full(), none.freeCount()]).toEqual([true, 0])
  expect(thrownBy(() => none.start(new Greenlet(napping, 1), { timeout: 10 }))).toBeInstanceOf(PoolFull)
  expect(thrownBy(() => new Pool(-1))).toMatchObject({ code: 'badCount' })
})

plainTest('map runs so many at a time', () => {
  const pool = new Pool(2)
  let running = 0
  let most = 0
  const work = (ms: number): number => {
    running += 1
    most = Math.max(most, running)
    sleep(ms)
    running -= 1
    return ms
  }
  expect(pool.map(work, [10, 10, 5, 5])).toEqual([10, 10, 5, 5])
  expect([most, now()]).toEqual([2, 15])
})

plainTest('applyAsync never waits: where the pool is full its greenlet does', () => {
  const pool = new Pool(1)
  pool.spawn(napping, 10)
  const log: unknown[] = []
  const later = pool.applyAsync(napping, [5], { callback: value => log.push(value) })
  expect([now(), pool.has(later)]).toEqual([0, false])
  expect([later.get(), now()]).toEqual([5, 15])
  sleep(0)
  expect(log).toEqual([5])
})

plainTest('apply in a greenlet of a full pool waits for nobody', () => {
  const pool = new Pool(1)
  const outer = pool.spawn(() => pool.apply(napping, [5]) + 1)
  expect([outer.get(), now()]).toEqual([6, 5])
})

plainTest('kill ends those that run, and whoever waits for room gets it', () => {
  const pool = new Pool(1)
  const first = pool.spawn(napping, 1000)
  const second = spawn(() => pool.spawn(napping, 10).get())
  sleep(5)
  pool.kill()
  expect([first.ready(), pool.length]).toEqual([true, 0])
  expect([second.get(), now()]).toEqual([10, 15])
})

plainTest('a pool may have a greenlet that maps in it, and tells of both', () => {
  const pool = new Pool(2)
  const mapping = pool.mapAsync(napping, [5])
  pool.add(mapping)
  expect([String(pool), mapping.get()]).toEqual(['<Pool 1 of 2>', [5]])
  expect(String(new Pool())).toBe('<Pool of 0>')
})
