import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import {
  coroutine,
  createTask,
  currentTask,
  DeadlockError,
  Future,
  gather,
  sleep,
  type Task,
  taskGroup,
  timeout,
} from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'

const index = fileURLToPath(new URL('../../src/index.ts', import.meta.url))

describe('a program in which nothing can ever run again', () => {
  test('ends in an error that names every task, where it stands and what it waits for', async () => {
    const wait = coroutine(function* wait(future: Future<void>) {
      yield* future
    })
    const outer = coroutine(function* outer(future: Future<void>) {
      yield* wait(future)
    })
    const error: unknown = await runVirtual(function* main() {
      const forever = createTask(outer(new Future()), { name: 'forever' })
      createTask(async () => await forever, { name: 'follower' })
      yield* gather(forever)
    }).catch(error => error)
    expect(error).toBeInstanceOf(DeadlockError)
    const { message, tasks } = error as DeadlockError
    expect(message).toContain('3 tasks are waiting')
    expect(tasks).toMatchObject([
      { task: 'main', waitsFor: 'all of forever' },
      { task: 'forever', coroutine: 'outer > wait', waitsFor: 'a future that nobody has set' },
      { task: 'follower', waitsFor: 'forever, which is not done' },
    ])
    for (const { task, waitsFor } of tasks)
      expect(message).toMatch(new RegExp(`${task} \\(.*\\) waits for ${waitsFor}`))
  })

  test('runs its cleanup before the error comes out', async () => {
    const log: string[] = []
    const program = runVirtual(function* () {
      try {
        yield* new Future<void>()
      } finally {
        yield* sleep(5)
        log.push('cleaned')
      }
    })
    await expect(program).rejects.toThrow(DeadlockError)
    expect(log).toEqual(['cleaned'])
  })

  test('or a task that waits for itself, is told so at once, in either color', async () => {
    for (const body of [
      function* () {
        yield* currentTask() as Task<unknown>
      },
      async () => void (await currentTask()),
    ]) {
      await expect(runVirtual(body)).rejects.toMatchObject({ code: 'awaitedItself' })
    }
  })

  test('that goes in a circle is one, and the circle is named', async () => {
    const error = await runVirtual(function* () {
      const a: Task<void> = createTask(
        function* () {
          yield* sleep(1)
          yield* b
        },
        { name: 'a' },
      )
      const b: Task<void> = createTask(() => a, { name: 'b' })
      yield* a
    }).catch(error => error)
    expect(error).toBeInstanceOf(DeadlockError)
    expect(error.message).toMatch(/a \(.*\) waits for b[\s\S]*b \(.*\) waits for a/)
  })

  test('is told from one whose timer still runs', async () => {
    await expect(runVirtual(timeout(1000, new Future<void>()))).rejects.not.toThrow(DeadlockError)
  })

  test('is one in a group too, and its tasks end', async () => {
    const log: string[] = []
    const program = runVirtual(
      taskGroup(function* (group) {
        group.createTask(function* () {
          try {
            yield* new Future<void>()
          } finally {
            log.push('child ended')
          }
        })
        yield
      }),
    )
    await expect(program).rejects.toThrow(/the tasks of its group/)
    expect(log).toEqual(['child ended'])
  })
})

describe('on the real clock, as a process of its own', () => {
  function process(main: string) {
    const code = `import { Future, run, sleep, createTask } from ${JSON.stringify(index)}; await run(${main})`
    return spawnSync(globalThis.process.execPath, ['--input-type=module', '-e', code], {
      encoding: 'utf8',
      timeout: 20_000,
    })
  }

  test('it ends with exit code 1 and the reason, not with 13 and no word', () => {
    for (const main of [
      'function* stuck() { yield* sleep(1); yield* new Future() }',
      'async function stuck() { await sleep(1); await new Future() }',
    ]) {
      const { status, stderr } = process(main)
      expect(stderr).toContain('DeadlockError: nothing can ever run again, and 1 task is waiting')
      expect(stderr).toMatch(/main \(stuck\) waits for a future that nobody has set/)
      expect(status).toBe(1)
    }
  })

  test('a promise that never settles is named too', () => {
    const { status, stderr } = process('async function stuck() { await new Promise(() => {}) }')
    expect(stderr).toMatch(/DeadlockError[\s\S]*waits for a promise/)
    expect(status).toBe(1)
  })

  test('an error nobody took on the host loop is printed before the process ends', () => {
    const code = `import { createTask } from ${JSON.stringify(index)}
      globalThis.kept = createTask(function* () { throw new Error('unseen') }, { name: 'quiet' })`
    const { stderr } = spawnSync(globalThis.process.execPath, ['--input-type=module', '-e', code], {
      encoding: 'utf8',
    })
    expect(stderr).toMatch(/quiet was never taken[\s\S]*Error: unseen/)
  })
})
