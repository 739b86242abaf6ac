import { expect, test } from 'vitest'
import { FLAGS, folderWith, run, start, write } from './program.ts'

const PAUSE = `import { sleep } from 'plait/greenlet'
export function pause<T>(value: T): T { sleep(1); return value }
`

test('node --test runs tests that are transformed, the greenlets in them too', async () => {
  const folder = folderWith({
    'pause.ts': PAUSE,
    'a.test.ts': `import assert from 'node:assert/strict'
      import { test } from 'node:test'
      import { createTask } from 'plait'
      import { call } from 'plait/greenlet'
      import { pause } from './pause.ts'
      test('waits', async () => { assert.equal(await createTask(() => pause(4)), 4) })
      test('fails', async () => { assert.equal(await call(pause, 4), 5) })`,
  })
  const { code, stdout } = await run(folder, [], { flags: [...FLAGS, '--test', '--test-reporter=tap'] })
  expect(code).toBe(1)
  expect(stdout).toMatch(/^ok 1 - waits$/m)
  expect(stdout).toMatch(/^not ok 2 - fails$/m)
  expect(stdout).toMatch(/a\.test\.ts:7:/)
})

test('node --watch starts the program anew when a file it imports has changed', async () => {
  const folder = folderWith({
    'pause.ts': PAUSE,
    'value.ts': 'export const value: number = 1\n',
    'app.ts': `import { pause } from './pause.ts'
      import { value } from './value.ts'
      console.log('value', pause(value))`,
  })
  const child = start(folder, ['app.ts'], { flags: [...FLAGS, '--watch'] })
  let stdout = ''
  const said = (text: string): Promise<void> =>
    new Promise(resolve => {
      const look = (): void => {
        if (stdout.includes(text)) resolve()
      }
      child.stdout?.on('data', look)
      look()
    })
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  await said('value 1')
  await said('Completed running')
  write(folder, { 'value.ts': 'export const value: number = 2\n' })
  await said('value 2')
  child.kill('SIGKILL')
})
