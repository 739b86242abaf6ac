import { asyncColor } from '../coroutine/coroutine.ts'
import type { Awaitable, Operation, Resume, Wait } from '../coroutine/wait.ts'
import { born, forgotten } from '../coroutine/watch.ts'
import { misuse } from '../errors/misuse.ts'
import { settleOperation } from './settle-operation.ts'

asyncColor.settle = settleOperation

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
    const begin = this.#begin
    if (begin === undefined) throw misuse('waitedTwice', this.name)
    this.#begin = undefined
    forgotten(this)
    return begin()[Symbol.iterator]()
  }

  // biome-ignore lint/suspicious/noThenProperty: a wait is awaitable by design
  then<R1 = T, R2 = never>(
    onFulfilled?: ((value: T) => R1 | PromiseLike<R1>) | null,
    onRejected?: ((error: unknown) => R2 | PromiseLike<R2>) | null,
  ): Promise<R1 | R2> {
    return settleOperation<T>(this).then(onFulfilled, onRejected)
  }
}
