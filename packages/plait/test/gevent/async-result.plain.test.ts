import { expect, test } from 'vitest'
import {
  AsyncResult,
  CannotSuspendError,
  GreenletExit,
  getHub,
  sleep,
  spawn,
  Timeout,
  until,
  wait,
} from '../../src/gevent.ts'
import { createTask, run } from '../../src/index.ts'
import { now, thrownBy } from '../greenlets.plain.ts'
import { plainTest } from '../plain-test.ts'

/** What a result tells of itself. */
function stateOf(result: AsyncResult): unknown[] {
  return [result.ready(), result.successful(), result.value, result.exception()]
}

function failing(error: Error): never {
  sleep(1)
  throw error
}

plainTest(
  'a value is given to all who wait, in the order they came, and at once to whoever comes then',
  () => {
    const [result, log] = [new AsyncResult<number>(), [] as unknown[]]
    for (const name of 'ab') spawn(() => log.push([name, result.get()]))
    sleep(0)
    expect(stateOf(result)).toEqual([false, false, undefined, undefined])
    result.set(7)
    log.push('set')
    sleep(0)
    expect(log).toEqual(['set', ['a', 7], ['b', 7]])
    expect([result.get(), ...stateOf(result)]).toEqual([7, true, true, 7, undefined])
  },
)

plainTest('an error is thrown in all who wait, and in whoever comes then', () => {
  const [result, log] = [new AsyncResult<number>(), [] as unknown[]]
  for (const name of 'ab') spawn(() => log.push([name, thrownBy(() => result.get())]))
  sleep(0)
  const error = new Error('of the result')
  result.setException(error)
  sleep(0)
  expect(log).toEqual([
    ['a', error],
    ['b', error],
  ])
  expect([thrownBy(() => result.getNowait()), ...stateOf(result)]).toEqual([
    error,
    true,
    false,
    undefined,
    error,
  ])
})

plainTest('undefined is a value, and so is undefined an error', () => {
  const [result, failed] = [new AsyncResult<undefined>(), new AsyncResult<undefined>()]
  result.set(undefined)
  expect([result.ready(), result.successful(), result.get()]).toEqual([true, true, undefined])
  failed.setException(undefined)
  expect([failed.ready(), failed.successful(), thrownBy(() => failed.get())]).toEqual([
    true,
    false,
    undefined,
  ])
})

plainTest('whoever waits gets what it holds in its turn: the last value, whatever error it was given', () => {
  const result = new AsyncResult<number>()
  const greenlet = spawn(() => result.get())
  sleep(0)
  result.set(1)
  result.set(2)
  result.setException(new Error('after the values'))
  expect(greenlet.get()).toBe(2)
  expect(stateOf(result)).toEqual([true, true, 2, new Error('after the values')])
})

plainTest('where there is nothing yet, a get that may not wait, or only so long, throws a Timeout', () => {
  const result = new AsyncResult<number>()
  expect(thrownBy(() => result.getNowait())).toBeInstanceOf(Timeout)
  expect(thrownBy(() => result.get({ block: false }))).toBeInstanceOf(Timeout)
  expect(now()).toBe(0)
  expect(thrownBy(() => result.get({ timeout: 10 }))).toMatchObject({ name: 'Timeout', ms: 10 })
  expect([now(), result.linkcount()]).toEqual([10, 0])
  spawn(() => {
    sleep(5)
    result.set(1)
  })
  expect([result.get({ timeout: 10 }), now()]).toEqual([1, 15])
})

plainTest('a wait gives the value, and nothing for an error or when its time is up', () => {
  const [result, failed] = [new AsyncResult<number>(), new AsyncResult<number>()]
  expect([result.wait(10), now(), result.linkcount()]).toEqual([undefined, 10, 0])
  spawn(() => {
    result.set(1)
    failed.setException(new Error('of the result'))
  })
  expect([result.wait(10), result.wait(), failed.wait()]).toEqual([1, 1, undefined])
})

plainTest('whoever is killed, or meets a timeout of another, is linked no more', () => {
  const result = new AsyncResult<number>()
  const greenlet = spawn(() => result.get())
  sleep(0)
  greenlet.kill()
  expect(greenlet.value).toBeInstanceOf(GreenletExit)
  const limit = Timeout.startNew(5)
  expect(thrownBy(() => result.get({ timeout: 10 }))).toBe(limit)
  expect(result.linkcount()).toBe(0)
})

