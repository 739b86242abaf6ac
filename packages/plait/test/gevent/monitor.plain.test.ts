import type { Worker } from 'node:worker_threads'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { config, events, getcurrent, getHub, sleep, spawn } from '../../src/gevent.ts'
import { getEventLoop, run } from '../../src/index.ts'
import { plainTest } from '../plain-test.ts'

let now = 0
const told: events.EventLoopBlocked[] = []
const printed: string[] = []

function listen(event: unknown): void {
  if (event instanceof events.EventLoopBlocked) told.push(event)
}

beforeEach(() => {
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  vi.spyOn(console, 'error').mockImplementation((line: string) => void printed.push(line))
  events.subscribe(listen)
})

afterEach(() => {
  vi.restoreAllMocks()
  events.unsubscribe(listen)
  told.length = 0
  printed.length = 0
  config.monitorThread = false
  config.printBlockingReports = true
})

/** Keeps the thread for so many milliseconds, by the clock of whoever measures it. */
function block(ms: number): void {
  now += ms
}

plainTest('a greenlet that has blocked the loop is told to the subscribers, with for how long', () => {
  getHub().startPeriodicMonitoringThread()
  const greenlet = spawn(block, 150)
  greenlet.join()
  const [event, ...others] = told
  expect(event?.greenlet).toBe(greenlet)
  expect([event?.blockingTime, event?.info, others]).toEqual([
    150,
    ["plait: <Greenlet 'Greenlet-0': block(150)> has let its loop go on after 150 ms"],
    [],
  ])
  expect(printed).toEqual(event?.info)
})

plainTest('one that waits now and then is none, nor is a callback of the hub', () => {
  getHub().startPeriodicMonitoringThread()
  const waits = (): void => {
    for (let i = 0; i < 5; i += 1) {
      block(config.maxBlockingTime)
      sleep(1000)
    }
  }
  spawn(waits).join()
  getHub().runCallback(block, 1000)
  sleep(10)
  expect(told).toEqual([])
})

plainTest('how long is too long is a setting, which holds at once', () => {
  getHub().startPeriodicMonitoringThread()
  config.maxBlockingTime = 20
  spawn(block, 21).join()
  config.maxBlockingTime = 100
  spawn(block, 21).join()
  expect(told.map(event => event.blockingTime)).toEqual([21])
})

plainTest('the greenlet that starts it is watched from then on, unless it wishes not to be', () => {
  block(500)
  const monitor = getHub().startPeriodicMonitoringThread()
  block(200)
  sleep(1)
  block(300)
  monitor.ignoreCurrentGreenletBlocking()
  sleep(1)
  block(400)
  monitor.ignoreCurrentGreenletBlocking()
  monitor.monitorCurrentGreenletBlocking()
  block(110)
  sleep(1)
  expect(told.map(event => [event.greenlet === getcurrent(), event.blockingTime])).toEqual([
    [true, 200],
    [true, 110],
  ])
})

plainTest('reports are not printed where the setting says so; subscribers are told', () => {
  config.printBlockingReports = false
  getHub().startPeriodicMonitoringThread()
  spawn(block, 150).join()
  expect([told.length, printed]).toEqual([1, []])
})

plainTest('killed, it tells no more, and leaves the loop as it found it', () => {
  const loop = getEventLoop()
  const stepBegins = vi.fn()
  const instrument = { stepBegins }
  loop.instrument = instrument
  const monitor = getHub().startPeriodicMonitoringThread()
  expect(getHub().startPeriodicMonitoringThread()).toBe(monitor)
  sleep(1)
  expect(stepBegins).toHaveBeenCalled()
  monitor.kill()
  monitor.kill()
  expect([monitor.shouldRun, loop.instrument]).toEqual([false, instrument])
  spawn(block, 150).join()
  expect(told).toEqual([])
  expect(getHub().startPeriodicMonitoringThread()).not.toBe(monitor)
})

test('with the setting every program is watched, and no longer than it runs', async () => {
  config.monitorThread = true
  const loops = await Promise.all(
    [1, 2].map(() =>
      run(() => {
        spawn(block, 150).join()
        return getEventLoop()
      }),
    ),
  )
  config.monitorThread = false
  await run(() => spawn(block, 150).join())
  expect(told.map(event => event.blockingTime)).toEqual([150, 150])
  expect(loops.map(loop => loop.instrument)).toEqual([undefined, undefined])
})

plainTest('the setting holds in the program that sets it, from there on', () => {
  spawn(block, 150).join()
  config.monitorThread = true
  spawn(block, 160).join()
  config.monitorThread = false
  spawn(block, 170).join()
  expect(told.map(event => event.blockingTime)).toEqual([160])
})

test('one thread serves all programs, and ends with the last', async () => {
  const threads = process.getBuiltinModule('node:worker_threads')
  const started = vi.spyOn(threads, 'Worker')
  const watched = (): boolean => getHub().startPeriodicMonitoringThread().shouldRun
  await run(async () => {
    watched()
    await Promise.all([run(watched), run(watched)])
    await run(watched)
  })
  expect(started).toHaveBeenCalledTimes(1)
  const worker = started.mock.results[0]?.value as Worker
  if (worker.threadId !== -1) await new Promise(resolve => worker.on('exit', resolve))
  await run(watched)
  expect(started).toHaveBeenCalledTimes(2)
})
