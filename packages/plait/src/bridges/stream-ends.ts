import type { EmitterLike } from './listen.ts'

/** A Node stream, as far as its end goes. */
export interface Ending extends EmitterLike {
  readonly closed?: boolean
  destroy(error?: Error): unknown
  once(event: string, listener: (...args: unknown[]) => void): unknown
}

/**
 * Destroys a stream; settled once it is closed, or at once where it would not tell. Its errors have a listener until
 * then, since one that nobody hears ends the process: rejects with any but the one it is destroyed with.
 */
export function destroyed(stream: Ending, error?: unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    if (stream.closed === true) {
      resolve()
      return
    }
    const onError = (told: unknown): void => {
      if (told === error) return
      reject(told)
    }
    stream.once('error', onError)
    stream.once('close', () => {
      stream.off('error', onError)
      resolve()
    })
    stream.destroy(error as Error)
    if (!tells(stream)) resolve()
  })
}

type State = { readonly emitClose?: boolean } | undefined

function tells(stream: Ending): boolean {
  const { _writableState, _readableState } = stream as Ending &
    Record<'_writableState' | '_readableState', State>
  return stream.closed === false && (_writableState ?? _readableState)?.emitClose !== false
}
