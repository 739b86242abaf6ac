import { expect, test } from 'vitest'
import {
  CannotSuspendError,
  Event,
  type Greenlet,
  getHub,
  LoopExit,
  sleep,
  spawn,
  spawnRaw,
  Timeout,
  until,
} from '../../src/gevent.ts'
import { createTask, run } from '../../src/index.ts'
import { now, thrownBy } from '../greenlets.plain.ts'
import { plainTest } from '../plain-test.ts'

/** Greenlets that wait for an event, and note when they go on. */
function waiting(event: Event, names: string, log: unknown[]): Greenlet[] {
  const greenlets = [...names].map(name =>
    spawn(() => {
      const was = event.wait()
      log.push(was ? name : `${name} in vain`)
    }),
  )
  sleep(0)
  return greenlets
}

plainTest('those who wait go on in the order they came, in the turn of the hub after the set', () => {
  const [event, log] = [new Event(), [] as unknown[]]
  waiting(event, 'abc', log)
  event.set()
  log.push('set')
  getHub().runCallback(() => log.push('the next callback'))
  sleep(0)
  expect(log).toEqual(['set', 'a', 'b', 'c', 'the next callback'])
  expect([event.isSet(), event.ready(), event.linkcount()]).toEqual([true, true, 0])
})

plainTest('set and cleared at once it lets go on all who waited, who are told that it was set', () => {
  const [event, log] = [new Event(), [] as unknown[]]
  waiting(event, 'ab', log)
  event.set()
  event.clear()
  waiting(event, 'late', log)
  sleep(1)
  expect(log).toEqual(['a', 'b'])
  expect([event.isSet(), event.linkcount()]).toEqual([false, 4])
})

plainTest(
  'whoever comes when it is set goes behind those who have waited, if they are still to go on',
  () => {
    const [event, log] = [new Event(), [] as unknown[]]
    waiting(event, 'a', log)
    spawn(() => {
      log.push('b comes')
      event.wait()
      log.push('b')
    })
    event.set()
    event.wait()
    log.push('main')
    sleep(0)
    expect(log).toEqual(['b comes', 'a', 'main', 'b'])
  },
)

plainTest(
  'whoever comes again and again, while others are to go on, goes on in the turn of the hub after that',
  () => {
    const [event, log] = [new Event(), [] as unknown[]]
    spawn(() => {
      event.wait()
      getHub().runCallback(() => log.push('the next callback'))
    })
    sleep(0)
    spawn(() => {
      for (let i = 0; i < 3; i += 1) {
        event.wait()
        log.push(i)
      }
    })
    event.set()
    sleep(1)
    expect([log, event.linkcount()]).toEqual([[0, 'the next callback', 1, 2], 0])
  },
)

plainTest('when nobody is to go on, whoever comes to a set event goes on without giving way', () => {
  const [event, log] = [new Event(), [] as unknown[]]
  event.set()
  spawn(() => log.push('another'))
  expect(event.wait(0)).toBe(true)
  expect(log).toEqual([])
})

plainTest('a wait whose time is up gives false, and is linked no more', () => {
  const event = new Event()
  expect([event.wait(10), now(), event.linkcount()]).toEqual([false, 10, 0])
  spawn(() => {
    sleep(5)
    event.set()
  })
  expect([event.wait(10), now()]).toEqual([true, 15])
})

plainTest('the timeout of somebody else passes through a wait that has one', () => {
  const event = new Event()
  const limit = Timeout.startNew(5)
  expect(thrownBy(() => event.wait(10))).toBe(limit)
  expect([now(), event.linkcount()]).toEqual([5, 0])
})

plainTest('whoever is killed at its wait is linked no more, and the others go on', () => {
  const [event, log] = [new Event(), [] as unknown[]]
  const [, killed] = waiting(event, 'abc', log)
  killed?.kill()
  expect(event.linkcount()).toBe(2)
  event.set()
  sleep(0)
  expect(log).toEqual(['a', 'c'])
})

