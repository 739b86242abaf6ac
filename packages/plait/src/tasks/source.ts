import type { Awaitable, Waiting } from '../coroutine/wait.ts'
import { Call } from './call.ts'
import { Place } from './place.ts'
import { runBody } from './run-body.ts'
import type { Body } from './runnable.ts'

/**
 * A row of items to come. `for await` it in an async function, `forEach` it in a generator, or take one by one.
 *
 * @example
 * ```ts
 * yield* asCompleted(tasks).forEach(function* (task) { show(yield* task) })
 * for await (const task of asCompleted(tasks)) show(await task)
 * ```
 */
export interface Source<T> extends AsyncIterable<T> {
  /** The next item, or the end. */
  next(): Awaitable<IteratorResult<T, undefined>>
  /** Runs a body for each item, one after another, in this task. */
  forEach(body: Body<[item: T], unknown>): Awaitable<void>
  toArray(): Awaitable<T[]>
}

/**
 * A source that something works for. Leaving it early stops that work: by `break` or an error in a `for await`, an error
 * or a cancel in `forEach` and `toArray`, by `stop` after taking items with `next`.
 *
 * @example
 * ```ts
 * const pages = mapConcurrent(urls, fetchPage, { concurrency: 8 })
 * const first = yield* pages.next()
 * yield* pages.stop()
 * ```
 */
export interface Flow<T> extends Source<T> {
  /** Ends it: what works for it is cancelled and waited for; whoever asks then gets the end. */
  stop(): Awaitable<void>
}

type Next<T> = IteratorResult<T, undefined>

/** The end of every source. */
export const END: IteratorReturnResult<undefined> = Object.freeze({ done: true, value: undefined })

/** What all sources have in common: how one item leads to all of them. */
export abstract class ItemSource<T> implements Source<T> {
  /** @internal What it is called in messages. */
  abstract readonly _what: string

  abstract next(): Awaitable<Next<T>>

  forEach(body: Body<[item: T], unknown>): Awaitable<void> {
    return new Call(`${this._what}.forEach(…)`, () => this.#forEach(body))
  }

  toArray(): Awaitable<T[]> {
    return new Call(`${this._what}.toArray()`, () => this._toArray())
  }

  [Symbol.asyncIterator](): AsyncIterator<T, undefined, undefined> {
    let asked: Awaitable<Next<T>> | undefined
    return {
      next: () => {
        asked = this._nextOrLeave()
        return begun(asked)
      },
      return: () => {
        // Whoever leaves while the next item is on its way does not take it.
        if (asked instanceof Place) asked.cancel()
        return begun(new Call(`${this._what}, left early`, () => this.#left()))
      },
    }
  }

  /** @internal The next item, for one who does not come back after an error. */
  _nextOrLeave(): Awaitable<Next<T>> {
    return this.next()
  }

  /** @internal Nobody will ask for more. */
  *_leave(): Waiting<void> {}

  /** @internal */
  *_toArray(): Waiting<T[]> {
    const all: T[] = []
    yield* this.#each(function* (item) {
      all.push(item)
    })
    return all
  }

  *#forEach(body: Body<[item: T], unknown>): Waiting<void> {
    const what = `${this._what}.forEach(…)`
    yield* this.#each(item => runBody(body, what, item))
  }

  *#each(body: (item: T) => Waiting<unknown>): Waiting<void> {
    let isOver = false
    try {
      for (;;) {
        const next = yield* this.next()
        isOver = next.done === true
        if (next.done === true) return
        yield* body(next.value)
      }
    } finally {
      if (!isOver) yield* this._leave()
    }
  }

  *#left(): Waiting<Next<T>> {
    yield* this._leave()
    return END
  }
}

/** A source that something works for. */
export abstract class WorkedSource<T> extends ItemSource<T> implements Flow<T> {
  stop(): Awaitable<void> {
    return new Call(`${this._what}.stop()`, () => this._leave())
  }

  override _nextOrLeave(): Awaitable<Next<T>> {
    return new Call(`${this._what}.next()`, () => this.#nextOrLeave())
  }

  *#nextOrLeave(): Waiting<Next<T>> {
    let isOver = false
    try {
      const next = yield* this.next()
      isOver = true
      return next
    } finally {
      if (!isOver) yield* this._leave()
    }
  }
}

/** The promise of a wait that begins at once: resolving one with it would begin it in a later microtask. */
function begun<T>(wait: Awaitable<T>): Promise<T> {
  return wait.then(value => value) as Promise<T>
}
