import {
  type Executor,
  InlineExecutor,
  type Job,
  type JobResult,
  move,
  ProcessPoolExecutor,
  parentExecutor,
  remote,
  remoteModule,
  type Submitter,
  ThreadPoolExecutor,
  toThread,
} from '../../src/executors.ts'
import {
  type Awaitable,
  Channel,
  coroutine,
  type Flow,
  type Future,
  getEventLoop,
  type Operation,
  sleep,
  type Task,
} from '../../src/index.ts'
import { assertType, type Equal } from './assert-type.ts'

/* What the compiler must accept and refuse of executors: typed from the function that is submitted to its result. Compiled, never run. */

declare const pool: ThreadPoolExecutor
declare const jobs: Submitter

const hash = remote(import.meta.url, function hash(data: Uint8Array, rounds?: number): string {
  return `${data.length}${rounds}`
})
const load = remote(import.meta.url, async function load(url: string): Promise<number[]> {
  return [url.length]
})
const crawl = remote(import.meta.url, function* crawl(url: string): Operation<{ pages: number }> {
  yield* sleep(1)
  return { pages: url.length }
})
const visit = remote(
  import.meta.url,
  coroutine(function* visit(url: string): Operation<boolean> {
    yield* sleep(1)
    return url === ''
  }),
)

export function keeps(): void {
  // What is declared stays what it is.
  assertType<Equal<typeof hash, (data: Uint8Array, rounds?: number) => string>>()
  const five: string = hash(new Uint8Array(5))
  class Failure extends Error {
    readonly reason = five
  }
  const Declared = remote(import.meta.url, Failure)
  assertType<Equal<typeof Declared, typeof Failure>>()
  assertType<Equal<InstanceType<typeof Declared>['reason'], string>>()
}

export function results(): void {
  // Whatever the color, a job is of what the function gives in the end.
  const digest = pool.submit(hash, new Uint8Array(1))
  assertType<Equal<typeof digest, Job<string>>>()
  const loaded = pool.submit(load, 'a')
  assertType<Equal<typeof loaded, Job<number[]>>>()
  const crawled = pool.submit(crawl, 'a')
  assertType<Equal<typeof crawled, Job<{ pages: number }>>>()
  const visited = pool.submit(visit, 'a')
  assertType<Equal<typeof visited, Job<boolean>>>()
  const inline = pool.submit(() => 5)
  assertType<Equal<typeof inline, Job<number>>>()
  const stepped = pool.submit(function* () {
    yield* sleep(1)
    return 'done' as const
  })
  assertType<Equal<typeof stepped, Job<'done'>>>()

  // The other doors agree.
  const run = pool.run(crawl, 'a')
  assertType<Equal<typeof run, Awaitable<{ pages: number }>>>()
  const task = pool.spawn(load, 'a')
  assertType<Equal<typeof task, Task<number[]>>>()
  const flow = pool.map(crawl, ['a'])
  assertType<Equal<typeof flow, Flow<{ pages: number }>>>()
  const thread = toThread(load, 'a')
  assertType<Equal<typeof thread, Awaitable<number[]>>>()
  const future = getEventLoop().runInExecutor(pool, load, 'a')
  assertType<Equal<typeof future, Future<number[]>>>()
}

export function unwrapping(): void {
  // What can be iterated but is data stays itself.
  assertType<Equal<JobResult<string>, string>>()
  assertType<Equal<JobResult<number[]>, number[]>>()
  assertType<Equal<JobResult<readonly [1, 'a']>, readonly [1, 'a']>>()
  assertType<Equal<JobResult<Promise<string[]>>, string[]>>()
  assertType<Equal<JobResult<Operation<string>>, string>>()
  assertType<Equal<JobResult<Map<string, number>>, Map<string, number>>>()
  assertType<Equal<JobResult<Uint8Array>, Uint8Array>>()
  assertType<Equal<JobResult<void>, void>>()
  assertType<Equal<JobResult<undefined>, undefined>>()
  assertType<Equal<JobResult<Job<number>>, number>>()
  assertType<Equal<JobResult<number | Promise<string>>, number | string>>()
  const words = pool.submit(() => ['a', 'b'])
  assertType<Equal<typeof words, Job<string[]>>>()
  const text = pool.submit(() => 'ab' as string)
  assertType<Equal<typeof text, Job<string>>>()
}

export async function inBothColors(): Promise<void> {
  const awaited = await pool.submit(crawl, 'a')
  assertType<Equal<typeof awaited, { pages: number }>>()
  for await (const digest of pool.map(hash as (data: Uint8Array) => string, [new Uint8Array(1)])) {
    assertType<Equal<typeof digest, string>>()
  }
}

export function* inGenerators(): Operation<void> {
  const waited = yield* pool.submit(crawl, 'a')
  assertType<Equal<typeof waited, { pages: number }>>()
  const run = yield* pool.run(load, 'a')
  assertType<Equal<typeof run, number[]>>()
  const all = yield* pool.map(crawl, ['a']).toArray()
  assertType<Equal<typeof all, { pages: number }[]>>()
}

