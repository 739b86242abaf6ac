import { expect } from 'vitest'
import { JoinableQueue, LifoQueue, PriorityQueue, SimpleQueue, sleep, spawn } from '../../src/gevent.ts'
import { now, thrownBy } from '../greenlets.plain.ts'
import { plainTest } from '../plain-test.ts'

/** All that can be got at once. */
function drained<T>(queue: { empty(): boolean; get(): T }): T[] {
  const items: T[] = []
  while (!queue.empty()) items.push(queue.get())
  return items
}

plainTest('a LifoQueue gives what was put last', () => {
  const queue = new LifoQueue<number>(3, { items: [1, 2] })
  queue.put(3)
  expect([queue.full(), queue.peek()]).toEqual([true, 3])
  expect(drained(queue.copy())).toEqual([3, 2, 1])
  expect(drained(queue)).toEqual([3, 2, 1])
})

plainTest('a PriorityQueue gives the lowest, equals in the order they were put', () => {
  const queue = new PriorityQueue<[number, string]>(undefined, { items: [[2, 'b']] })
  for (const item of [
    [3, 'd'],
    [2, 'c'],
    [1, 'a'],
  ] as [number, string][])
    queue.put(item)
  expect(queue.peek()).toEqual([1, 'a'])
  const letters = (one: PriorityQueue<[number, string]>): string =>
    drained(one)
      .map(item => item[1])
      .join('')
  expect([letters(queue.copy()), letters(queue)]).toEqual(['abcd', 'abcd'])
})

plainTest(
  'a PriorityQueue hands over the lowest of what is in it, to those who wait in the order they came',
  () => {
    const queue = new PriorityQueue<number>(2)
    const getting = [1, 2].map(() => spawn(() => queue.get()))
    sleep(0)
    queue.put(5)
    queue.put(3)
    expect(getting.map(one => one.get())).toEqual([3, 5])
  },
)

plainTest('a PriorityQueue goes by the comparison it is given, and so do its copies', () => {
  const byLength = (a: string, b: string): number => a.length - b.length
  const queue = new PriorityQueue<string>(undefined, { items: ['ccc', 'a'], compare: byLength })
  queue.put('bb')
  expect(drained(queue.copy())).toEqual(['a', 'bb', 'ccc'])
  expect(drained(queue)).toEqual(['a', 'bb', 'ccc'])
})

plainTest(
  'what a PriorityQueue cannot compare is thrown where it is put, waited or not, and the queue goes on',
  () => {
    const queue = new PriorityQueue<unknown>(1)
    expect(thrownBy(() => queue.put({}))).toMatchObject({ code: 'incomparable' })
    queue.put(1)
    const [bad, good] = [spawn(() => thrownBy(() => queue.put({}))), spawn(() => queue.put(2))]
    sleep(0)
    expect(queue.get()).toBe(1)
    expect(bad.get()).toMatchObject({ code: 'incomparable' })
    good.get()
    expect(queue.get()).toBe(2)
  },
)

plainTest('join waits until as many were dealt with as were put', () => {
  const queue = new JoinableQueue<number>(undefined, { items: [1] })
  queue.put(2)
  const log: string[] = []
  const joining = spawn(() => {
    expect(queue.join()).toBe(true)
    log.push('joined')
  })
  for (const item of [queue.get(), queue.get()]) {
    sleep(10)
    log.push(`did ${item}`)
    queue.taskDone()
  }
  joining.get()
  expect([log, queue.unfinishedTasks]).toEqual([['did 1', 'did 2', 'joined'], 0])
})

plainTest('join of one with nothing to do gives true at once, and waits for what is put later', () => {
  const queue = new JoinableQueue<number>()
  expect(queue.join()).toBe(true)
  queue.put(1)
  expect(queue.join(10)).toBe(false)
  expect(now()).toBe(10)
})

plainTest('an item counts from when it is in, not from when its put waits', () => {
  const queue = new JoinableQueue<number>(1)
  queue.put(1)
  const putting = spawn(() => queue.put(2))
  sleep(0)
  expect(queue.unfinishedTasks).toBe(1)
  queue.get()
  putting.get()
  expect(queue.unfinishedTasks).toBe(2)
})

plainTest('taskDone is not called more often than items were put', () => {
  const queue = new JoinableQueue<number>()
  expect(thrownBy(() => queue.taskDone())).toMatchObject({ code: 'taskDoneTooOften' })
})

plainTest('a copy has as many unfinished tasks, and a queue may be made with them', () => {
  const queue = new JoinableQueue<number>(undefined, { items: [1, 2] })
  queue.get()
  const copy = queue.copy()
  expect([copy.qsize(), copy.unfinishedTasks]).toEqual([1, 2])
  copy.taskDone()
  copy.taskDone()
  expect([copy.join(), queue.unfinishedTasks]).toEqual([true, 2])
  const given = new JoinableQueue<number>(undefined, { items: [1], unfinishedTasks: 3 })
  expect([given.qsize(), given.unfinishedTasks]).toEqual([1, 3])
})

plainTest('a JoinableQueue tells how many tasks are unfinished', () => {
  expect(String(new JoinableQueue(2, { items: [1] }))).toBe('<JoinableQueue 1 of 2 items, 1 unfinished>')
  expect(String(new JoinableQueue())).toBe('<JoinableQueue 0 items>')
})

plainTest('a SimpleQueue has room for any number, first in, first out', () => {
  const queue = new SimpleQueue<number>()
  const getting = spawn(() => queue.get())
  sleep(0)
  for (let i = 0; i < 100; i += 1) queue.put(i, { block: false })
  expect([getting.get(), queue.full(), queue.qsize(), queue.copy().qsize()]).toEqual([0, false, 99, 99])
})
