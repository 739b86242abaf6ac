import { expect, test } from 'vitest'
import { getHub, RLock, sleep, spawn, spawnRaw, Timeout } from '../../src/gevent.ts'
import { createTask, currentTask } from '../../src/index.ts'
import { now, thrownBy } from '../greenlets.plain.ts'
import { plainTest } from '../plain-test.ts'

plainTest('its owner takes it again at once, and it is free when given back as often', () => {
  const lock = new RLock()
  expect([lock.acquire(), lock.acquire({ block: false }), lock.acquire()]).toEqual([true, true, true])
  expect([lock.count, lock.owner === currentTask(), lock.locked()]).toEqual([3, true, true])
  const other = spawn(() => [lock.acquire(), lock.owner === currentTask(), lock.count])
  lock.release()
  lock.release()
  sleep(1)
  expect([lock.count, other.ready()]).toEqual([1, false])
  lock.release()
  expect([lock.count, lock.owner, lock.locked()]).toEqual([0, undefined, false])
  expect(other.get()).toEqual([true, true, 1])
})

plainTest('another greenlet waits in line, as long as it likes', () => {
  const [lock, log] = [new RLock(), [] as unknown[]]
  lock.acquire()
  const tries = spawn(() => [lock.acquire({ block: false }), lock.acquire({ timeout: 10 }), now()])
  for (const name of 'ab')
    spawn(() => {
      lock.acquire()
      log.push(name)
      sleep(1)
      lock.release()
    })
  expect(tries.get()).toEqual([false, false, 10])
  lock.release()
  sleep(5)
  expect([log, lock.locked()]).toEqual([['a', 'b'], false])
})

plainTest('whoever does not have it cannot give it back', () => {
  const lock = new RLock()
  expect(thrownBy(() => lock.release())).toMatchObject({ code: 'lockOfAnother' })
  lock.acquire()
  expect(spawn(() => thrownBy(() => lock.release())).get()).toMatchObject({ code: 'lockOfAnother' })
  expect([lock.count, lock.owner === currentTask()]).toEqual([1, true])
})

plainTest('one that is killed in line, or meets a timeout, has not taken it', () => {
  const lock = new RLock()
  lock.acquire()
  const killed = spawn(() => lock.acquire())
  const limited = spawn(() => {
    const limit = Timeout.startNew(5)
    return thrownBy(() => lock.acquire({ timeout: 10 })) === limit
  })
  sleep(0)
  killed.kill()
  expect(limited.get()).toBe(true)
  lock.release()
  sleep(1)
  expect([lock.locked(), lock.count]).toEqual([false, 0])
})

plainTest('held around a function, and again within, it is free at the end, be it an error or a kill', () => {
  const lock = new RLock()
  const inside = (): number =>
    lock.hold(() =>
      lock.hold(() => {
        sleep(5)
        return lock.count
      }),
    )
  expect([inside(), lock.count]).toEqual([2, 0])
  const error = new Error('inside')
  expect(
    thrownBy(() =>
      lock.hold(() => {
        sleep(1)
        throw error
      }),
    ),
  ).toBe(error)
  const killed = spawn(inside)
  const next = spawn(inside)
  sleep(1)
  expect(lock.owner).toBe(killed)
  killed.kill()
  expect([next.get(), lock.locked()]).toEqual([2, false])
})

plainTest('locked for a block, it is given back at its end', () => {
  const lock = new RLock()
  const work = (): number => {
    using _outer = lock.lock()
    using _inner = lock.lock()
    sleep(5)
    return lock.count
  }
  const greenlets = [spawn(work), spawn(work)]
  expect([...greenlets.map(greenlet => greenlet.get()), now(), lock.locked()]).toEqual([2, 2, 10, false])
})

plainTest('raw greenlets, tasks of other colors and plain parts of them are owners of their own', () => {
  const [lock, log] = [new RLock(), [] as unknown[]]
  spawnRaw(() => {
    lock.hold(() => {
      sleep(1)
      log.push('raw')
    })
  })
  createTask(function* () {
    log.push(yield* createTask(() => lock.hold(() => lock.hold(() => 'of a generator'))))
  })
  createTask(async () => log.push(lock.acquire({ block: false })))
  sleep(2)
  expect(log).toEqual([false, 'raw', 'of a generator'])
})

plainTest('in the hub it is nobody’s', () => {
  const [lock, log] = [new RLock(), [] as unknown[]]
  getHub().runCallback(() => log.push(lock.acquire(), lock.owner, lock.locked(), lock.acquire()))
  sleep(0)
  expect([log, lock.acquire({ block: false })]).toEqual([[true, undefined, true, true], false])
})

test('outside of any task it is taken as often as one likes', () => {
  const lock = new RLock()
  expect([lock.acquire(), lock.hold(() => lock.count), lock.count]).toEqual([true, 2, 1])
  lock.release()
  expect(lock.locked()).toBe(false)
})

plainTest('its text tells whose it is', () => {
  const lock = new RLock()
  expect(String(lock)).toBe('<RLock free>')
  lock.acquire()
  lock.acquire()
  expect(String(lock)).toBe('<RLock of main, 2 times>')
})
