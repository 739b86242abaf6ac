import type { Selectable, Waiting } from '../coroutine/wait.ts'
import { misuse } from '../errors/misuse-bridges.ts'
import { QueueFullError } from '../errors/queue-errors.ts'
import { checkCount } from '../sync/check-count.ts'
import { checkSignal } from '../tasks/runnable.ts'
import type { Flow } from '../tasks/source.ts'
import { FedSource } from './fed-source.ts'
import {
  checkEvents,
  describeEvent,
  type EmitterLike,
  type EventName,
  earsFor,
  listen,
  type TargetLike,
} from './listen.ts'

const OVERFLOWS = ['error', 'dropOldest', 'dropNewest'] as const

export interface EventsOptions {
  /** Ends it when aborted: whoever asks for the next gets the signal's reason, and what is unread is dropped. */
  signal?: AbortSignal | undefined
  /** So many events are kept until they are asked for: 1024, if not said. */
  limit?: number | undefined
  /** What one more does: fails the source (after those that are kept), or drops an event. */
  overflow?: (typeof OVERFLOWS)[number] | undefined
  /** The events that end it, after those that are kept. */
  close?: EventName | readonly EventName[] | undefined
}

/**
 * Events to come. Asking for the next may be a case of a `select`; with `using`, or when it is left, it listens no more.
 *
 * @example
 * ```ts
 * using clicks = events<MouseEvent>(button, 'click')
 * const choice = yield* select({ click: clicks.next(), idle: sleep(1000) })
 * ```
 */
export interface EventFlow<T> extends Flow<T>, Disposable {
  next(): Selectable<IteratorResult<T, undefined>>
}

/**
 * The events of an EventEmitter, each as the list of its arguments, or of an EventTarget, each as the Event. It listens
 * from the call on and keeps what is not asked for yet; nothing holds up whoever tells (a stream is better read with
 * `sourceOf`).
 *
 * It ends with the events named in `close`, and fails with an emitter's 'error' event; either takes effect after what is
 * kept. Ending, failing and leaving it remove every listener.
 *
 * Suspends: asking for the next, until it comes. Cancellation: a single `next` loses nothing. Fairness: first come,
 * first served.
 *
 * @throws what an 'error' event brings; QueueFullError if more come than it may keep; the signal's reason
 * @example
 * ```ts
 * for await (const [socket] of events<[Socket]>(server, 'connection', { close: 'close' })) createTask(serve(socket))
 * ```
 * @see events.on of Node
 */
export function events<A extends readonly unknown[] = unknown[]>(
  target: EmitterLike,
  name: EventName,
  options?: EventsOptions,
): EventFlow<A>
export function events<E extends object = globalThis.Event>(
  target: TargetLike,
  name: string,
  options?: EventsOptions,
): EventFlow<E>
export function events(
  target: EmitterLike | TargetLike,
  name: EventName,
  options: EventsOptions = {},
): EventFlow<unknown> {
  const { close = [], limit = 1024, overflow = 'error', signal } = options
  const ends = Array.isArray(close) ? (close as EventName[]) : [close as EventName]
  checkEvents('events(…)', target, [name, ...ends])
  checkCount('limit', limit, 1)
  if (!OVERFLOWS.includes(overflow)) throw misuse('badOverflow', overflow)
  checkSignal(signal)
  return new Events(target, name, ends, { limit, overflow, signal })
}

class Events extends FedSource<unknown> implements EventFlow<unknown> {
  override readonly _isOutside = true
  readonly #awaited: string
  readonly #limit: number
  readonly #overflow: EventsOptions['overflow']
  #unlisten: () => void

  constructor(
    target: EmitterLike | TargetLike,
    name: EventName,
    ends: readonly EventName[],
    options: { limit: number; overflow: EventsOptions['overflow']; signal: AbortSignal | undefined },
  ) {
    super('events(…)')
    const { signal } = options
    this.#awaited = describeEvent(target, name)
    this.#limit = options.limit
    this.#overflow = options.overflow
    const ears = earsFor(target, error => this.#close(() => this._failed(error)))
    for (const end of ends) ears.set(end, () => this.#close(() => this._ended()))
    ears.set(name, brought => this.#heard(brought))
    const onAbort = (): void =>
      this.#close(() => {
        this._intake.clear()
        this._failed(signal?.reason, true)
      })
    this.#unlisten = listen(target, ears, signal, onAbort)
    if (signal?.aborted === true) onAbort()
  }

  override _awaited(): string {
    return this.#awaited
  }

  override *_leave(): Waiting<void> {
    this[Symbol.dispose]()
  }

  [Symbol.dispose](): void {
    this.#close(() => this._ended())
    this._intake.clear()
  }

  #heard(brought: unknown): void {
    if (this._intake.size >= this.#limit) {
      if (this.#overflow === 'dropNewest') return
      if (this.#overflow === 'error') {
        this.#close(() => this._failed(this.#tooMany()))
        return
      }
      this._intake.dropOldest()
    }
    this._intake.put(brought)
  }

  #tooMany(): QueueFullError {
    return new QueueFullError(
      `more came of ${this.#awaited} than are kept unread (limit ${this.#limit}): read them faster, raise { limit }, or say which to drop with { overflow: 'dropOldest' }`,
    )
  }

  #close(end: () => void): void {
    this.#unlisten()
    this.#unlisten = () => {}
    end()
  }
}