plainTest('linked to greenlets, it takes what they give: values, errors, exits', () => {
  getHub().handleError = () => {}
  const [value, error, exit] = [new AsyncResult(), new AsyncResult(), new AsyncResult()]
  const thrown = new Error('of the greenlet')
  spawn(() => 7).link(value)
  spawn(failing, thrown).link(error)
  const killed = spawn(sleep, 1000)
  killed.rawlink(exit)
  sleep(0)
  killed.kill()
  expect([value.get(), thrownBy(() => error.get())]).toEqual([7, thrown])
  expect([exit.get(), exit.successful()]).toEqual([killed.value, true])
})

plainTest('linked to the value alone, it is not told of an error', () => {
  getHub().handleError = () => {}
  const [value, error] = [new AsyncResult(), new AsyncResult()]
  const greenlet = spawn(failing, new Error('of the greenlet'))
  greenlet.linkValue(value)
  greenlet.linkException(error)
  error.wait()
  expect([value.ready(), error.ready()]).toEqual([false, true])
})

plainTest('one result takes what another holds, and a link that was taken back does not', () => {
  const [from, to, not] = [new AsyncResult<number>(), new AsyncResult<number>(), new AsyncResult<number>()]
  from.rawlink(to)
  from.rawlink(not)
  from.unlink(not)
  from.set(3)
  expect([to.get(), not.ready()]).toEqual([3, false])
})

plainTest('it is waited for among others', () => {
  const [slow, quick] = [new AsyncResult<number>(), new AsyncResult<number>()]
  spawn(() => quick.set(1))
  const ready = wait([slow, quick], { count: 1 })
  expect([ready.length, ready[0] === quick]).toEqual([1, true])
  expect(slow.linkcount()).toBe(0)
})

plainTest('as a future it gives its result, and cannot be cancelled', () => {
  const result = new AsyncResult<number>()
  expect(thrownBy(() => result.result(10))).toMatchObject({ name: 'Timeout', ms: 10 })
  expect([result.done(), result.cancel(), result.cancelled()]).toEqual([false, false, false])
  spawn(() => result.setResult(4))
  expect([result.result(), result.done()]).toEqual([4, true])
})

plainTest('code of any color waits for it, all as often as they like', () => {
  const [result, failed] = [new AsyncResult<number>(), new AsyncResult<number>()]
  const error = new Error('of the result')
  const generator = createTask(function* () {
    return [yield* result, yield* result]
  })
  const asynchronous = createTask(async () => [
    await result,
    await failed.then(undefined, e => e),
    await result,
  ])
  spawn(() => {
    result.set(1)
    failed.setException(error)
  })
  expect(until(generator)).toEqual([1, 1])
  expect(until(asynchronous)).toEqual([1, error, 1])
  expect(until(result)).toBe(1)
  expect(thrownBy(() => until(failed))).toBe(error)
})

plainTest('a task of another color that is cancelled waits for it no more', () => {
  const result = new AsyncResult<number>()
  const tasks = [
    createTask(function* () {
      yield* result
    }),
    createTask(async () => {
      await result
    }),
  ]
  sleep(1)
  expect(result.linkcount()).toBe(2)
  for (const task of tasks) task.cancel()
  sleep(1)
  expect([result.linkcount(), ...tasks.map(task => task.cancelled())]).toEqual([0, true, true])
})

test('a callback of the host sets it, while the loop has nothing else to do', async () => {
  const result = new AsyncResult<string>()
  const got = run(() => result.get())
  setImmediate(() => result.set('from the host'))
  expect(await got).toBe('from the host')
})

test('outside of any task it gives what it holds, and is not waited for', () => {
  const result = new AsyncResult<number>()
  expect(() => result.get()).toThrow(CannotSuspendError)
  expect(() => result.getNowait()).toThrow(Timeout)
  expect(result.linkcount()).toBe(0)
  result.set(1)
  expect([result.get(), result.wait()]).toEqual([1, 1])
})

plainTest('its text tells what it holds, and how many wait', () => {
  const result = new AsyncResult<unknown>()
  spawn(() => result.get())
  sleep(0)
  expect(String(result)).toBe('<AsyncResult unset, 1 waiting>')
  result.set('text')
  sleep(0)
  expect(String(result)).toBe('<AsyncResult value="text", 0 waiting>')
  const failed = new AsyncResult<unknown>()
  failed.setException(new Error('late'))
  expect(String(failed)).toMatch(/^<AsyncResult exception=.*late.*, 0 waiting>$/)
})
