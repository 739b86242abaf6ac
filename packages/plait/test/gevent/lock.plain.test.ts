import { expect, test } from 'vitest'
import {
  BoundedSemaphore,
  CannotSuspendError,
  DummySemaphore,
  type Greenlet,
  getHub,
  LoopExit,
  Semaphore,
  sleep,
  spawn,
  Timeout,
  until,
  wait,
} from '../../src/gevent.ts'
import { createTask, run } from '../../src/index.ts'
import { now, thrownBy } from '../greenlets.plain.ts'
import { plainTest } from '../plain-test.ts'

/** Greenlets that want a permit, and note when they have it. */
function wanting(semaphore: Semaphore, names: string, log: unknown[]): Greenlet[] {
  const greenlets = [...names].map(name =>
    spawn(() => {
      semaphore.acquire()
      log.push(name)
    }),
  )
  sleep(0)
  return greenlets
}

plainTest('permits are had at once while there are any', () => {
  const semaphore = new Semaphore(2)
  expect([semaphore.locked(), semaphore.ready(), semaphore.counter]).toEqual([false, true, 2])
  expect([semaphore.acquire(), semaphore.acquire({ block: false })]).toEqual([true, true])
  expect([semaphore.locked(), semaphore.ready(), semaphore.counter]).toEqual([true, false, 0])
  expect([semaphore.acquire({ block: false }), semaphore.acquire({ blocking: false })]).toEqual([
    false,
    false,
  ])
  expect([semaphore.release(), semaphore.release(), semaphore.release()]).toEqual([1, 2, 3])
})

plainTest(
  'those who wait have the permits given back in the order they came, in the next turn of the hub',
  () => {
    const [semaphore, log] = [new Semaphore(0), [] as unknown[]]
    wanting(semaphore, 'abc', log)
    semaphore.release()
    semaphore.release()
    log.push('released')
    getHub().runCallback(() => log.push('the next callback'))
    sleep(0)
    expect(log).toEqual(['released', 'a', 'b', 'the next callback'])
    expect([semaphore.counter, semaphore.linkcount()]).toEqual([0, 1])
  },
)

plainTest('whoever is quicker than the first in line has the permit, and the line stays as it is', () => {
  const [semaphore, log] = [new Semaphore(0), [] as unknown[]]
  wanting(semaphore, 'ab', log)
  semaphore.release()
  expect(semaphore.acquire({ block: false })).toBe(true)
  sleep(1)
  expect([log, semaphore.linkcount()]).toEqual([[], 2])
  semaphore.release()
  semaphore.release()
  sleep(0)
  expect(log).toEqual(['a', 'b'])
})

plainTest('one whose time is up has no permit and has lost its place', () => {
  const [semaphore, log] = [new Semaphore(0), [] as unknown[]]
  expect([semaphore.acquire({ timeout: 10 }), now(), semaphore.linkcount()]).toEqual([false, 10, 0])
  wanting(semaphore, 'a', log)
  semaphore.release()
  semaphore.release()
  sleep(0)
  expect([log, semaphore.acquire({ timeout: 0 }), semaphore.counter]).toEqual([['a'], true, 0])
})

plainTest('the timeout of somebody else passes through', () => {
  const semaphore = new Semaphore(0)
  const limit = Timeout.startNew(5)
  expect(thrownBy(() => semaphore.acquire({ timeout: 10 }))).toBe(limit)
  expect([semaphore.linkcount(), semaphore.counter]).toEqual([0, 0])
})

