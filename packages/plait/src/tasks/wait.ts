import type { Awaitable, Waiting, WaitOptions } from '../coroutine/wait.ts'
import { misuse } from '../errors/misuse.ts'
import { checkDelay } from '../loop/check-delay.ts'
import { Call } from './call.ts'
import { isUnderWay } from './create-task.ts'
import { currentLoop } from './current.ts'
import { describeTasks } from './describe-tasks.ts'
import { FAILED, FINISHED, Future, STATE } from './future.ts'
import { checkList } from './runnable.ts'
import { watchFuture } from './watch-future.ts'
import { signalled } from './with-signal.ts'

/** When `wait` is over: at the first end, the first error (cancels do not count), or when all have ended. */
export type ReturnWhen = 'FIRST_COMPLETED' | 'FIRST_EXCEPTION' | 'ALL_COMPLETED'

const MODES: readonly unknown[] = ['FIRST_COMPLETED', 'FIRST_EXCEPTION', 'ALL_COMPLETED']

export interface WaitForTasksOptions extends WaitOptions {
  returnWhen?: ReturnWhen | undefined
  /** Ends the wait after so long, with whatever is done by then: no error. */
  timeoutMs?: number | undefined
}

/** Those that are done and those that are not, each in the order given. */
export interface WaitResult<F> {
  readonly done: Set<F>
  readonly pending: Set<F>
}

/**
 * Waits for several tasks at once and throws none of their errors: ask each of those that are done.
 *
 * Suspends: always, at least for a turn. Cancellation: leaves the tasks alone.
 *
 * @throws MisuseError for an empty list, and for what is neither a task nor a future
 * @example
 * ```ts
 * const { done, pending } = yield* wait([a, b], { returnWhen: 'FIRST_COMPLETED' })
 * for (const task of pending) task.cancel()
 * ```
 * @see asyncio.wait
 */
export function wait<F extends Future<unknown>>(
  tasks: Iterable<F>,
  options: WaitForTasksOptions = {},
): Awaitable<WaitResult<F>> {
  checkList('wait(…)', tasks)
  const set = new Set(tasks)
  if (set.size === 0) throw misuse('nothingToWaitFor')
  for (const task of set) if (!isUnderWay(task)) throw misuse('waitNeedsTasks', task)
  const { returnWhen = 'ALL_COMPLETED', timeoutMs, signal } = options
  if (!MODES.includes(returnWhen)) throw misuse('unknownReturnWhen', returnWhen)
  if (timeoutMs !== undefined) checkDelay('timeoutMs', timeoutMs)
  const waiting = new Call('wait(…)', () => waitForTasks(set, returnWhen, timeoutMs))
  return signal === undefined ? waiting : signalled('wait(…)', signal, waiting)
}

class WaitForTasks extends Future<void> {
  readonly tasks: ReadonlySet<Future<unknown>>

  constructor(tasks: ReadonlySet<Future<unknown>>) {
    super({ loop: currentLoop() })
    this.tasks = tasks
  }

  release(): void {
    if (!this.done()) this._finish(FINISHED, undefined)
  }

  override _describe(): string {
    return `some of ${describeTasks(this.tasks)}`
  }

  override _blockers(): Iterable<Future<unknown>> {
    return this.tasks
  }
}

function* waitForTasks<F extends Future<unknown>>(
  tasks: ReadonlySet<F>,
  returnWhen: ReturnWhen,
  timeoutMs: number | undefined,
): Waiting<WaitResult<F>> {
  const waiter = new WaitForTasks(tasks)
  let left = tasks.size
  const onDone = (task: Future<unknown>): void => {
    left -= 1
    const isEnough =
      left === 0 ||
      returnWhen === 'FIRST_COMPLETED' ||
      (returnWhen === 'FIRST_EXCEPTION' && (task._flags & STATE) === FAILED)
    if (!isEnough) return
    timer?.cancel()
    waiter.release()
  }
  const timer =
    timeoutMs === undefined ? undefined : waiter._loop.callLater(timeoutMs, () => waiter.release())
  const undo = [...tasks].map(task => watchFuture(task, onDone))
  try {
    yield* waiter
  } finally {
    timer?.cancel()
    for (const unwatch of undo) unwatch()
  }
  const done = new Set<F>()
  const pending = new Set<F>()
  for (const task of tasks) (task.done() ? done : pending).add(task)
  return { done, pending }
}
