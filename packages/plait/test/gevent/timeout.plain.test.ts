import { expect } from 'vitest'
import { sleep, spawn, Timeout, withTimeout } from '../../src/gevent.ts'
import { now, thrownBy } from '../greenlets.plain.ts'
import { plainTest } from '../plain-test.ts'

plainTest('a timeout is thrown where its greenlet waits, when its time is up', () => {
  const before = now()
  const timeout = Timeout.startNew(10)
  expect(timeout.pending).toBe(true)
  expect(thrownBy(() => sleep(1000))).toBe(timeout)
  expect(now() - before).toBe(10)
  expect(timeout.pending).toBe(false)
})

plainTest('one that is cancelled, closed or disposed of is not thrown', () => {
  for (const end of [
    (timeout: Timeout) => timeout.cancel(),
    (timeout: Timeout) => timeout.close(),
    (timeout: Timeout) => timeout[Symbol.dispose](),
  ]) {
    const timeout = Timeout.startNew(10)
    end(timeout)
    sleep(20)
    expect(timeout.pending).toBe(false)
  }
})

plainTest('it throws what it was given: an error, a class of errors, or itself with a text', () => {
  const error = new RangeError('mine')
  const given: [unknown, unknown][] = [
    [error, error],
    [SyntaxError, expect.any(SyntaxError)],
    ['too slow', expect.objectContaining({ message: '10 ms: too slow', name: 'Timeout' })],
  ]
  for (const [exception, thrown] of given) {
    Timeout.startNew(10, exception)
    expect(thrownBy(() => sleep(1000))).toEqual(thrown)
  }
})

plainTest('one without a time never ends anything, and one that counts cannot be started again', () => {
  const never = Timeout.startNew(undefined)
  expect(never.pending).toBe(false)
  sleep(10_000)
  const timeout = Timeout.startNew(10)
  expect(thrownBy(() => timeout.start())).toMatchObject({ code: 'timeoutPending' })
  timeout.cancel()
  expect(Timeout.startNew(timeout)).toBe(timeout)
  expect(thrownBy(() => sleep(1000))).toBe(timeout)
})

plainTest('of two, the inner one is told from the outer one by which it is', () => {
  const outer = Timeout.startNew(10)
  const inner = Timeout.startNew(20)
  expect(thrownBy(() => sleep(1000))).toBe(outer)
  expect(thrownBy(() => sleep(1000))).toBe(inner)
})

plainTest('of a sleep and a timeout due together the sleep is over first', () => {
  const timeout = Timeout.startNew(10)
  sleep(10)
  timeout.cancel()
})

plainTest('a timeout of 0 is thrown at the next wait', () => {
  const timeout = Timeout.startNew(0)
  expect(thrownBy(() => sleep(1))).toBe(timeout)
})

plainTest('hold runs a function under it, and one made with false ends it in silence', () => {
  expect(new Timeout(10, false).hold(() => sleep(1000))).toBe(undefined)
  expect(new Timeout(10, false).hold(() => 'in time')).toBe('in time')
  const loud = new Timeout(10)
  expect(thrownBy(() => loud.hold(() => sleep(1000)))).toBe(loud)
  const after = new Timeout(10)
  after.hold(() => sleep(5))
  sleep(100)
})

plainTest('withTimeout gives what the function does, the value for a timeout, or throws it', () => {
  const slow = (ms: number): string => {
    sleep(ms)
    return 'done'
  }
  expect(withTimeout(10, slow, 5)).toBe('done')
  expect(withTimeout(10, { timeoutValue: 'late' }, slow, 50)).toBe('late')
  expect(withTimeout(10, { timeoutValue: undefined }, slow, 50)).toBe(undefined)
  expect(thrownBy(() => withTimeout(10, slow, 50))).toBeInstanceOf(Timeout)
  expect(withTimeout(undefined, slow, 50)).toBe('done')
})

plainTest('the timeout of another is not taken for its own', () => {
  const outer = Timeout.startNew(10)
  expect(thrownBy(() => withTimeout(50, { timeoutValue: 'mine' }, sleep, 1000))).toBe(outer)
  expect(thrownBy(() => spawn(() => sleep(1000)).join(5))).toBe(undefined)
})