plainTest('no permit is lost with one that is killed, be it before the release or after', () => {
  const [semaphore, log] = [new Semaphore(0), [] as unknown[]]
  const [a] = wanting(semaphore, 'ab', log)
  a?.kill(undefined, { block: false })
  semaphore.release()
  sleep(1)
  expect([log, semaphore.counter, semaphore.linkcount()]).toEqual([['b'], 0, 0])
  const [c] = wanting(semaphore, 'cd', log)
  semaphore.release()
  getHub().runCallback(() => c?.throw())
  sleep(1)
  expect([log, semaphore.counter, semaphore.linkcount()]).toEqual([['b', 'c'], 0, 1])
  const [, f] = wanting(semaphore, 'ef', log)
  f?.kill()
  semaphore.release()
  semaphore.release()
  sleep(1)
  expect([log, semaphore.counter]).toEqual([['b', 'c', 'd', 'e'], 0])
})

plainTest('a wait takes none, and gives how many there are', () => {
  const [semaphore, log] = [new Semaphore(2), [] as unknown[]]
  expect([semaphore.wait(), semaphore.counter]).toEqual([2, 2])
  const none = new Semaphore(0)
  expect([none.wait(10), now()]).toEqual([0, 10])
  spawn(() => log.push(['first', none.wait()]))
  wanting(none, 'a', log)
  spawn(() => log.push(['behind', none.wait()]))
  sleep(0)
  none.release()
  sleep(1)
  expect([log, none.linkcount()]).toEqual([[['first', 1], 'a'], 1])
})

plainTest('links are called as long as there are permits', () => {
  const [semaphore, log] = [new Semaphore(0), [] as unknown[]]
  semaphore.rawlink(one => log.push([one.counter, one.acquire({ block: false })]))
  const last = (): unknown => log.push('last')
  semaphore.rawlink(last)
  semaphore.release()
  sleep(1)
  expect([log, semaphore.linkcount()]).toEqual([[[1, true]], 1])
  semaphore.unlink(last)
  semaphore.release()
  sleep(1)
  expect(log).toHaveLength(1)
})

plainTest('it is waited for among others, and nobody has taken a permit', () => {
  const [none, one] = [new Semaphore(0), new Semaphore(1)]
  expect(wait([none, one], { count: 1 })).toEqual([one])
  expect([one.counter, none.linkcount()]).toEqual([1, 0])
})

plainTest(
  'held around a function that may wait, a permit is back at the end, be it an error or a kill',
  () => {
    const [semaphore, log] = [new Semaphore(1), [] as unknown[]]
    const inside = (): string => {
      log.push(semaphore.counter)
      sleep(5)
      return 'result'
    }
    expect([semaphore.hold(inside), semaphore.counter]).toEqual(['result', 1])
    const error = new Error('inside')
    expect(
      thrownBy(() =>
        semaphore.hold(() => {
          sleep(1)
          throw error
        }),
      ),
    ).toBe(error)
    expect(semaphore.counter).toBe(1)
    const killed = spawn(() => semaphore.hold(inside))
    const next = spawn(() => semaphore.hold(() => now()))
    sleep(1)
    killed.kill()
    expect([next.get(), semaphore.counter, log]).toEqual([7, 1, [0, 0]])
  },
)

plainTest('one that is killed while it waits to hold gives nothing back', () => {
  const semaphore = new Semaphore(0)
  const greenlets = [spawn(() => semaphore.hold(sleep)), spawn(() => semaphore.lock())]
  sleep(0)
  for (const greenlet of greenlets) greenlet.kill()
  expect([semaphore.counter, semaphore.linkcount()]).toEqual([0, 0])
})

plainTest('a lock is given back at the end of its block, and once', () => {
  const semaphore = new Semaphore(1)
  const [log, work] = [
    [] as unknown[],
    (): void => {
      using held = semaphore.lock()
      log.push(`had ${now()}`)
      sleep(5)
      held[Symbol.dispose]()
      expect(semaphore.counter).toBe(1)
    },
  ]
  const greenlets = [spawn(work), spawn(work)]
  for (const greenlet of greenlets) greenlet.get()
  expect([log, semaphore.counter]).toEqual([['had 0', 'had 5'], 1])
})

