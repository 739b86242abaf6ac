import { expect } from 'vitest'
import { Channel, Empty, Full, getHub, StopIteration, sleep, spawn } from '../../src/gevent.ts'
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

plainTest('who puts waits until somebody gets, and then goes on behind them', () => {
  const channel = new Channel<string>()
  const log: string[] = []
  const putting = spawn(() => {
    log.push('puts')
    channel.put('item')
    log.push('has put')
  })
  sleep(10)
  expect(log).toEqual(['puts'])
  spawn(() => log.push(`got ${channel.get()}`))
  putting.get()
  expect([log, now()]).toEqual([['puts', 'got item', 'has put'], 10])
})

plainTest('who gets waits until somebody puts', () => {
  const channel = new Channel<string>()
  const getting = spawn(() => [channel.get(), now()])
  sleep(10)
  channel.put('item')
  expect(getting.get()).toEqual(['item', 10])
})

plainTest('those who wait meet in the order they came', () => {
  const channel = new Channel<number>()
  const getting = ['a', 'b', 'c'].map(name => spawn(() => `${name}${channel.get()}`))
  sleep(0)
  for (const item of [1, 2, 3]) spawn(() => channel.put(item))
  expect(getting.map(one => one.get())).toEqual(['a1', 'b2', 'c3'])
})

plainTest('it keeps nothing, and tells who waits', () => {
  const channel = new Channel<number>()
  expect([channel.qsize(), channel.empty(), channel.full(), channel.balance]).toEqual([0, true, true, 0])
  for (const item of [1, 2]) spawn(() => channel.put(item))
  sleep(0)
  expect([channel.balance, String(channel)]).toEqual([2, '<Channel 0 getting, 2 putting>'])
  expect([channel.get(), channel.get()]).toEqual([1, 2])
  for (let i = 0; i < 3; i += 1) spawn(() => channel.get())
  sleep(0)
  expect([channel.qsize(), channel.balance, String(channel)]).toEqual([
    0,
    -3,
    '<Channel 3 getting, 0 putting>',
  ])
})

plainTest('a wait whose time is up throws Full or Empty, and has left the line', () => {
  const channel = new Channel<number>()
  expect(thrownBy(() => channel.put(1, { timeout: 10 }))).toBeInstanceOf(Full)
  expect(thrownBy(() => channel.get({ timeout: 10 }))).toBeInstanceOf(Empty)
  expect([now(), channel.balance]).toEqual([20, 0])
})

plainTest('what is not to wait meets whoever waits already, and throws if nobody does', () => {
  const channel = new Channel<string>()
  expect(thrownBy(() => channel.putNowait('nobody'))).toBeInstanceOf(Full)
  expect(thrownBy(() => channel.getNowait())).toBeInstanceOf(Empty)
  expect(thrownBy(() => channel.put('nobody', { block: false, timeout: 10 }))).toBeInstanceOf(Full)
  expect([now(), channel.balance]).toEqual([0, 0])
  const getting = spawn(() => channel.get())
  sleep(0)
  channel.putNowait('there')
  expect(getting.get()).toBe('there')
  spawn(() => channel.put('back'))
  sleep(0)
  expect(channel.getNowait()).toBe('back')
})

plainTest('one who is killed, or cancelled, as it waits has left the line', () => {
  for (const end of ['kill', 'cancel'] as const) {
    const channel = new Channel<string>()
    const [putting, other] = [spawn(() => channel.put('never')), spawn(() => channel.put('item'))]
    sleep(0)
    putting[end]()
    expect(channel.get()).toBe('item')
    other.get()
    const [getting, next] = [spawn(() => channel.get()), spawn(() => channel.get())]
    sleep(0)
    getting[end]()
    channel.put('other')
    expect([next.get(), channel.balance]).toEqual(['other', 0])
  }
})

plainTest('nobody meets one who is cancelled as the two are to meet', () => {
  const channel = new Channel<string>()
  const [gonePutting, putting] = [spawn(() => channel.put('never')), spawn(() => channel.put('item'))]
  sleep(0)
  const getting = spawn(() => channel.get())
  // By then both are in line, and meet in the hub's next turn, before the one that is cancelled has run.
  spawn(() => gonePutting.cancel())
  expect(getting.get()).toBe('item')
  putting.get()
  const [goneGetting, next] = [spawn(() => channel.get()), spawn(() => channel.get())]
  sleep(0)
  spawn(() => channel.put('kept'))
  spawn(() => goneGetting.cancel())
  expect(next.get()).toBe('kept')
})

plainTest('in the hub nothing waits: whoever waits is met at once, else it throws', () => {
  const channel = new Channel<string>()
  expect(inHub(() => channel.put('nobody'))).toBeInstanceOf(Full)
  const getting = spawn(() => channel.get())
  sleep(0)
  expect(inHub(() => [channel.put('item'), getting.value])).toEqual([undefined, 'item'])
  const putting = spawn(() => channel.put('back'))
  sleep(0)
  expect(inHub(() => [channel.get(), putting.ready()])).toEqual(['back', false])
  sleep(0)
  expect(putting.successful()).toBe(true)
})

plainTest('for…of gets items until one is StopIteration', () => {
  const channel = new Channel<number>()
  spawn(() => {
    for (const item of [1, 2]) {
      sleep(10)
      channel.put(item)
    }
    channel.put(StopIteration)
  })
  expect([...channel]).toEqual([1, 2])
  expect(now()).toBe(20)
})