export function checked(): void {
  pool.submit(hash, new Uint8Array(1), 3)
  // @ts-expect-error a string is no Uint8Array
  pool.submit(hash, 'data')
  // @ts-expect-error an argument is missing
  pool.submit(hash)
  // @ts-expect-error one too many
  pool.submit(hash, new Uint8Array(1), 3, 'more')
  // @ts-expect-error the second is a number
  pool.run(hash, new Uint8Array(1), 'three')
  // @ts-expect-error a number is no string
  pool.spawn(crawl, 5)
  // @ts-expect-error an argument is missing
  toThread(load)
  // @ts-expect-error a number is no string
  getEventLoop().runInExecutor(undefined, load, 5)
  // @ts-expect-error not a function
  pool.submit('hash')
  // @ts-expect-error called already
  pool.submit(load('a'))
  // @ts-expect-error a job is not its result
  const digest: string = pool.submit(hash, new Uint8Array(1))
  // @ts-expect-error not declared, and no function
  remote(import.meta.url, 'hash')
  void digest
}

export function mapped(): void {
  // The items are what the function takes.
  pool.map(crawl, new Set(['a']), { chunkSize: 8, ordered: false })
  pool.map((item: readonly [number, string]) => item[0], [[1, 'a']] as const)
  // @ts-expect-error the items are strings, and the function takes numbers
  pool.map((n: number) => n, ['a'])
  // @ts-expect-error a chunk has a size
  pool.map(crawl, ['a'], { chunkSize: 'many' })
  // @ts-expect-error it takes one item at a time
  pool.map((a: number, b: number) => a + b, [1, 2])
  const flow = pool.map((n: number) => Promise.resolve([n]), [1, 2])
  assertType<Equal<typeof flow, Flow<number[]>>>()
}

export function progress(): void {
  const job = pool.submit(hash, new Uint8Array(1))
  const percent = job.progress<number>()
  assertType<Equal<typeof percent, Flow<number>>>()
  const anything = job.progress()
  assertType<Equal<typeof anything, Flow<unknown>>>()
}

export function options(): void {
  const named = pool.with({
    name: 'a',
    deadlineMs: 5,
    graceMs: 5,
    retries: 1,
    transfer: [new ArrayBuffer(1)],
  })
  assertType<Equal<typeof named, Submitter>>()
  named.with({ signal: new AbortController().signal, name: undefined }).submit(load, 'a')
  // @ts-expect-error no such option
  pool.with({ priority: 5 })
  // @ts-expect-error milliseconds are a number
  pool.with({ deadlineMs: '5s' })
  // @ts-expect-error a controller is no signal
  pool.with({ signal: new AbortController() })
  new ThreadPoolExecutor({
    workers: 2,
    initializer: load,
    initializerArgs: ['a'],
    resourceLimits: { stackSizeMb: 1 },
  })
  new ProcessPoolExecutor({ env: { A: 'b' }, execArgv: ['--no-warnings'], maxQueue: undefined })
  new InlineExecutor({ strict: true, concurrency: 2 })
  // @ts-expect-error no such option
  new ThreadPoolExecutor({ threads: 2 })
  // @ts-expect-error no such limit
  new ThreadPoolExecutor({ resourceLimits: { memory: 5 } })
  // @ts-expect-error workers are what a pool has
  new InlineExecutor({ workers: 2 })
}

export function modules(): void {
  const { crawl: there } = remoteModule<typeof import('./executors-module.ts')>(
    import.meta.resolve('./executors-module.ts'),
  )
  const job = pool.submit(there, 'a')
  assertType<Equal<typeof job, Job<number>>>()
  // @ts-expect-error a number is no string
  pool.submit(there, 5)
  // @ts-expect-error the module has no such function
  remoteModule<typeof import('./executors-module.ts')>('file:///a.ts').missing
}

export function executors(): void {
  // Pools and what they hand out are executors wherever one is asked for.
  const all: Executor[] = [pool, new ProcessPoolExecutor(), new InlineExecutor()]
  getEventLoop().setDefaultExecutor(pool)
  // @ts-expect-error what options are for cannot be shut down
  const one: Executor = jobs
  const parent = parentExecutor()
  assertType<Equal<typeof parent, Submitter | undefined>>()
  // @ts-expect-error there may be none: this may be no worker
  parent.submit(load, 'a')
  void [all, one]
}

export function handles(): void {
  const consume = remote(import.meta.url, function* consume(channel: Channel<number>): Operation<number> {
    const received = yield* channel.receive()
    return received.kind === 'item' ? received.item : 0
  })
  const job = pool.submit(consume, new Channel<number>())
  assertType<Equal<typeof job, Job<number>>>()
  // @ts-expect-error another channel
  pool.submit(consume, new Channel<string>())
  const bytes = move(new Uint8Array(1))
  assertType<Equal<typeof bytes, Uint8Array<ArrayBuffer>>>()
  // @ts-expect-error text has no memory to hand over
  move('text')
}
