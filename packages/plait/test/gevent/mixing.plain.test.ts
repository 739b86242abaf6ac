import { expect } from 'vitest'
import { CannotSuspendError, GreenletExit, getHub, sleep, spawn, Timeout, until } from '../../src/gevent.ts'
import {
  createTask,
  Event,
  Future,
  gather,
  getEventLoop,
  Lock,
  sleep as napping,
  Queue,
  timeout,
} from '../../src/index.ts'
import { plainTest } from '../plain-test.ts'

plainTest(
  'a greenlet that waits for anything of the library is killed there, and what it waited for is not lost',
  () => {
    const lock = new Lock()
    const jobs = new Queue<string>()
    const held = until(lock.acquire())
    const never = new Future<void>()
    const event = new Event()
    const task = createTask(function* () {
      yield* napping(50)
      return 'goes on'
    })
    const waits: (() => unknown)[] = [
      () => until(lock.acquire()),
      () => until(jobs.get()),
      () => until(never),
      () => until(event.wait()),
      () => until(task),
      () => until(napping(1000)),
      () => until(new Promise(() => {})),
      () => until(gather(napping(1000), napping(2000))),
      () => until(timeout(1000, napping(2000))),
      () =>
        until((signal: AbortSignal) => new Promise((_, reject) => signal.addEventListener('abort', reject))),
    ]
    const log: string[] = []
    const greenlets = waits.map((wait, i) =>
      spawn(() => {
        try {
          wait()
          log.push(`${i} went on`)
        } finally {
          log.push(`${i} left`)
        }
      }),
    )
    sleep(1)
    for (const greenlet of greenlets) greenlet.kill()
    expect(log).toEqual(waits.map((_, i) => `${i} left`))
    expect(greenlets.map(({ value }) => (value as unknown) instanceof GreenletExit)).toEqual(
      waits.map(() => true),
    )
    held[Symbol.dispose]()
    expect(lock.locked()).toBe(false)
    jobs.putNowait('job')
    expect(until(jobs.get())).toBe('job')
    expect(until(task)).toBe('goes on')
    expect(getEventLoop().time()).toBe(50)
  },
)

plainTest('a timeout is thrown where its greenlet waits for anything of the library', () => {
  const limit = Timeout.startNew(10)
  let error: unknown
  try {
    until(new Queue<string>().get())
  } catch (caught) {
    error = caught
  }
  expect(error).toBe(limit)
})

plainTest('one that is killed when what it waited for has come already ends there all the same', () => {
  const jobs = new Queue<string>()
  const greenlet = spawn(() => until(jobs.get()))
  sleep(1)
  greenlet.kill(undefined, { block: false })
  jobs.putNowait('job')
  greenlet.join()
  expect(greenlet.value).toBeInstanceOf(GreenletExit)
  expect(jobs.getNowait()).toBe('job')
})

plainTest('a generator task and a greenlet hand things to each other', () => {
  const [there, back] = [new Queue<number>(), new Queue<number>()]
  createTask(function* () {
    for (;;) yield* back.put((yield* there.get()) * 2)
  })
  const greenlet = spawn(() => {
    const got: number[] = []
    for (let i = 1; i <= 3; i += 1) {
      until(there.put(i))
      got.push(until(back.get()))
    }
    return got
  })
  expect(greenlet.get()).toEqual([2, 4, 6])
})

plainTest(
  'where nothing can be suspended, a function that is called underneath is left by its own cleanup',
  () => {
    const log: string[] = []
    const limit = new Timeout(10)
    let error: unknown
    // A callback of the hub is no greenlet.
    getHub().runCallback(() => {
      try {
        limit.hold(() => {
          try {
            sleep(1)
          } finally {
            log.push('cleaned up')
          }
        })
      } catch (caught) {
        error = caught
      }
    })
    sleep(0)
    expect(log).toEqual(['cleaned up'])
    expect(error).toBeInstanceOf(CannotSuspendError)
    expect(limit.pending).toBe(false)
  },
)

plainTest(
  'what was begun outside for a wait is told when the greenlet is killed there, or its time is up',
  () => {
    const log: string[] = []
    const endless = (name: string) => (signal: AbortSignal) => {
      signal.addEventListener('abort', () => log.push(name))
      return new Promise<never>(() => {})
    }
    const killed = spawn(() => until(endless('killed')))
    sleep(1)
    killed.kill()
    const late = new Timeout(10)
    const timed = spawn(() => late.hold(() => until(endless('timed'))))
    timed.join()
    expect(timed.exception()).toBe(late)
    expect(log).toEqual(['killed', 'timed'])
    // Virtual time waits for nothing outside any more.
    sleep(10_000)
  },
)
