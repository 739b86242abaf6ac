import { expect } from 'vitest'
import { Empty, Full, getHub, LoopExit, Queue, StopIteration, sleep, spawn } from '../../src/gevent.ts'
import { now, thrownBy } from '../greenlets.plain.ts'
import { plainTest } from '../plain-test.ts'

/** What a call in the hub gives, or throws. */
function inHub(call: () => unknown): unknown {
  let result: unknown
  getHub().runCallback(() => {
    try {
      result = call()
    } catch (error) {
      result = error
    }
  })
  sleep(0)
  return result
}

plainTest('items come out in the order they were put', () => {
  const queue = new Queue<number>()
  for (const item of [1, 2, 3]) queue.put(item)
  expect([queue.qsize(), queue.length, queue.empty(), queue.full()]).toEqual([3, 3, false, false])
  expect([queue.get(), queue.get(), queue.get()]).toEqual([1, 2, 3])
  expect([queue.qsize(), queue.length, queue.empty(), queue.full()]).toEqual([0, 0, true, false])
})

plainTest('0, a number below and none at all are no limit', () => {
  for (const maxsize of [undefined, 0, -1]) {
    const queue = new Queue<number>(maxsize)
    expect(queue.maxsize).toBe(undefined)
    for (let i = 0; i < 100; i += 1) queue.putNowait(i)
    expect(queue.full()).toBe(false)
  }
})

plainTest('who gets from an empty one waits for an item, in the order they came', () => {
  const queue = new Queue<string>()
  const log: unknown[] = []
  for (const name of ['a', 'b', 'c']) spawn(() => log.push([name, queue.get(), now()]))
  sleep(10)
  for (const item of ['first', 'second', 'third']) queue.put(item)
  expect(log).toEqual([])
  sleep(0)
  expect(log).toEqual([
    ['a', 'first', 10],
    ['b', 'second', 10],
    ['c', 'third', 10],
  ])
})

plainTest('who puts into a full one waits for room, and their items keep the order they came in', () => {
  const queue = new Queue<string>(1)
  const log: string[] = []
  for (const name of ['a', 'b', 'c']) {
    spawn(() => {
      queue.put(name)
      log.push(`${name} is in`)
    })
  }
  sleep(0)
  expect(log).toEqual(['a is in'])
  for (let i = 0; i < 3; i += 1) {
    log.push(`got ${queue.get()}`)
    sleep(0)
  }
  expect(log).toEqual(['a is in', 'got a', 'b is in', 'got b', 'c is in', 'got c'])
})

plainTest('one who comes before those who were woken have run may be quicker, and they wait on', () => {
  const queue = new Queue<string>()
  const waiting = spawn(() => queue.get())
  sleep(0)
  queue.put('first')
  expect(queue.get()).toBe('first')
  sleep(0)
  expect(waiting.ready()).toBe(false)
  queue.put('second')
  expect(waiting.get()).toBe('second')
})

plainTest('who puts and who gets are served by turns, in one go', () => {
  const queue = new Queue<number>(1, { items: [0] })
  const log: string[] = []
  for (const item of [1, 2]) {
    spawn(() => {
      queue.put(item)
      log.push(`put ${item}`)
    })
  }
  sleep(0)
  for (let i = 0; i < 2; i += 1) spawn(() => log.push(`got ${queue.get()}`))
  expect(queue.get()).toBe(0)
  sleep(0)
  expect(log).toEqual(['put 1', 'got 1', 'put 2', 'got 2'])
})

plainTest('what is not to wait throws Full or Empty at once', () => {
  const queue = new Queue<number>(1)
  for (const get of [() => queue.getNowait(), () => queue.get({ block: false, timeout: 10 })]) {
    expect(thrownBy(get)).toBeInstanceOf(Empty)
  }
  for (const peek of [() => queue.peekNowait(), () => queue.peek({ block: false })]) {
    expect(thrownBy(peek)).toBeInstanceOf(Empty)
  }
  queue.putNowait(1)
  for (const put of [() => queue.putNowait(2), () => queue.put(2, { block: false, timeout: 10 })]) {
    expect(thrownBy(put)).toBeInstanceOf(Full)
  }
  expect([now(), queue.peekNowait(), queue.getNowait()]).toEqual([0, 1, 1])
})

