import { cancelledError } from '../errors/cancelled-error.ts'
import { misuse } from '../errors/misuse-executors.ts'
import { currentStrand } from '../tasks/current.ts'
import type { Task } from '../tasks/task.ts'
import { MUST_CANCEL } from '../tasks/task-state.ts'
import { currentJob } from './job-runner.ts'
import { here } from './worker/place.ts'

/**
 * Tells whoever submitted this job how far it is: they read it with `job.progress()`.
 *
 * Does not suspend, and sends at once, so that it is told though the job computes on.
 *
 * @throws MisuseError outside a job, and for what cannot be sent
 * @example
 * ```ts
 * export const render = remote(import.meta.url, function render(film: Film) {
 *   for (const [i, frame] of film.frames.entries()) { draw(frame); reportProgress((i + 1) / film.frames.length) }
 * })
 * ```
 */
export function reportProgress(value: unknown): void {
  const job = currentJob()
  if (job === undefined) throw misuse('outsideJob', 'reportProgress')
  job.progressed?.(value)
}

/**
 * Throws CancelledError if this job was cancelled: for a function that computes, and so stands in no wait where it could
 * be thrown. Costs some 50 ns. On a thread it sees a cancel at once; in a process, only one that came before the function
 * was called or resumed last.
 *
 * @throws CancelledError; MisuseError outside a job
 * @example
 * ```ts
 * for (const row of rows) { throwIfCancelled(); count(row) }
 * ```
 */
export function throwIfCancelled(): void {
  const strand = currentStrand() as Task<unknown> | undefined
  if (currentJob() === undefined) throw misuse('outsideJob', 'throwIfCancelled')
  here.poll()
  for (let part = strand; part !== undefined; part = part._owner) {
    if ((part._flags & MUST_CANCEL) === 0) continue
    part._flags &= ~MUST_CANCEL
    throw cancelledError(part._value)
  }
}
