import { expect } from 'vitest'
import {
  type Callback,
  Greenlet,
  GreenletExit,
  getHub,
  kill,
  sleep,
  spawn,
  spawnLater,
  spawnRaw,
} from '../../src/gevent.ts'
import { until } from '../../src/greenlet.ts'
import { createTask, type EventLoop, getEventLoop } from '../../src/index.ts'
import { now, thrownBy } from '../greenlets.plain.ts'
import { plainTest } from '../plain-test.ts'

/** Takes the errors that are told to the loop, in place of printing them. */
function errorsToldTo(loop: EventLoop): string[] {
  const told: string[] = []
  loop.setExceptionHandler((_loop, { message }) => told.push(message))
  return told
}

plainTest('a greenlet runs from the next turn on, and gives what its function returns', () => {
  const log: string[] = []
  const greenlet = spawn(
    (a: number, b: number) => {
      log.push('runs')
      sleep(5)
      return a + b
    },
    2,
    3,
  )
  log.push('spawned')
  expect([greenlet.started, greenlet.ready(), greenlet.dead, greenlet.value]).toEqual([
    true,
    false,
    false,
    undefined,
  ])
  expect(greenlet.get()).toBe(5)
  expect(log).toEqual(['spawned', 'runs'])
  expect([greenlet.started, greenlet.ready(), greenlet.dead, greenlet.successful()]).toEqual([
    false,
    true,
    true,
    true,
  ])
  expect(greenlet.value).toBe(5)
  expect(greenlet.get({ block: false })).toBe(5)
})

plainTest('one that fails throws its error in whoever gets it, and tells it to the hub', () => {
  const told = errorsToldTo(getEventLoop() as EventLoop)
  const error = new TypeError('bad')
  const greenlet = spawn(() => {
    throw error
  })
  expect(thrownBy(() => greenlet.get())).toBe(error)
  expect(greenlet.successful()).toBe(false)
  expect(greenlet.exception()).toBe(error)
  expect(greenlet.value).toBe(undefined)
  expect(told).toEqual([`${greenlet} failed with TypeError`])
})

plainTest('join waits for the end, well or not, and no longer than it is told', () => {
  errorsToldTo(getEventLoop() as EventLoop)
  const failing = spawn(() => {
    throw new Error('bad')
  })
  failing.join()
  expect(failing.ready()).toBe(true)
  const sleeping = spawn(() => sleep(1000))
  const before = now()
  sleeping.join(10)
  expect(now() - before).toBe(10)
  expect(sleeping.ready()).toBe(false)
})

plainTest('get gives up after its time, with a Timeout, and at once if it is not to block', () => {
  const sleeping = spawn(() => sleep(1000))
  const before = now()
  expect(thrownBy(() => sleeping.get({ timeout: 10 }))).toMatchObject({ message: '10 ms' })
  expect(now() - before).toBe(10)
  expect(thrownBy(() => sleeping.get({ block: false }))).toMatchObject({ name: 'Timeout' })
  expect(now() - before).toBe(10)
  expect(sleeping.hasLinks()).toBe(0)
})

plainTest('a killed one has cleaned up when kill comes back, is successful, and gives a GreenletExit', () => {
  const log: string[] = []
  const greenlet = spawn(() => {
    try {
      sleep(1000)
    } finally {
      sleep(5)
      log.push('cleaned up')
    }
  })
  sleep(1)
  greenlet.kill()
  expect(log).toEqual(['cleaned up'])
  expect([greenlet.successful(), greenlet.dead, greenlet.cancelled()]).toEqual([true, true, false])
  expect(greenlet.get()).toBeInstanceOf(GreenletExit)
})

plainTest('one that is killed before it begins never runs, is successful, and gives a GreenletExit', () => {
  for (const make of [spawn, (fn: () => void) => new Greenlet(fn), (fn: () => void) => spawnLater(5, fn)]) {
    let ran = false
    const greenlet = make(() => {
      ran = true
    })
    greenlet.kill()
    expect([greenlet.successful(), greenlet.dead, greenlet.started]).toEqual([true, true, false])
    expect(greenlet.get()).toBeInstanceOf(GreenletExit)
    sleep(10)
    expect(ran).toBe(false)
  }
})

plainTest('kill throws another error if it is given one, or a class of them', () => {
  errorsToldTo(getEventLoop() as EventLoop)
  const one = spawn(() => sleep(1000))
  const other = spawn(() => sleep(1000))
  sleep(1)
  const error = new RangeError('enough')
  one.kill(error)
  expect(thrownBy(() => one.get())).toBe(error)
  other.kill(SyntaxError, { block: false })
  expect(other.ready()).toBe(false)
  other.join()
  expect(other.exception()).toBeInstanceOf(SyntaxError)
})

plainTest('kill waits no longer than it is told for one that will not end', () => {
  const stubborn = spawn(() => {
    try {
      sleep(1000)
    } catch {
      sleep(500)
    }
  })
  sleep(1)
  const before = now()
  stubborn.kill(undefined, { timeout: 20 })
  expect(now() - before).toBe(20)
  expect(stubborn.ready()).toBe(false)
})

plainTest('one that kills itself ends there', () => {
  const log: string[] = []
  const greenlet: Greenlet<void> = spawn(() => {
    greenlet.kill()
    log.push('not reached')
  })
  expect(greenlet.get()).toBeInstanceOf(GreenletExit)
  expect(log).toEqual([])
})

