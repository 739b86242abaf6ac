import { join } from 'node:path'
import { expect, test } from 'vitest'
import { FLAGS, folderWith, linesOf, PLAIN_FLAGS, run } from './program.ts'

test.each([
  ['JavaScript', 'app.mjs', 'const a = 1\nconst b = }\n'],
  ['CommonJS', 'app.cjs', 'const a = 1\nconst b = }\n'],
  ['TypeScript', 'app.ts', 'const a: number = 1\nconst b = }\n'],
  ['TypeScript that has to be compiled', 'app.ts', 'const a: number = 1\nenum Color { Red }\n'],
])('a fault in %s is told as Node tells it', async (_, name, text) => {
  const folder = folderWith({ [name]: text })
  const told = await run(folder, [name], { flags: PLAIN_FLAGS })
  const { code, stdout, stderr } = await run(folder, [name])
  expect([code, stdout]).toEqual([1, ''])
  expect(headOf(stderr)).toBe(headOf(told.stderr))
  expect(stderr).toContain(`${name}:2`)
})

/** The place, the line with its marks, and the error; not how Node came there. */
function headOf(stderr: string): string {
  return stderr.slice(0, stderr.search(/^ +at /m))
}

test('so is one in a file that is imported, and one that is required', async () => {
  const folder = folderWith({
    'imports.mjs': "console.log('ran')\nimport './wrong.cjs'",
    'requires.cjs': "console.log('ran')\nrequire('./wrong.cjs')",
    'wrong.cjs': '\n\nlet = 4 =\n',
  })
  for (const name of ['imports.mjs', 'requires.cjs']) {
    const { code, stdout, stderr } = await run(folder, [name])
    expect([code, stdout]).toEqual([1, name === 'requires.cjs' ? 'ran\n' : ''])
    expect(stderr).toMatch(/wrong\.cjs:3\n/)
    expect(stderr).toMatch(/^SyntaxError: /m)
    expect(stderr).not.toContain('plait-colorless')
  }
})

test.runIf(process.allowedNodeEnvironmentFlags.has('--experimental-transform-types'))(
  'where Node would compile TypeScript, what has to be compiled is refused with the way out',
  async () => {
    const folder = folderWith({
      'app.ts': 'const a: number = 1\nenum Color { Red }\nconsole.log(Color.Red, a)\n',
    })
    const { code, stdout, stderr } = await run(folder, ['app.ts'], {
      flags: ['--experimental-transform-types', '--no-warnings', ...FLAGS],
    })
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain(`${join(folder, 'app.ts')}:2: TypeScript enum is not supported`)
    expect(stderr).toMatch(/erasableSyntaxOnly/)
  },
)

test('a missing export and a missing file are told as Node tells them', async () => {
  const folder = folderWith({
    'export.mjs': "import { nothing } from './other.mjs'\nnothing()",
    'file.mjs': "import './nowhere.mjs'",
    'other.mjs': 'export const a = 1',
  })
  expect((await run(folder, ['export.mjs'])).stderr).toMatch(/SyntaxError: .*'\.\/other\.mjs'.*'nothing'/)
  expect((await run(folder, ['file.mjs'])).stderr).toMatch(/ERR_MODULE_NOT_FOUND/)
})

test('an error that a module throws while it loads is its own', async () => {
  const folder = folderWith({ 'app.ts': "import './other.ts'", 'other.ts': 'JSON.parse("{")' })
  const { code, stderr } = await run(folder, ['app.ts'])
  expect(code).toBe(1)
  expect(stderr).toMatch(/SyntaxError: .*JSON/)
  expect(stderr).toMatch(/at .*other\.ts:1:6/)
})

test('a file begins as it likes: with a mark, a line for the shell, a directive', async () => {
  const folder = folderWith({
    'marked.cjs': "\ufeffconst f = g => g()\nconsole.log(f(() => 'marked'))",
    'shell.mjs': "#!/usr/bin/env node\nconst f = g => g()\nconsole.log(f(() => 'shell'))",
    'strict.cjs': "'use strict'\nconst f = function () { return this }\nconsole.log(f())",
    'sloppy.cjs': 'const f = function () { return this === globalThis }\nconsole.log(f())',
  })
  expect(await linesOf(folder, ['marked.cjs'])).toEqual(['marked'])
  expect(await linesOf(folder, ['shell.mjs'])).toEqual(['shell'])
  expect(await linesOf(folder, ['strict.cjs'])).toEqual(['undefined'])
  expect(await linesOf(folder, ['sloppy.cjs'])).toEqual(['true'])
})

test('a Node that is too old is refused in one clear line', async () => {
  const old = `Object.defineProperty(process.versions, 'node', { value: '22.17.9' })`
  const folder = folderWith({ 'app.mjs': "console.log('ran')" })
  const flags = ['--import', `data:text/javascript,${old}`, ...FLAGS]
  expect(await run(folder, ['app.mjs'], { flags })).toEqual({
    code: 1,
    stdout: '',
    stderr:
      'plait-colorless: Node 22.17.9 is too old, 22.18 is the least: get a newer one at https://nodejs.org\n',
  })
})
