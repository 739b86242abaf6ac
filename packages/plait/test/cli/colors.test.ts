import { expect, test } from 'vitest'
import { folderWith, plait, runText } from './command-line.ts'

const SAYS_ARGS = 'console.log(JSON.stringify(args))'

test.each([
  [
    'a generator function',
    `export default function* main(...args: string[]) { yield* sleep(1); ${SAYS_ARGS} }`,
  ],
  [
    'a coroutine function',
    `export default coroutine(function* main(...args: string[]) { yield* sleep(1); ${SAYS_ARGS} })`,
  ],
  [
    'an async function',
    `export default async function main(...args: string[]) { await sleep(1); ${SAYS_ARGS} }`,
  ],
  ['an async arrow', `export default async (...args: string[]) => { await sleep(1); ${SAYS_ARGS} }`],
  ['a function that gives a wait', `export default (...args: string[]) => { ${SAYS_ARGS}; return sleep(1) }`],
])('%s runs, its arguments passed on as strings', async (_, text) => {
  const { code, stdout, stderr } = await runText(`import { coroutine, sleep } from 'plait'\n${text}`, [
    'a',
    '2',
    '--b',
  ])
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '["a","2","--b"]\n', stderr: '' })
})

test.each([
  ['a coroutine', 'export default coroutine(function* () { yield* sleep(1); console.log("ran") })()'],
  ['a generator', 'function* main() { yield* sleep(1); console.log("ran") }; export default main()'],
])('%s that is made already runs', async (_, text) => {
  const { code, stdout, stderr } = await runText(`import { coroutine, sleep } from 'plait'\n${text}`)
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: 'ran\n', stderr: '' })
})

test('JavaScript runs as well, CommonJS included', async () => {
  const folder = folderWith({
    'main.mjs': 'export default function* () { yield; console.log("module") }',
    'main.cjs': 'module.exports = async () => console.log("commonjs")',
    'compiled.cjs': 'exports.default = async () => console.log("compiled")',
  })
  for (const [file, said] of [
    ['main.mjs', 'module'],
    ['main.cjs', 'commonjs'],
    ['compiled.cjs', 'compiled'],
  ] as const)
    expect(await plait(['run', file], folder)).toMatchObject({ code: 0, stdout: `${said}\n`, stderr: '' })
})

test('a package that does not say what its modules are is no reason for a warning', async () => {
  const main = 'export default async () => { process.emitWarning("mind the step"); console.log("ran") }'
  const { code, stdout, stderr } = await plait(
    ['run', 'main.ts'],
    folderWith({ 'package.json': '{}', 'main.ts': main }),
  )
  expect([code, stdout]).toEqual([0, 'ran\n'])
  expect(stderr).toContain('mind the step')
  expect(stderr).not.toContain('MODULE_TYPELESS_PACKAGE_JSON')
})

test('what main returns does not change the exit code', async () => {
  expect(await runText('export default async () => 7')).toMatchObject({ code: 0, stderr: '' })
})

test('an exit code that the program sets is kept', async () => {
  expect(await runText('export default async () => { process.exitCode = 1 }')).toMatchObject({
    code: 1,
    stderr: '',
  })
})

test('the process ends with the program, whatever it left open', async () => {
  const text = `import { createServer } from 'node:net'
    export default async () => { createServer().listen(0, '127.0.0.1'); setInterval(() => {}, 1000); console.log('end') }`
  expect(await runText(text)).toMatchObject({ code: 0, stdout: 'end\n' })
})

test('the last of a long output reaches a pipe', async () => {
  const text = `export default async () => { process.stdout.write('x'.repeat(3_000_000) + 'end') }`
  const { code, stdout } = await runText(text)
  expect([code, stdout.length, stdout.slice(-3)]).toEqual([0, 3_000_003, 'end'])
})

test('virtual time lets a day pass at once', async () => {
  const text = `import { getEventLoop, sleep } from 'plait'
    export default function* main() {
      const before = getEventLoop().time()
      yield* sleep(86_400_000)
      console.log(getEventLoop().time() - before)
    }`
  expect(await runText(text, [], ['--virtual-time'])).toMatchObject({
    code: 0,
    stdout: '86400000\n',
    stderr: '',
  })
})

test('the main task is called after the function', async () => {
  const text = `import { currentTask } from 'plait'
    export default function* brew() { console.log(currentTask()?.name) }`
  expect(await runText(text)).toMatchObject({ code: 0, stdout: 'brew\n' })
})

test("flags stand before the file, and what stands behind it is the program's", async () => {
  const text = `import { getEventLoop } from 'plait'
    export default async (...args: string[]) => console.log(getEventLoop().debug, args.join(' '))`
  expect(await runText(text, ['--debug', '--help', '--', 'x'])).toMatchObject({
    stdout: 'false --debug --help -- x\n',
  })
  expect(await runText(text, ['--', '--debug'], ['--debug'])).toMatchObject({ stdout: 'true --debug\n' })
  expect(await runText(text, ['-x'], ['--debug', '--'])).toMatchObject({ stdout: 'true -x\n' })
})
