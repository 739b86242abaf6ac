import type { Waiting } from '../coroutine/wait.ts'
import { Caller, type CallerOwner } from './caller.ts'
import { packContext } from './carry-context.ts'
import type { Carrier, Job } from './job.ts'
import type { Link } from './link.ts'
import type { Handles } from './parcel.ts'
import { type Desk, Submitter } from './submitter.ts'

/** A parent that gives no sign is busy: it is waited for. */
const AGAIN_MS = 1000

/** Hands jobs to whoever made this worker. */
class ParentDesk implements Desk, Carrier, CallerOwner {
  readonly name = 'the parent of this worker'
  readonly _isOutside = true
  readonly _parallel = 1
  readonly #way: string
  readonly #caller: Caller

  constructor(link: Link, handles: Handles, way: string) {
    this.#way = way
    this.#caller = new Caller(link, handles, this, 'the parent of this worker', way)
  }

  _checkOpen(): void {}

  *_room(): Waiting<void> {}

  _take(job: Job<unknown>): void {
    job._carried = packContext(this.#way)
    job._submitted(this)
    if (!job.done()) this.#caller.send(job, true)
  }

  _cancelJob(job: Job<unknown>, reason: unknown): void {
    this.#caller.cancel(job, reason)
  }

  ended(): void {}

  unheard(job: Job<unknown>): void {
    this.#caller.waitOn(job, AGAIN_MS)
  }

  deaf(job: Job<unknown>): void {
    const reason = job._cancelling?.reason
    this.#caller.jobs.delete(job._number)
    job._endCancelled(reason)
  }
}

const parent: { submitter: Submitter | undefined } = { submitter: undefined }

/** Called in a worker, once its link is there. */
export function reachParent(link: Link, handles: Handles, way: string): void {
  parent.submitter = new Submitter(new ParentDesk(link, handles, way), {})
}

/**
 * In a worker, the thread that submitted what runs here, as an executor: functions submitted to it run there as tasks on
 * the loop of that program, among its own. Undefined outside workers.
 *
 * @example
 * ```ts
 * export const crawl = remote(import.meta.url, function* crawl(site: string) {
 *   const login = yield* parentExecutor()!.run(askForLogin, site) // asks where the user is
 * })
 * ```
 * @see asyncio.run_coroutine_threadsafe
 */
export function parentExecutor(): Submitter | undefined {
  return parent.submitter
}
