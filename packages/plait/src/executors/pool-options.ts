import { availableParallelism } from 'node:os'
import { misuse as misuseKernel } from '../errors/misuse.ts'
import { misuse } from '../errors/misuse-executors.ts'
import { misuse as misuseTogether } from '../errors/misuse-together.ts'
import { checkDuration } from '../loop/check-delay.ts'
import { checkCount } from '../sync/check-count.ts'
import { checkOptions } from '../tasks/check-options.ts'
import { checkList } from '../tasks/runnable.ts'
import { toReference } from './function-reference.ts'
import type { AnyFunction, Reference } from './reference.ts'

/** How much memory a worker may have; one that wants more dies alone. */
export interface ResourceLimits {
  maxOldGenerationSizeMb?: number | undefined
  maxYoungGenerationSizeMb?: number | undefined
  codeRangeSizeMb?: number | undefined
  stackSizeMb?: number | undefined
}

export interface PoolOptions {
  /** So many workers at most; they are started when there is work for them. As many as there are cores, if not said. */
  workers?: number | undefined
  /** So many jobs run at once on each: more than one is for those that wait. 1 if not said. */
  concurrency?: number | undefined
  /** What reports call it. */
  name?: string | undefined
  /** Called in each worker before its first job. If it fails no worker can start, and the pool is broken. */
  // biome-ignore lint/suspicious/noExplicitAny: any function
  initializer?: ((...args: any[]) => unknown) | undefined
  initializerArgs?: readonly unknown[] | undefined
  /** A worker is replaced after so many jobs. */
  maxJobsPerWorker?: number | undefined
  /** A worker that has had nothing to do for so long is ended. Never, if not said; it does not keep the process alive. */
  idleTimeoutMs?: number | undefined
  resourceLimits?: ResourceLimits | undefined
  /** So many jobs wait for a worker at most: then `submit` throws QueueFullError, and `run` waits. No limit, if not said. */
  maxQueue?: number | undefined
  /** What workers have in their environment, in place of all that is here. */
  env?: Readonly<Record<string, string>> | undefined
  /** Node's flags for the workers, in place of those of this process. */
  execArgv?: readonly string[] | undefined
}

/** Options, checked and filled in. */
export interface PoolSettings {
  readonly workers: number
  readonly concurrency: number
  readonly name: string
  readonly initializer: Reference | undefined
  readonly initializerArgs: readonly unknown[]
  readonly maxJobsPerWorker: number
  readonly idleTimeoutMs: number
  readonly resourceLimits: ResourceLimits
  readonly maxQueue: number
  readonly env: Readonly<Record<string, string>> | undefined
  readonly execArgv: readonly string[] | undefined
}

const LIMITS = ['maxOldGenerationSizeMb', 'maxYoungGenerationSizeMb', 'codeRangeSizeMb', 'stackSizeMb']

/** Refuses what is no object of names and values. */
function checkObject(what: string, value: unknown): void {
  if (value === null || Array.isArray(value)) throw misuseKernel('badOptions', what, value)
  checkOptions(what, value)
}

const made = new Map<string, number>()

export function checkPoolOptions(kind: string, options: PoolOptions): PoolSettings {
  checkOptions(`new ${kind}(…)`, options)
  const { workers = availableParallelism(), concurrency = 1, maxQueue = Number.POSITIVE_INFINITY } = options
  const { maxJobsPerWorker = Number.POSITIVE_INFINITY, idleTimeoutMs = Number.POSITIVE_INFINITY } = options
  checkCount('workers', workers, 1)
  if (workers === Number.POSITIVE_INFINITY) throw misuseTogether('badCount', 'workers', 1, workers)
  checkCount('concurrency', concurrency, 1)
  checkCount('maxQueue', maxQueue, 0)
  checkCount('maxJobsPerWorker', maxJobsPerWorker, 1)
  checkDuration('idleTimeoutMs', idleTimeoutMs)
  checkList('initializerArgs', options.initializerArgs ?? [])
  checkList('execArgv', options.execArgv ?? [])
  checkObject('env', options.env)
  checkObject('resourceLimits', options.resourceLimits)
  for (const [name, value] of Object.entries(options.resourceLimits ?? {})) {
    if (!LIMITS.includes(name) || (value !== undefined && !(typeof value === 'number' && value > 0)))
      throw misuse('badResourceLimit', name, value)
  }
  const initializer = options.initializer as AnyFunction | undefined
  return {
    workers,
    concurrency,
    maxQueue,
    maxJobsPerWorker,
    idleTimeoutMs,
    name: options.name ?? nextName(kind),
    initializer: initializer === undefined ? undefined : toReference('initializer', initializer),
    initializerArgs: options.initializerArgs ?? [],
    resourceLimits: options.resourceLimits ?? {},
    env: options.env,
    execArgv: options.execArgv,
  }
}

/** `ThreadPoolExecutor-1`, `ThreadPoolExecutor-2`, … */
export function nextName(kind: string): string {
  const number = (made.get(kind) ?? 0) + 1
  made.set(kind, number)
  return `${kind}-${number}`
}
