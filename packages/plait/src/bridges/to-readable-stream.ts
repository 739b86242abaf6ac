import { copyContext } from '../coroutine/context-var.ts'
import type { Operation } from '../coroutine/wait.ts'
import { makeTask } from '../tasks/create-task.ts'
import { currentLoop } from '../tasks/current.ts'
import type { Task } from '../tasks/task.ts'
import { outward } from './outward.ts'
import { type SourceLike, sourceOf } from './source-of.ts'

/**
 * A web stream of a source's items, whatever `sourceOf` takes: an item is taken when the stream's reader asks for one, and
 * never ahead. It works on the loop it was made on, with its maker's context variables.
 *
 * Cancelling the stream stops the source (a channel: closes it), and waits for that.
 *
 * Node's streams need no bridge of ours: `Readable.from(source)` reads any source, and `Readable.fromWeb` this stream.
 *
 * @example
 * ```ts
 * const lines = new Channel<string>()
 * return new Response(toReadableStream(lines).pipeThrough(new TextEncoderStream()))
 * ```
 * @see ReadableStream.from
 */
export function toReadableStream<T>(source: SourceLike<T>): ReadableStream<T> {
  const flow = sourceOf(source)
  const loop = currentLoop()
  const context = copyContext()
  let asking: Task<IteratorResult<T, undefined>> | undefined
  const begin = <R>(operation: Operation<R>): Task<R> =>
    makeTask(loop, operation, { name: 'toReadableStream(…)', context })

  return new ReadableStream<T>(
    {
      async pull(controller) {
        asking = begin(flow.next())
        const next = await result(asking)
        if (next.done === true) controller.close()
        else controller.enqueue(next.value)
      },
      async cancel() {
        asking?.cancel()
        await result(begin(flow.stop()))
      },
    },
    { highWaterMark: 0 },
  )
}

/** What a task ends with, told to whoever is outside: waiting for it so, no cancel of theirs reaches it. */
function result<R>(task: Task<R>): Promise<R> {
  return new Promise((resolve, reject) => {
    task._watch({
      _notify: () => {
        try {
          resolve(task._take() as R)
        } catch (error) {
          reject(outward(error))
        }
      },
    })
  })
}
