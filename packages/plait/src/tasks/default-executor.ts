import { misuse } from '../errors/misuse.ts'
import type { Executor } from './executor.ts'

/** Makes the executor of a loop that was given none; the thread pool puts itself here when it is loaded. */
export const defaultExecutor: { make: () => Executor } = {
  make: () => {
    throw misuse('noDefaultExecutor')
  },
}

/** Refuses what is none. */
export function checkExecutor(value: unknown): asserts value is Executor {
  checkSubmitter(value)
  if (typeof (value as Partial<Executor>).shutdown !== 'function') throw misuse('notAnExecutor', value)
}

/** Refuses what takes no jobs. */
export function checkSubmitter(value: unknown): asserts value is Pick<Executor, 'submit'> {
  if (typeof (value as Partial<Executor> | null)?.submit !== 'function') throw misuse('notAnExecutor', value)
}