plainTest('a wait whose time is up throws Full or Empty, and has left the line', () => {
  const queue = new Queue<number>(1)
  expect(thrownBy(() => queue.get({ timeout: 10 }))).toBeInstanceOf(Empty)
  expect(thrownBy(() => queue.peek({ timeout: 10 }))).toBeInstanceOf(Empty)
  queue.put(1)
  expect(thrownBy(() => queue.put(2, { timeout: 10 }))).toBeInstanceOf(Full)
  expect(now()).toBe(30)
  expect([queue.get(), queue.empty()]).toEqual([1, true])
  sleep(0)
  expect(queue.empty()).toBe(true)
})

plainTest('a time that is not up is taken back', () => {
  const queue = new Queue<number>()
  spawn(() => queue.put(1))
  expect(queue.get({ timeout: 10 })).toBe(1)
  sleep(20)
})

plainTest('who peeks waits for an item and leaves it', () => {
  const queue = new Queue<string>()
  const looking = [1, 2].map(() => spawn(() => queue.peek()))
  const taking = spawn(() => queue.get())
  sleep(0)
  queue.put('only')
  expect([...looking, taking].map(one => one.get())).toEqual(['only', 'only', 'only'])
  expect(queue.empty()).toBe(true)
})

plainTest('one who is killed as it waits to get has left the line, and no item is lost', () => {
  const queue = new Queue<string>()
  const [killed, other] = [spawn(() => queue.get()), spawn(() => queue.get())]
  sleep(0)
  killed.kill(undefined, { block: false })
  queue.put('item')
  expect(other.get()).toBe('item')
})

plainTest('one who is killed, or cancelled, as it waits to put has not put', () => {
  for (const end of ['kill', 'cancel'] as const) {
    const queue = new Queue<string>(1)
    queue.put('first')
    const [ended, other] = [spawn(() => queue.put('never')), spawn(() => queue.put('second'))]
    sleep(0)
    if (end === 'kill') ended.kill()
    else ended.cancel()
    expect(queue.get()).toBe('first')
    other.get()
    expect([queue.get(), queue.empty()]).toEqual(['second', true])
  }
})

plainTest('one who is cancelled after room was made for it has not put either', () => {
  const queue = new Queue<string>(1)
  queue.put('first')
  const [ended, other] = [spawn(() => queue.put('never')), spawn(() => queue.put('second'))]
  sleep(0)
  expect(queue.get()).toBe('first')
  ended.cancel()
  sleep(0)
  expect(ended.successful()).toBe(false)
  other.get()
  expect([queue.get(), queue.empty()]).toEqual(['second', true])
})

plainTest('one who is cancelled after an item was put for it leaves it to the next', () => {
  const queue = new Queue<string>()
  const [ended, other] = [spawn(() => queue.get()), spawn(() => queue.get())]
  sleep(0)
  queue.put('item')
  ended.cancel()
  expect(other.get()).toBe('item')
})

plainTest('in the hub nothing waits: those who wait go on at once, else it throws', () => {
  const queue = new Queue<string>(1)
  expect(inHub(() => queue.get())).toBeInstanceOf(Empty)
  queue.put('first')
  expect(inHub(() => queue.put('second'))).toBeInstanceOf(Full)
  const putting = spawn(() => queue.put('third'))
  sleep(0)
  const both = inHub(() => [queue.get(), queue.get(), putting.ready()])
  expect(both).toEqual(['first', 'third', true])
})

plainTest('what is put in the hub where one is full goes in behind what those who wait take', () => {
  const queue = new Queue<string>(1)
  const getting = spawn(() => queue.get())
  sleep(0)
  const sizes = inHub(() => {
    queue.put('first')
    queue.put('second')
    return queue.qsize()
  })
  expect([sizes, getting.get(), queue.get()]).toEqual([1, 'first', 'second'])
})

