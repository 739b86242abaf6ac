import { expect } from 'vitest'
import {
  getcurrent,
  getHub,
  idle,
  iwait,
  joinall,
  killall,
  LoopExit,
  sleep,
  spawn,
  spawnLater,
  Timeout,
  Waiter,
  wait,
} from '../../src/gevent.ts'
import { type EventLoop, getEventLoop } from '../../src/index.ts'
import { beQuiet, napping, now, thrownBy } from '../greenlets.plain.ts'
import { plainTest } from '../plain-test.ts'

function failing(ms: number): never {
  sleep(ms)
  throw new Error(`after ${ms}`)
}

plainTest('joinall waits for all of them and gives them as they end; their errors are no matter', () => {
  beQuiet()
  const [slow, quick, bad] = [spawn(napping, 30), spawn(napping, 10), spawn(failing, 20)]
  const ended: unknown[] = joinall([slow, quick, bad])
  expect([quick, bad, slow].map(one => ended.indexOf(one))).toEqual([0, 1, 2])
})

plainTest('joinall waits for so many of them, or for so long', () => {
  const greenlets = [30, 10, 20].map(ms => spawn(napping, ms))
  expect(joinall(greenlets, { count: 1 }).map(({ value }) => value)).toEqual([10])
  expect(joinall(greenlets, { timeout: 15 }).map(({ value }) => value)).toEqual([10, 20])
  expect(joinall([])).toEqual([])
})

plainTest('joinall throws the first error if it is asked to', () => {
  beQuiet()
  const greenlets = [spawn(napping, 10), spawn(failing, 20), spawn(failing, 30)]
  expect(thrownBy(() => joinall(greenlets, { raiseError: true }))).toMatchObject({ message: 'after 20' })
})

plainTest('iwait gives each as it is ready, and unlinks the rest where it is left', () => {
  const greenlets = [30, 10, 20].map(ms => spawn(napping, ms))
  const seen: unknown[] = []
  for (const greenlet of iwait(greenlets)) {
    seen.push([greenlet.value, now()])
    if (seen.length === 2) break
  }
  expect(seen).toEqual([
    [10, 10],
    [20, 20],
  ])
  expect(greenlets[0]?.hasLinks()).toBe(0)
  expect(() => iwait([3 as never])).toThrow(expect.objectContaining({ code: 'notLinkable' }))
})

plainTest('wait without a list waits until nobody else can go on', () => {
  const greenlet = spawnLater(5, napping, 20)
  expect(wait(undefined, { timeout: 10 })).toBe(false)
  expect(wait()).toBe(true)
  expect(greenlet.value).toBe(20)
  expect(now()).toBe(25)
})

plainTest('killall ends those that have begun and those that have not, and waits for them', () => {
  const log: string[] = []
  const begun = spawn(() => {
    try {
      sleep(1000)
    } finally {
      sleep(5)
      log.push('cleaned up')
    }
  })
  sleep(0)
  const unbegun = spawn(() => log.push('never'))
  killall([begun, unbegun])
  expect([begun.successful(), unbegun.successful()]).toEqual([true, true])
  expect(log).toEqual(['cleaned up'])
})

plainTest(
  'killall throws a Timeout for those that will not end in time, and waits for nothing if it is not to block',
  () => {
    const stubborn = spawn(() => {
      try {
        sleep(1000)
      } catch {
        sleep(50)
      }
    })
    sleep(0)
    expect(thrownBy(() => killall([stubborn], { timeout: 10 }))).toBeInstanceOf(Timeout)
    const other = spawn(napping, 1000)
    sleep(0)
    killall([other], { block: false })
    expect(other.ready()).toBe(false)
    sleep(0)
    expect(other.ready()).toBe(true)
  },
)

plainTest(
  'a wait that can never end throws LoopExit in the main greenlet, which says who waits for what',
  () => {
    const log: string[] = []
    const stuck = spawn(() => {
      try {
        new Waiter().get()
      } finally {
        log.push('not yet')
      }
    })
    let error: unknown
    try {
      stuck.join()
    } catch (caught) {
      error = caught
    }
    expect(error).toBeInstanceOf(LoopExit)
    expect((error as Error).message).toMatch(
      /^this operation would block forever: .*main .* waits for Greenlet-0/s,
    )
    expect((error as LoopExit).tasks.map(({ waitsFor }) => waitsFor)).toContain('a waiter')
    expect(log).toEqual([])
    // It can go on.
    expect(spawn(napping, 3).get()).toBe(3)
  },
)

plainTest('a Waiter keeps what comes before anybody waits, and is for one greenlet', () => {
  const waiter = new Waiter<string>()
  getHub().runCallback(() => waiter.switch('early'))
  sleep(0)
  expect([waiter.ready(), waiter.successful()]).toEqual([true, true])
  expect(waiter.get()).toBe('early')
  waiter.clear()
  getHub()
    .timer(10)
    .start(() => waiter.throw(new RangeError('late')))
  const other = spawn(() => {
    try {
      waiter.get()
    } catch (error) {
      return (error as { code?: unknown }).code
    }
    return undefined
  })
  expect(thrownBy(() => waiter.get())).toMatchObject({ message: 'late' })
  expect(other.value).toBe('waiterInUse')
})

plainTest('idle comes back when nobody is ready', () => {
  const log: number[] = []
  spawn(() => {
    for (let i = 0; i < 3; i += 1) {
      log.push(i)
      sleep(0)
    }
  })
  idle()
  expect(log).toEqual([0, 1, 2])
})

plainTest('getcurrent is the greenlet that spawn gave', () => {
  const greenlet = spawn(() => getcurrent())
  expect((greenlet.get() as unknown) === greenlet).toBe(true)
  expect(getcurrent()?.name).toBe('main')
})

plainTest('what is no list, and what is no greenlet, is refused by name, and then nothing is done', () => {
  const greenlet = spawn(napping, 5)
  sleep(0)
  const wrong: [string, () => unknown][] = [
    ['joinall(…)', () => joinall(undefined as never)],
    ['joinall(…)', () => joinall([greenlet, 5 as never])],
    ['wait(…)', () => wait([5 as never])],
    ['killall(…)', () => killall([greenlet, 5 as never])],
    ['killall(…)', () => killall(greenlet as never)],
    ['killall(…)', () => killall([5 as never], { block: false })],
  ]
  for (const [what, call] of wrong) {
    const error = thrownBy(call) as Error
    expect(error.name).toBe('MisuseError')
    expect(error.message).toContain(what)
  }
  expect(greenlet.get()).toBe(5)
})

plainTest('an error in a callback or a timer of the hub is told with its name', () => {
  const told: string[] = []
  ;(getEventLoop() as EventLoop).setExceptionHandler((_loop, { message }) => told.push(message))
  function tick(): never {
    throw new RangeError('bad')
  }
  getHub().runCallback(tick)
  getHub().timer(5).start(tick)
  sleep(10)
  expect(told).toEqual([
    '<Callback tick> failed with RangeError',
    '<HubTimer of 5 ms> failed with RangeError',
  ])
})
