import { asyncColor } from '../coroutine/coroutine.ts'
import {
  type Awaitable,
  type Operation,
  type Resume,
  suspendOn,
  type Wait,
  type Waiting,
} from '../coroutine/wait.ts'
import { born, forgotten } from '../coroutine/watch.ts'
import { misuse } from '../errors/misuse.ts'
import { FINISHED } from './future.ts'
import { isTimeToPause } from './pause.ts'
import { settleOperation } from './settle-operation.ts'

asyncColor.settle = settleOperation

/** Done from the start: to park on it is to pause. */
const done = { _flags: FINISHED, _value: undefined }

/** A call may end without ever waiting for a future, and be made in a loop: it counts as a satisfied wait. */
function* pausedBefore<T>(steps: Iterator<Wait, T, Resume>): Waiting<T> {
  yield* {
    [Symbol.iterator]: () => ({
      next: (resumedWith?: unknown): IteratorResult<Wait, void> =>
        resumedWith === undefined
          ? (suspendOn(done) as IteratorYieldResult<Wait>)
          : { done: true, value: undefined },
      throw: (error: unknown): IteratorResult<Wait, void> => {
        throw error
      },
    }),
  }
  return yield* { [Symbol.iterator]: () => steps }
}

/**
 * A call that waits: cold, so nothing happens until it is `yield*`-ed, awaited or made a task, and then once.
 */
export class Call<T> implements Awaitable<T> {
  readonly name: string
  #begin: (() => Operation<T>) | undefined

  constructor(name: string, begin: () => Operation<T>) {
    this.name = name
    this.#begin = begin
    born(this)
  }

  [Symbol.iterator](): Iterator<Wait, T, Resume> {
    const steps = this._take()()[Symbol.iterator]()
    return isTimeToPause() ? pausedBefore(steps) : steps
  }

  /** @internal From here on it is waited for, by whoever calls what this gives. */
  _take(): () => Operation<T> {
    const begin = this.#begin
    if (begin === undefined) throw misuse('waitedTwice', this.name)
    this.#begin = undefined
    forgotten(this)
    return begin
  }

  // biome-ignore lint/suspicious/noThenProperty: a wait is awaitable by design
  then<R1 = T, R2 = never>(
    onFulfilled?: ((value: T) => R1 | PromiseLike<R1>) | null,
    onRejected?: ((error: unknown) => R2 | PromiseLike<R2>) | null,
  ): Promise<R1 | R2> {
    return settleOperation<T>(this).then(onFulfilled, onRejected)
  }
}
