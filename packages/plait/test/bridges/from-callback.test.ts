import { spawnSync } from 'node:child_process'
import { readFile } from 'node:fs'
import { expect, test } from 'vitest'
import { createTask, fromCallback, getEventLoop, isCancelled, run, sleep, timeout } from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'
import { errorOf } from '../tasks/endings.ts'
import { reports } from '../tasks/reports.ts'

const broken = new Error('broken')

test('begins when it is waited for, and not before', async () => {
  await runVirtual(function* () {
    let begun = 0
    const wait = fromCallback<number>(resolve => {
      begun += 1
      getEventLoop().callLater(5, resolve, begun)
    })
    yield* sleep(1)
    expect(begun).toBe(0)
    expect(yield* wait).toBe(1)
    expect(yield* errorOf(wait)).toMatchObject({ code: 'waitedTwice' })
  })
})

test('the first call counts, at once or later, of either kind; the others are ignored', async () => {
  await runVirtual(function* () {
    expect(yield* fromCallback<number>(resolve => resolve(1))).toBe(1)
    const twice = fromCallback<number>((resolve, reject) => {
      resolve(1)
      resolve(2)
      reject(broken)
    })
    expect(yield* twice).toBe(1)
    const failed = fromCallback((resolve, reject) => {
      getEventLoop().callLater(1, reject, broken)
      getEventLoop().callLater(2, resolve, 1)
    })
    expect(yield* errorOf(failed)).toBe(broken)
    yield* sleep(5)
    expect(yield* errorOf(fromCallback((_resolve, reject) => reject(broken)))).toBe(broken)
  })
})

test('in an async function, and outside any task', async () => {
  const read = () =>
    fromCallback<string>((resolve, reject) =>
      readFile(import.meta.filename, 'utf8', (error, text) =>
        error === null ? resolve(text) : reject(error),
      ),
    )
  expect(await run(async () => await read())).toContain('outside any task')
  expect(await read()).toContain('outside any task')
})

test('cancelled, timed out or aborted it is undone, with the reason, once; and calls that come late are ignored', async () => {
  await runVirtual(function* () {
    const undone: unknown[] = []
    let late: (value: number) => void = () => {}
    const wait = (options?: { signal: AbortSignal }) =>
      fromCallback<number>(resolve => {
        late = resolve
        return reason => void undone.push(reason)
      }, options)
    const task = createTask(wait())
    yield* sleep(1)
    task.cancel('enough')
    late(1)
    expect(yield* errorOf(task)).toSatisfy(isCancelled)
    expect(undone).toEqual(['enough'])
    yield* errorOf(timeout(5, wait()))
    const controller = new AbortController()
    getEventLoop().callLater(5, () => controller.abort(broken))
    expect(yield* errorOf(wait({ signal: controller.signal }))).toBe(broken)
    expect(undone).toEqual(['enough', undefined, undefined])
    const ended = createTask(wait())
    yield* sleep(1)
    late(5)
    expect(yield* ended).toBe(5)
    expect(undone).toHaveLength(3)
  })
})

test('what the function throws is thrown, though it called back before', async () => {
  await runVirtual(function* () {
    for (const isEarly of [false, true]) {
      const wait = fromCallback<number>(resolve => {
        if (isEarly) resolve(1)
        throw broken
      })
      expect(yield* errorOf(wait)).toBe(broken)
    }
  })
})

test('what undoing throws is reported: whoever cancels has no part in it', async () => {
  const told = await reports(function* () {
    const task = createTask(
      fromCallback(() => () => {
        throw broken
      }),
    )
    yield* sleep(1)
    task.cancel()
    expect(yield* errorOf(task)).toSatisfy(isCancelled)
  })
  expect(told).toMatchObject([{ message: 'giving up a callback failed', exception: broken }])
})

test('virtual time waits for it while the host has something under way, and is not stalled by one that never comes', () => {
  // In a process of its own, since a test runner has timers of its own under way.
  const index = JSON.stringify(new URL('../../src/index.ts', import.meta.url))
  const code = `import { fromCallback, gather, minutes, run, timeout } from ${index}
    const limited = begin => timeout(minutes(60), fromCallback(begin))
    await run(function* () {
      console.log(yield* limited(resolve => { setTimeout(resolve, 10, 'in real time') }))
      try { yield* limited(() => {}) } catch (error) { console.log(error.name) }
    }, { clock: 'virtual' })`
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    encoding: 'utf8',
    timeout: 30_000,
  })
  expect(stdout).toBe('in real time\nTimeoutError\n')
})
