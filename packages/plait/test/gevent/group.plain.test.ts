import { expect } from 'vitest'
import { Group } from '../../src/gevent/group.ts'
import { Pool } from '../../src/gevent/pool.ts'
import { Greenlet, GreenletExit, getcurrent, sleep, spawn } from '../../src/gevent.ts'
import { beQuiet, napping, now, thrownBy } from '../greenlets.plain.ts'
import { plainTest } from '../plain-test.ts'

function failing(ms: number): never {
  sleep(ms)
  throw new Error(`after ${ms}`)
}

plainTest('a greenlet is in its group from its spawn to its end', () => {
  const group = new Group()
  const quick = group.spawn(napping, 10)
  const slow = group.spawn(napping, 20)
  expect([group.length, group.has(quick), [...group].length]).toEqual([2, true, 2])
  sleep(15)
  expect([group.length, group.has(quick), group.greenlets.has(slow)]).toEqual([1, false, true])
  expect(String(group)).toBe('<Group of 1>')
  group.join()
  expect([group.length, now()]).toEqual([0, 20])
})

plainTest('what was made elsewhere is taken in, and let go', () => {
  const group = new Group([spawn(napping, 10)])
  const other = spawn(napping, 20)
  group.add(other)
  const started = new Greenlet(napping, 30)
  group.start(started)
  expect(group.length).toBe(3)
  group.discard(other)
  expect([group.has(other), other.hasLinks()]).toEqual([false, 0])
  group.join()
  expect(now()).toBe(30)
  expect(other.value).toBe(20)
})

plainTest('what is no greenlet is refused, as is what is no function', () => {
  const group = new Group()
  expect(thrownBy(() => group.add(5 as never))).toMatchObject({ code: 'notAMember' })
  expect(thrownBy(() => group.spawn(5 as never))).toMatchObject({ code: 'notAFunctionToRun' })
  for (const way of ['apply', 'applyAsync', 'map', 'mapAsync', 'imap', 'imapUnordered'] as const)
    expect(thrownBy(() => group[way as 'map'](5 as never, [] as never))).toMatchObject({
      code: 'notAFunctionToRun',
    })
  expect(group.length).toBe(0)
})

plainTest('join waits until the group was empty, or the time is up, and tells which', () => {
  const group = new Group()
  expect(group.join()).toBe(true)
  group.spawn(napping, 20)
  expect([group.join({ timeout: 5 }), now()]).toEqual([false, 5])
  expect([group.join(), now()]).toEqual([true, 20])
})

plainTest('a group that is filled again was empty all the same', () => {
  const group = new Group()
  const first = group.spawn(napping, 10)
  first.rawlink(() => group.spawn(napping, 50))
  expect([group.join(), now(), group.length]).toEqual([true, 10, 1])
})

plainTest('join throws the error of one that was in the group, if it is asked to', () => {
  beQuiet()
  const group = new Group()
  group.spawn(failing, 10)
  group.spawn(napping, 20)
  expect(thrownBy(() => group.join({ raiseError: true }))).toMatchObject({ message: 'after 10' })
  expect(now()).toBe(20)
  group.spawn(failing, 10)
  expect(group.join()).toBe(true)
})

plainTest('kill ends them all, those too that come meanwhile', () => {
  const group = new Group()
  const log: string[] = []
  const stubborn = group.spawn(() => {
    try {
      sleep(1000)
    } finally {
      group.spawn(napping, 1000)
      sleep(5)
      log.push('cleaned')
    }
  })
  sleep(0)
  const unborn = group.spawn(() => log.push('never'))
  group.kill()
  expect([now(), group.length, log]).toEqual([5, 0, ['cleaned']])
  expect(stubborn.value).toBeInstanceOf(GreenletExit)
  expect(unborn.value).toBeInstanceOf(GreenletExit)
})

plainTest('kill throws what it is given, once in each, and waits no longer than it is told', () => {
  beQuiet()
  const group = new Group()
  const seen: unknown[] = []
  group.spawn(() => {
    try {
      sleep(1000)
    } catch (error) {
      seen.push(error)
      sleep(20)
    }
  })
  sleep(0)
  const error = new RangeError('enough')
  group.kill(error, { block: false })
  expect(seen).toEqual([])
  group.kill(new Error('too late'), { timeout: 5 })
  expect([seen, now(), group.length]).toEqual([[error], 5, 1])
  group.join()
  expect(now()).toBe(20)
})

