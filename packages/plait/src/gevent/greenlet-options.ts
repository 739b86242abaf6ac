/** How to wait for what a greenlet gives. */
export interface GetOptions {
  /** Whether to wait; else a Timeout is thrown where there is nothing yet. */
  block?: boolean | undefined
  /** How many milliseconds to wait; else as long as it takes. */
  timeout?: number | undefined
}

/** How to kill. */
export interface KillOptions {
  /** Whether to wait for the end. */
  block?: boolean | undefined
  /** How many milliseconds to wait for it; else as long as it takes. */
  timeout?: number | undefined
}

/** What `spawn` gives of a function: what it returns, or what that gives where it is to be run itself. */
export type GreenletResult<R> =
  R extends PromiseLike<infer T> ? T : R extends Iterator<unknown, infer T, never> ? T : R
