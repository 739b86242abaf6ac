import { expect } from 'vitest'
import { JoinableQueue, Queue, ShutDown, sleep, spawn } from '../../src/gevent.ts'
import { thrownBy } from '../greenlets.plain.ts'
import { plainTest } from '../plain-test.ts'

plainTest('one that was shut down takes nothing more, and gives what it has, then throws', () => {
  const queue = new Queue<number>(2, { items: [1, 2] })
  queue.shutdown()
  for (const put of [() => queue.put(3), () => queue.putNowait(3)]) {
    expect(thrownBy(put)).toBeInstanceOf(ShutDown)
  }
  expect([queue.peek(), queue.get(), queue.getNowait()]).toEqual([1, 1, 2])
  for (const get of [() => queue.get(), () => queue.getNowait(), () => queue.peek()]) {
    expect(thrownBy(get)).toBeInstanceOf(ShutDown)
  }
})

plainTest('at once, it drops what it has', () => {
  const queue = new Queue<number>(2, { items: [1, 2] })
  queue.shutdown(true)
  expect([queue.qsize(), thrownBy(() => queue.get())]).toEqual([0, expect.any(ShutDown)])
})

plainTest('all who wait to put are told, and have not put', () => {
  const queue = new Queue<number>(1, { items: [1] })
  const putting = [2, 3].map(item => spawn(() => thrownBy(() => queue.put(item))))
  sleep(0)
  queue.shutdown()
  expect(putting.map(one => one.get())).toEqual([expect.any(ShutDown), expect.any(ShutDown)])
  expect([queue.get(), queue.empty()]).toEqual([1, true])
})

plainTest('all who wait to get are told', () => {
  const queue = new Queue<number>()
  const getting = [1, 2].map(() => spawn(() => thrownBy(() => queue.get())))
  sleep(0)
  queue.shutdown()
  expect(getting.map(one => one.get())).toEqual([expect.any(ShutDown), expect.any(ShutDown)])
})

plainTest('who waits for what is in it already gets it, and the rest are told', () => {
  const queue = new Queue<number>()
  const getting = [1, 2, 3].map(() => spawn(() => thrownBy(() => expect(queue.get()).toBe(1))))
  sleep(0)
  queue.put(1)
  queue.shutdown()
  expect(getting.map(one => one.get())).toEqual([undefined, expect.any(ShutDown), expect.any(ShutDown)])
})

plainTest('who is quicker than those who wait leaves them to be told', () => {
  const queue = new Queue<number>()
  const getting = spawn(() => thrownBy(() => queue.get()))
  sleep(0)
  queue.put(1)
  queue.shutdown()
  expect(queue.get()).toBe(1)
  expect(getting.get()).toBeInstanceOf(ShutDown)
})

plainTest('one that is shut down by whom it has just served tells those behind', () => {
  const queue = new Queue<number>()
  const first = spawn(() => {
    queue.get()
    queue.shutdown()
  })
  const second = spawn(() => thrownBy(() => queue.get()))
  sleep(0)
  queue.put(1)
  first.get()
  expect(second.get()).toBeInstanceOf(ShutDown)
})

plainTest('what is dropped at once is finished, for those who join', () => {
  const queue = new JoinableQueue<number>(undefined, { items: [1, 2, 3] })
  queue.get()
  queue.shutdown(true)
  expect([queue.unfinishedTasks, queue.join(10)]).toEqual([1, false])
  queue.taskDone()
  expect(queue.join()).toBe(true)
})
