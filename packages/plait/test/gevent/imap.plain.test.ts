import { expect } from 'vitest'
import { Group } from '../../src/gevent/group.ts'
import { Pool } from '../../src/gevent/pool.ts'
import { GreenletExit, sleep, spawn } from '../../src/gevent.ts'
import { beQuiet, napping, now, thrownBy } from '../greenlets.plain.ts'
import { plainTest } from '../plain-test.ts'

plainTest('imap gives the results in the order of the items, each as soon as it is there', () => {
  const seen: unknown[] = []
  for (const ms of new Group().imap(napping, [20, 10, 30])) seen.push([ms, now()])
  expect(seen).toEqual([
    [20, 20],
    [10, 20],
    [30, 30],
  ])
})

plainTest('imapUnordered gives them as they come', () => {
  const seen: unknown[] = []
  for (const ms of new Group().imapUnordered(napping, [20, 10, 30])) seen.push([ms, now()])
  expect(seen).toEqual([
    [10, 10],
    [20, 20],
    [30, 30],
  ])
})

plainTest('of several iterables the function gets an item each, until one has no more', () => {
  const group = new Group()
  const text = (n: number, name: string): string => `${n}${name}`
  expect([...group.imap(text, [1, 2, 3], ['a', 'b'])]).toEqual(['1a', '2b'])
  expect([...group.imap(text, [1], new Set(['a', 'b']), { maxsize: 1 })]).toEqual(['1a'])
  expect([...group.imap(() => 1)]).toEqual([])
  expect([...group.imap(napping, [])]).toEqual([])
  expect([...group.imapUnordered(napping, [])]).toEqual([])
})

plainTest('what cannot be iterated is refused at once', () => {
  expect(thrownBy(() => new Group().imap(napping, 5 as never))).toMatchObject({
    message: expect.stringMatching(/not iterable/),
  })
  expect(thrownBy(() => new Group().imap(napping, [], { maxsize: -1 }))).toMatchObject({ code: 'badCount' })
})

plainTest('an error is thrown in the place of its result, and the rest can still be had', () => {
  beQuiet()
  const work = (n: number): number => {
    sleep(n)
    if (n === 10) throw new Error('ten')
    return n
  }
  for (const way of ['imap', 'imapUnordered'] as const) {
    const results = new Group()[way as 'imap'](work, [5, 10, 20])
    expect(results.next()).toEqual({ done: false, value: 5 })
    expect(thrownBy(() => results.next())).toMatchObject({ message: 'ten' })
    expect(results.next()).toEqual({ done: false, value: 20 })
    expect(results.next()).toEqual({ done: true, value: undefined })
    expect(results.next()).toEqual({ done: true, value: undefined })
  }
})

plainTest('an error of the items comes behind their results', () => {
  beQuiet()
  function* items(): Generator<number> {
    yield 10
    yield 20
    throw new Error('no more')
  }
  const results = new Group().imap(napping, items())
  expect([results.next().value, results.next().value]).toEqual([10, 20])
  expect(thrownBy(() => results.next())).toMatchObject({ message: 'no more' })
  expect(results.next()).toEqual({ done: true, value: undefined })
  const unordered = new Group().imapUnordered(napping, items())
  expect(thrownBy(() => unordered.next())).toMatchObject({ message: 'no more' })
  expect([...unordered]).toEqual([10, 20])
})

plainTest('the items may take their time, as those of another imap do', () => {
  function* items(): Generator<number> {
    for (const ms of [5, 10, 15]) {
      sleep(5)
      yield ms
    }
  }
  const pool = new Pool(2)
  const doubled = new Group().imap(n => n * 2, pool.imap(napping, items()))
  expect([...doubled]).toEqual([10, 20, 30])
  expect(now()).toBe(30)
})

plainTest('a pool takes no more items than it has room for, and closes what has more', () => {
  const log: string[] = []
  function* items(): Generator<number> {
    try {
      for (let n = 0; ; n += 1) {
        log.push(`item ${n}`)
        yield n
      }
    } finally {
      log.push('closed')
    }
  }
  const pool = new Pool(2)
  const results = pool.imap(n => {
    sleep(10)
    return n
  }, items())
  expect([results.next().value, results.next().value]).toEqual([0, 1])
  // Two are running, and one waits for room.
  expect(log).toEqual(['item 0', 'item 1', 'item 2', 'item 3', 'item 4'])
  results.greenlet.kill()
  expect(log.at(-1)).toBe('closed')
  expect(results.greenlet.value).toBeInstanceOf(GreenletExit)
})

plainTest('maxsize holds back what would give more results than may wait', () => {
  for (const way of ['imap', 'imapUnordered'] as const) {
    let begun = 0
    const results = new Pool(1)[way as 'imap'](
      (n: number) => {
        begun += 1
        return n
      },
      [1, 2, 3, 4, 5],
      { maxsize: 2 },
    )
    sleep(10)
    expect(begun).toBe(2)
    expect(results.next().value).toBe(1)
    sleep(10)
    expect(begun).toBe(3)
    expect([...results]).toEqual([2, 3, 4, 5])
  }
})

plainTest('one that was left early goes on, and can be taken up again', () => {
  const results = new Group().imap(napping, [10, 20, 30])
  for (const ms of results) if (ms === 10) break
  sleep(50)
  expect([...results]).toEqual([20, 30])
})

plainTest('killed, it takes no more items, and its reader hears of it', () => {
  const group = new Pool(1)
  const results = group.imap(napping, [10, 20, 30])
  spawn(() => {
    sleep(5)
    results.greenlet.kill()
  })
  expect(results.next().value).toBe(10)
  expect(thrownBy(() => results.next())).toBeInstanceOf(GreenletExit)
  expect(results.next().done).toBe(true)
})

plainTest('several may read, and all hear of the end', () => {
  for (const way of ['imap', 'imapUnordered'] as const) {
    const results = new Group()[way as 'imap'](napping, [1, 2, 3, 4])
    const readers = [1, 2, 3].map(() => spawn(() => [...results]))
    expect(readers.flatMap(reader => reader.get()).sort()).toEqual([1, 2, 3, 4])
  }
})
