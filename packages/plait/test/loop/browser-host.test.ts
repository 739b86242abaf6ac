import { describe, expect, test, vi } from 'vitest'
import {
  coroutine,
  createTask,
  currentTask,
  gather,
  isCancelled,
  run,
  sleep,
  taskGroup,
  timeout,
  until,
} from '../../src/index.ts'
import { browserHost } from '../../src/loop/browser-host.ts'
import type { Host } from '../../src/lowlevel.ts'

/** A host with the web's means alone: no context that follows promises. */
const web = (): Host => ({
  schedule: callback => void setImmediate(callback),
  setTimer: (callback, ms) => setTimeout(callback, ms),
  clearTimer: timer => clearTimeout(timer as NodeJS.Timeout),
})

describe('without a host context that follows promises', () => {
  test('async tasks know their task over library waits, however they interleave', async () => {
    const wrong: string[] = []
    const here = (name: string) => {
      if (currentTask()?.name !== name) wrong.push(`${currentTask()?.name} where ${name} runs`)
    }
    const child = coroutine(function* child(name: string) {
      here(name)
      yield* sleep(1)
      here(name)
    })
    await run(
      async () => {
        const tasks = Array.from({ length: 8 }, (_, n) => {
          const name = `task ${n}`
          return createTask(
            async () => {
              here(name)
              for (let i = 0; i < 10; i += 1) {
                await sleep((n + i) % 3)
                here(name)
                await child(name)
                here(name)
                await timeout(50, async () => {
                  here(name)
                  await sleep(1)
                  here(name)
                })
                here(name)
              }
            },
            { name },
          )
        })
        await gather(...tasks)
        here('main')
      },
      { host: web() },
    )
    expect(wrong).toEqual([])
  })

  test('a cancel is thrown at the wait, and a group ends whole', async () => {
    const log: string[] = []
    const program = run(
      async () => {
        await taskGroup(async group => {
          group.createTask(async () => {
            try {
              await sleep(10_000)
            } catch (error) {
              log.push(isCancelled(error) ? 'cancelled' : 'other')
              throw error
            }
          })
          await sleep(1)
          throw new RangeError('body')
        })
      },
      { host: web() },
    )
    await expect(program).rejects.toMatchObject({ errors: [{ message: 'body' }] })
    expect(log).toEqual(['cancelled'])
  })

  test('after until(promise) the task is known again', async () => {
    await run(
      async () => {
        await until(Promise.resolve())
        expect(currentTask()?.name).toBe('main')
      },
      { host: web() },
    )
  })

  test('the browser host itself runs programs', async () => {
    const program = async () => {
      await sleep(2)
      return 'ran'
    }
    expect(await run(program, { host: browserHost() })).toBe('ran')
  })
})

test('where there is no Node at all, the same files load, and async tasks know who they are', async () => {
  const { getBuiltinModule } = process
  vi.resetModules()
  Reflect.set(process, 'getBuiltinModule', undefined)
  try {
    const plait = (await import('../../src/index.ts')) as typeof import('../../src/index.ts')
    expect(plait.run).not.toBe(run)
    const wrong: string[] = []
    const here = (name: string) => {
      if (plait.currentTask()?.name !== name) wrong.push(`${plait.currentTask()?.name} where ${name} runs`)
    }
    await plait.run(async () => {
      const tasks = ['a', 'b', 'c'].map(name =>
        plait.createTask(
          async () => {
            for (let n = 0; n < 5; n += 1) {
              await plait.sleep(n % 2)
              here(name)
              await plait.timeout(50, async () => {
                await plait.sleep(1)
                here(name)
              })
              here(name)
            }
          },
          { name },
        ),
      )
      await plait.gather(...tasks)
      here('main')
      await plait.until(Promise.resolve())
      here('main')
    })
    expect(wrong).toEqual([])
  } finally {
    Reflect.set(process, 'getBuiltinModule', getBuiltinModule)
    vi.resetModules()
  }
})
