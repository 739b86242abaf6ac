import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { FLAGS_WITHOUT_PLAIT, folderWith, linesOf, run, write } from './program.ts'

const MANIFEST = '{ "name": "deep-one", "version": "1.0.0", "main": "index.cjs" }'
const DEEP = `const { sleep } = require('plait/greenlet')
exports.deep = n => { sleep(n); return n }
`
const ESM_DEEP = "import { sleep } from 'plait/greenlet'\nexport const deep = n => { sleep(n); return n }\n"

/** A program that waits underneath a function of a package. */
const FILES = {
  'app.ts': `import { deep } from 'deep-one'
    import { other } from '@scope/other'
    function call(fn: (n: number) => number): string | number {
      try { return fn(1) } catch (error) { return (error as Error).name }
    }
    console.log(call(deep), call(other))
  `,
  'node_modules/deep-one/package.json': MANIFEST,
  'node_modules/deep-one/index.cjs': DEEP,
  'node_modules/@scope/other/package.json':
    '{ "name": "@scope/other", "version": "1.0.0", "type": "module", "exports": "./index.js" }',
  'node_modules/@scope/other/index.js': ESM_DEEP.replace('deep =', 'other ='),
}
const configured = (field: unknown): string => JSON.stringify({ type: 'module', plait: { colorless: field } })

test('packages are left as they are, and a wait beneath them is refused', async () => {
  const folder = folderWith(FILES)
  expect(await linesOf(folder, ['app.ts'])).toEqual(['CannotSuspendError CannotSuspendError'])
})

test('those that package.json names are transformed', async () => {
  const folder = folderWith({ ...FILES, 'package.json': configured({ packages: ['@scope/other'] }) })
  expect(await linesOf(folder, ['app.ts'])).toEqual(['CannotSuspendError 1'])
})

test('and those that the environment names besides', async () => {
  const folder = folderWith({ ...FILES, 'package.json': configured({ packages: ['@scope/other'] }) })
  const env = { PLAIT_COLORLESS_PACKAGES: ' deep-one, ' }
  expect(await linesOf(folder, ['app.ts'], { env })).toEqual(['1 1'])
})

test('a package inside a package is one of its own', async () => {
  const folder = folderWith({
    'package.json': configured({ packages: ['outer'] }),
    'app.ts': "import { said } from 'outer'; console.log(said)",
    'node_modules/outer/package.json': '{ "name": "outer", "main": "index.js" }',
    'node_modules/outer/index.js':
      "exports.said = [deep.toString().length, (() => deep)() && 1, require('deep-one').marked]; function deep() { deep() }",
    'node_modules/outer/node_modules/deep-one/package.json': MANIFEST,
    'node_modules/outer/node_modules/deep-one/index.cjs':
      'exports.marked = /\\$\\$/.test(module.exports.fn); exports.fn = "" + function f() { g() }',
  })
  const [line = ''] = await linesOf(folder, ['app.ts'])
  expect(line).toContain('false')
})

test('a package that is linked in from elsewhere is the own work of whoever linked it', async () => {
  const folder = folderWith({ ...FILES, 'linked/package.json': MANIFEST, 'linked/index.cjs': DEEP })
  write(folder, { 'app.ts': FILES['app.ts'].replaceAll('deep-one', 'linked') })
  symlinkSync(join(folder, 'linked'), join(folder, 'node_modules/linked'))
  expect(await linesOf(folder, ['app.ts'])).toEqual(['1 CannotSuspendError'])
})

test.each([
  ['a file', 'legacy/old.ts'],
  ['a file with a dot before it', './legacy/old.ts'],
  ['a folder', 'legacy'],
  ['a pattern', '**/old.*'],
  ['a pattern with choices', 'leg?cy/{old,older}.ts'],
])('%s that package.json excludes is left as it is', async (_, pattern) => {
  const folder = folderWith({
    'package.json': configured({ exclude: [pattern] }),
    'app.ts': `import { old } from './legacy/old.ts'
      import { fresh } from './fresh.ts'
      const call = (fn: () => void): string => { try { fn(); return 'waited' } catch (error) { return (error as Error).name } }
      console.log(call(old), call(fresh))`,
    'legacy/old.ts': "import { sleep } from 'plait/greenlet'\nexport function old(): void { sleep(1) }",
    'fresh.ts': "import { sleep } from 'plait/greenlet'\nexport function fresh(): void { sleep(1) }",
  })
  expect(await linesOf(folder, ['app.ts'])).toEqual(['CannotSuspendError waited'])
})