plainTest('what a class has made of acquire and release is what holding calls', () => {
  class Counted extends Semaphore {
    readonly log: string[] = []
    override acquire(options?: { timeout?: number }): boolean {
      sleep(1)
      this.log.push('acquired')
      return super.acquire(options)
    }
    override release(): number {
      this.log.push('released')
      return super.release()
    }
  }
  const counted = new Counted(1)
  counted.hold(() => counted.log.push('held'))
  counted.lock()[Symbol.dispose]()
  expect(counted.log).toEqual(['acquired', 'held', 'released', 'acquired', 'released'])
  expect(counted.counter).toBe(1)
})

plainTest('a bounded one is not given back more than was taken', () => {
  const [seats, log] = [new BoundedSemaphore(2), [] as unknown[]]
  expect(thrownBy(() => seats.release())).toMatchObject({ code: 'releasedTooOften' })
  seats.acquire()
  seats.acquire()
  wanting(seats, 'a', log)
  expect(seats.release()).toBe(1)
  sleep(0)
  expect([log, seats.release(), seats.release()]).toEqual([['a'], 1, 2])
  expect(thrownBy(() => seats.release())).toMatchObject({ code: 'releasedTooOften' })
  expect(seats.counter).toBe(2)
})

plainTest('how many permits there are is a whole number from 0 on', () => {
  for (const value of [-1, 1.5, Number.NaN, '1' as never])
    expect(thrownBy(() => new Semaphore(value))).toMatchObject({ code: 'badPermits' })
})

plainTest('a dummy makes nobody wait', () => {
  const dummy = new DummySemaphore()
  const log: unknown[] = []
  spawn(() => log.push('another'))
  for (let i = 0; i < 3; i += 1)
    expect([dummy.acquire(), dummy.wait(), dummy.locked(), dummy.ready()]).toEqual([true, 1, false, true])
  dummy.release()
  dummy.rawlink(() => log.push('linked'))
  dummy.lock()[Symbol.dispose]()
  expect(log).toEqual([])
  expect(
    dummy.hold(() => {
      sleep(3)
      return now()
    }),
  ).toBe(3)
  expect(log).toEqual(['another'])
})

plainTest('tasks of any color give back what plain ones wait for', () => {
  const [semaphore, log] = [new Semaphore(0), [] as unknown[]]
  const greenlets = wanting(semaphore, 'ab', log)
  createTask(function* () {
    semaphore.release()
  })
  createTask(async () => semaphore.release())
  for (const greenlet of greenlets) until(greenlet)
  expect(log).toEqual(['a', 'b'])
})

test('a callback of the host gives a permit back, while the loop has nothing else to do', async () => {
  const semaphore = new Semaphore(0)
  const had = run(() => semaphore.acquire())
  setImmediate(() => semaphore.release())
  expect(await had).toBe(true)
})

test('outside of any task a permit is taken, and not waited for', () => {
  const semaphore = new Semaphore(1)
  expect(semaphore.hold(() => semaphore.counter)).toBe(0)
  expect(semaphore.acquire()).toBe(true)
  expect(() => semaphore.acquire()).toThrow(CannotSuspendError)
  expect(() => semaphore.hold(() => 1)).toThrow(CannotSuspendError)
  expect([semaphore.counter, semaphore.linkcount()]).toEqual([0, 0])
})

plainTest('whoever waits for a permit that nobody gives back is told of it', () => {
  const error = thrownBy(() => new BoundedSemaphore(0).acquire())
  expect(error).toBeInstanceOf(LoopExit)
  expect(String(error)).toContain('a permit of <BoundedSemaphore counter=0')
})

plainTest('its text tells its permits, and how many wait', () => {
  const semaphore = new Semaphore(0)
  wanting(semaphore, 'ab', [])
  expect([String(semaphore), String(new BoundedSemaphore(3)), String(new DummySemaphore())]).toEqual([
    '<Semaphore counter=0, 2 waiting>',
    '<BoundedSemaphore counter=3, 0 waiting>',
    '<DummySemaphore>',
  ])
})
