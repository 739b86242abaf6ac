import { expect, test } from 'vitest'
import { FLAGS, folderWith, linesOf } from './program.ts'

/** Functions that a worker calls: a coroutine that waits for a plain function, which waits underneath others. */
const JOBS = `import { remote } from 'plait/executors'
import { call, sleep } from 'plait/greenlet'
function inner(n: number): number { sleep(1); return n * 2 }
export function plain(n: number): number { return inner(n) + 1 }
export const job = remote(import.meta.url, function* job(n: number) { return yield* call(plain, n) })
`

test.each([
  ['threads', 'ThreadPoolExecutor'],
  ['processes', 'ProcessPoolExecutor'],
])('workers of a pool of %s load what they run as the program does', async (_, executor) => {
  const folder = folderWith({
    'package.json': '{ "type": "module", "plait": { "colorless": { "packages": ["deep-one"] } } }',
    'node_modules/deep-one/package.json': '{ "name": "deep-one", "type": "module", "exports": "./index.js" }',
    'node_modules/deep-one/index.js': 'export const through = f => f()',
    'jobs.ts': JOBS.replace('inner(n) + 1', 'through(() => inner(n)) + 1').replace(
      'import { call',
      "import { through } from 'deep-one'\nimport { call",
    ),
    'app.ts': `import { ${executor} } from 'plait/executors'
      import { until } from 'plait/greenlet'
      import { job, plain } from './jobs.ts'
      const pool = new ${executor}({ workers: 1 })
      console.log(plain(1), until(pool.submit(job, 2)))
      until(pool.shutdown())`,
  })
  expect(await linesOf(folder, ['app.ts'])).toEqual(['3 5'])
})

test('a thread and a process of the program itself are transformed, their first modules too', async () => {
  const folder = folderWith({
    'app.mjs': `import { fork } from 'node:child_process'
      import { once } from 'node:events'
      import { Worker } from 'node:worker_threads'
      import { until } from 'plait/greenlet'
      const thread = new Worker(new URL('./other.ts', import.meta.url))
      console.log(until(once(thread, 'message')))
      const child = fork(new URL('./other.ts', import.meta.url))
      console.log(until(once(child, 'message'))[0])`,
    'other.ts': `import { parentPort } from 'node:worker_threads'
      import { sleep } from 'plait/greenlet'
      function pause(): string { sleep(1); return 'waited' }
      const said = pause()
      if (parentPort) parentPort.postMessage(said)
      else process.send?.(said, () => process.disconnect())`,
  })
  expect(await linesOf(folder, ['app.mjs'])).toEqual(["[ 'waited' ]", 'waited'])
})

test('NODE_OPTIONS carries the loader as well as a flag, and twice is as once', async () => {
  const folder = folderWith({
    'app.ts': `import { sleep } from 'plait/greenlet'
      function pause(): string { sleep(1); return 'waited' }
      console.log(pause())`,
  })
  const quoted = FLAGS.map(flag => (flag.startsWith('-') ? flag : JSON.stringify(flag))).join(' ')
  expect(await linesOf(folder, ['app.ts'], { flags: [], env: { NODE_OPTIONS: quoted } })).toEqual(['waited'])
  expect(await linesOf(folder, ['app.ts'], { env: { NODE_OPTIONS: quoted } })).toEqual(['waited'])
})
