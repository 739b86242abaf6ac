import { describe, expect, test } from 'vitest'
import {
  asCompleted,
  createTask,
  currentTask,
  getEventLoop,
  isCancelled,
  type Operation,
  run,
  sleep,
  until,
  type WaitOptions,
  wait,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { errorOf } from './endings.ts'

const never = new Promise<void>(() => {})

const waits: Record<string, (options: WaitOptions) => Operation<unknown>> = {
  sleep: options => sleep(1000, options),
  'sleep(0)': options => sleep(0, options),
  until: options => until(never, options),
  'until(function)': options => until(() => never, options),
  wait: options => wait([createTask(sleep(1000))], options),
  asCompleted: options => asCompleted([createTask(sleep(1000))], options).next(),
}

describe.each(Object.entries(waits))('%s with a signal', (name, begin) => {
  test('aborted already, it throws the reason at once, without a turn', async () => {
    await runVirtual(function* () {
      const reason = new Error('before')
      const operation = begin({ signal: AbortSignal.abort(reason) })
      let turns = 0
      getEventLoop().callSoon(() => {
        turns += 1
      })
      expect(yield* errorOf(operation)).toBe(reason)
      expect(turns).toBe(0)
    })
  })

  test('aborted meanwhile, it throws the reason, and the task goes on uncancelled', async () => {
    await runVirtual(function* () {
      const controller = new AbortController()
      const operation = begin({ signal: controller.signal })
      const reason = new Error('meanwhile')
      getEventLoop().callSoon(() => controller.abort(reason))
      expect(yield* errorOf(operation)).toBe(reason)
      expect(currentTask()?.cancelling()).toBe(0)
      yield* sleep(1)
    })
  })

  test('of undefined, it is as without', async () => {
    if (name !== 'sleep(0)') return
    await runVirtual(function* () {
      yield* begin({ signal: undefined })
    })
  })
})

test('a signal aborted after the wait is over does nothing, and keeps no listener', async () => {
  const controller = new AbortController()
  let listeners = 0
  const { signal } = controller
  const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)]
  signal.addEventListener = (...all: Parameters<typeof add>) => {
    listeners += 1
    add(...all)
  }
  signal.removeEventListener = (...all: Parameters<typeof remove>) => {
    listeners -= 1
    remove(...all)
  }
  await runVirtual(function* () {
    yield* sleep(1, { signal })
    expect(listeners).toBe(0)
    controller.abort()
    yield* sleep(1)
  })
})

test('in an async function, of several waits at once only the one with the signal ends', async () => {
  await runVirtual(async () => {
    const controller = new AbortController()
    getEventLoop().callLater(5, () => controller.abort('stop'))
    const ends = await Promise.allSettled([sleep(100, { signal: controller.signal }), sleep(50)])
    expect(ends).toEqual([
      { status: 'rejected', reason: 'stop' },
      { status: 'fulfilled', value: undefined },
    ])
  })
})

test('run with a signal is cancelled by it, cleanup included', async () => {
  const log: string[] = []
  const controller = new AbortController()
  const program = run(
    function* () {
      controller.abort('enough')
      try {
        yield* sleep(1000)
      } finally {
        yield* sleep(0)
        log.push('cleaned')
      }
    },
    { signal: controller.signal },
  )
  await expect(program).rejects.toSatisfy(error => isCancelled(error) && error.reason === 'enough')
  expect(log).toEqual(['cleaned'])
  await expect(run(sleep(1), { signal: AbortSignal.abort('never') })).rejects.toSatisfy(isCancelled)
})