plainTest(
  'one that is killed between the set and its turn does not go on, whether it has waited or came late',
  () => {
    const [event, log] = [new Event(), [] as unknown[]]
    const late = spawn(() => {
      sleep(0)
      event.wait()
      log.push('late')
    })
    const [, killed] = waiting(event, 'abc', log)
    killed?.kill(undefined, { block: false })
    getHub().runCallback(() => late.throw())
    event.set()
    sleep(1)
    expect(log).toEqual(['a', 'c'])
    expect([late.dead, event.linkcount()]).toEqual([true, 0])
  },
)

plainTest('a link is called once, in the hub, with the event; one that was taken back is not', () => {
  const [event, log] = [new Event(), [] as unknown[]]
  const taken = (): unknown => log.push('taken back')
  event.rawlink(one => log.push(one))
  event.rawlink(taken)
  event.unlink(taken)
  event.set()
  expect(log).toEqual([])
  sleep(0)
  event.set()
  sleep(0)
  expect(log).toEqual([event])
})

plainTest('a link may take back a later one', () => {
  const [event, log] = [new Event(), [] as unknown[]]
  const later = (): unknown => log.push('later')
  event.rawlink(() => {
    log.push('first')
    event.unlink(later)
  })
  event.rawlink(later)
  event.set()
  sleep(1)
  expect(log).toEqual(['first'])
})

plainTest('what is linked while links are called is called in a later turn', () => {
  const [event, log] = [new Event(), [] as unknown[]]
  event.set()
  let count = 0
  const again = (): void => {
    count += 1
    log.push(`again ${count}`)
    if (count < 3) event.rawlink(again)
  }
  event.rawlink(again)
  event.rawlink(() => log.push('other'))
  log.push('linked')
  getHub().runCallback(() => log.push('the next callback'))
  sleep(1)
  expect(log).toEqual(['linked', 'again 1', 'other', 'the next callback', 'again 2', 'again 3'])
})

plainTest('a link that throws is told of, and those behind it are called', () => {
  const [event, log] = [new Event(), [] as unknown[]]
  getHub().handleError = (context, error) => log.push([context, String(error)])
  event.rawlink(() => {
    throw new Error('of the link')
  })
  event.rawlink(() => log.push('next'))
  event.set()
  sleep(0)
  expect(log).toEqual([[event, 'Error: of the link'], 'next'])
})

plainTest('what is no link is refused', () => {
  expect(thrownBy(() => new Event().rawlink('done' as never))).toMatchObject({ code: 'linkNotCallable' })
})

plainTest('in the hub, where nothing can wait, only a set event can be waited for', () => {
  const [event, log] = [new Event(), [] as unknown[]]
  getHub().runCallback(() => {
    log.push(thrownBy(() => event.wait()) instanceof CannotSuspendError, event.linkcount())
    event.set()
    log.push(event.wait())
  })
  sleep(0)
  expect(log).toEqual([true, 0, true])
})

plainTest('tasks of any color set it, and wait for it in plain functions', () => {
  const [event, log] = [new Event(), [] as unknown[]]
  const task = createTask(function* () {
    yield* createTask(() => event.wait())
    log.push('of a generator')
  })
  spawnRaw(() => {
    event.wait()
    log.push('raw')
  })
  sleep(1)
  createTask(async () => event.set())
  until(task)
  expect(log).toEqual(['raw', 'of a generator'])
})

test('a callback of the host sets it, while the loop has nothing else to do', async () => {
  const event = new Event()
  const was = run(() => event.wait())
  setImmediate(() => event.set())
  expect(await was).toBe(true)
})

test('outside of any task a set event is waited for, and another is not', () => {
  const event = new Event()
  expect(() => event.wait()).toThrow(CannotSuspendError)
  expect(event.linkcount()).toBe(0)
  event.set()
  expect(event.wait()).toBe(true)
})

plainTest('whoever waits for what nobody can set is told what that is', () => {
  const event = new Event()
  const error = thrownBy(() => event.wait())
  expect(error).toBeInstanceOf(LoopExit)
  expect(String(error)).toContain('an event that nobody has set')
})

plainTest('its text tells whether it is set, and how many wait', () => {
  const event = new Event()
  waiting(event, 'ab', [])
  expect(String(event)).toBe('<Event clear, 2 waiting>')
  event.set()
  expect(String(event)).toBe('<Event set, 2 waiting>')
})
