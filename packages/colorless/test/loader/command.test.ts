import { once } from 'node:events'
import { expect, test } from 'vitest'
import {
  CLI,
  ended,
  FLAGS_WITHOUT_COLORLESS,
  folderWith,
  type Outcome,
  PLAIN_FLAGS,
  run,
  start,
} from './program.ts'

const plait = (folder: string, ...args: string[]): Promise<Outcome> =>
  run(folder, [CLI, ...args], { flags: PLAIN_FLAGS })

const PAUSE = `import { sleep } from 'plait/greenlet'
export function pause<T>(value: T): T { sleep(1); return value }
`
const ran = (...lines: string[]): Outcome => ({ code: 0, stdout: `${lines.join('\n')}\n`, stderr: '' })

test.each([
  ['a plain function', 'export default function main(...args: string[]) { console.log(pause(args.join())) }'],
  ['a plain arrow function', 'export default (...args: string[]) => { console.log(pause(args.join())) }'],
  [
    'a plain function that gives a wait',
    'export default (...args: string[]) => { console.log(pause(args.join())); return sleep(1) }',
  ],
  [
    'a plain function that gives a promise',
    'export default (...args: string[]) => { console.log(pause(args.join())); return Promise.resolve() }',
  ],
  [
    'a generator function',
    'export default function* main(...args: string[]) { yield* sleep(1); console.log(yield* call(pause, args.join())) }',
  ],
  [
    'an async function',
    'export default async (...args: string[]) => { await sleep(1); console.log(await call(pause, args.join())) }',
  ],
])('%s that is exported by default is the program', async (_, text) => {
  const folder = folderWith({
    'pause.ts': PAUSE,
    'main.ts': `import { sleep } from 'plait'\nimport { call } from 'plait/greenlet'\nimport { pause } from './pause.ts'\n${text}`,
  })
  expect(await plait(folder, 'run', '--colorless', 'main.ts', 'a', '--b')).toEqual(ran('a,--b'))
})

test('without a default export the top level is the program, and finds its arguments where it would alone', async () => {
  const folder = folderWith({
    'pause.ts': PAUSE,
    'main.ts': `import { createTask } from 'plait'
      import { until } from 'plait/greenlet'
      import { pause } from './pause.ts'
      const task = createTask(() => pause('task'))
      console.log(pause('top level'), process.argv.slice(2).join(), process.argv[1]?.endsWith('main.ts'))
      console.log(until(task))`,
    'main.cjs': `const { pause } = require('./pause.ts')
      console.log(pause('top level'), process.argv.slice(2).join())
      exports.helper = () => {}`,
  })
  expect(await plait(folder, 'run', '--colorless', 'main.ts', 'a', 'b')).toEqual(
    ran('top level a,b true', 'task'),
  )
  expect(await plait(folder, 'run', '--colorless', 'main.cjs', 'a')).toEqual(ran('top level a'))
})

test('a top level comes before the program that it exports', async () => {
  const folder = folderWith({
    'pause.ts': PAUSE,
    'main.ts': `import { pause } from './pause.ts'
      const first = pause('first')
      export default function main() { console.log(first, pause('second')) }`,
    'main.cjs': `const { pause } = require('./pause.ts')
      const first = pause('first')
      module.exports = function main() { console.log(first, pause('second')) }`,
  })
  for (const file of ['main.ts', 'main.cjs'])
    expect(await plait(folder, 'run', '--colorless', file)).toEqual(ran('first second'))
})

test('time is virtual for a top level too', async () => {
  const folder = folderWith({
    'main.ts': `import { getEventLoop } from 'plait'
      import { sleep } from 'plait/greenlet'
      function day(): number { const before = getEventLoop().time(); sleep(86_400_000); return getEventLoop().time() - before }
      console.log(day())`,
  })
  expect(await plait(folder, 'run', '--colorless', '--virtual-time', 'main.ts')).toEqual(ran('86400000'))
})

test.each([
  ['of a function', 'export default function main() { ', ' }'],
  ['of a top level', '', ''],
])('Ctrl-C cancels the program %s, its cleanup done', async (_, before, after) => {
  const folder = folderWith({
    'pause.ts': PAUSE,
    'main.ts': `import { sleep } from 'plait/greenlet'
      import { pause } from './pause.ts'
      ${before}
        console.log('ready')
        try { sleep(60_000) } finally { console.log(pause('cleaned up')) }
      ${after}`,
  })
  const child = start(folder, [CLI, 'run', '--colorless', 'main.ts'], { flags: PLAIN_FLAGS })
  const outcome = ended(child)
  if (child.stdout) await once(child.stdout, 'data')
  child.kill('SIGINT')
  expect(await outcome).toEqual({ code: 130, stdout: 'ready\ncleaned up\n', stderr: '' })
})

