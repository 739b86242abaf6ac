import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { transform } from '../../../colorless/src/transform/transform.ts'

const folder = mkdtempSync(join(tmpdir(), 'plait-monitor-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const source = (file: string): string => JSON.stringify(join(import.meta.dirname, '../../src', file))

/** What the programs have: a way to block the thread until it was reported, and what is on the standard error stream by then. */
const PRELUDE = `
import { execSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { config, events, getHub, joinall, sleep, spawn } from ${source('gevent.ts')}
import { run } from ${source('index.ts')}

const errors = () => readFileSync(process.env.ERRORS, 'utf8')
function blockUntilReported() {
  const deadline = performance.now() + 30_000
  while (!errors().includes('keeps its loop from running') && performance.now() < deadline);
}
`

let programs = 0

/** Runs a program of plain functions, and tells what it prints. */
function runs(program: string, env: Readonly<Record<string, string>> = {}) {
  programs += 1
  const filename = join(folder, `program-${programs}.mjs`)
  const errors = join(folder, `errors-${programs}.txt`)
  const runtime = join(import.meta.dirname, '../../src/twins.ts')
  writeFileSync(filename, transform(PRELUDE + program, { filename, format: 'module', runtime }).code)
  const stderr = openSync(errors, 'a')
  const { status, stdout } = spawnSync(process.execPath, [filename], {
    encoding: 'utf8',
    env: { ...process.env, ...env, ERRORS: errors },
    stdio: ['ignore', 'pipe', stderr],
    timeout: 50_000,
  })
  closeSync(stderr)
  const said = readFileSync(errors, 'utf8')
  return { status, stdout, stderr: said.replaceAll(/\d+ ms/g, 'N ms').replaceAll(/ \(?file:.*\)?/g, ' HERE') }
}

test('a greenlet that does not let go is reported while it does not, with its stack', () => {
  const { status, stdout, stderr } = runs(`
    function crunch(n) {
      return inner(n)
    }
    function inner(n) {
      blockUntilReported()
      return n
    }
    await run(() => {
      config.monitorThread = true
      events.subscribe(({ greenlet, blockingTime, info }) => {
        console.log(String(greenlet), blockingTime > config.maxBlockingTime, info.length > 3)
      })
      console.log(spawn(crunch, 5).get(), errors().includes('keeps'))
    })
  `)
  const [report, ...stack] = stderr.trimEnd().split('\n')
  expect(report).toBe(
    "plait: <Greenlet 'Greenlet-0': crunch(5)> keeps its loop from running, for N ms and longer, and is here:",
  )
  expect(stack.slice(-4)).toEqual([
    '    at blockUntilReported HERE',
    '    at inner HERE',
    '    at crunch HERE',
    "plait: <Greenlet 'Greenlet-0': crunch(5)> has let its loop go on after N ms",
  ])
  expect({ status, stdout }).toEqual({
    status: 0,
    stdout: "<Greenlet 'Greenlet-0': crunch(5)> true true\n5 true\n",
  })
})

test('the callers are told as well that have waited meanwhile', () => {
  const { status, stderr } = runs(`
    function outer() {
      inner()
      return 1
    }
    function inner() {
      sleep(1)
      blockUntilReported()
    }
    await run(() => {
      getHub().startPeriodicMonitoringThread()
      spawn(outer).join()
    })
  `)
  const lines = stderr.split('\n')
  const begin = lines.findIndex(line => line.startsWith('    at inner'))
  expect(lines.slice(begin, begin + 2)).toEqual(['    at inner HERE', '    at outer'])
  expect(status).toBe(0)
})

test('one inside a function that cannot be looked into is reported all the same, and named afterwards', () => {
  const { status, stderr } = runs(`
    function shell() {
      execSync('for i in $(seq 600); do grep -q "keeps its loop" "$ERRORS" && break; sleep 0.05; done')
    }
    await run(() => {
      getHub().startPeriodicMonitoringThread()
      spawn(shell).join()
    })
  `)
  expect(stderr.trimEnd().split('\n')).toEqual([
    'plait: a greenlet keeps its loop from running, for N ms and longer: inside a function that cannot be looked into',
    "plait: <Greenlet 'Greenlet-0': shell> has let its loop go on after N ms",
  ])
  expect(status).toBe(0)
})

test('the environment has every program watched, and the monitor keeps none alive', () => {
  const { status, stdout, stderr } = runs(
    `
    await run(() => {
      spawn(blockUntilReported).join()
    })
    getHub().startPeriodicMonitoringThread()
    console.log('over')
  `,
    { PLAIT_GEVENT_MONITOR_THREAD: '1' },
  )
  expect(stderr).toContain('keeps its loop from running')
  expect({ status, stdout }).toEqual({ status: 0, stdout: 'over\n' })
})

test('in a worker thread, which the engine lets nobody ask, it is reported without a stack', () => {
  const { status, stdout, stderr } = runs(`
    import { isMainThread, Worker } from 'node:worker_threads'
    if (isMainThread) new Worker(new URL(import.meta.url)).on('exit', () => console.log('over'))
    else
      await run(() => {
        getHub().startPeriodicMonitoringThread()
        spawn(blockUntilReported).join()
      })
  `)
  expect(stderr).toContain('inside a function that cannot be looked into\n')
  expect(stderr).toContain(
    "plait: <Greenlet 'Greenlet-0': blockUntilReported> has let its loop go on after N ms",
  )
  expect({ status, stdout }).toEqual({ status: 0, stdout: 'over\n' })
})