plainTest('what is put from outside of any greenlet is got by those who wait', () => {
  const queue = new Queue<string>()
  // A callback of Node, which no greenlet and no hub runs.
  queueMicrotask(() => queue.put('from outside'))
  expect(queue.get()).toBe('from outside')
})

plainTest('for…of gets items, waiting for them, until one is StopIteration', () => {
  const queue = new Queue<number>(1)
  const putting = spawn(() => {
    for (const item of [1, 2, 3]) {
      sleep(10)
      queue.put(item)
    }
    queue.put(StopIteration)
    queue.put(4)
  })
  const got: unknown[] = []
  for (const item of queue) got.push([item, now()])
  expect(got).toEqual([
    [1, 10],
    [2, 20],
    [3, 30],
  ])
  putting.get()
  expect(queue.get()).toBe(4)
})

plainTest('left early it keeps its items, and can be gone through again, spread as well', () => {
  const queue = new Queue<number>()
  spawn(() => {
    for (const item of [1, 2, 3]) queue.put(item)
    sleep(10)
    queue.put(StopIteration)
  })
  for (const item of queue) if (item === 1) break
  expect([...queue]).toEqual([2, 3])
})

plainTest('a copy has the same items and the same room, and goes its own way', () => {
  const queue = new Queue<string>(3, { items: ['a', 'b'] })
  const copy = queue.copy()
  queue.get()
  expect([copy.maxsize, copy.qsize(), copy.get(), copy.get()]).toEqual([3, 2, 'a', 'b'])
  expect(copy).toBeInstanceOf(Queue)
})

plainTest('it may be made with more items than it has room for', () => {
  const queue = new Queue<number>(1, { items: [1, 2, 3] })
  expect([queue.qsize(), queue.full()]).toEqual([3, true])
  const putting = spawn(() => queue.put(4))
  sleep(0)
  for (let i = 1; i <= 2; i += 1) {
    expect(queue.get()).toBe(i)
    sleep(0)
    expect(putting.ready()).toBe(false)
  }
  expect(queue.get()).toBe(3)
  sleep(0)
  expect([putting.ready(), queue.get()]).toEqual([true, 4])
})

plainTest('given more room, it lets in those who wait as soon as something is got', () => {
  const queue = new Queue<number>(1, { items: [0] })
  const putting = [1, 2].map(item => spawn(() => queue.put(item)))
  sleep(0)
  queue.maxsize = 2
  expect(queue.get()).toBe(0)
  sleep(0)
  expect(putting.map(one => one.ready())).toEqual([true, true])
  queue.maxsize = undefined
  queue.putNowait(3)
  expect([queue.maxsize, queue.qsize()]).toEqual([undefined, 3])
})

plainTest('one that nobody can ever put into is named in the LoopExit of who waits', () => {
  const jobs = new Queue<string>()
  expect(thrownBy(() => jobs.get())).toMatchObject({
    constructor: LoopExit,
    message: expect.stringMatching(/an item of <Queue 0 items, 1 getting>/),
  })
  const full = new Queue<string>(1, { items: ['there'] })
  expect(thrownBy(() => full.put('more'))).toMatchObject({
    message: expect.stringMatching(/room in <Queue 1 of 1 items, 1 putting>/),
  })
})

plainTest('it tells how full it is, and how many wait', () => {
  const queue = new Queue<number>(1)
  expect(String(queue)).toBe('<Queue 0 of 1 items>')
  spawn(() => queue.get())
  sleep(0)
  expect(String(queue)).toBe('<Queue 0 of 1 items, 1 getting>')
  queue.put(1)
  sleep(0)
  for (let i = 0; i < 3; i += 1) spawn(() => queue.put(i))
  sleep(0)
  expect(String(queue)).toBe('<Queue 1 of 1 items, 2 putting>')
  expect(String(new Queue(undefined, { items: [1, 2] }))).toBe('<Queue 2 items>')
})

plainTest('a size that is no whole number is refused', () => {
  for (const size of [1.5, Number.NaN, '3', null]) {
    expect(thrownBy(() => new Queue(size as never))).toMatchObject({ code: 'badQueueSize' })
  }
})
