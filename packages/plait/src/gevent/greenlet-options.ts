/** Whether to wait for something, and how long. */
export interface BlockOptions {
  /** Whether to wait at all; else it is done, or refused, at once. */
  block?: boolean | undefined
  /** How many milliseconds to wait; else as long as it takes. */
  timeout?: number | undefined
}

/** What `spawn` gives of a function: what it returns, or what that gives where it is to be run itself. */
export type GreenletResult<R> =
  R extends PromiseLike<infer T> ? T : R extends Iterator<unknown, infer T, never> ? T : R