plainTest('the main greenlet and other tasks may be in a group, until they are discarded', () => {
  const group = new Group()
  const main = getcurrent()
  if (main === undefined) throw new Error('not in a greenlet')
  group.add(main)
  expect([group.join({ timeout: 5 }), group.has(main)]).toEqual([false, true])
  group.kill(RangeError, { block: false })
  expect(thrownBy(() => sleep(100))).toBeInstanceOf(RangeError)
  group.discard(main)
  expect(group.join()).toBe(true)
})

plainTest('killone ends one of the group, and no other', () => {
  const group = new Group()
  const [one, other] = [group.spawn(napping, 10), group.spawn(napping, 10)]
  const stranger = spawn(napping, 10)
  sleep(0)
  group.killone(one)
  group.killone(stranger)
  expect([one.ready(), other.ready(), stranger.ready(), now()]).toEqual([true, false, false, 0])
  group.killone(other, RangeError, { block: false })
  expect(other.ready()).toBe(false)
  beQuiet()
  group.join()
  expect(other.exception()).toBeInstanceOf(RangeError)
})

plainTest('apply gives what the function returns, or throws what it does', () => {
  beQuiet()
  const group = new Group()
  const add = (a: number, b: number): number => napping(a) + b
  expect(group.apply(add, [1, 2])).toBe(3)
  expect(group.apply(() => 'nothing')).toBe('nothing')
  expect(thrownBy(() => group.apply(failing, [5]))).toMatchObject({ message: 'after 5' })
  expect(group.apply(async (n: number) => n, [7])).toBe(7)
})

plainTest('apply in a greenlet of the very group calls the function right there', () => {
  const group = new Group()
  const where = (): unknown => getcurrent()?.name
  const inner = group.spawn(() => [where(), group.apply(where), group.apply(async () => 'promised')])
  const [self, here, promised] = inner.get()
  expect([here, promised]).toEqual([self, 'promised'])
  expect(group.apply(where)).not.toBe(where())
})

plainTest('applyCb and applyAsync hand the result to a callback, which may wait', () => {
  beQuiet()
  const group = new Group()
  const log: unknown[] = []
  const callback = (value: number): void => {
    sleep(1)
    log.push([value, now()])
  }
  expect(group.applyCb(napping, [5], { callback })).toBe(5)
  expect(log).toEqual([])
  const greenlet = group.applyAsync(napping, [10], { callback })
  const bad = group.applyAsync(failing, [10], { callback })
  expect([group.has(greenlet), greenlet.get(), greenlet.value]).toEqual([true, 10, 10])
  bad.join()
  sleep(5)
  expect(log).toEqual([
    [5, 6],
    [10, 16],
  ])
})

plainTest('map gives the results in the order of the items, and throws the first error', () => {
  beQuiet()
  const group = new Group()
  expect(group.map(napping, [30, 10, 20])).toEqual([30, 10, 20])
  expect(now()).toBe(30)
  expect(
    thrownBy(() => group.map(ms => (ms < 20 ? failing(ms) : napping(ms)), new Set([30, 10, 5]))),
  ).toMatchObject({ message: 'after 10' })
  expect(now()).toBe(60)
})

plainTest('mapCb and mapAsync call back with the list', () => {
  const group = new Group()
  const log: unknown[] = []
  const callback = (list: unknown): void => {
    log.push(list)
  }
  expect(group.mapCb(napping, [1, 2], { callback })).toEqual([1, 2])
  const later = group.mapAsync(napping, [3, 4], { callback })
  expect(log).toEqual([[1, 2]])
  expect(later.get()).toEqual([3, 4])
  expect(log).toEqual([
    [1, 2],
    [3, 4],
  ])
})

plainTest('a class that makes a method anew is heeded by the others', () => {
  class Counting extends Group {
    added = 0
    override add(greenlet: Greenlet): void {
      sleep(1)
      this.added += 1
      super.add(greenlet)
    }
  }
  class Loud extends Greenlet<never> {
    override toString(): string {
      return 'loud'
    }
  }
  const group = new Counting()
  group.greenletClass = Loud as never
  expect(String(group.spawn(napping, 5))).toBe('loud')
  expect(group.map(napping, [1, 2])).toEqual([1, 2])
  expect(group.added).toBe(3)
  const pool = new Pool(1, { greenletClass: Loud as never })
  expect(String(pool.spawn(napping, 5))).toBe('loud')
})
