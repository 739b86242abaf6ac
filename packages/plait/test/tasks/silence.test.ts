import { describe, expect, test } from 'vitest'
import {
  allTasks,
  CancelledError,
  createTask,
  type ExceptionContext,
  Future,
  getEventLoop,
  run,
  sleep,
  until,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { collectGarbage, collectUntil } from '../collect-garbage.ts'
import { errorOf } from './endings.ts'
import { reports } from './reports.ts'

describe('strong references', () => {
  test('a task that nobody holds runs on after a collection', async () => {
    const log: string[] = []
    await runVirtual(function* () {
      const start = () => {
        createTask(function* () {
          yield* sleep(10)
          log.push('generator')
        })
        createTask(async () => {
          await sleep(10)
          log.push('async')
        })
      }
      start()
      for (let n = 0; n < 5; n += 1) {
        yield* sleep(1)
        collectGarbage()
        yield* until(new Promise(resolve => setImmediate(resolve)))
      }
      yield* sleep(20)
    })
    expect(log.sort()).toEqual(['async', 'generator'])
  })

  test('a task parked on a future that nobody else holds is still known, and cancelled at the end', async () => {
    const log: string[] = []
    await runVirtual(function* () {
      createTask(function* () {
        try {
          yield* new Future<void>()
        } finally {
          log.push('finally')
        }
      })
      yield* sleep(1)
      collectGarbage()
      yield* until(new Promise(resolve => setImmediate(resolve)))
      expect(allTasks().length).toBe(2)
    })
    expect(log).toEqual(['finally'])
  })
})

describe('errors nobody took', () => {
  test('are reported at the end of the run, with the name of the task', async () => {
    const error = new Error('unseen')
    const told = await reports(function* () {
      createTask(
        function* () {
          yield
          throw error
        },
        { name: 'background' },
      )
      yield* sleep(1)
    })
    expect(told).toMatchObject([{ title: 'background', exception: error }])
    expect(told[0]?.message).toContain('background')
    expect(error.stack).toMatch(/in task background\n\s+made by task main/)
  })

  test('are not reported once anybody has taken them, in whatever way', async () => {
    const told = await reports(function* () {
      const fail = () =>
        createTask(function* () {
          throw new Error('seen')
        })
      const tasks = [fail(), fail(), fail(), fail(), fail()] as const
      yield* sleep(1)
      yield* errorOf(tasks[0])
      tasks[1].exception()
      try {
        tasks[2].result()
      } catch {}
      tasks[3].cancel()
      yield* createTask(async () => tasks[4].then(undefined, () => {}))
    })
    expect(told).toEqual([])
  })

  test('a future that failed is reported as well', async () => {
    const told = await reports(function* () {
      new Future<void>().setException(new Error('unseen'))
    })
    expect(told).toMatchObject([{ exception: { message: 'unseen' } }])
  })

  test('on the host loop they are reported when the task is collected', async () => {
    const told: ExceptionContext[] = []
    const loop = getEventLoop()
    loop.setExceptionHandler((_loop, context) => told.push(context))
    try {
      await (async () => {
        createTask(
          function* () {
            throw new Error('lost')
          },
          { name: 'forgotten' },
        )
      })()
      expect(await collectUntil(() => told.length > 0)).toBe(true)
      expect(told).toMatchObject([{ title: 'forgotten', exception: { message: 'lost' } }])
    } finally {
      loop.setExceptionHandler(undefined)
    }
  })

  test('those a task leaves in its cleanup at the end of the run are reported', async () => {
    const told = await reports(function* () {
      createTask(
        function* () {
          try {
            yield* sleep(100)
          } finally {
            // biome-ignore lint/correctness/noUnsafeFinally: a failing cleanup is what is tested
            throw new Error('cleanup')
          }
        },
        { name: 'left' },
      )
      yield
    })
    expect(told).toMatchObject([{ title: 'left', exception: { message: 'cleanup' } }])
  })
})

describe('leftovers', () => {
  test('are cancelled and waited for at the end of the run, cleanup of theirs and tasks they make included', async () => {
    const log: string[] = []
    await runVirtual(function* () {
      createTask(async () => {
        try {
          await sleep(1000)
        } finally {
          await sleep(5)
          log.push('async cleaned')
        }
      })
      createTask(function* () {
        try {
          yield* sleep(1000)
        } finally {
          createTask(function* () {
            try {
              yield* sleep(1000)
            } finally {
              log.push('made in cleanup, cleaned')
            }
          })
          yield* sleep(10)
          log.push('generator cleaned')
        }
      })
      yield* sleep(1)
    })
    expect(log).toEqual(['async cleaned', 'generator cleaned', 'made in cleanup, cleaned'])
  })

  test('are ended too when the program fails, and its error comes out', async () => {
    const log: string[] = []
    const program = runVirtual(function* () {
      createTask(function* () {
        try {
          yield* sleep(1000)
        } finally {
          log.push('cleaned')
        }
      })
      yield
      throw new RangeError('main')
    })
    await expect(program).rejects.toThrow(RangeError)
    expect(log).toEqual(['cleaned'])
  })
})

test('a handler that fails is told of, with what it was told', async () => {
  const printed: unknown[] = []
  const { error } = console
  console.error = (...all: unknown[]) => void printed.push(all.join(' '))
  try {
    await run(function* () {
      getEventLoop().setExceptionHandler(() => {
        throw new Error('handler')
      })
      new Future<void>().setException(new Error('original'))
      yield
    })
  } finally {
    console.error = error
  }
  expect(printed.join('\n')).toMatch(/original[\s\S]*handler/)
})

test('a CancelledError made by hand and thrown cancels the task, as in asyncio', async () => {
  await runVirtual(function* () {
    const task = createTask(function* () {
      throw new CancelledError('own')
    })
    expect(yield* errorOf(task)).toMatchObject({ reason: 'own' })
    expect(task.cancelled()).toBe(true)
  })
})
