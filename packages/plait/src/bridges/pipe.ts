import type { Awaitable, Operation, Waiting } from '../coroutine/wait.ts'
import { AsyncExitStack } from '../tasks/async-exit-stack.ts'
import { Call } from '../tasks/call.ts'
import { checkSignal } from '../tasks/runnable.ts'
import type { Flow } from '../tasks/source.ts'
import { interruptible } from '../tasks/with-signal.ts'
import { outward } from './outward.ts'
import type { Sink } from './sink.ts'
import { type SinkLike, sinkOf } from './sinks.ts'
import { type SourceLike, sourceOf } from './source-of.ts'

export interface PipeOptions {
  /** Leaves the sink open at the source's end. */
  preventClose?: boolean | undefined
  /** Leaves the sink open when the source fails or the pipe is cancelled. */
  preventAbort?: boolean | undefined
  /** Leaves the source open when the sink fails or the pipe is cancelled. */
  preventCancel?: boolean | undefined
  /** Ends the pipe, as a cancel would, by throwing the signal's reason. */
  signal?: AbortSignal | undefined
}

/**
 * Sends all items of a source (whatever `sourceOf` takes) into a channel, a web WritableStream or a Node stream, as fast as
 * that wants them, then closes it and waits until everything has arrived.
 *
 * If the source fails, the sink is aborted with its error: the channel closed with it, the stream destroyed. If the sink
 * fails or is closed by somebody else, the source is stopped (a channel: closed) and its cleanup waited for. A channel tells
 * of that with the next item only.
 *
 * Suspends: until all is over. Cancellation: aborts the sink with an AbortError, stops the source, and waits for both; the
 * item on its way is lost. Errors of Node streams are heard from the call on. Standard output cannot be closed:
 * `{ preventClose: true }`.
 *
 * @throws what the source or the sink fails with; ChannelClosedError; an Error with the code ERR_STREAM_PREMATURE_CLOSE;
 * the signal's reason
 * @example
 * ```ts
 * const zip = createGzip()
 * yield* gather(pipe(createReadStream('data.csv'), zip), pipe(zip, createWriteStream('data.csv.gz')))
 * ```
 * @see ReadableStream.pipeTo, stream.pipeline
 */
export function pipe<T>(
  source: SourceLike<T>,
  sink: SinkLike<NoInfer<T>>,
  options: PipeOptions = {},
): Awaitable<void> {
  const flow = sourceOf(source)
  const open = sinkOf(sink)
  checkSignal(options.signal)
  return new Call<void>('pipe(…)', () =>
    new AsyncExitStack().with(stack => piped(flow, open(), options, stack)),
  )
}

function* piped<T>(flow: Flow<T>, sink: Sink<T>, options: PipeOptions, stack: AsyncExitStack): Waiting<void> {
  stack.callback(() => sink.release())
  // A source that is at its end is over: stopping it does nothing.
  if (options.preventCancel !== true) stack.callback(() => flow.stop())
  stack.push(error => {
    if (error !== undefined && options.preventAbort !== true) return sink.abort(outward(error))
  })
  let copying: Operation<void> = copied(flow, sink, options.preventClose === true)
  for (const signal of [sink.broken, options.signal])
    if (signal !== undefined) copying = interruptible(signal, copying)
  yield* copying
}

function* copied<T>(flow: Flow<T>, sink: Sink<T>, staysOpen: boolean): Waiting<void> {
  for (;;) {
    yield* sink.room()
    const next = yield* flow.next()
    if (next.done === true) break
    yield* sink.write(next.value)
  }
  yield* staysOpen ? sink.flush() : sink.close()
}
