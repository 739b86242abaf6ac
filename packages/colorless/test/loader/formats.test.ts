import { expect, test } from 'vitest'
import { FLAGS, folderWith, linesOf, PLAIN_FLAGS, run } from './program.ts'

/** Two greenlets that wait in the middle of nested calls, each in a file of its own kind. */
const deep = (isModule: boolean, isTyped: boolean): string => {
  const type = isTyped ? ': number' : ''
  const body = `function inner(n${type}) { sleep(n); return n * 2 }
    ${isModule ? 'export function' : 'exports.deep = function'} deep(n${type}) { return inner(n) + 1 }`
  const taken = isModule
    ? "import { sleep } from 'plait/greenlet'"
    : "const { sleep } = require('plait/greenlet')"
  return `${taken}\n${body}\n`
}

const main = (text: string): string => `
  import { createTask } from 'plait'
  import { until } from 'plait/greenlet'
  ${text}
  const slow = createTask(() => { console.log('slow', deep(20)) })
  const quick = createTask(() => { console.log('quick', deep(1)) })
  until(slow)
  until(quick)
  console.log('end')
`
const SAID = ['quick 3', 'slow 41', 'end']

test.each([
  ['deep.ts', deep(true, true)],
  ['deep.mts', deep(true, true)],
  ['deep.cts', deep(false, true)],
  ['deep.js', deep(true, false)],
  ['deep.mjs', deep(true, false)],
  ['deep.cjs', deep(false, false)],
])('a module imports functions of %s that can be suspended', async (name, text) => {
  const folder = folderWith({ 'app.ts': main(`import { deep } from './${name}'`), [name]: text })
  expect(await linesOf(folder, ['app.ts'])).toEqual(SAID)
})

test.each([
  ['deep.ts', deep(true, true)],
  ['deep.mts', deep(true, true)],
  ['deep.cts', deep(false, true)],
  ['deep.js', deep(true, false)],
  ['deep.mjs', deep(true, false)],
  ['deep.cjs', deep(false, false)],
])('CommonJS requires functions of %s that can be suspended', async (name, text) => {
  const folder = folderWith({
    'app.cjs': main(`const { deep } = require('./${name}')`)
      .replace("import { createTask } from 'plait'", "const { createTask } = require('plait')")
      .replace("import { until } from 'plait/greenlet'", "const { until } = require('plait/greenlet')"),
    [name]: text,
  })
  expect(await linesOf(folder, ['app.cjs'])).toEqual(SAID)
})

test.each([
  ['a module', deep(true, false)],
  ['CommonJS', deep(false, false)],
])('where no package.json says so, the text tells that it is %s', async (_, text) => {
  const folder = folderWith({
    'package.json': '{}',
    'app.mjs': main("import { deep } from './deep.js'"),
    'other.cjs': "module.exports = require('./deep.js').deep(1)",
    'deep.js': text,
    'required.cjs': `const { createTask } = require('plait'); const { until } = require('plait/greenlet')
      const { deep } = require('./deep.js')
      console.log(until(createTask(() => deep(1))))`,
  })
  expect(await linesOf(folder, ['app.mjs'], { flags: ['--no-warnings', ...FLAGS] })).toEqual(SAID)
  expect(await linesOf(folder, ['required.cjs'], { flags: ['--no-warnings', ...FLAGS] })).toEqual(['3'])
})

test('modules in a circle see each other, whichever comes first', async () => {
  const folder = folderWith({
    'app.ts': main("import { deep } from './odd.ts'")
      .replace(/deep\(20\)/, 'deep(5)')
      .replace(/deep\(1\)/, 'deep(2)'),
    'odd.ts': `import { even } from './even.ts'
      export function odd(n: number): boolean { return n === 0 ? false : even(n - 1) }
      export function deep(n: number): string { return odd(n) ? 'odd' : 'even' }`,
    'even.ts': `import { sleep } from 'plait/greenlet'
      import { odd } from './odd.ts'
      export function even(n: number): boolean { sleep(1); return n === 0 ? true : odd(n - 1) }`,
  })
  expect(await linesOf(folder, ['app.ts'])).toEqual(['quick even', 'slow odd', 'end'])
})

