import type { Message } from './messages.ts'

/** How the other end of a link came to its end. */
export interface End {
  readonly exitCode?: number | undefined
  readonly signal?: string | undefined
  readonly error?: unknown
}

/** Carries messages to one other thread or process, and back. */
export interface Transport {
  /** Throws DataCloneError for what cannot be cloned; does nothing once the other end is gone. */
  post(message: Message, transfer?: readonly Transferable[]): void
  /** Told of each message, in order, and of each that could not be read; all that were sent come before the end does. */
  listen(onMessage: (message: Message) => void, onUnread: () => void): void
  /** Takes in at once what has arrived, where the way allows it. */
  poll?(): void
  /** Whether what may come keeps this thread alive. */
  keepAlive?(isKept: boolean): void
}

/** A transport to a worker, and the worker with it. */
export interface WorkerTransport extends Transport {
  /** `thread 3`, `process 4711`. */
  readonly title: string
  /** The number of the thread or the process. */
  readonly id: number
  onEnd(ended: (end: End) => void): void
  /** The worker has something to do, which the process should live to see; or has nothing. */
  hold(isBusy: boolean): void
  kill(): void
}
