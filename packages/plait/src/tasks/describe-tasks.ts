import type { Future } from './future.ts'

const MOST_NAMED = 5

/** Those of several that are not done, by name, for a report. */
export function describeTasks(futures: Iterable<Future<unknown>>): string {
  const names = [...futures].filter(future => !future.done()).map(future => future._title())
  const named = names.slice(0, MOST_NAMED).join(', ')
  return names.length > MOST_NAMED ? `${named} and ${names.length - MOST_NAMED} more` : named
}
