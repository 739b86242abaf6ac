import { AsyncLocalStorage } from 'node:async_hooks'
import { describe, expect, test } from 'vitest'
import {
  asyncGenerator,
  ContextVar,
  createTask,
  currentTask,
  type Emit,
  eagerTaskFactory,
  type Flow,
  getEventLoop,
  isCancelled,
  MisuseError,
  type Operation,
  run,
  type Selectable,
  select,
  sleep,
  type Task,
  taskGroup,
  timeout,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { ending, errorOf } from '../tasks/endings.ts'
import { reports } from '../tasks/reports.ts'

/** The same generator in each color: it counts, notes what it does, and cleans up, which takes a while. */
const colors: Record<string, (log: string[], to: number) => Flow<number>> = {
  'a generator': asyncGenerator(function* count(emit: Emit<number>, log: string[], to: number) {
    try {
      for (let n = 1; n <= to; n += 1) {
        log.push(`makes ${n}`)
        yield* sleep(1)
        yield* emit(n)
      }
      log.push('end')
    } finally {
      yield* sleep(1)
      log.push('cleaned')
    }
  }),
  'an async function': asyncGenerator(async function count(emit: Emit<number>, log: string[], to: number) {
    try {
      for (let n = 1; n <= to; n += 1) {
        log.push(`makes ${n}`)
        await sleep(1)
        await emit(n)
      }
      log.push('end')
    } finally {
      await sleep(1)
      log.push('cleaned')
    }
  }),
}

describe.each(Object.entries(colors))('with %s', (_color, count) => {
  test('nothing runs before the first item is asked for, nor after an emit before the next is', async () => {
    await runVirtual(function* () {
      const log: string[] = []
      const flow = count(log, 2)
      yield* sleep(10)
      expect(log).toEqual([])
      expect(yield* flow.next()).toEqual({ done: false, value: 1 })
      yield* sleep(10)
      expect(log).toEqual(['makes 1'])
      expect(yield* flow.next()).toEqual({ done: false, value: 2 })
      yield* sleep(10)
      expect(log).toEqual(['makes 1', 'makes 2'])
      expect(yield* flow.next()).toEqual({ done: true, value: undefined })
      expect(log).toEqual(['makes 1', 'makes 2', 'end', 'cleaned'])
      expect(yield* flow.next()).toEqual({ done: true, value: undefined })
    })
  })

  test('the items come in each way', async () => {
    await runVirtual(async () => {
      expect(await count([], 3).toArray()).toEqual([1, 2, 3])
      const seen: number[] = []
      for await (const item of count([], 3)) seen.push(item)
      await count([], 3).forEach(async item => {
        await sleep(5)
        seen.push(item)
      })
      expect(seen).toEqual([1, 2, 3, 1, 2, 3])
    })
    expect(await count([], 2).toArray()).toEqual([1, 2])
  })

  test('left early it is cancelled at its emit, and its cleanup is waited for', async () => {
    const ways: Record<string, (flow: Flow<number>) => Operation<unknown>> = {
      stop: function* (flow) {
        yield* flow.next()
        yield* flow.stop()
      },
      break: function* (flow) {
        const reader = createTask(async () => {
          for await (const _ of flow) break
        })
        yield* reader
      },
      cancel: function* (flow) {
        const reader = createTask(flow.forEach(resting))
        yield* sleep(5)
        reader.cancel()
        yield* ending(reader)
      },
      'a time limit': flow => ending(timeout(5, flow.forEach(resting))),
    }
    for (const [way, leave] of Object.entries(ways)) {
      await runVirtual(function* () {
        const log: string[] = []
        const flow = count(log, 3)
        yield* leave(flow)
        expect(log, way).toEqual(['makes 1', 'cleaned'])
        expect((yield* flow.next()).done).toBe(true)
        yield* flow.stop()
        expect(log, way).toEqual(['makes 1', 'cleaned'])
      })
    }
  })

  test('stopped before it began it never runs, and stopped twice at once both wait', async () => {
    await runVirtual(function* () {
      const log: string[] = []
      const unborn = count(log, 3)
      yield* unborn.stop()
      expect((yield* unborn.next()).done).toBe(true)
      expect(log).toEqual([])
      const flow = count(log, 3)
      yield* flow.next()
      yield* taskGroup(function* (group) {
        for (let n = 0; n < 2; n += 1) {
          group.createTask(function* () {
            yield* flow.stop()
            expect(log).toEqual(['makes 1', 'cleaned'])
          })
        }
      })
    })
  })

  test('a cancelled next() loses nothing and stops nothing', async () => {
    await runVirtual(function* () {
      const log: string[] = []
      const flow = count(log, 3)
      const reader = createTask(flow.next())
      yield
      yield
      reader.cancel()
      expect(isCancelled(yield* errorOf(reader))).toBe(true)
      yield* sleep(10)
      expect(log).toEqual(['makes 1'])
      const next = flow.next() as Selectable<unknown>
      expect(yield* select({ next, tick: sleep(5) })).toMatchObject({ kind: 'next', value: { value: 1 } })
      const later = flow.next() as Selectable<unknown>
      expect(yield* select({ later, default: null })).toMatchObject({ kind: 'default' })
      expect(yield* flow.toArray()).toEqual([2, 3])
    })
  })

  test('several readers share the items, first come, first served', async () => {
    await runVirtual(function* () {
      const flow = count([], 5)
      const seen: string[] = []
      yield* taskGroup(function* (group) {
        for (const name of ['a', 'b']) {
          group.createTask(
            flow.forEach(function* (item) {
              seen.push(`${name}${item}`)
            }),
          )
        }
      })
      expect(seen).toEqual(['a1', 'b2', 'a3', 'b4', 'a5'])
    })
  })
})

const resting = () => sleep(100)

describe('its errors', () => {
  const broken = new Error('broken')
  const failing = asyncGenerator(function* failing(
    emit: Emit<number>,
    when: 'at once' | 'after one' | 'when left',
  ) {
    if (when === 'at once') throw broken
    try {
      yield* emit(1)
      if (when === 'after one') throw broken
      yield* emit(2)
    } catch (error) {
      throw when === 'when left' ? broken : error
    }
  })

  test('reach whoever asks', async () => {
    const told = await reports(function* () {
      expect(yield* errorOf(failing('at once').toArray())).toBe(broken)
      const flow = failing('after one')
      expect((yield* flow.next()).value).toBe(1)
      expect(yield* errorOf(flow.next())).toBe(broken)
      expect(yield* errorOf(flow.next())).toBe(broken)
    })
    expect(told).toEqual([])
  })

  test('in its cleanup reach whoever leaves', async () => {
    await runVirtual(function* () {
      const flow = failing('when left')
      yield* flow.next()
      expect(yield* errorOf(flow.stop())).toBe(broken)
    })
  })

  test('that nobody asked for are reported, by its name', async () => {
    const told = await reports(function* () {
      const reader = createTask(failing('at once').next())
      yield
      yield
      reader.cancel()
      yield* sleep(1)
    })
    expect(told).toMatchObject([{ exception: broken, title: 'failing' }])
  })

  test('of the reader pass through it as cancels', async () => {
    await runVirtual(function* () {
      const ends: unknown[] = []
      const watched = asyncGenerator(function* watched(emit: Emit<number>) {
        try {
          yield* emit(1)
        } catch (error) {
          ends.push(error)
          throw error
        }
      })
      const reading = watched().forEach(function* () {
        throw broken
      })
      expect(yield* errorOf(reading)).toBe(broken)
      expect(ends).toSatisfy(([error]) => isCancelled(error))
    })
  })
})

test('it runs in a task of its own, named after the function, with the variables of who asks first', async () => {
  const user = new ContextVar('user', { default: 'nobody' })
  const store = new AsyncLocalStorage<string>()
  await runVirtual(function* () {
    const whose = asyncGenerator(function* whose(emit: Emit<unknown>) {
      yield* emit([currentTask()?.name, user.get(), store.getStore()])
      user.set('somebody else')
    })
    const flow = whose()
    user.set('ann')
    const reader = store.run('ann’s', () => createTask(flow.toArray()))
    expect(yield* reader).toEqual([['whose', 'ann', 'ann’s']])
    expect(user.get()).toBe('ann')
    expect(whose.name).toBe('whose')
  })
})

test('it keeps the function’s this and its arguments', async () => {
  class Shelf {
    readonly books = ['a', 'b']
    list = asyncGenerator(function* (this: Shelf, emit: Emit<string>, suffix: string) {
      for (const book of this.books) yield* emit(book + suffix)
    })
  }
  expect(await runVirtual(() => new Shelf().list('!').toArray())).toEqual(['a!', 'b!'])
})

test('a loop that starts its tasks eagerly changes nothing', async () => {
  await runVirtual(function* () {
    getEventLoop().setTaskFactory(eagerTaskFactory)
    const count = asyncGenerator(function* count(emit: Emit<number>, to: number) {
      for (let n = 1; n <= to; n += 1) yield* emit(n)
    })
    expect(yield* count(3).toArray()).toEqual([1, 2, 3])
    expect(yield* count(0).toArray()).toEqual([])
    const next = count(1).next() as Selectable<unknown>
    expect(yield* select({ next, tick: sleep(5) })).toMatchObject({ kind: 'next', value: { value: 1 } })
  })
})

test('it may emit from tasks of its own', async () => {
  await runVirtual(function* () {
    const merged = asyncGenerator(function* merged(emit: Emit<number>) {
      yield* taskGroup(function* (group) {
        for (const n of [1, 2, 3]) {
          group.createTask(function* () {
            yield* sleep(n)
            yield* emit(n)
            yield* emit(n * 10)
          })
        }
      })
    })
    expect((yield* merged().toArray()).sort((a, b) => a - b)).toEqual([1, 2, 3, 10, 20, 30])
  })
})

test('an emit while it is being left is a mistake, and ends it', async () => {
  await runVirtual(function* () {
    const stubborn = asyncGenerator(function* stubborn(emit: Emit<number>) {
      try {
        yield* emit(1)
      } finally {
        yield* emit(2)
      }
    })
    const flow = stubborn()
    yield* flow.next()
    expect(yield* errorOf(flow.stop())).toBeInstanceOf(MisuseError)
  })
})

test('an emit after its end, by a task it left behind, is one too', async () => {
  await runVirtual(function* () {
    const late: Task<unknown>[] = []
    const hasty = asyncGenerator(function* hasty(emit: Emit<number>) {
      late.push(
        createTask(function* () {
          yield* sleep(5)
          yield* emit(1)
        }),
      )
    })
    expect(yield* hasty().toArray()).toEqual([])
    expect(yield* errorOf(late[0] as Task<unknown>)).toBeInstanceOf(MisuseError)
  })
})

test('the end of the run cancels one that nobody left', async () => {
  const log: string[] = []
  await run(function* () {
    yield* colors['a generator']?.(log, 5).next() as Operation<unknown>
  })
  expect(log).toEqual(['makes 1', 'cleaned'])
})

test('an endless row without a wait lets the others have their turns', async () => {
  let rang = false
  setTimeout(() => {
    rang = true
  }, 1)
  const numbers = asyncGenerator(function* numbers(emit: Emit<number>) {
    for (let n = 0; ; n += 1) yield* emit(n)
  })
  await run(function* () {
    const flow = numbers()
    while (!rang) yield* flow.next()
    yield* flow.stop()
  })
})