plainTest(
  'links are called when it is over, in their order, each in a greenlet of its own; raw ones in the hub',
  () => {
    errorsToldTo(getEventLoop() as EventLoop)
    const log: string[] = []
    const good = spawn(() => 1)
    good.link(source => {
      sleep(1)
      log.push(`link ${source.value}`)
    })
    good.linkValue(() => log.push('linkValue'))
    good.linkException(() => log.push('never'))
    good.rawlink(() => log.push('rawlink'))
    const taken = (): number => log.push('taken back')
    good.link(taken)
    good.unlink(taken)
    sleep(5)
    good.rawlink(() => log.push('late'))
    sleep(0)
    const bad = spawn(() => {
      throw new Error('bad')
    })
    bad.linkValue(() => log.push('never'))
    bad.linkException(source => log.push(String(source.exception())))
    sleep(5)
    expect(log).toEqual(['linkValue', 'rawlink', 'link 1', 'late', 'Error: bad'])
  },
)

plainTest('a link that throws is told to the hub, and the others are called', () => {
  const told = errorsToldTo(getEventLoop() as EventLoop)
  const log: string[] = []
  const greenlet = spawn(() => 1)
  greenlet.rawlink(() => {
    throw new Error('in a raw link')
  })
  greenlet.link(() => {
    throw new Error('in a link')
  })
  greenlet.rawlink(() => log.push('called'))
  sleep(1)
  expect(log).toEqual(['called'])
  expect(told).toHaveLength(2)
})

plainTest('its text tells its name, its function and its arguments', () => {
  function f(..._all: unknown[]): void {}
  const greenlet = spawn(f, 5, 'six', [7])
  expect(String(greenlet)).toBe("<Greenlet 'Greenlet-0': f(5, 'six', [7])>")
  greenlet.name = 'worker'
  expect(String(greenlet)).toBe("<Greenlet 'worker': f(5, 'six', [7])>")
  greenlet.join()
  expect(String(greenlet)).toBe("<Greenlet 'worker': f(5, 'six', [7])>")
  const [second, third] = [spawn(f), spawn(f)]
  expect([second.minimalIdent, third.minimalIdent]).toEqual([1, 2])
})

plainTest('a class that extends it may say what it runs', () => {
  class Adder extends Greenlet<number> {
    override _run(a: number, b: number): number {
      sleep(1)
      return a + b
    }
  }
  const adder = new Adder(undefined, 2, 3)
  adder.start()
  expect(adder.get()).toBe(5)
})

plainTest('it runs functions of any color', () => {
  const results = [
    spawn(function* (n: number): Generator<undefined, number> {
      yield
      return n
    }, 1),
    spawn(async (n: number) => {
      await null
      return n
    }, 2),
    spawn((n: number) => Promise.resolve(n), 3),
  ].map(greenlet => greenlet.get())
  expect(results).toEqual([1, 2, 3])
})

plainTest('other tasks wait for it and cancel it, and one that is cancelled is not successful', () => {
  const greenlet = spawn(() => {
    sleep(5)
    return 'done'
  })
  const waiting = createTask(function* () {
    return yield* greenlet
  })
  expect(until(waiting)).toBe('done')
  const awaiting = createTask(async () => await spawn(() => 'awaited'))
  expect(until(awaiting)).toBe('awaited')

  const sleeping = spawn(() => sleep(1000))
  sleep(1)
  expect(sleeping.cancel('enough')).toBe(true)
  expect(thrownBy(() => sleeping.get())).toMatchObject({ message: 'enough' })
  expect([sleeping.cancelled(), sleeping.successful(), sleeping.dead]).toEqual([true, false, true])
  const unstarted = new Greenlet(() => {})
  unstarted.cancel()
  expect([unstarted.cancelled(), unstarted.dead]).toEqual([true, true])
})

plainTest('spawnRaw runs a function that nobody waits for, and tells the hub of its error', () => {
  const told = errorsToldTo(getEventLoop() as EventLoop)
  const log: unknown[] = []
  const raw = spawnRaw((n: number) => {
    sleep(1)
    log.push(n)
    throw new Error('raw')
  }, 7)
  expect(String(raw)).toBe('<RawGreenlet a function(7)>')
  sleep(2)
  expect(log).toEqual([7])
  expect(raw.dead).toBe(true)
  expect(told).toEqual(['<RawGreenlet a function(7)> failed with Error'])
  const killed = spawnRaw(() => sleep(1000))
  sleep(1)
  kill(killed)
  sleep(0)
  expect(killed.dead).toBe(true)
})

plainTest('a tree of greenlets shares what is kept for it, and begins anew in the main greenlet', () => {
  const shared: unknown[] = []
  const tree = (): Greenlet<void> =>
    spawn(() => {
      const outer = spawn(() => spawn(() => {}).spawnTreeLocals)
      shared.push(outer.get() === outer.spawnTreeLocals)
    })
  const [one, other] = [tree(), tree()]
  one.join()
  other.join()
  expect(shared).toEqual([true, true])
  expect(one.spawnTreeLocals).not.toBe(other.spawnTreeLocals)
})

plainTest('whoever asks is told of each greenlet that is started', () => {
  const seen: Greenlet[] = []
  const callback = (greenlet: Greenlet): number => seen.push(greenlet)
  Greenlet.addSpawnCallback(callback)
  const greenlet = spawn(() => {})
  Greenlet.removeSpawnCallback(callback)
  spawn(() => {})
  expect(seen.map(one => one === greenlet)).toEqual([true])
})

plainTest('callbacks of the hub are called in their order, and one that was stopped is not', () => {
  const log: number[] = []
  const callbacks: Callback[] = [1, 2, 3].map(n => getHub().runCallback(() => log.push(n)))
  callbacks[1]?.stop()
  expect(callbacks.map(({ pending }) => pending)).toEqual([true, false, true])
  sleep(0)
  expect(log).toEqual([1, 3])
})