test('CommonJS in a circle sees what was exported so far, and its module and require are as ever', async () => {
  const folder = folderWith({
    'app.cjs': `
      const first = require('./first.cjs')
      console.log(first.name, first.seen, require.main === module, typeof require.cache[__filename])
      console.log(require('./first.cjs') === first, __dirname === process.cwd())`,
    'first.cjs': "exports.name = 'first'; exports.seen = require('./second.cjs').seen",
    'second.cjs':
      "exports.seen = require('./first.cjs').name + '?'; exports.isMain = require.main === module",
  })
  const plain = await linesOf(folder, ['app.cjs'], { flags: PLAIN_FLAGS })
  expect(await linesOf(folder, ['app.cjs'])).toEqual(plain)
  expect(plain).toEqual(['first first? true object', 'true true'])
})

test('what is imported from CommonJS by name is found, as without the loader', async () => {
  const folder = folderWith({
    'app.mjs':
      "import { a, b } from './named.cjs'; import * as all from './named.cjs'; console.log(a, b(), Object.keys(all))",
    'named.cjs': 'exports.a = 1; module.exports.b = function b() { return Object.create(null) ? 2 : 0 }',
  })
  expect(await linesOf(folder, ['app.mjs'])).toEqual(
    await linesOf(folder, ['app.mjs'], { flags: PLAIN_FLAGS }),
  )
})

test('JSON, built-in modules, data and files with a query are loaded as ever', async () => {
  const folder = folderWith({
    'app.ts': `
      import data from './data.json' with { type: 'json' }
      import { basename } from 'node:path'
      import { said } from 'data:text/javascript,export const said = "data"'
      import { n } from './n.ts?twice'
      import { n as m } from './n.ts'
      console.log(data.key, basename('/a/b'), said, n, m, import.meta.filename.endsWith('app.ts'))`,
    'data.json': '{ "key": 1 }',
    'n.ts': 'export const n: number = import.meta.url.length',
  })
  const [line = ''] = await linesOf(folder, ['app.ts'])
  const [key, base, said, n, m, isOwn] = line.split(' ')
  expect([key, base, said, isOwn]).toEqual(['1', 'b', 'data', 'true'])
  expect(Number(n) - Number(m)).toBe('?twice'.length)
})

test('the first module is the main greenlet: its top level waits', async () => {
  const folder = folderWith({
    'app.mts': `import { sleep } from 'plait/greenlet'
      function pause(): string { sleep(1); return 'waited' }
      export const said: string = pause()
      console.log(said)`,
    'app.cts': `const { sleep } = require('plait/greenlet')
      function pause(): string { sleep(1); return 'waited' }
      console.log(pause())`,
  })
  expect(await linesOf(folder, ['app.mts'])).toEqual(['waited'])
  expect(await linesOf(folder, ['app.cts'])).toEqual(['waited'])
})

test('other modules run where they are imported, and cannot wait while they do', async () => {
  const folder = folderWith({
    'app.ts': "import './other.ts'",
    'other.ts': "import { sleep } from 'plait/greenlet'\nsleep(1)",
  })
  const { code, stderr } = await run(folder, ['app.ts'])
  expect(code).toBe(1)
  expect(stderr).toMatch(/CannotSuspendError/)
})

test('tasks of every color run as ever in files that are transformed', async () => {
  const folder = folderWith({
    'app.ts': `import { coroutine, createTask, gather, run, sleep, timeout, waitFor } from 'plait'
      import { call, sleep as pause } from 'plait/greenlet'
      function plain(value: string): string { pause(1); return value }
      function* generator() { yield* sleep(1); return yield* call(plain, 'generator') }
      async function asynchronous() { await sleep(1); return await call(plain, 'async') }
      const made = coroutine(function* () { yield* sleep(1); return yield* call(plain, 'coroutine') })
      function* main() {
        const first = yield* gather(generator, generator(), () => generator(), asynchronous, () => asynchronous())
        const second = yield* gather(made, made(), () => made(), () => createTask(made), () => plain('plain'))
        const third = [yield* timeout(100, () => generator()), yield* waitFor(() => asynchronous(), 100)]
        const fourth = [yield* timeout(100, generator), yield* waitFor(() => plain('plain'), 100)]
        return [first, second, third, fourth].map(list => list.join()).join('\\n')
      }
      console.log(await run(main))
      console.log(await run(() => main()))
      console.log(await run(() => plain('again')))`,
  })
  const said = [
    'generator,generator,generator,async,async',
    'coroutine,coroutine,coroutine,coroutine,plain',
    'generator,async',
    'generator,plain',
  ]
  expect(await linesOf(folder, ['app.ts'])).toEqual([...said, ...said, 'again'])
})