/** What is configured, and what the one line must say. */
const MISTAKES: [string, string, RegExp][] = [
  [
    'a wrong key',
    configured({ package: ['a'] }),
    /package\.json: plait\.colorless has no key "package": its keys are packages, exclude, assume/,
  ],
  ['no object', configured(['a']), /plait\.colorless must be an object, and is \["a"\]/],
  [
    'no object for plait',
    '{ "plait": "colorless" }',
    /package\.json: plait must be an object, and is "colorless"/,
  ],
  [
    'no list',
    configured({ packages: 'a' }),
    /plait\.colorless\.packages must be a list of texts, and is "a"/,
  ],
  ['a number in a list', configured({ exclude: ['a', 4] }), /plait\.colorless\.exclude .* item 1 is 4/],
  [
    'no name',
    configured({ packages: ['./a'] }),
    /plait\.colorless\.packages names "\.\/a", which is no name of a package/,
  ],
  ['plait itself', configured({ packages: ['plait'] }), /packages names plait, which is never transformed/],
  [
    'a wrong assumption',
    configured({ assume: { builtin: true } }),
    /plait\.colorless\.assume has no key "builtin": its keys are builtins, closed/,
  ],
  [
    'an assumption of another kind',
    configured({ assume: { closed: 'yes' } }),
    /assume\.closed must be true or false, and is "yes"/,
  ],
]

test.each(MISTAKES)('%s is refused in one line, before anything runs', async (_, manifest, expected) => {
  const folder = folderWith({ 'package.json': manifest, 'app.mjs': "console.log('ran')" })
  const { code, stdout, stderr } = await run(folder, ['app.mjs'])
  expect({ code, stdout, lines: stderr.split('\n').length - 1 }).toEqual({ code: 1, stdout: '', lines: 1 })
  expect(stderr).toMatch(/^plait-colorless: /)
  expect(stderr).toMatch(expected)
})

test('so is a wrong name in the environment', async () => {
  const folder = folderWith({ 'app.mjs': "console.log('ran')" })
  const { code, stderr } = await run(folder, ['app.mjs'], { env: { PLAIT_COLORLESS_PACKAGES: 'a,b c' } })
  expect([code, stderr]).toEqual([
    1,
    'plait-colorless: PLAIT_COLORLESS_PACKAGES names "b c", which is no name of a package\n',
  ])
})

test('the configuration is that of the program, wherever it is started from', async () => {
  const folder = folderWith({
    ...FILES,
    'package.json': configured({ packages: ['deep-one', '@scope/other'] }),
  })
  expect(await linesOf(folder, [join(folder, 'app.ts')], { cwd: '/' })).toEqual(['1 1'])
})

test('a tool that is installed runs programs as the package.json of the folder says', async () => {
  const folder = folderWith({
    ...FILES,
    'package.json': configured({ packages: ['deep-one'] }),
    'app.ts': "import { deep } from 'deep-one'\nexport default () => console.log(deep(4))",
    'node_modules/tool/package.json': '{ "name": "tool", "type": "module" }',
    'node_modules/tool/cli.js': `import { pathToFileURL } from 'node:url'
      import { createTask } from 'plait'
      const { default: main } = await import(pathToFileURL('app.ts').href)
      await createTask(main)`,
  })
  expect(await linesOf(folder, ['node_modules/tool/cli.js'])).toEqual(['4'])
})

test('what suspends and resumes is never transformed, even where it is no package of node_modules', async () => {
  const folder = folderWith({
    'app.ts': "import { run } from './node_modules/plait/src/kernel.ts'; console.log(run())",
    'node_modules/.keep': '',
    'packages/plait/package.json': '{ "name": "plait", "type": "module" }',
    'packages/plait/src/kernel.ts':
      "function inner(): string { return 'x' }\nexport function run(): boolean { return /\\$\\$/.test(String(run)) || Object.getOwnPropertySymbols(run).length > 0 || inner() === '' }",
  })
  symlinkSync(join(folder, 'packages/plait'), join(folder, 'node_modules/plait'))
  expect(await linesOf(folder, ['app.ts'])).toEqual(['false'])
})

test('a program without plait is told that it needs it', async () => {
  const folder = folderWith({ 'app.mjs': "const f = g => g()\nf(() => console.log('ran'))" })
  const { code, stderr } = await run(folder, ['app.mjs'], { flags: FLAGS_WITHOUT_PLAIT })
  expect(code).toBe(1)
  expect(stderr).toMatch(/plait-colorless needs plait, which .* does not find: npm install plait/)
})
