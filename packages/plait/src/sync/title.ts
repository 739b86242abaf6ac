/** What something is called in a report: `lock "db"`, or `a lock` where it was given no name. */
export function titleOf(kind: string, name: string | undefined): string {
  if (name !== undefined) return `${kind} "${name}"`
  return `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind}`
}

/** What printing it shows: `<Lock "db" [locked, waiters:1]>`. */
export function textOf(kind: string, name: string | undefined, state: string, waiters: number): string {
  const quoted = name === undefined ? '' : ` "${name}"`
  return `<${kind}${quoted} [${state}${waiters === 0 ? '' : `, waiters:${waiters}`}]>`
}

/** The options of whatever has nothing but a name. */
export interface NameOptions {
  /** What reports call it. */
  name?: string | undefined
}
