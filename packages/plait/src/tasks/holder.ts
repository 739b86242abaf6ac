import { currentStrand } from './current.ts'
import type { Task } from './task.ts'

/** The task that holds something, or undefined where it was taken outside any. */
export type Holder = Task<unknown> | undefined

/** Whose code is running, as a holder. */
export function currentHolder(): Holder {
  return (currentStrand() as Task<unknown> | undefined)?._whole
}

/** By whom something is held, for a report. */
export function describeHolders(holders: Iterable<Holder>): string {
  const names = [...new Set(holders)].map(holder => {
    if (holder === undefined) return 'code outside any task'
    return holder.done() ? `${holder.name}, which has ended` : holder.name
  })
  const named = names.slice(0, MOST_NAMED).join(', ')
  return names.length > MOST_NAMED ? `${named} and ${names.length - MOST_NAMED} more` : named
}

const MOST_NAMED = 5
