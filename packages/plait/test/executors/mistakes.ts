import { execFileSync } from 'node:child_process'
import { inlineSource } from '../../src/executors/inline-source.ts'
import {
  InlineExecutor,
  move,
  remote,
  remoteModule,
  reportProgress,
  ThreadPoolExecutor,
} from '../../src/executors.ts'
import {
  Channel,
  Context,
  coroutine,
  getEventLoop,
  Lock,
  MisuseError,
  runCoroutineThreadsafe,
  sleep,
} from '../../src/index.ts'
import { loosely, type Mistake } from '../mistake.ts'
import { sloppy } from './inline-functions.ts'
import { readUser, user } from './jobs/context.ts'
import { askAtOnce, different, nestOn, onlyThere } from './jobs/mistaken.ts'
import { same } from './jobs/plain.ts'
import { nest } from './jobs/values.ts'
import { errorOf } from './pools.ts'

/** In which all mistakes are made that take a worker. */
export const pool: ThreadPoolExecutor = new ThreadPoolExecutor({ workers: 1, name: 'the pool' })
const strict = new InlineExecutor({ strict: true })

const jobs = (name: string): URL => new URL(`./jobs/${name}.ts`, import.meta.url)
const { half } = remoteModule<{ half(n: number): number }>(jobs('at-top-level'))
const { nothing, square } = remoteModule<{ nothing(): void; square(n: number): number }>(jobs('plain'))
const { missing } = remoteModule<{ missing(): void }>(jobs('nowhere'))

const rate = 3

/** What happens where nothing but the library itself is loaded. */
function alone(statement: string): never {
  const index = new URL('../../src/index.ts', import.meta.url)
  const text = `import * as plait from '${index}'
    try { ${statement} } catch (error) { console.log(JSON.stringify([error.code, error.message])) }`
  const told = execFileSync(process.execPath, ['--input-type=module', '--eval', text], { encoding: 'utf8' })
  const [code, message] = JSON.parse(told) as [string, string]
  throw new MisuseError(code, message)
}

/** The mistakes one can make with what runs elsewhere. */
export const mistakes: Record<string, Mistake> = {
  // Functions
  remoteNeedsUrl: {
    make: () => remote(loosely(undefined), function hash() {}),
    says: ['import.meta.url first', 'undefined'],
  },
  remoteNeedsFunction: {
    make: () => remote(import.meta.url, loosely('hash')),
    says: ['a function or an error class', '"hash"'],
  },
  remoteNotFound: {
    make: () => pool.submit(onlyThere),
    says: ['mistaken.ts', 'no remote function "onlyThere"', 'under no condition'],
  },
  remoteChanged: {
    make: () => pool.submit(different),
    says: ['mistaken.ts', 'declares something else', 'give the function a name'],
  },
  exportNotFound: { make: () => pool.submit(nothing), says: ['plain.ts', 'exports no function "nothing"'] },
  notLoadedHere: { make: () => square(3), says: ['square of', 'plain.ts', 'give it to an executor'] },
  notAModuleUrl: {
    make: () => remoteModule('./jobs.ts'),
    says: ['"./jobs.ts"', "import.meta.resolve('./jobs.ts')"],
  },
  notAFunction: { make: () => pool.submit(loosely('add')), says: ['submit(…)', '"add"'] },
  notLoadable: { make: () => pool.submit(missing), says: ['"missing"', 'nowhere.ts', 'Cannot find module'] },
  inlineNotAFunction: {
    make: () => inlineSource(loosely(5)),
    says: ['declared with remote(…) or inline', '5'],
  },
  inlineOuter: {
    make: () => strict.submit((n: number) => n * rate, 2),
    says: ['uses an outer variable, rate', 'pass it as an argument', 'remote(import.meta.url'],
  },
  inlineClass: { make: () => strict.submit(loosely(class Account {})), says: ['the class "Account"'] },
  inlineAsyncGenerator: {
    make: () => strict.submit(async function* rows() {}),
    says: ['"rows" is an async generator', 'an async function'],
  },
  inlineBuiltIn: {
    make: () => strict.submit(Math.sqrt, 4),
    says: ['"sqrt" is built in', 'x => Math.sqrt(x)'],
  },
  inlineBound: {
    make: () => strict.submit(Math.max.bind(undefined), 4),
    says: ['"bound max"', '(it, x) =>'],
  },
  inlineCoroutine: {
    make: () => strict.submit(coroutine(function* crawl() {})),
    says: ['"crawl"', 'remote(import.meta.url, coroutine(function* crawl…))'],
  },
  inlineUnreadable: {
    make: () => strict.submit(sloppy('function old(a) { with (a) return b }')),
    says: ['"old"', 'strict mode', 'remote(import.meta.url'],
  },

  // Values
  unsendable: {
    make: () => pool.submit(same, { rows: [() => 1] }),
    says: ['arguments[0].rows[0] is function', 'another thread', 'send data'],
  },
  channelTooDeep: {
    make: () => pool.submit(same, { a: { b: new Channel<number>() } }),
    says: ['arguments[0].a.b is a channel', 'too deep', 'a property of what is given'],
  },
  notData: { make: () => pool.submit(same, new Lock()), says: ['Lock', 'of this thread alone', 'a Channel'] },
  unreadable: { make: () => pool.submit(nest, 5000), says: ['nest', 'could not be read', 'too deep'] },
  channelFarAway: {
    make: () => pool.submit(askAtOnce, new Channel<number>()),
    says: ['trySend() asks at once', 'the call that waits'],
  },
  contextNotSent: {
    make: () =>
      new Context().run(() => {
        user.set(() => 1)
        return pool.submit(readUser)
      }),
    says: ['"user"', 'where the job was submitted', 'it is a function'],
  },

  // Executors
  executorShutDown: {
    make: async () => {
      const executor = new InlineExecutor({ name: 'mine' })
      await executor.shutdown()
      executor.submit(same, 1)
    },
    says: ['mine was shut down', 'make another one'],
  },
  retriesWithTransfer: {
    make: () => pool.with({ retries: 1, transfer: [new ArrayBuffer(1)] }),
    says: ['transfer', 'retries', 'gone with the worker'],
  },
  executorInModule: {
    make: async () => {
      throw ((await errorOf(pool.submit(half, 1))) as Error).cause
    },
    says: ['the pool at the top', 'while its own module was being loaded', 'if (!isWorker())'],
  },
  nestedTooDeep: { make: () => pool.submit(nestOn), says: [/workers inside workers, \d deep/] },
  badResourceLimit: {
    make: () => new ThreadPoolExecutor({ resourceLimits: loosely({ memory: 5 }) }),
    says: ['maxOldGenerationSizeMb', 'memory: 5'],
  },
  noDefaultExecutor: {
    make: () => alone('plait.getEventLoop().runInExecutor(undefined, () => 1)'),
    says: ['"plait/executors"', 'loop.setDefaultExecutor(…)'],
  },
  notAnExecutor: {
    make: () => getEventLoop().setDefaultExecutor(loosely('threads')),
    says: ['submit() and shutdown()', 'new ThreadPoolExecutor()', '"threads"'],
  },
  notALoop: {
    make: () => runCoroutineThreadsafe(sleep(1), loosely('main')),
    says: ['runCoroutineThreadsafe(what, loop)', 'getEventLoop()', '"main"'],
  },

  // Inside jobs
  outsideJob: { make: () => reportProgress(1), says: ['reportProgress(…)', 'this is no job'] },
  notTransferable: { make: () => move({ not: 'memory' }), says: ['move(value)', 'the memory of a buffer'] },
}
