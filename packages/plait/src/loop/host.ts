import type { HostScope } from '../coroutine/surroundings.ts'

/** What the loop needs of the place it lives in. */
export interface Host {
  /** Calls back soon, after the host has had its turn for I/O and timers. */
  schedule(callback: () => void): void
  setTimer(callback: () => void, ms: number): unknown
  clearTimer(timer: unknown): void
  /**
   * Asks when nothing keeps the process alive any more; gives what undoes it. Who came last is asked first, and the
   * others only if it did nothing (gave false): its doing may wake them. Absent: this host never knows.
   */
  onExhausted?: ((ask: () => boolean) => () => void) | undefined
  /** What the host has under way, as names of resources; undefined where it cannot tell. */
  activity?: (() => readonly string[]) | undefined
  /** The host's context that follows promises; absent in browsers. */
  readonly asyncContext?: AsyncContext | undefined
}

/** AsyncLocalStorage, as far as the runtime uses it. */
export interface AsyncContext {
  /**
   * The host's context here; `base` itself where it is the same as there. The owner that `runAs` set is left out:
   * a task made here is its own.
   */
  capture(base: HostScope): HostScope
  /** A context like the one here, in which whatever is not of a task belongs to `ground`: a loop. */
  ground(ground: object): HostScope
  /** Whom the running code belongs to: a part of a task, or else a loop. */
  owner(): unknown
  /** Runs a function, and all it awaits, as belonging to `owner`. */
  runAs<R>(owner: unknown, fn: () => R): R
}

/** Whether this can be lived on. */
export function isHost(value: unknown): value is Host {
  const host = value as Partial<Host> | null
  return [host?.schedule, host?.setTimer, host?.clearTimer].every(method => typeof method === 'function')
}
