import { destroyed, type Ending } from './stream-ends.ts'

/** An async iterator, as far as a source asks it. */
export interface Tap<T> {
  next(): PromiseLike<IteratorResult<T, unknown>>
  return?(): PromiseLike<unknown>
  /** Its `return` ends a `next` that is under way. */
  readonly isInterruptible?: boolean
}

/** A Node stream, as far as it is read. */
export interface NodeReadable<T> extends AsyncIterable<T>, Ending {
  iterator?(options: { destroyOnReturn: boolean }): AsyncIterator<T>
}

/** Reads a web stream by its reader: that can be cancelled at a read, and not every browser's stream is iterable. */
export function webTap<T>(stream: ReadableStream<T>): Tap<T> {
  const reader = stream.getReader()
  return {
    isInterruptible: true,
    next: async () => {
      let isOver = true
      try {
        const step = await reader.read()
        isOver = step.done
        return step
      } finally {
        if (isOver) reader.releaseLock()
      }
    },
    return: async () => {
      try {
        await reader.cancel()
      } finally {
        reader.releaseLock()
      }
    },
  }
}

/**
 * Reads a Node stream by its own iterator, which does not listen before its first `next`, and at a `next` cannot be left:
 * so errors are listened to from here on, and leaving destroys the stream.
 */
export function nodeTap<T>(stream: NodeReadable<T>, fail: (error: unknown) => void): Tap<T> {
  // Read to its end it is left as it is: a socket may still be written to.
  const iterator =
    stream.iterator?.({ destroyOnReturn: false }) ?? (stream[Symbol.asyncIterator]() as AsyncIterator<T>)
  stream.once('error', fail)
  return {
    isInterruptible: true,
    next: () => {
      const step = iterator.next()
      stream.off('error', fail)
      return step
    },
    return: async () => {
      const end = destroyed(stream)
      stream.off('error', fail)
      await end
      await iterator.return?.()
    },
  }
}
