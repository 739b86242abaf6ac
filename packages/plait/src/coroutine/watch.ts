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

let watch: Watch | undefined

/** Installs a watch, or takes it away; gives the one before. */
export function setWatch(next: Watch | undefined): Watch | undefined {
  const before = watch
  watch = next
  return before
}

export function born(thing: Unwaited): void {
  if (watch !== undefined) watch.born(thing)
}

export function forgotten(thing: Unwaited): void {
  if (watch !== undefined) watch.forgotten(thing)
}
