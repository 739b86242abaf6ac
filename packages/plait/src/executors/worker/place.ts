import type { MessagePort } from 'node:worker_threads'
import { misuse } from '../../errors/misuse-executors.ts'
import { isInJob } from '../job-runner.ts'
import type { Link } from '../link.ts'

/** Where a thread finds what it is to work with; other threads have no such thing in their data. */
export const THREAD_KEY = 'plait.worker'
/** By this a process knows that it is a worker; it takes it out of its environment at once. */
export const PROCESS_KEY = 'PLAIT_WORKER'

export interface ThreadData {
  readonly port: MessagePort
  readonly memory: SharedArrayBuffer
}

/** What this thread is: the main one, or a worker of some pool. */
export const here: {
  /** How many workers stand above this thread: 0 for none. */
  depth: number
  /** The link to whoever made this worker. */
  link: Link | undefined
  /** Takes in at once what has come over it, where the way allows that. */
  poll: () => void
} = { depth: 0, link: undefined, poll: () => {} }

const DEEPEST = 5

/**
 * Whether this code runs in a worker of an executor, where modules are loaded to find functions in them. A module that
 * also runs something when it is loaded asks first.
 *
 * @example
 * ```ts
 * export const hash = remote(import.meta.url, function hash(data: Uint8Array) { … })
 * if (!isWorker()) await run(main)
 * ```
 * @see Python's if __name__ == '__main__'
 */
export function isWorker(): boolean {
  return here.depth > 0
}

/** Refuses to start workers where that would go on for ever. */
export function checkMayStart(executor: string): void {
  if (here.depth === 0) return
  if (!isInJob()) throw misuse('executorInModule', executor)
  if (here.depth >= DEEPEST) throw misuse('nestedTooDeep', here.depth)
}