test('a failure is told once, with the places of the program and nothing of the runtime', async () => {
  const folder = folderWith({
    'fails.ts': `import { sleep } from 'plait/greenlet'
export function fails(): never { sleep(1); throw new RangeError('too far') }
`,
    'function.ts': "import { fails } from './fails.ts'\nexport default () => { fails() }",
    'top-level.ts': "import { fails } from './fails.ts'\nfails()",
    'top-level.cjs': "const { fails } = require('./fails.ts')\nfails()",
  })
  for (const file of ['function.ts', 'top-level.ts', 'top-level.cjs']) {
    const { code, stdout, stderr } = await plait(folder, 'run', '--colorless', file)
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr.match(/RangeError: too far/g)).toHaveLength(1)
    expect(stderr).toMatch(/^ +at fails .*fails\.ts:2:50\)?$/m)
    expect(stderr).not.toMatch(/packages\/(plait|colorless)\/src|node:/)
  }
})

test('a top level that nothing can wake any more is told so', async () => {
  const folder = folderWith({
    'main.ts': "import { Future } from 'plait'\nimport { until } from 'plait/greenlet'\nuntil(new Future())",
  })
  const { code, stderr } = await plait(folder, 'run', '--colorless', 'main.ts')
  expect(code).toBe(1)
  expect(stderr).toMatch(/DeadlockError/)
})

test.each(['ThreadPoolExecutor', 'ProcessPoolExecutor'])(
  'workers of a %s are transformed as the program is',
  async executor => {
    const folder = folderWith({
      'pause.ts': PAUSE,
      'jobs.ts': `import { remote } from 'plait/executors'
        import { call } from 'plait/greenlet'
        import { pause } from './pause.ts'
        export const job = remote(import.meta.url, function* job(n: number) { return yield* call(pause, n) })`,
      'main.ts': `import { ${executor} } from 'plait/executors'
        import { until } from 'plait/greenlet'
        import { job } from './jobs.ts'
        export default function main() {
          const pool = new ${executor}({ workers: 1 })
          console.log(until(pool.submit(job, 4)))
          until(pool.shutdown())
        }`,
    })
    expect(await plait(folder, 'run', '--colorless', 'main.ts')).toEqual(ran('4'))
  },
)

/** What goes wrong, the files there are, and what the one line must name. */
const REFUSALS: [string, Record<string, string>, RegExp][] = [
  ['a fault', { 'main.ts': 'const a: number = 1\nconst b = }' }, /main\.ts:2: /],
  [
    'an enum',
    { 'main.ts': 'let a: number\nenum Color { Red }' },
    /main\.ts:2: TypeScript enum.*erasableSyntaxOnly/,
  ],
  ['a missing import', { 'main.ts': "import './gone.ts'" }, /main\.ts cannot be loaded.*gone\.ts/],
  ['a number as program', { 'main.ts': 'export default 4' }, /the number 4.*export default/],
  ['a class as program', { 'main.ts': 'export default class A {}' }, /a class.*export default/],
  ['no file', {}, /no file main\.ts/],
  [
    'a mistake in package.json',
    { 'main.ts': '', 'package.json': '{ "plait": { "colorless": { "package": [] } } }' },
    /plait\.colorless has no key "package"/,
  ],
]

test.each(REFUSALS)('%s is refused in one clear line', async (_, files, expected) => {
  const folder = folderWith(files)
  const { code, stdout, stderr } = await plait(folder, 'run', '--colorless', 'main.ts')
  expect({ code, stdout, lines: stderr.split('\n').length - 1 }).toEqual({ code: 1, stdout: '', lines: 1 })
  expect(stderr).toMatch(/^plait(-colorless)?: /)
  expect(stderr).toMatch(expected)
})

test.each([
  ['run', '--colorless', 'main.ts'],
  ['why', 'main', 'main.ts'],
])('plait %s says in one line how to install plait-colorless where it is absent', async (...args) => {
  const folder = folderWith({ 'main.ts': 'export default function main() {}' })
  const { code, stdout, stderr } = await run(folder, [CLI, ...args], { flags: FLAGS_WITHOUT_COLORLESS })
  expect([code, stdout]).toEqual([1, ''])
  expect(stderr).toMatch(/^plait: .* needs plait-colorless, .*: npm install --save-dev plait-colorless\n$/)
})

test('plait run --help tells of --colorless', async () => {
  const { stdout } = await plait(folderWith({}), 'run', '--help')
  expect(stdout).toMatch(/--colorless .*plain functions/)
})
