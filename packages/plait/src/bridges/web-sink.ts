import type { Waiting } from '../coroutine/wait.ts'
import { settled } from '../tasks/follow-promise.ts'
import { closedEarly, type Sink } from './sink.ts'

/** A web WritableStream, of whichever library: those of the DOM and of Node are not the same to the compiler. */
export interface WebWritableLike<T> {
  getWriter(): Writer<T>
}

interface Writer<T> {
  readonly closed: Promise<unknown>
  readonly ready: Promise<unknown>
  readonly desiredSize: number | null
  write(chunk: T): Promise<unknown>
  close(): Promise<unknown>
  abort(reason?: unknown): Promise<unknown>
  releaseLock(): void
}

/** A WritableStream, locked while it is piped to. */
export class WebSink<T> implements Sink<T> {
  readonly #writer: Writer<T>
  readonly #broken = new AbortController()
  #written: Promise<unknown> = Promise.resolve()
  #isClosing = false

  constructor(stream: WebWritableLike<T>) {
    const writer = stream.getWriter()
    this.#writer = writer
    writer.closed.then(
      () => {
        if (!this.#isClosing) this.#broken.abort(closedEarly())
      },
      error => this.#broken.abort(error),
    )
  }

  get broken(): AbortSignal {
    return this.#broken.signal
  }

  *room(): Waiting<void> {
    const { desiredSize, ready } = this.#writer
    if (desiredSize === null || desiredSize <= 0) yield* settled(ready, 'room in a WritableStream')
  }

  *write(item: T): Waiting<void> {
    this.#written = this.#writer.write(item)
    // A failed write fails the stream, which says so itself.
    this.#written.catch(() => {})
  }

  *close(): Waiting<void> {
    this.#isClosing = true
    yield* settled(this.#writer.close(), 'the end of a WritableStream')
  }

  *flush(): Waiting<void> {
    yield* settled(this.#written, 'a write to a WritableStream')
  }

  *abort(error: unknown): Waiting<void> {
    yield* settled(this.#writer.abort(error), 'the end of a WritableStream')
  }

  release(): void {
    this.#writer.releaseLock()
  }
}
