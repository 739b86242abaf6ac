import { describe, expect, test } from 'vitest'
import {
  createTask,
  currentTask,
  ExceptionGroup,
  getEventLoop,
  isCancelled,
  type Operation,
  sleep,
  type Task,
  type TaskGroup,
  TimeoutError,
  taskGroup,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { after, errorOf } from './endings.ts'

const now = () => getEventLoop().time()

describe('taskGroup', () => {
  test('gives what the body returns, when every task has ended', async () => {
    await runVirtual(function* () {
      const log: number[] = []
      const result = yield* taskGroup(function* (group) {
        for (const ms of [30, 10])
          group.createTask(function* () {
            yield* sleep(ms)
            log.push(ms)
          })
        return 'body'
      })
      expect([result, log, now()]).toEqual(['body', [10, 30], 30])
    })
  })

  test('an async body works the same, and its await of a child gives the child’s result', async () => {
    expect(
      await runVirtual(
        async () =>
          await taskGroup(async group => {
            const [a, b] = [
              group.createTask(after(5, 1)),
              group.createTask(async () => {
                await sleep(2)
                return 2
              }),
            ]
            return (await a) + (await b)
          }),
      ),
    ).toBe(3)
  })

  test('the first failure cancels the others and the body, waits for their cleanup, and throws a group', async () => {
    await runVirtual(function* () {
      const log: string[] = []
      const tidy = function* (name: string): Operation<void> {
        try {
          yield* sleep(1000)
        } finally {
          yield* sleep(5)
          log.push(`${name} tidied`)
        }
      }
      const error = yield* errorOf(
        taskGroup(function* (group) {
          group.createTask(tidy('sibling'))
          group.createTask(after(10, new RangeError('boom')))
          yield* tidy('body')
        }),
      )
      expect(error).toBeInstanceOf(ExceptionGroup)
      expect((error as ExceptionGroup).errors).toMatchObject([{ message: 'boom' }])
      expect(log.sort()).toEqual(['body tidied', 'sibling tidied'])
      expect(currentTask()?.cancelling()).toBe(0)
      yield* sleep(1)
    })
  })

  test('errors of the tasks come first, in the order they came, the body’s own last', async () => {
    await runVirtual(function* () {
      const error = yield* errorOf(
        taskGroup(function* (group) {
          group.createTask(function* () {
            try {
              yield* sleep(1000)
            } catch {
              throw new Error('in cleanup')
            }
          })
          group.createTask(after(1, new Error('first')))
          try {
            yield* sleep(1000)
          } finally {
            // biome-ignore lint/correctness/noUnsafeFinally: an error in cleanup is what is tested
            throw new Error('body')
          }
        }),
      )
      expect((error as ExceptionGroup<Error>).errors.map(one => one.message)).toEqual([
        'first',
        'in cleanup',
        'body',
      ])
    })
  })

  test('a cancel from outside cancels the tasks, waits for them, and passes on', async () => {
    await runVirtual(function* () {
      let child: Task<void> | undefined
      const task = createTask(
        taskGroup(function* (group) {
          child = group.createTask(sleep(1000))
        }),
      )
      yield* sleep(1)
      task.cancel('outside')
      expect(yield* errorOf(task)).toMatchObject({ reason: 'outside' })
      expect(child?.cancelled()).toBe(true)
    })
  })

  test('a cancel from outside that collides with a failure: errors go first, the cancel comes at the next wait', async () => {
    await runVirtual(function* () {
      const log: string[] = []
      const task: Task<void> = createTask(function* () {
        try {
          yield* taskGroup(function* (group) {
            group.createTask(function* () {
              yield* sleep(1)
              task.cancel()
              throw new Error('child')
            })
            yield* sleep(1000)
          })
        } catch (error) {
          log.push((error as Error).name)
        }
        yield* sleep(5)
        log.push('not reached')
      })
      expect(isCancelled(yield* errorOf(task))).toBe(true)
      expect(log).toEqual(['ExceptionGroup'])
    })
  })

  test('cancel() ends it quietly: tasks and body are stopped, nothing is thrown', async () => {
    await runVirtual(function* () {
      let child: Task<void> | undefined
      const result = yield* taskGroup(function* (group) {
        child = group.createTask(sleep(1000))
        getEventLoop().callLater(5, () => group.cancel())
        yield* sleep(1000)
        return 'not reached'
      })
      expect([result, child?.cancelled(), now()]).toEqual([undefined, true, 5])
      expect(currentTask()?.cancelling()).toBe(0)
    })
  })

  test('tasks may make tasks in it while it is leaving; none can join one that fails or has ended', async () => {
    await runVirtual(function* () {
      const groups: TaskGroup[] = []
      const log: string[] = []
      yield* taskGroup(function* (group) {
        groups.push(group)
        group.createTask(function* () {
          yield* sleep(5)
          group.createTask(function* () {
            yield* sleep(5)
            log.push('grandchild')
          })
        })
      })
      expect(log).toEqual(['grandchild'])
      expect(() => groups[0]?.createTask(sleep(1))).toThrow(/has ended/)
      yield* errorOf(
        taskGroup(function* (group) {
          group.createTask(after(1, new Error('x')))
          try {
            yield* sleep(100)
          } finally {
            expect(() => group.createTask(sleep(1))).toThrow(/shutting down/)
          }
        }),
      )
    })
  })

  test('an eager child that fails at once stops the body at its next wait', async () => {
    await runVirtual(function* () {
      const log: string[] = []
      const error = yield* errorOf(
        taskGroup(function* (group) {
          group.createTask(
            function* () {
              throw new Error('eager')
            },
            { eagerStart: true },
          )
          log.push('body goes on')
          yield* sleep(1)
          yield* sleep(100)
          log.push('not reached')
        }),
      )
      expect((error as ExceptionGroup).errors).toMatchObject([{ message: 'eager' }])
      expect(log).toEqual(['body goes on'])
    })
  })

  test('groups in groups give groups in groups', async () => {
    await runVirtual(function* () {
      const error = yield* errorOf(
        taskGroup(function* (outer) {
          outer.createTask(
            taskGroup(function* (inner) {
              inner.createTask(after(1, new RangeError('deep')))
            }),
          )
        }),
      ) as Operation<ExceptionGroup>
      expect(error.errors[0]).toBeInstanceOf(ExceptionGroup)
      expect(error.leaves()).toMatchObject([{ message: 'deep' }])
    })
  })
})

describe('ExceptionGroup', () => {
  const [a, b, c] = [new RangeError('a'), new TimeoutError('b'), new TypeError('c')]
  const inner = new ExceptionGroup('inner', [b, c])
  const group = new ExceptionGroup('outer', [a, inner])

  test('is an AggregateError whose message counts and names what is in it', () => {
    expect(group).toBeInstanceOf(AggregateError)
    expect(group.message).toBe('outer (2 errors: RangeError, ExceptionGroup)')
    expect(() => new ExceptionGroup('none', [])).toThrow(TypeError)
  })

  test('leaves gives every single error, in order', () => {
    expect(group.leaves()).toEqual([a, b, c])
  })

  test('split keeps the shape on both sides', () => {
    const [timeouts, rest] = group.split(TimeoutError)
    expect(timeouts?.leaves()).toEqual([b])
    expect(timeouts?.errors[0]).toBeInstanceOf(ExceptionGroup)
    expect(rest?.leaves()).toEqual([a, c])
    expect(rest?.errors[1]).toBeInstanceOf(ExceptionGroup)
  })

  test('a side with nothing in it is undefined, one with everything is the group itself', () => {
    expect(group.split(Error)).toEqual([group, undefined])
    expect(group.split(DOMException)).toEqual([undefined, group])
    expect(group.split(error => error instanceof Error)[0]).toBe(group)
  })

  test('filter takes a class or a predicate over single errors', () => {
    expect(group.filter(error => error === c)?.leaves()).toEqual([c])
    expect(group.filter(RangeError)?.leaves()).toEqual([a])
    expect(group.filter(() => false)).toBeUndefined()
  })

  test('the parts keep label, cause and stack', () => {
    const caused = new ExceptionGroup('work', [a, b], { cause: c })
    const part = caused.filter(RangeError)
    expect(part?.message).toBe('work (1 error: RangeError)')
    expect(part?.cause).toBe(c)
    expect(part?.stack).toBe(caused.stack)
  })
})
