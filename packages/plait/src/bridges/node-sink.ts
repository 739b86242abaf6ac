import type { Waiting } from '../coroutine/wait.ts'
import { show } from '../errors/show.ts'
import { settled } from '../tasks/follow-promise.ts'
import { waitOutside } from '../tasks/outside-wait.ts'
import { type EventName, type Hear, listen } from './listen.ts'
import { closedEarly, type Sink } from './sink.ts'
import { destroyed, type Ending } from './stream-ends.ts'

/** A Node stream to write to. */
export interface WritableLike<T> extends Ending {
  write(chunk: T): boolean
  end(): unknown
  readonly destroyed?: boolean
  readonly writableEnded?: boolean
  readonly writableNeedDrain?: boolean
}

/** A Node stream, listened to from the call of `pipe` on: an error that nobody hears ends the process. */
export class NodeSink<T> implements Sink<T> {
  readonly #stream: WritableLike<T>
  readonly #broken = new AbortController()
  readonly #unlisten: () => void
  #isFull: boolean
  #isFinished = false
  /** Goes on when it has room again, or when it has finished. */
  #goOn: (() => void) | undefined

  constructor(stream: WritableLike<T>) {
    this.#stream = stream
    this.#isFull = stream.writableNeedDrain === true
    const breaks = (error: unknown): void => this.#broken.abort(error)
    const ears = new Map<EventName, Hear>([
      ['drain', () => this.#drained()],
      ['finish', () => this.#finished()],
      ['error', args => breaks((args as unknown[])[0])],
      ['close', () => this.#isFinished || breaks(closedEarly())],
    ])
    this.#unlisten = listen(stream, ears)
    if (stream.destroyed === true || stream.writableEnded === true) breaks(closedEarly())
  }

  get broken(): AbortSignal {
    return this.#broken.signal
  }

  *room(): Waiting<void> {
    if (this.#isFull) yield* this.#wait('room in')
  }

  *write(item: T): Waiting<void> {
    if (!this.#stream.write(item)) this.#isFull = true
  }

  *close(): Waiting<void> {
    this.#stream.end()
    if (!this.#isFinished) yield* this.#wait('the end of')
  }

  flush(): Waiting<void> {
    return this.room()
  }

  *abort(error: unknown): Waiting<void> {
    yield* settled(destroyed(this.#stream, error), `the end of ${show(this.#stream)}`)
  }

  release(): void {
    this.#unlisten()
  }

  #drained(): void {
    this.#isFull = false
    this.#goOn?.()
  }

  #finished(): void {
    this.#isFinished = true
    this.#goOn?.()
  }

  #wait(what: string): Waiting<void> {
    return waitOutside<void>(`${what} ${show(this.#stream)}`, resolve => {
      this.#goOn = resolve
    })
  }
}
