/**
 * Who wants to know of things made and never waited for. Debug mode does; otherwise nobody is asked and nothing is
 * kept. A thing is born when made and forgotten when somebody waits for it (it is then somebody's care).
 */
export interface Watch {
  born(thing: Unwaited): void
  forgotten(thing: Unwaited): void
}

/** Something cold: it does nothing until it is waited for. */
export interface Unwaited {
  readonly name: string
}

let watches: readonly Watch[] = []

/** Installs a watch; gives what takes it away. */
export function addWatch(watch: Watch): () => void {
  watches = [...watches, watch]
  return () => {
    watches = watches.filter(other => other !== watch)
  }
}

export function born(thing: Unwaited): void {
  if (watches.length > 0) for (const watch of watches) watch.born(thing)
}

export function forgotten(thing: Unwaited): void {
  if (watches.length > 0) for (const watch of watches) watch.forgotten(thing)
}
