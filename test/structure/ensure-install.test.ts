import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const scripts = join(import.meta.dirname, '../../scripts')

// Stands in for npm: writes down that it was called, and ends as the file "verdict" says; "wait" waits for "go".
const npm = `
const fs = require('node:fs')
fs.appendFileSync('calls', process.argv.slice(2).join(' ') + '\\n')
fs.rmSync('node_modules', { recursive: true, force: true })
fs.mkdirSync('node_modules')
const verdict = fs.readFileSync('verdict', 'utf8')
const end = () => process.exit(verdict === 'fail' ? 1 : 0)
const look = () => (fs.existsSync('go') ? end() : setTimeout(look, 5))
if (verdict === 'wait') look()
else end()
`

describe('ensure-install', () => {
  let root: string
  const started: ChildProcess[] = []
  const file = (name: string): string => join(root, name)
  const stamp = (): boolean => existsSync(file('node_modules/.plait-install'))
  const calls = (): number =>
    existsSync(file('calls')) ? readFileSync(file('calls'), 'utf8').split('\n').length - 1 : 0
  const environment = (): NodeJS.ProcessEnv => ({
    ...process.env,
    npm_execpath: file('npm-cli.js'),
    npm_node_execpath: process.execPath,
  })
  // `speaks` settles with the first thing that it says, while it may still be waiting.
  const start = (): { ended: Promise<{ code: number; said: string }>; speaks: Promise<unknown> } => {
    const options = { cwd: root, env: environment() }
    let child: ChildProcess | undefined
    const ended = new Promise<{ code: number; said: string }>(resolve => {
      child = execFile(
        process.execPath,
        [file('scripts/ensure-install.mjs')],
        options,
        (error, _stdout, said) => {
          resolve({ code: error === null ? 0 : Number(error.code), said })
        },
      )
      started.push(child)
    })
    return { ended, speaks: child?.stderr ? once(child.stderr, 'data') : ended }
  }
  const install = (): Promise<{ code: number; said: string }> => start().ended

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'plait-install-'))
    mkdirSync(file('scripts'))
    for (const name of ['ensure-install.mjs', 'lock.mjs', 'runtime.mjs']) {
      copyFileSync(join(scripts, name), file(`scripts/${name}`))
    }
    writeFileSync(file('npm-cli.js'), npm)
    writeFileSync(file('verdict'), 'pass')
    writeFileSync(file('package-lock.json'), lockOf('1.0.0'))
  })

  afterEach(() => {
    for (const child of started.splice(0)) child.kill('SIGKILL')
    rmSync(root, { recursive: true, force: true })
  })

  test('installs once, and again where the lockfile has changed', async () => {
    expect((await install()).code).toBe(0)
    expect(readFileSync(file('calls'), 'utf8')).toMatch(/^ci .*--ignore-scripts/)
    expect((await install()).code).toBe(0)
    expect(calls()).toBe(1)
    writeFileSync(file('package-lock.json'), lockOf('1.0.1'))
    expect((await install()).code).toBe(0)
    expect(calls()).toBe(2)
  })

  test('after a failed install leaves no stamp, says so, and tries again next time', async () => {
    expect((await install()).code).toBe(0)
    writeFileSync(file('package-lock.json'), lockOf('1.0.1'))
    writeFileSync(file('verdict'), 'fail')
    const { code, said } = await install()
    expect(code).toBe(1)
    expect(said).toContain('npm ci failed')
    expect(stamp()).toBe(false)
    expect(existsSync(file('.cache/install.lock'))).toBe(false)
    writeFileSync(file('verdict'), 'pass')
    expect((await install()).code).toBe(0)
    expect(calls()).toBe(3)
    expect(stamp()).toBe(true)
  })

  test('twice at once installs once, the second waiting for the first', async () => {
    writeFileSync(file('verdict'), 'wait')
    const first = install()
    await until(() => calls() === 1)
    const second = start()
    await second.speaks
    writeFileSync(file('go'), '')
    expect([(await first).code, (await second.ended).code]).toEqual([0, 0])
    expect((await second.ended).said).toContain('waiting for it to end')
    expect(calls()).toBe(1)
  })

  test('takes over from an install that was killed', async () => {
    writeFileSync(file('verdict'), 'wait')
    const options = { cwd: root, env: environment(), detached: true, stdio: 'ignore' } as const
    const killed = spawn(process.execPath, [file('scripts/ensure-install.mjs')], options)
    started.push(killed)
    await until(() => calls() === 1)
    process.kill(-(killed.pid ?? 0), 'SIGKILL') // the npm that it started as well
    await once(killed, 'exit')
    expect(existsSync(file('.cache/install.lock'))).toBe(true)
    expect(stamp()).toBe(false)
    writeFileSync(file('verdict'), 'pass')
    expect((await install()).code).toBe(0)
    expect(calls()).toBe(2)
  })

  test('accepts what was installed by hand, unless it is something else than the lockfile says', async () => {
    mkdirSync(file('node_modules'))
    writeFileSync(file('node_modules/.package-lock.json'), lockOf('1.0.0'))
    expect((await install()).code).toBe(0)
    expect(calls()).toBe(0)
    rmSync(file('node_modules/.plait-install'))
    writeFileSync(file('node_modules/.package-lock.json'), lockOf('0.9.0'))
    expect((await install()).code).toBe(0)
    expect(calls()).toBe(1)
  })

  test('without a lockfile says where it looked', async () => {
    rmSync(file('package-lock.json'))
    const { code, said } = await install()
    expect(code).toBe(1)
    expect(said).toContain(root)
  })
})

test('a recent Node is 22.18 or later', async () => {
  const { isRecent } = (await import(join(scripts, 'runtime.mjs'))) as { isRecent(version: string): boolean }
  const versions = ['18.20.0', '20.99.0', '22.17.9', '22.18.0', '22.20.1', '24.0.0', '26.9.0']
  expect(versions.filter(isRecent)).toEqual(['22.18.0', '22.20.1', '24.0.0', '26.9.0'])
})

function lockOf(version: string): string {
  return JSON.stringify({ packages: { 'node_modules/a': { version, integrity: `sha512-${version}` } } })
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(resolve => setTimeout(resolve, 5))
}
