import { type ExecSyncOptions, execFileSync, execSync, spawnSync } from 'node:child_process'
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { patchChildProcess } from '../../../src/gevent/monkey.ts'
import { createTask, isCancelled, run, sleep, type Task, TimeoutError, timeout } from '../../../src/index.ts'
import type { Masks } from './both-ways.ts'
import { compare } from './compare.ts'

let place: string

beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'plait-children-'))
  patchChildProcess()
})

afterAll(() => rmSync(place, { recursive: true }))

const quiet = { stdio: 'pipe' } as const
const loosely = { execSync, execFileSync, spawnSync } as unknown as Record<
  string,
  (...args: unknown[]) => unknown
>

/** A result without the one thing that differs from child to child. */
const spawned = (...args: unknown[]): unknown => {
  const result = loosely.spawnSync?.(...args) as { pid: number }
  return { ...result, pid: result.pid > 0 }
}

/** What a failing call throws, without that too. */
const failing =
  (name: string, ...args: unknown[]) =>
  (): unknown => {
    try {
      return loosely[name]?.(...args)
    } catch (error) {
      if (typeof (error as { pid?: unknown }).pid === 'number') (error as { pid: number }).pid = 1
      throw error
    }
  }

describe('spawnSync gives in a greenlet what it does elsewhere', () => {
  compare([
    () => spawned('echo', ['hello']),
    () => spawned('echo', ['hello'], { encoding: 'utf8' }),
    () => spawned('echo', { encoding: 'hex' }),
    () => spawned('echo hello $0', { shell: true, encoding: 'utf8' }),
    () => spawned('echo $0', { shell: '/bin/bash', encoding: 'utf8' }),
    () => spawned('cat', [], { input: 'typed', encoding: 'utf8' }),
    () => spawned('cat', [], { input: Buffer.from('bytes') }),
    () => spawned('cat', [], { input: new Uint16Array([0x4141]) }),
    () => spawned('cat', [], { input: '6869', encoding: 'hex' }),
    () => spawned('cat', [], { input: '' }),
    () => spawned('cat', []),
    () => spawned('cat', [], { input: 'x'.repeat(300_000) }),
    () => spawned('sh', ['-c', 'echo out; echo err >&2; exit 3'], { encoding: 'utf8' }),
    () => spawned('sh', ['-c', 'kill -9 $$']),
    () => spawned('sh', ['-c', 'echo out; echo err >&2'], { stdio: ['ignore', 'pipe', 'ignore'] }),
    () => spawned('sh', ['-c', 'echo out'], { stdio: 'ignore' }),
    () => spawned('sh', ['-c', 'echo more >&3; echo out'], { stdio: ['pipe', 'pipe', 'pipe', 'pipe'] }),
    () => spawned('sh', ['-c', 'echo out'], { stdio: ['pipe'] }),
    () => spawned('cat', [], { stdio: ['ignore', 'pipe', 'inherit'], input: 'unheard' }),
    () => {
      const file = openSync(join(place, 'out'), 'w')
      const result = spawned('echo', ['filed'], { stdio: ['ignore', file, 'pipe'] })
      return [result, readFileSync(join(place, 'out'), 'utf8')]
    },
    () => spawned('pwd', [], { cwd: '/', encoding: 'utf8' }),
    () =>
      spawned('sh', ['-c', 'echo $MINE'], { env: { MINE: 'set', PATH: process.env.PATH }, encoding: 'utf8' }),
    () => spawned('sh', ['-c', 'echo $0'], { argv0: 'other', encoding: 'utf8' }),
    () => spawned('no such program'),
    () => spawned('no such program', ['a', 'b'], { encoding: 'utf8' }),
    () => spawned('/', ['a']),
    () => spawned('echo', ['x'], { cwd: '/no/where' }),
    () => spawned('sleep', ['60'], { timeout: 30 }),
    () => spawned('sleep', ['60'], { timeout: 30, killSignal: 'SIGKILL', encoding: 'utf8' }),
    () => spawned('sh', ['-c', 'echo begun; exec sleep 60'], { timeout: 300, encoding: 'utf8' }),
    () => spawned('sh', ['-c', 'trap "exit 7" TERM; sleep 5 & wait'], { timeout: 300 }),
    () => spawned('echo much too much; exec sleep 60', { shell: true, maxBuffer: 4, encoding: 'utf8' }),
    () => spawned('echo', ['enough'], { maxBuffer: 7, encoding: 'utf8' }),
    () => spawned('head', ['-c', '2000000', '/dev/zero'], { maxBuffer: undefined }),
    () => spawned('head', ['-c', '2000000', '/dev/zero'], { maxBuffer: Infinity }),
    () => spawned('true', [], { input: 'x'.repeat(3_000_000) }),
    () => spawned('echo', null, { encoding: 'utf8' }),
    () => spawned('echo', ['x'], { signal: AbortSignal.abort(), encoding: 'utf8' }),
    () => spawned('echo', ['x'], { encoding: 'no encoding' }),
  ])
  const atOnce = (call: () => unknown) => ({ call, isAtOnce: true })
  compare([
    atOnce(() => spawned()),
    atOnce(() => spawned('')),
    atOnce(() => spawned('a\0b')),
    atOnce(() => spawned('echo', undefined, null)),
    atOnce(() => spawned('echo', 'x')),
    atOnce(() => spawned('echo', [], 5)),
    atOnce(() => spawned('echo', [], { timeout: -1 })),
    atOnce(() => spawned('echo', [], { maxBuffer: -1 })),
    atOnce(() => spawned('echo', [], { killSignal: 'SIGNONE' })),
    atOnce(() => spawned('echo', [], { input: 5 })),
    atOnce(() => spawned('echo', [], { stdio: 'nonsense' })),
    atOnce(() => spawned('echo', [], { stdio: ['pipe', 'ipc'] })),
    atOnce(() => spawned('echo', [], { cwd: 5 })),
    atOnce(() => spawned('cat', [], { input: 'x', encoding: 'no encoding' })),
  ])
})

