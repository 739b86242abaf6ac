import { misuse } from '../errors/misuse-executors.ts'
import { checkDuration } from '../loop/check-delay.ts'
import { checkCount } from '../sync/check-count.ts'
import { checkOptions } from '../tasks/check-options.ts'
import { checkList, checkSignal } from '../tasks/runnable.ts'

/** What one job, or those of one `with(…)`, are to have. */
export interface JobOptions {
  /** What reports call it; else after its function. */
  name?: string | undefined
  /** Cancels the job when aborted, with the signal's reason. */
  signal?: AbortSignal | undefined
  /** A job that has not ended so long after it was submitted is cancelled, and fails with TimeoutError if it heeds that. */
  deadlineMs?: number | undefined
  /** A job that was cancelled and still computes after so long is stopped, by replacing its worker; 1000 if not said. */
  graceMs?: number | undefined
  /** So often it is begun anew if the worker it runs in dies. */
  retries?: number | undefined
  /** What is handed over with its arguments, and gone here, in place of being copied. Processes copy it all the same. */
  transfer?: readonly Transferable[] | undefined
}

/** Refuses what no job can have. */
export function checkJobOptions(what: string, options: JobOptions): void {
  checkOptions(what, options ?? null)
  const { deadlineMs, graceMs, retries, signal, transfer } = options
  if (deadlineMs !== undefined) checkDuration('deadlineMs', deadlineMs)
  if (graceMs !== undefined) checkDuration('graceMs', graceMs)
  if (retries !== undefined) checkCount('retries', retries, 0)
  checkSignal(signal)
  if (transfer !== undefined) checkList('transfer', transfer)
  if (transfer !== undefined && transfer.length > 0 && (retries ?? 0) > 0) throw misuse('retriesWithTransfer')
}
