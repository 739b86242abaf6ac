import { fromTable, type MisuseError } from './misuse-error.ts'
import { show } from './show.ts'

/** What can be done wrong with what runs elsewhere. */
const TABLE = {
  // Functions
  remoteNeedsUrl: (url: unknown) =>
    `remote(…) takes import.meta.url first, the address of the module it stands in, and got ${show(url)}`,
  remoteNeedsFunction: (value: unknown) =>
    `remote(import.meta.url, …) takes a function or an error class, and got ${show(value)}`,
  remoteNotFound: (name: string, url: string) =>
    `${url} was loaded in the worker and declares no remote function "${name}": call remote(import.meta.url, …) at the top level of the module, under no condition`,
  remoteChanged: (name: string, url: string) =>
    `${url} declares something else in the worker where ${name} stands here: give the function a name, function hash(…) {…}, and call remote(import.meta.url, …) at the top level of the module, under no condition`,
  exportNotFound: (name: string, url: string) => `${url} exports no function "${name}"`,
  notLoadedHere: (name: string, url: string) =>
    `${name} of ${url} is known here by name only: give it to an executor, or import the module to call it here`,
  notAModuleUrl: (url: unknown) =>
    `remoteModule(…) takes the address of a module, import.meta.resolve('./jobs.ts'), and got ${show(url)}`,
  notAFunction: (method: string, value: unknown) =>
    `${method}(…) takes a function first, and got ${show(value)}`,
  notLoadable: (name: string, url: string, why: string) =>
    `the module of "${name}", ${url}, could not be loaded in the worker: ${why}`,

  // Values
  unsendable: (path: string, what: string, way: string) =>
    `${path} is ${what}, which cannot be sent to another ${way}: send data, and make there what is made of it`,
  channelTooDeep: (path: string, way: string) =>
    `${path} is a channel, and too deep inside to be handed to another ${way}: give the channel itself, or as a property of what is given`,
  notData: (value: unknown) =>
    `${show(value)} is of this thread alone, and was to be sent to another: send data, or a Channel, which works across them`,
  unreadable: (name: string) =>
    `what ${name} was given, or what it gave, was sent and could not be read where it arrived: it nests too deep`,
  channelFarAway: (method: string) =>
    `${method}() asks at once, and this channel is in another thread or process: use the call that waits`,

  // Executors
  executorShutDown: (executor: string) =>
    `${executor} was shut down and takes no more jobs: make another one, or submit before shutdown()`,
  retriesWithTransfer: () =>
    'a job with transfer cannot have retries: what was transferred is gone with the worker that had it',
  executorInModule: (executor: string) =>
    `${executor} was asked for a worker while its own module was being loaded in a worker, to find a function there, which would go on for ever: keep what a module runs apart from what it declares, if (!isWorker()) await run(main)`,
  nestedTooDeep: (depth: number) =>
    `workers inside workers, ${depth} deep: a pool that a job makes is to be smaller than the problem`,
  badResourceLimit: (name: string, value: unknown) =>
    `resourceLimits knows maxOldGenerationSizeMb, maxYoungGenerationSizeMb, codeRangeSizeMb and stackSizeMb, numbers above 0, and got ${name}: ${show(value)}`,

  // Inside jobs
  outsideJob: (method: string) => `${method}(…) speaks of the job it is called in, and this is no job`,
  notTransferable: (value: unknown) =>
    `move(value) hands over the memory of a buffer, or of what is listed behind it, and got ${show(value)}`,
} as const

type Code = keyof typeof TABLE

/** The codes of the mistakes in this table. */
export const codes: readonly string[] = Object.keys(TABLE)

/** The error for one row of the table. */
export function misuse<C extends Code>(code: C, ...details: Parameters<(typeof TABLE)[C]>): MisuseError {
  return fromTable(TABLE, code, details)
}
