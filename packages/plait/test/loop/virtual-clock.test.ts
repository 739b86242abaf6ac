import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  createTask,
  Future,
  getEventLoop,
  minutes,
  run,
  sleep,
  TimeoutError,
  timeout,
  until,
} from '../../src/index.ts'
import { runVirtual, VirtualClock } from '../../src/testing.ts'
import { real } from './real-promise-program.ts'

const now = () => getEventLoop().time()

describe('virtual time', () => {
  test('hours pass at once, in the order they would have', async () => {
    const began = performance.now()
    const log: string[] = []
    await runVirtual(function* () {
      createTask(function* () {
        yield* sleep(minutes(90))
        log.push('90 minutes')
      })
      yield* sleep(minutes(60))
      log.push('an hour')
      yield* sleep(minutes(60))
      expect(now()).toBe(minutes(120))
    })
    expect(log).toEqual(['an hour', '90 minutes'])
    expect(performance.now() - began).toBeLessThan(minutes(1))
  })

  test('stands still while anything can run', async () => {
    await runVirtual(function* () {
      const spinner = createTask(function* () {
        for (let n = 0; n < 10_000; n += 1) yield* sleep(0)
        return now()
      })
      createTask(sleep(1))
      expect(yield* spinner).toBe(0)
    })
  })

  test('starts where it is told to', async () => {
    await runVirtual(
      function* () {
        expect(now()).toBe(5000)
        yield* sleep(1)
        expect(now()).toBe(5001)
      },
      { clock: new VirtualClock(5000) },
    )
  })
})

describe('a real promise in the way', () => {
  test.each(Object.keys(real))(
    '%s is waited for while a timeout of an hour stands, and by a bare await',
    what => {
      const program = join(import.meta.dirname, 'real-promise-program.ts')
      const output = execFileSync(process.execPath, [program, what], { encoding: 'utf8' })
      expect(JSON.parse(output)).toEqual([0, 0, 0])
    },
  )

  test('that never settles does not stall the clock', async () => {
    const program = runVirtual(function* () {
      yield* timeout(minutes(60), until(new Promise<void>(() => {})))
    })
    await expect(program).rejects.toThrow(TimeoutError)
  })

  test('an async function keeps its place in time through bare awaits of what is settled already', async () => {
    await runVirtual(function* () {
      const done = new Future<void>()
      done.setResult()
      const woke = createTask(async () => {
        await null
        await done
        await Promise.resolve()
        await sleep(1)
        return now()
      })
      yield* sleep(5)
      yield* sleep(5)
      expect(yield* woke).toBe(1)
    })
  })

  test('what the host was busy with before the program, and has ended since, hides nothing', async () => {
    setTimeout(() => {}, 5)
    setImmediate(() => {})
    const result = await runVirtual(async () => {
      await new Promise(resolve => setTimeout(resolve, 15))
      return await new Promise(resolve => setTimeout(resolve, 15, 'second'))
    })
    expect(result).toBe('second')
  })

  test('may be another program', async () => {
    expect(await runVirtual(async () => await run(async () => 'nested'))).toBe('nested')
    expect(await runVirtual(() => until(runVirtual(sleep(5))))).toBeUndefined()
  })
})