describe('execSync and execFileSync give and throw in a greenlet what they do elsewhere', () => {
  const own: Masks = []
  compare([
    () => execSync('echo hello'),
    () => execSync('echo hello', { encoding: 'utf8' }),
    () => execSync('cat', { input: 'typed' }),
    () => execSync('echo $0', { shell: '/bin/bash', encoding: 'utf8' }),
    () => execSync('echo out; echo err >&2', quiet),
    () => execSync('true', { stdio: 'ignore' }),
    failing('execSync', 'echo out; echo err >&2; exit 4', quiet),
    failing('execSync', 'echo err >&2; exit 4', { ...quiet, encoding: 'utf8' }),
    failing('execSync', 'exit 4', quiet),
    failing('execSync', 'exit 4', { stdio: 'ignore' }),
    failing('execSync', 'kill -9 $$', quiet),
    failing('execSync', 'no-such-program', quiet),
    failing('execSync', 'exec sleep 60', { ...quiet, timeout: 100 }),
    failing('execSync', 'echo much too much; exec sleep 60', { ...quiet, maxBuffer: 4 }),
    failing('execSync', 'echo x', { ...quiet, cwd: '/no/where' }),
    () => execFileSync('echo', ['hello'], { encoding: 'utf8' }),
    () => execFileSync('echo', { encoding: 'utf8' }),
    () => execFileSync('pwd', [], { cwd: '/', encoding: 'utf8' }),
    failing('execFileSync', 'sh', ['-c', 'echo err >&2; exit 4'], quiet),
    failing('execFileSync', 'no-such-program', ['a'], quiet),
    failing('execFileSync', 'sh', ['-c', 'exit 4'], { ...quiet, argv0: 'other' }),
    failing('execFileSync', 'exit 4', { ...quiet, shell: true }),
    { call: failing('execSync', 5), masks: own, isAtOnce: true },
    { call: failing('execSync', 'echo', { timeout: 'soon' }), isAtOnce: true },
    { call: failing('execFileSync'), isAtOnce: true },
    { call: failing('execFileSync', 'echo', [], { input: {} }), isAtOnce: true },
  ])

  test('what the child complains of is written where the parent complains', async () => {
    const heard: string[] = []
    const { write } = process.stderr
    process.stderr.write = ((text: Uint8Array) => heard.push(Buffer.from(text).toString())) as never
    try {
      const complain = (options?: ExecSyncOptions) => execSync('echo complaint >&2', options).toString()
      complain()
      await run((() => complain()) as never)
      await run((() => complain({ stdio: ['pipe', 'pipe', 'pipe'] })) as never)
    } finally {
      process.stderr.write = write
    }
    expect(heard).toEqual(['complaint\n', 'complaint\n'])
  })
})

describe('a greenlet that is ended while its child runs', () => {
  /** Whether a process is there, asked until it is not: a killed one takes its time. */
  const isGone = function* (pid: number) {
    for (let tries = 0; tries < 500; tries += 1) {
      try {
        process.kill(pid, 0)
      } catch {
        return true
      }
      yield* sleep(10)
    }
    return false
  }
  const file = (): string => join(place, 'pid')
  const long = () => execSync(`echo $$ > ${file()}; exec sleep 600`, { stdio: 'ignore' })
  const pidOf = function* () {
    for (;;) {
      try {
        const text = readFileSync(file(), 'utf8')
        if (text.endsWith('\n')) return Number(text)
      } catch {}
      yield* sleep(10)
    }
  }

  test('by a cancel has it killed, and hears of the cancel', async () => {
    rmSync(file(), { force: true })
    const [error, gone] = await run(function* () {
      const task = createTask(long as never)
      const pid = yield* pidOf()
      task.cancel('enough')
      const error = yield* caught(task)
      return [error, yield* isGone(pid)] as const
    })
    expect(isCancelled(error)).toBe(true)
    expect(gone).toBe(true)
  })

  test('by a timeout has it killed', async () => {
    rmSync(file(), { force: true })
    const [error, gone] = await run(function* () {
      const task = createTask(function* () {
        yield* timeout(1500, long as never)
      })
      const pid = yield* pidOf()
      return [yield* caught(task), yield* isGone(pid)] as const
    })
    expect(error).toBeInstanceOf(TimeoutError)
    expect(gone).toBe(true)
  })

  function* caught(task: Task<unknown>) {
    try {
      yield* task
      return undefined
    } catch (error) {
      return error
    }
  }
})
