import type { Operation } from '../coroutine/wait.ts'

/** Something that one pipe writes to. */
export interface Sink<T> {
  /** Aborted, with the reason, when it can take no more through no doing of the pipe's. */
  readonly broken: AbortSignal | undefined
  /** Waits until it wants an item. */
  room(): Operation<void>
  write(item: T): Operation<void>
  /** Ends it, and waits until all that was written has arrived. */
  close(): Operation<void>
  /** Waits as `close` does, and leaves it open. */
  flush(): Operation<void>
  /** Gives it up, and waits for that. One that is over stays as it is. */
  abort(error: unknown): Operation<void>
  /** The pipe is gone. */
  release(): void
}

/** A stream that somebody else closed before the source was at its end. */
export function closedEarly(): Error {
  const error = new Error('the stream was closed before everything was written to it')
  return Object.assign(error, { code: 'ERR_STREAM_PREMATURE_CLOSE' })
}
