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
  const executor = value as Partial<Executor> | null
  if (typeof executor?.submit !== 'function' || typeof executor.shutdown !== 'function')
    throw misuse('notAnExecutor', value)
}
